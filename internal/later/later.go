// Package later says what helps somebody who cannot wait: when it is usually quieter today, when a service opens again, and how to ask from a distance.
package later

import (
	"time"

	"accueil/internal/calendar"
	"accueil/internal/phrases"
	"accueil/internal/site"
)

// Advice is what helps, in sentences of one language. What is not known is empty.
type Advice struct {
	Quiet    string   // when it is usually quieter today
	Openings []string // the next days it opens, a line each
	Shortly  []string // the same in fewer letters
	Ways     []Way
	Ask      string // that reception knows more ways
}

// Way is a way to get advice from a distance.
type Way struct {
	Key, Kind, Name, About string
	Hours                  string // when somebody answers, "" where nothing is said of that
	Address                string // for people: a number, an e-mail address, a web address
	Link                   string // for phones; "" without an address
	Dials, Writes          bool   // what a phone does with the link, if it opens no page
}

// For is the advice about a service. quiet are the quieter hours to come as the hub
// says them, nil when it does not.
func For(s *site.Site, a *site.Almanac, say phrases.Speaker, service site.Service, quiet []calendar.Span, now time.Time) Advice {
	now = now.In(a.Zone())
	advice := Advice{Ask: s.Texts[site.TextDistance].In(say.Lang())}
	if closes := closing(a, service, now); !closes.IsZero() {
		advice.Quiet = quieter(say, quiet, now, closes.Add(-s.Margin(service.Key)-half))
	}
	for _, day := range a.Ahead(service, now) {
		advice.Openings = append(advice.Openings, opens(say, say.LongDay(day.Noon), day))
		advice.Shortly = append(advice.Shortly, opens(say, say.Day(day.Noon), day))
	}
	for _, d := range s.DistanceOf(service.Key) {
		advice.Ways = append(advice.Ways, way(a, say, d, now))
	}
	return advice
}

// half is the least a time of day is quiet.
const half = 30 * time.Minute

// closing is when a service closes for today, zero when it does not open any more.
func closing(a *site.Almanac, service site.Service, now time.Time) time.Time {
	if days := a.Ahead(service, now); len(days) > 0 && sameDay(days[0].Noon, now) {
		open := days[0].Open
		return at(now, open[len(open)-1].To)
	}
	return a.Opening(service, now).Until
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// quieter says the quieter hours that are still to come, or "". What lasts until the
// evening lasts as long as tickets are given.
func quieter(say phrases.Speaker, quiet []calendar.Span, now, evening time.Time) string {
	when := ""
	for _, span := range quiet {
		from, to := at(now, span.From), at(now, span.To)
		switch {
		case !to.After(now):
		case !to.Before(evening):
			when = both(say, when, say.Say("later.after", "From", say.Clock(from)))
		default:
			when = both(say, when, say.Say("later.between", "From", say.Clock(from), "To", say.Clock(to)))
		}
	}
	if when == "" {
		return ""
	}
	return say.Say("later.quiet", "When", when)
}

// both joins two parts of a sentence.
func both(say phrases.Speaker, one, other string) string {
	if one == "" {
		return other
	}
	return say.Say("later.both", "One", one, "Other", other)
}

// at is a time of day on the local day of t.
func at(t time.Time, c calendar.Clock) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), int(c)/60, int(c)%60, 0, 0, t.Location())
}

// opens says a day of opening with its hours.
func opens(say phrases.Speaker, name string, day calendar.Day) string {
	hours := ""
	for _, span := range day.Open {
		hours = both(say, hours, say.Say("later.hours", "From", say.Clock(at(day.Noon, span.From)), "To", say.Clock(at(day.Noon, span.To))))
	}
	return say.Say("later.day", "Day", name, "Hours", hours)
}

func way(a *site.Almanac, say phrases.Speaker, d site.Distance, now time.Time) Way {
	return Way{
		Key: d.Key, Kind: say.Say("later." + d.Kind), Name: d.Name.In(say.Lang()), About: d.About.In(say.Lang()),
		Hours: answers(say, a.Answers(d, now), now), Address: d.Plain(), Link: d.Link(),
		Dials: d.Kind == site.DistancePhone, Writes: d.Kind == site.DistanceEmail,
	}
}

// answers says when somebody answers.
func answers(say phrases.Speaker, o calendar.Opening, now time.Time) string {
	switch {
	case o.Open:
		return say.Say("later.answers-until", "Time", say.Clock(o.Until))
	case !o.Next.IsZero():
		return say.Say("later.answers-next", "When", say.When(o.Next, now))
	}
	return ""
}
