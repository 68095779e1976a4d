// Package figures holds day and year figures and their exports.
//
// The figures of a [Day] are a pure fold of its facts; those of a [Span] are
// sums over its days, so that nothing is counted twice and every total can be
// followed to its rows. A stage is counted in the hour in which it entered its
// queue, whatever came of it later: so every row balances, and says what became
// of those who came then. Contacts and footfall are counted in the hour in which they happened.
package figures

import (
	"cmp"
	"slices"
	"time"

	"accueil/internal/queue"
)

// Day holds the figures of one service day.
type Day struct {
	Date     queue.Date
	Closed   bool
	Rows     []Row // by service and hour
	Footfall [24]queue.Footfall
	Counters int            // people counters heard today; without any, who came in is unknown
	Asked    map[string]int // question → how often it was chosen
	Topics   map[Subject]int
	Odds     int // facts that did not fit
}

// Subject is what an interview or a contact was about.
type Subject struct{ Service, Topic string }

func (s Subject) compare(o Subject) int {
	return cmp.Or(cmp.Compare(s.Service, o.Service), cmp.Compare(s.Topic, o.Topic))
}

// Key says whose tally a row is. A part that is summed over is zero.
type Key struct {
	Day     queue.Date // or a month, "2006-01"
	Service string
	Hour    int // local, 0 to 23
}

func (k Key) compare(o Key) int {
	return cmp.Or(cmp.Compare(k.Day, o.Day), cmp.Compare(k.Service, o.Service), cmp.Compare(k.Hour, o.Hour))
}

// Row is the tally of the stages that entered one queue in one hour, or a sum of such.
type Row struct {
	Key
	Tally
}

// Of counts a day. The zone is the site's.
func Of(d *queue.Day) Day {
	f := Day{
		Date: d.Date, Closed: d.Closed, Footfall: d.Footfall(), Odds: len(d.Odds()),
		Counters: heard(d), Asked: make(map[string]int, len(d.Asked())),
	}
	for question, n := range d.Asked() {
		f.Asked[question] = n
	}
	f.Rows, f.Topics = rows(d), topics(d)
	return f
}

// topics counts what the interviews and contacts were about, as far as anybody
// said.
func topics(d *queue.Day) map[Subject]int {
	counts := map[Subject]int{}
	for _, ticket := range d.Tickets() {
		for _, s := range ticket.Stages {
			if s.Topic != "" {
				counts[Subject{s.Service, s.Topic}]++
			}
		}
	}
	for _, c := range d.Contacts() {
		if c.Topic != "" {
			counts[Subject{c.Service, c.Topic}]++
		}
	}
	return counts
}

// heard counts the sensors that said something today. A total brought forward
// from an earlier day is no word of today.
func heard(d *queue.Day) (n int) {
	for _, s := range d.Sensors() {
		if queue.DateOf(s.At, d.Rules().Zone) == d.Date {
			n++
		}
	}
	return n
}

func rows(d *queue.Day) []Row {
	tallies := map[Key]*Tally{}
	tally := func(service string, when time.Time) *Tally {
		key := Key{Day: d.Date, Service: service, Hour: hourOf(when, d.Rules().Zone)}
		if tallies[key] == nil {
			tallies[key] = &Tally{}
		}
		return tallies[key]
	}
	for _, ticket := range d.Tickets() {
		for i := range ticket.Stages {
			s := &ticket.Stages[i]
			tally(s.Service, s.Entered).stage(ticket, i)
		}
	}
	for _, c := range d.Contacts() {
		tally(c.Service, c.Began).contact(c)
	}
	list := make([]Row, 0, len(tallies))
	for key, t := range tallies {
		list = append(list, Row{Key: key, Tally: *t})
	}
	slices.SortFunc(list, func(a, b Row) int { return a.compare(b.Key) })
	return list
}

// hourOf is the hour on the wall: on the day of 25 hours one of them holds two.
func hourOf(t time.Time, zone *time.Location) int { return t.In(zone).Hour() }
