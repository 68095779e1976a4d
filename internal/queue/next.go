package queue

import (
	"slices"
	"strings"
	"time"
)

// Standing is what gives a waiting ticket its place: first come, first served, a
// priority level counting as a head start. Levels age by that: whoever came
// earlier by more than the head start is never overtaken, so that everybody is
// first one day.
type Standing struct {
	ID      TicketID
	Arrived time.Time
	Head    time.Duration
}

// Since is when the ticket counts as having come.
func (s Standing) Since() time.Time { return s.Arrived.Add(-s.Head) }

// Compare is negative when s is to be called before o. Two different tickets
// never stand alike.
func (s Standing) Compare(o Standing) int {
	if c := s.Since().Compare(o.Since()); c != 0 {
		return c
	}
	return strings.Compare(string(s.ID), string(o.ID))
}

// Why is what a place in the line comes from.
type Why struct {
	Overtook    int // who came earlier and stand behind
	OvertakenBy int // who came later and stand before
}

// Explain says why the i-th of a line stands where it does.
func Explain(line []Standing, i int) (why Why) {
	for j, other := range line {
		switch earlier := other.Arrived.Compare(line[i].Arrived); {
		case j > i && earlier < 0:
			why.Overtook++
		case j < i && earlier > 0:
			why.OvertakenBy++
		}
	}
	return why
}

// Head is the head start of a level in a service. Levels beyond the last have
// the last's.
func (r Rules) Head(service string, level int) time.Duration {
	heads, own := r.HeadStarts[service]
	if !own {
		heads = r.HeadStart
	}
	if level <= 0 || len(heads) == 0 {
		return 0
	}
	return heads[min(level, len(heads))-1]
}

func (d *Day) standing(t *Ticket) Standing {
	return Standing{ID: t.ID, Arrived: t.Stands(), Head: d.rules.Head(t.Now().Service, t.Level)}
}

// compare orders the tickets of a queue, and those of several.
func (d *Day) compare(a, b *Ticket) int { return d.standing(a).Compare(d.standing(b)) }

// Ahead counts the waiting tickets that stand before t in its queue.
func (d *Day) Ahead(t *Ticket) int {
	queue := d.waiting[t.Now().Service]
	i, _ := slices.BinarySearchFunc(queue, t, d.compare)
	return i
}

// Next is the ticket a desk open for these services should call, nil when
// nobody waits for them.
func (d *Day) Next(services []string) *Ticket {
	return d.NextWhere(services, func(*Ticket) bool { return true })
}

// NextWhere is the first of those that fit.
func (d *Day) NextWhere(services []string, fits func(*Ticket) bool) *Ticket {
	var next *Ticket
	for _, s := range services {
		i := slices.IndexFunc(d.waiting[s], fits)
		if i >= 0 && (next == nil || d.compare(d.waiting[s][i], next) < 0) {
			next = d.waiting[s][i]
		}
	}
	return next
}

// queueUp puts a waiting ticket at its place.
func (d *Day) queueUp(t *Ticket) {
	service := t.Now().Service
	i, _ := slices.BinarySearchFunc(d.waiting[service], t, d.compare)
	d.waiting[service] = slices.Insert(d.waiting[service], i, t)
}

// unqueue takes a ticket off the queue of its service.
func (d *Day) unqueue(t *Ticket) {
	queue := d.waiting[t.Now().Service]
	if i, found := slices.BinarySearchFunc(queue, t, d.compare); found {
		d.waiting[t.Now().Service] = slices.Delete(queue, i, i+1)
	}
}
