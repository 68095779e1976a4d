package rehearsal

import (
	"slices"
	"strconv"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/queue"
)

// Plan is what people mean to do on one day.
type Plan struct {
	Date   queue.Date
	Visits []Visit // of kiosks and, without a ticket, of desks; by time
	Shifts []Shift // by desk and time
	Passes []Pass  // through the doors, by time
}

// Visit is one person at a kiosk, or straight at a desk.
type Visit struct {
	At   time.Time
	Name string // of the visit: what fixes its person's chances
	Want
	Kiosk   int  // from 0
	WalkIn  bool // goes straight to a desk
	Offline bool // the hub does not answer in time
}

// Shift is a desk's presence for some services.
type Shift struct {
	Desk        string
	Services    []string
	Open, Close time.Time
	Pauses      []Pause
}

// Pause is a time an adviser wants off; it begins when nobody is at the desk.
type Pause struct {
	From time.Time
	For  time.Duration
}

// Pass is somebody who goes through a door, past its people counter.
type Pass struct {
	At   time.Time
	Door int // from 0; see Doors
	Out  bool
}

// Doors name the people counters: one at each entrance, so that they add up.
func Doors() []string { return []string{"entree-nord", "entree-sud"} }

// first is the share of people, in percent, who take the first door.
const first = 60

// lastTicket is how long before a service closes nobody takes a ticket any more.
const lastTicket = 20 * time.Minute

// Plan is fixed by the seed and the day. A day on which the centre is closed is empty.
func (m *Model) Plan(d queue.Date) Plan {
	noon := m.noon(d)
	p := Plan{Date: d}
	centre := m.hours(m.site.Hours, noon)
	if len(centre) == 0 {
		return p
	}
	c := m.chance("plan", string(d))
	p.Visits = m.visits(c, d, centre)
	p.Shifts = m.shifts(c, d)
	p.Passes = m.passes(c, noon, centre)
	return p
}

func (m *Model) visits(c chance, d queue.Date, centre []calendar.Span) []Visit {
	noon, year := m.noon(d), m.year(m.noon(d).Year())
	var visits []Visit
	add := func(service string, spans []calendar.Span, n int, early time.Duration) {
		for range n {
			v := Visit{At: arrival(c, noon, spans, early), Name: name(d, "visit", len(visits)), Kiosk: c.IntN(m.Kiosks())}
			v.Want = m.Want(service, v.Name)
			if service != "" {
				v.WalkIn, v.Offline = c.percent(m.volumes.WalkIn), c.percent(m.volumes.Offline)
			}
			visits = append(visits, v)
		}
	}
	tickets := 0.0
	for _, s := range m.site.Services {
		spans := m.hours(s.Hours, noon)
		yearly := m.people(s.Key)
		tickets += yearly
		add(s.Key, spans, c.poisson(yearly*share(spans, noon, year.services[s.Key])), lastTicket)
	}
	others := max(0, float64(m.volumes.Visits)-tickets*(1-m.volumes.WalkIn/100))
	add("", centre, c.poisson(others*share(centre, noon, year.centre)), 0)
	slices.SortStableFunc(visits, func(a, b Visit) int { return a.At.Compare(b.At) })
	return visits
}

// people who must come in a year so that the service has its interviews. Some
// of its interviews are with people sent on by others; so many it sends itself.
func (m *Model) people(service string) float64 {
	v := m.volumes
	return float64(m.Service(service).Interviews) / (1 - v.NoShow/100) / (1 - v.Leave/200) / (1 + v.Transfer/100)
}

// curve says how many come in each hour of the day, compared with the others.
func curve(hour int) float64 {
	return [24]float64{9: 0.6, 10: 0.9, 11: 1, 12: 0.75, 13: 0.65, 14: 1, 15: 1, 16: 0.85, 17: 0.55, 18: 0.4, 19: 0.3}[hour] + 0.05
}

// arrival draws a moment of the day while it is open.
func arrival(c chance, noon time.Time, spans []calendar.Span, early time.Duration) time.Time {
	var open time.Duration
	for _, s := range spans {
		open += on(noon, s.To).Sub(on(noon, s.From))
	}
	if open > early {
		open -= early
	}
	for {
		after := time.Second + time.Duration(c.Float64()*float64(open)).Truncate(time.Second)
		at := moment(noon, spans, after)
		if c.Float64() <= curve(at.Hour()) {
			return at
		}
	}
}

// moment is so much opening time after the first opening.
func moment(noon time.Time, spans []calendar.Span, after time.Duration) time.Time {
	for _, s := range spans {
		length := on(noon, s.To).Sub(on(noon, s.From))
		if after < length {
			return on(noon, s.From).Add(after)
		}
		after -= length
	}
	return on(noon, spans[len(spans)-1].To)
}

// shifts lets each service have its number of desks, in turn from day to day.
func (m *Model) shifts(c chance, d queue.Date) []Shift {
	noon := m.noon(d)
	var shifts []Shift
	for _, s := range m.site.Services {
		desks := m.site.DesksOf(s.Key)
		for _, span := range m.hours(s.Hours, noon) {
			for i := range min(m.Service(s.Key).Desks, len(desks)) {
				desk := desks[(i+noon.YearDay())%len(desks)]
				shift := Shift{Desk: desk.Key, Services: []string{s.Key}, Open: on(noon, span.From), Close: on(noon, span.To)}
				shifts = join(shifts, shift)
			}
		}
	}
	for i := range shifts {
		s := &shifts[i]
		s.Open = s.Open.Add(c.between(-3*time.Minute, 6*time.Minute))
		s.Pauses = pauses(c, *s, i)
	}
	slices.SortStableFunc(shifts, func(a, b Shift) int { return a.Open.Compare(b.Open) })
	return shifts
}

// join adds a shift, or what it serves to one of the same desk at the same time.
func join(shifts []Shift, add Shift) []Shift {
	for i := range shifts {
		s := &shifts[i]
		if s.Desk == add.Desk && s.Open.Before(add.Close) && add.Open.Before(s.Close) {
			s.Services = append(s.Services, add.Services...)
			if add.Open.Before(s.Open) {
				s.Open = add.Open
			}
			if add.Close.After(s.Close) {
				s.Close = add.Close
			}
			return shifts
		}
	}
	return append(shifts, add)
}

// pauses of a long shift: lunch, taken in turn, and coffee.
func pauses(c chance, s Shift, turn int) (list []Pause) {
	if s.Close.Sub(s.Open) < 5*time.Hour {
		return nil
	}
	at := func(hour, minute int) time.Time {
		y, m, d := s.Open.Date()
		return time.Date(y, m, d, hour, minute, 0, 0, s.Open.Location())
	}
	for _, p := range []Pause{
		{at(10, 50).Add(c.between(0, 40*time.Minute)), c.between(8*time.Minute, 14*time.Minute)},
		{at(12+turn%2, 0).Add(c.between(0, 20*time.Minute)), c.between(40*time.Minute, 60*time.Minute)},
		{at(15, 20).Add(c.between(0, 60*time.Minute)), c.between(8*time.Minute, 14*time.Minute)},
	} {
		if p.From.After(s.Open) && p.From.Add(p.For).Before(s.Close) && !c.percent(15) {
			list = append(list, p)
		}
	}
	return list
}

// passes of the people who come in; all are out again when the centre closes.
func (m *Model) passes(c chance, noon time.Time, spans []calendar.Span) []Pass {
	closes := on(noon, spans[len(spans)-1].To)
	n := c.poisson(float64(m.volumes.Entries) * share(spans, noon, m.year(noon.Year()).centre))
	var passes []Pass
	for range n {
		in := arrival(c, noon, spans, 0)
		out := in.Add(c.logNormal(50*time.Minute, 0.8))
		if out.After(closes) {
			out = closes.Add(-c.between(0, 10*time.Minute))
		}
		if out.Before(in) {
			out = in.Add(time.Minute) // came for a minute at the very end
		}
		passes = append(passes, Pass{At: in, Door: door(c)}, Pass{At: out, Door: door(c), Out: true})
	}
	slices.SortStableFunc(passes, func(a, b Pass) int { return a.At.Compare(b.At) })
	return passes
}

func door(c chance) int {
	if c.percent(first) {
		return 0
	}
	return 1
}

// KioskName names the n-th kiosk, from 0.
func KioskName(n int) string { return "borne-" + strconv.Itoa(n+1) }
