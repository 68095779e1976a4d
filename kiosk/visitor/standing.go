package visitor

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// standing is how a service stands at this moment.
type standing struct {
	open bool
	full bool // open, but a ticket taken now could not be received before closing
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
// since a coordinator may have opened or closed against the calendar. When it does not
// answer, that word of a person still counts for the rest of the day.
func (r *Role) standing(s site.Service) standing {
	now := r.now()
	o := r.almanac.Opening(s, now)
	st := standing{open: o.Open, until: o.Until, next: o.Next,
		full:       o.Open && !o.Takes(now, 0, r.opt.Site.Margin(s.Key)),
		permanence: len(s.Hours.Weekly) == 0 && len(s.Hours.Permanences) > 0}
	view, ok := r.opt.Line.Public()
	if !ok {
		return st
	}
	for _, line := range view.Services {
		switch {
		case line.Service != s.Key:
		case r.opt.Line.Hub():
			st.hear(line, view.Closed)
		case r.decided(s, line, view):
			st.remember(line, view.Closed)
		}
	}
	return st
}

// decided tells whether the last word of the hub was a person's and is of today: it
// said other than the calendar did at its own moment.
func (r *Role) decided(s site.Service, line wire.Line, view wire.Public) bool {
	if view.Stamp.Day != queue.DateOf(r.now(), r.almanac.Zone()) {
		return false
	}
	open := line.Open && !view.Closed
	return open != r.almanac.WasOpen(s, view.Stamp.At.In(r.almanac.Zone()))
}

// remember takes what a person decided from the hub's last word, and nothing else: how
// many wait is not known any more, and how full it is the calendar reckons.
func (st *standing) remember(line wire.Line, dayOver bool) {
	full := st.full
	st.hear(wire.Line{Open: line.Open}, dayOver)
	st.known, st.full = false, st.open && full
}

// hear takes the hub's word. Of what was closed against the calendar nobody
// knows when it opens; after the day is over the calendar does.
func (st *standing) hear(line wire.Line, dayOver bool) {
	open := line.Open && !dayOver
	if st.open && !line.Open && !dayOver {
		st.next = time.Time{}
	}
	if open != st.open {
		st.until = time.Time{}
	}
	st.open, st.full, st.known, st.waiting, st.wait = open, open && line.Full, open, line.Waiting, line.Wait
}

// longWait is the minutes from which on a wait may be too long for somebody.
const longWait = 30

// long says whether the wait may be too long for somebody, as far as is known.
func (st standing) long() bool {
	if st.known && st.wait == nil {
		return st.waiting > 0
	}
	return !st.known || st.wait.High >= longWait
}

// ways is in how many ways a standing can be said, from the longest to the
// shortest.
const ways = 5

// notes say a standing in one line, in each of the ways.
func (st standing) notes(say phrases.Speaker, now time.Time) []string {
	switch {
	case !st.open:
		return st.closedNotes(say, now)
	case st.full:
		return evenly(say.Say("state.full"), say.Say("state.full-short"))
	case !st.known:
		return st.openNotes(say)
	}
	nobody, open := say.Say("wait.nobody"), say.Say("state.open")
	if st.waiting == 0 && st.wait == nil {
		return evenly(open+" · "+nobody, nobody)
	}
	people, few, fewest := st.people(say)
	how, short := say.Say("visitor.unknown"), say.Say("visitor.unknown-short")
	if st.wait != nil {
		how = between(say, *st.wait)
		short = how
	}
	return []string{open + " · " + people + " · " + how, people + " · " + how, few + " · " + how, fewest + " · " + short, short}
}

// people says how many wait, in three ways.
func (st standing) people(say phrases.Speaker) (people, few, fewest string) {
	if st.waiting == 0 {
		nobody := say.Say("wait.nobody")
		return nobody, nobody, say.Say("visitor.nobody")
	}
	return say.Say("wait.people", "Count", st.waiting), say.Say("visitor.wait", "Count", st.waiting), say.Say("visitor.wait-short", "Count", st.waiting)
}

// evenly gives the long way and makes the short one all the others.
func evenly(long, short string) []string { return []string{long, short, short, short, short} }

func (st standing) openNotes(say phrases.Speaker) []string {
	open := say.Say("state.open")
	if !st.until.IsZero() {
		open += " " + say.Say("state.closes-at", "Time", say.Clock(st.until))
	}
	return evenly(open, open)
}

func (st standing) closedNotes(say phrases.Speaker, now time.Time) []string {
	if st.next.IsZero() {
		return evenly(say.Say("visitor.closed-now"), say.Say("state.closed"))
	}
	when := say.When(st.next, now)
	opens := say.Say("state.opens", "When", when)
	if st.permanence {
		return evenly(say.Say("state.next", "When", when), opens)
	}
	return evenly(say.Say("state.closed")+" · "+opens, opens)
}

func between(say phrases.Speaker, i wire.Interval) string {
	return say.Between(time.Duration(i.Low)*time.Minute, time.Duration(i.High)*time.Minute)
}
