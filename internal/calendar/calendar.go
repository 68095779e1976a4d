package calendar

import "time"

// Horizon is how many days ahead the next opening is looked for.
const Horizon = 60

// Calendar knows the time zone of a site and the special days of its centre.
type Calendar struct {
	zone   *time.Location
	centre Rules
}

// New makes a calendar. The exceptions and public holidays of the centre hold for
// all its services: on such a day a service opens only within the centre's hours.
func New(zone *time.Location, centre Rules) Calendar {
	return Calendar{zone: zone, centre: centre}
}

// Opening is the state of a service at one moment.
type Opening struct {
	Open bool
	// Since and Until bound the present opening; zero when closed. Hours that meet,
	// also at midnight, are one opening. Since looks back one day at most.
	Since, Until time.Time
	// Next is when it opens the next time; zero if not within Horizon days.
	Next time.Time
}

// Takes says whether somebody who comes at t and waits so long can still be
// received before closing, with the margin left for the interview. Nobody can
// while it is closed.
func (o Opening) Takes(t time.Time, wait, margin time.Duration) bool {
	return o.Open && !t.Add(wait+margin).After(o.Until)
}

// Special says in which way a day of the centre is not like others.
type Special int

// The kinds of days.
const (
	Ordinary    Special = iota
	Exceptional         // its hours are an exception
	Holiday             // a public holiday, closed
)

// Zone is the time zone of the site.
func (c Calendar) Zone() *time.Location { return c.zone }

// Date is the local day of a moment, "2006-01-02".
func (c Calendar) Date(t time.Time) string { return t.In(c.zone).Format(time.DateOnly) }

// EndOfDay is the moment at which the local day of t closes: the given time of day.
// It can be before t, when that time has passed.
func (c Calendar) EndOfDay(t time.Time, closes Clock) time.Time { return closes.on(t.In(c.zone)) }

// Midnight is the moment at which the local day of t ends and the next begins.
func (c Calendar) Midnight(t time.Time) time.Time { return midnight.on(t.In(c.zone)) }

// At is the state of a service with these rules at a moment.
func (c Calendar) At(rules Rules, t time.Time) Opening {
	var o Opening
	var p period
	for next := range c.periods(rules, t.In(c.zone)) {
		switch p = p.join(next); {
		case !p.until.After(t):
		case !p.since.After(t):
			o.Open, o.Since, o.Until = true, p.since, p.until
		default:
			o.Next = p.since
			return o
		}
	}
	return o
}

// Day is a local day, by its noon, and hours on it.
type Day struct {
	Noon time.Time
	Open []Span
}

// Ahead are the next n days on which a service with these rules opens after t, within
// Horizon days: of the day of t what has not begun, of the others all.
func (c Calendar) Ahead(rules Rules, t time.Time, n int) (days []Day) {
	t = t.In(c.zone)
	permanences := rules.permanenceDays(t, t.AddDate(0, 0, Horizon))
	for i := 0; i <= Horizon && len(days) < n; i++ {
		day := noon(t, i)
		var open []Span
		for _, span := range c.spans(rules, day, permanences) {
			if span.From.on(day).After(t) {
				open = append(open, span)
			}
		}
		if len(open) > 0 {
			days = append(days, Day{day, open})
		}
	}
	return days
}

// Special says whether the centre treats the local day of t as a special one, so
// that a screen can say why it is closed.
func (c Calendar) Special(t time.Time) Special {
	special, _ := c.centre.special(t.In(c.zone))
	return special
}

// Hours are the spans during which a service with these rules is open on the
// local day of t, in order.
func (c Calendar) Hours(rules Rules, t time.Time) []Span {
	day := t.In(c.zone)
	return c.spans(rules, day, rules.permanenceDays(day, day))
}
