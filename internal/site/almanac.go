package site

import (
	"slices"
	"sync"
	"time"

	"accueil/internal/calendar"
)

// Almanac answers from the calendar what screens ask again and again: it looks once
// for as long as an answer holds, because the next opening takes two months of
// rules to find. Any goroutine may ask.
type Almanac struct {
	site     *Site
	calendar calendar.Calendar

	mu       sync.Mutex
	openings map[string]opening // by key of the service, or name of what else has hours
	soon     []Occasion
	till     time.Time // of soon
	from     time.Time
}

// opening is what the calendar said of a service, true from since until till.
type opening struct {
	calendar.Opening
	ahead       []calendar.Day
	since, till time.Time
}

// Almanac is a new almanac of the site.
func (s *Site) Almanac() (*Almanac, error) {
	c, err := s.Calendar()
	return &Almanac{site: s, calendar: c, openings: map[string]opening{}}, err
}

// Zone is the time zone of the site.
func (a *Almanac) Zone() *time.Location { return a.calendar.Zone() }

// daysAhead is how many days of opening are told to somebody who wants to come back.
const daysAhead = 3

// Ahead are the next days on which a service opens after a moment, with their hours.
func (a *Almanac) Ahead(s Service, now time.Time) []calendar.Day {
	return a.look(s.Key, s.Hours, now).ahead
}

// Opening is whether a service is open at a moment by its hours, and when it opens
// next.
func (a *Almanac) Opening(s Service, now time.Time) calendar.Opening {
	return a.look(s.Key, s.Hours, now).Opening
}

// WasOpen is whether a service was open by its hours at a moment that is past; it is
// kept apart from what is asked of the present.
func (a *Almanac) WasOpen(s Service, then time.Time) bool {
	return a.look(s.Key+"/then", s.Hours, then).Open
}

// Answers is when somebody answers at a way from a distance; zero when nothing is
// said of its hours.
func (a *Almanac) Answers(d Distance, now time.Time) calendar.Opening {
	if isZero(d.Hours) {
		return calendar.Opening{}
	}
	return a.look("distance/"+d.Key, d.Hours, now).Opening
}

// Opens is when a service that is closed opens again, zero when nobody knows: of what
// was closed against its hours only the coordinator does. Once the day is over it
// opens on another one.
func (a *Almanac) Opens(s Service, now time.Time, dayOver bool) time.Time {
	o := a.Opening(s, now)
	switch {
	case dayOver && (o.Next.IsZero() || a.calendar.Date(o.Next) != a.calendar.Date(now)):
		return o.Next
	case dayOver:
		return a.look(s.Key+"/tomorrow", s.Hours, a.calendar.Midnight(now)).Next
	case o.Open:
		return time.Time{}
	}
	return o.Next
}

// look asks the calendar for hours that are kept under a name.
func (a *Almanac) look(name string, hours calendar.Rules, now time.Time) opening {
	a.mu.Lock()
	defer a.mu.Unlock()
	kept, ok := a.openings[name]
	if !ok || now.Before(kept.since) || !now.Before(kept.till) {
		kept = opening{a.calendar.At(hours, now), a.calendar.Ahead(hours, now, daysAhead), now, now.Add(time.Hour)}
		for _, change := range []time.Time{kept.Until, kept.Next} {
			if change.After(now) && change.Before(kept.till) {
				kept.till = change
			}
		}
		a.openings[name] = kept
	}
	return kept
}

// Occasion is a workshop and when it begins; zero where the content says that in
// words only.
type Occasion struct {
	Workshop
	Begins time.Time
}

const (
	// soonLasts is how long what is soon is not looked for again.
	soonLasts = time.Minute
	// latecomers may still join a workshop that has begun so long ago.
	latecomers = 10 * time.Minute
	// soonWithin is how far ahead a workshop is worth telling in a waiting room.
	soonWithin = 7 * 24 * time.Hour
)

// Soon are the workshops to tell of at a moment, the soonest first: those of today
// that one can still join; on a day without any, those of the next seven days; and
// without any of those, the ones whose dates are not known, in the site's order.
func (a *Almanac) Soon(now time.Time) []Occasion {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.from.IsZero() || now.Before(a.from) || !now.Before(a.till) {
		a.soon, a.from, a.till = a.occasions(now), now, now.Add(soonLasts)
	}
	return a.soon
}

func (a *Almanac) occasions(now time.Time) []Occasion {
	var dated, undated, today []Occasion
	for _, w := range a.site.Workshops {
		switch begins := a.begins(w, now); {
		case isZero(w.Hours):
			undated = append(undated, Occasion{Workshop: w})
		case begins.IsZero() || begins.Sub(now) > soonWithin:
		default:
			dated = append(dated, Occasion{w, begins})
		}
	}
	slices.SortStableFunc(dated, func(x, y Occasion) int { return x.Begins.Compare(y.Begins) })
	for _, o := range dated {
		if a.calendar.Date(o.Begins) == a.calendar.Date(now) {
			today = append(today, o)
		}
	}
	if len(dated) == 0 {
		return undated
	}
	if len(today) == 0 {
		return dated
	}
	return today
}

// begins is when a workshop begins next, or began if latecomers may still join.
func (a *Almanac) begins(w Workshop, now time.Time) time.Time {
	if isZero(w.Hours) {
		return time.Time{}
	}
	o := a.calendar.At(w.Hours, now)
	if o.Open && now.Sub(o.Since) <= latecomers {
		return o.Since
	}
	return o.Next
}
