package visitor

import (
	"time"

	"accueil/internal/calendar"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// standing is how a service stands at this moment.
type standing struct {
	open bool
	// until is when it closes, next when it opens again; zero when not known.
	until, next time.Time
	// permanence: it has no weekly hours, so it opens on some days only.
	permanence bool
	// known: the hub says how many wait, and for how long, now.
	known   bool
	waiting int
	wait    *wire.Interval // nil: not known yet
}

// standing asks the calendar, and the hub when it answers: the hub's word wins,
// since a coordinator may have opened or closed against the calendar.
func (r *Role) standing(s site.Service) standing {
	now := r.now()
	o := r.openings.at(s, now)
	st := standing{open: o.Open, until: o.Until, next: o.Next,
		permanence: len(s.Hours.Weekly) == 0 && len(s.Hours.Permanences) > 0}
	view, ok := r.opt.Line.Public()
	if !ok || !r.opt.Line.Hub() {
		return st
	}
	for _, line := range view.Services {
		if line.Service == s.Key {
			st.hear(line, view.Closed)
		}
	}
	return st
}

// hear takes the hub's word.
func (st *standing) hear(line wire.Line, dayOver bool) {
	open := line.Open && !dayOver
	if open != st.open {
		st.until = time.Time{}
	}
	st.open, st.known, st.waiting, st.wait = open, open, line.Waiting, line.Wait
}

// Fields of a standing that are said, each from the longest to the shortest way
// of saying it.

// notes say it in one line.
func (st standing) notes(say phrases.Speaker, now time.Time) []string {
	switch {
	case !st.open:
		return st.closedNotes(say, now)
	case !st.known:
		return st.openNotes(say)
	case st.waiting == 0 && st.wait == nil:
		return []string{say.Say("state.open") + " · " + say.Say("wait.nobody"), say.Say("wait.nobody"), say.Say("state.open")}
	}
	people, few := say.Say("wait.people", "Count", st.waiting), say.Say("visitor.wait", "Count", st.waiting)
	if st.waiting == 0 {
		people, few = say.Say("wait.nobody"), say.Say("wait.nobody")
	}
	long, short := st.interval(say)
	return []string{
		say.Say("state.open") + " · " + people + " · " + long,
		people + " · " + long, people + " · " + short, few + " · " + short, short,
	}
}

// interval says how long in few words, and in fewer.
func (st standing) interval(say phrases.Speaker) (long, short string) {
	if st.wait == nil {
		return say.Say("visitor.unknown-long"), say.Say("visitor.unknown-short")
	}
	text := between(say, *st.wait)
	return text, text
}

func (st standing) openNotes(say phrases.Speaker) []string {
	if st.until.IsZero() {
		return []string{say.Say("state.open")}
	}
	return []string{say.Say("state.open") + " " + say.Say("state.closes-at", "Time", say.Clock(st.until)), say.Say("state.open")}
}

func (st standing) closedNotes(say phrases.Speaker, now time.Time) []string {
	if st.next.IsZero() {
		return []string{say.Say("visitor.closed-now"), say.Say("state.closed")}
	}
	when := say.When(st.next, now)
	short := say.Say("state.opens", "When", when)
	if st.permanence {
		return []string{say.Say("state.next", "When", when), short, say.Say("visitor.on", "When", when)}
	}
	return []string{say.Say("state.closed") + " · " + short, short}
}

func between(say phrases.Speaker, i wire.Interval) string {
	return say.Between(time.Duration(i.Low)*time.Minute, time.Duration(i.High)*time.Minute)
}

// openings asks the calendar once for as long as its answer holds: looking for
// the next opening reads two months of rules.
type openings struct {
	calendar calendar.Calendar
	kept     map[string]opening
}

// opening is what the calendar said, true from since until till.
type opening struct {
	calendar.Opening
	since, till time.Time
}

func newOpenings(s *site.Site) (*openings, error) {
	c, err := s.Calendar()
	return &openings{calendar: c, kept: map[string]opening{}}, err
}

func (o *openings) at(s site.Service, now time.Time) calendar.Opening {
	kept, ok := o.kept[s.Key]
	if !ok || now.Before(kept.since) || !now.Before(kept.till) {
		kept = opening{o.calendar.At(s.Hours, now), now, now.Add(time.Hour)}
		for _, change := range []time.Time{kept.Until, kept.Next} {
			if change.After(now) && change.Before(kept.till) {
				kept.till = change
			}
		}
		o.kept[s.Key] = kept
	}
	return kept.Opening
}
