// Package board is the screen of the waiting room: the newest call large enough
// for the far end of the room, the last calls, and how long every service takes.
package board

import (
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
)

// Line is what the board hears of the hub. None of it waits.
type Line interface {
	Public() (wire.Public, bool)
	Hub() bool          // the hub answers
	Age() time.Duration // since it was last heard, in real time
	Now() time.Time     // the site's time
}

// Voice says calls aloud, one after the other, without waiting for them.
type Voice interface {
	Call(...speech.Piece)
	Withdraw(...speech.Piece) // what was not said yet
}

// Options are what a board stands on.
type Options struct {
	Site  *site.Site
	Say   []phrases.Speaker // the languages it takes turns in; at least one
	Line  Line
	Chime func() // rung at each new call, on the event loop; nil is silent
	Voice Voice  // says each new call aloud after the chime; nil is silent
}

// Role is the board. Nobody touches it. Its methods are called from the shell's
// event loop only.
type Role struct {
	opt     Options
	almanac *site.Almanac
	start   time.Time // real time; the languages take turns from here
	frozen  time.Time // the real time of an example, zero at work

	heard bool
	last  []wire.Call // of the newest view, the newest first
	shows []show      // the calls shown large, one after the other
}

// show is a call that is shown large from a moment on.
type show struct {
	call wire.Call
	from time.Time // real time
}

const (
	// dwell is how long a call stays large before another may take its place,
	// so that two desks calling at once are both seen.
	dwell = 5 * time.Second
	// freshFor is how long the newest call cannot be overlooked.
	freshFor = 15 * time.Second
	// turn is how long one language stays.
	turn = 12 * time.Second
	// lateAfter is how old a call is that is shown but no longer rung out: a board that
	// was cut off must not call what is long past.
	lateAfter = 2 * time.Minute
)

// New returns the board.
func New(o Options) *Role {
	r := &Role{opt: o, start: time.Now()}
	r.SetSite(o.Site)
	return r
}

// SetSite replaces the content, from the event loop.
func (r *Role) SetSite(s *site.Site) {
	almanac, err := s.Almanac()
	if err != nil { // a site that was loaded has a zone
		own := *s
		own.Zone = "UTC"
		almanac, _ = own.Almanac()
	}
	r.opt.Site, r.almanac = s, almanac
}

// Changed takes note of new calls. It is to be called on the event loop after
// every view.
func (r *Role) Changed() {
	public, ok := r.opt.Line.Public()
	if !ok {
		return
	}
	calls := r.unheard(public)
	r.withdraw(public.Calls)
	first := !r.heard
	r.heard, r.last = true, public.Calls
	if first || len(calls) == 0 {
		return // what was called before the board was on is no news
	}
	now := time.Now()
	r.shows = onwards(r.shows, now)
	for _, call := range calls {
		r.shows = append(r.shows, show{call, r.free(now)})
	}
	if r.opt.Chime != nil {
		r.opt.Chime()
	}
	if r.opt.Voice != nil {
		for _, call := range calls {
			r.opt.Voice.Call(r.aloud(call)...)
		}
	}
}

// withdraw takes back what was not shown and said yet of calls that were taken back:
// those that are gone although older ones are listed.
func (r *Role) withdraw(listed []wire.Call) {
	for _, call := range r.last {
		if slices.ContainsFunc(listed, func(l wire.Call) bool { return sameCall(l, call) }) || lost(call, listed) {
			continue
		}
		r.shows = slices.DeleteFunc(r.shows, func(s show) bool { return sameCall(s.call, call) })
		if r.opt.Voice != nil {
			r.opt.Voice.Withdraw(r.aloud(call)...)
		}
	}
}

// lost tells whether a call is older than all that are listed: so many came at once
// that the list lost it.
func lost(call wire.Call, listed []wire.Call) bool {
	return len(listed) > 0 && call.At.Before(listed[len(listed)-1].At)
}

// aloud is a call as it is said: in the first language, then in the ticket's.
func (r *Role) aloud(call wire.Call) (pieces []speech.Piece) {
	desk := call.Desk
	if d, ok := r.opt.Site.Desk(call.Desk); ok {
		desk = d.Label
	}
	for i, say := range r.opt.Say {
		if i == 0 || say.Lang() == call.Language {
			pieces = append(pieces, speech.Called(say, string(call.Label), desk))
		}
	}
	return pieces
}

// unheard are the calls that came since the last view, oldest first; without those
// that are long past.
func (r *Role) unheard(public wire.Public) (fresh []wire.Call) {
	for _, c := range public.Calls {
		older := len(r.last) > 0 && c.At.Before(r.last[0].At)
		if older || slices.ContainsFunc(r.last, func(l wire.Call) bool { return sameCall(l, c) }) {
			break
		}
		if public.Stamp.At.Sub(c.At) <= lateAfter {
			fresh = append([]wire.Call{c}, fresh...)
		}
	}
	return fresh
}

// free is when the next call may be shown large.
func (r *Role) free(now time.Time) time.Time {
	if n := len(r.shows); n > 0 {
		if after := r.shows[n-1].from.Add(dwell); after.After(now) {
			return after
		}
	}
	return now
}

// onwards drops the shows that are over; the last one stays.
func onwards(shows []show, now time.Time) []show {
	for len(shows) > 1 && !shows[1].from.After(now) {
		shows = shows[1:]
	}
	return shows
}

// Screen names the screen; it is always the same one.
func (r *Role) Screen() string { return "board" }

// Draw paints the board from a view of the moment.
func (r *Role) Draw(c *screen.Canvas) {
	at := r.frozen
	if at.IsZero() {
		at = time.Now()
	}
	r.view(at).draw(c)
}

// Act does nothing: there is nothing to touch.
func (r *Role) Act(string) {}

// Key uses no key.
func (r *Role) Key(screen.Key) bool { return false }
