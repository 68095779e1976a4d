package board

import (
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/notice"
)

// view is all that one frame shows.
type view struct {
	say   phrases.Speaker   // whose turn it is
	says  []phrases.Speaker // all languages
	turn  int               // how many turns of languages have passed
	pair  []phrases.Speaker // the centre's own and the one that takes turns with it
	site  *site.Site
	soon  []site.Occasion              // the next workshops
	opens func(site.Service) time.Time // again, zero when nobody knows
	now   time.Time                    // the site's time, in its zone
	hub   bool
	age   time.Duration
	known bool

	closed   bool
	services []wire.Line
	large    *wire.Call // shown large
	fresh    bool       // it has just come
	beat     bool       // every other second
	swap     bool       // every other three seconds
	calls    []wire.Call

	notices   []string   // what the staff announce, or else the next workshops in turn
	announced bool       // notices are of the staff
	withdrawn *wire.Call // the last call taken back, while somebody may be on the way
}

// pairAt is the centre's own language and one of the others, which takes turns with
// it: most people in the room read the first and must not wait for all the others.
func pairAt(says []phrases.Speaker, n int) []phrases.Speaker {
	if len(says) < 2 {
		return says
	}
	return []phrases.Speaker{says[0], says[1+n/2%(len(says)-1)]}
}

// sayAt is the language of a turn.
func sayAt(says []phrases.Speaker, n int) phrases.Speaker {
	pair := pairAt(says, n)
	return pair[n%len(pair)]
}

// nth is which of several things a turn shows, when they take turns beside the
// languages: each stays for two turns, so that it is seen in the centre's own language
// and in another one; and when both have come round together they move on by one, or
// a language would always meet the same.
func nth(says []phrases.Speaker, turn, count int) int {
	if count == 0 {
		return 0
	}
	if len(says) < 2 {
		return turn % count
	}
	pair, others := turn/2, len(says)-1
	together := count
	for together%others != 0 {
		together += count
	}
	return (pair + pair/together) % count
}

// view gathers what is known at a moment of real time.
func (r *Role) view(at time.Time) *view {
	public, known := r.opt.Line.Public()
	running := at.Sub(r.start)
	n, now := int(running/turn), r.opt.Line.Now().In(r.almanac.Zone())
	v := &view{
		says: r.opt.Say, turn: n, pair: pairAt(r.opt.Say, n), say: sayAt(r.opt.Say, n), site: r.opt.Site,
		now: now, hub: r.opt.Line.Hub(), age: r.opt.Line.Age(), soon: r.almanac.Soon(now),
		opens: func(s site.Service) time.Time { return r.almanac.Opens(s, now, public.Closed) },
		known: known, closed: public.Closed, services: public.Services, beat: running/time.Second%2 == 0,
		swap: running/(3*time.Second)%2 == 1,
	}
	if w := public.Withdrawn; len(w) > 0 {
		v.withdrawn = &w[0]
	}
	v.large, v.fresh = r.largest(public.Calls, at)
	v.notices = notice.Texts(public.Notices, v.say, r.opt.Site.Languages[0], v.now)
	if v.announced = len(v.notices) > 0; !v.announced && !v.closed {
		v.notices = v.workshop()
	}
	for _, c := range public.Calls {
		if v.large == nil || !sameCall(c, *v.large) {
			v.calls = append(v.calls, c)
		}
	}
	v.calls = v.calls[:min(len(v.calls), wire.MaxCalls-1)]
	return v
}

// largest is the call to show large: the one whose turn it is, as the view has
// it now, or else the newest.
func (r *Role) largest(calls []wire.Call, at time.Time) (*wire.Call, bool) {
	shows := onwards(r.shows, at)
	if len(shows) > 0 && !shows[0].from.After(at) {
		s := shows[0]
		if i := slices.IndexFunc(calls, func(c wire.Call) bool { return sameCall(c, s.call) }); i >= 0 {
			return &calls[i], at.Sub(s.from) < freshFor
		}
		if lost(s.call, calls) {
			return &s.call, at.Sub(s.from) < freshFor
		}
	}
	if len(calls) == 0 {
		return nil, false
	}
	return &calls[0], false
}

// sameCall compares what does not change about a call; its label may, once it
// is known which one was handed over.
func sameCall(a, b wire.Call) bool {
	return a.Desk == b.Desk && a.At.Equal(b.At) && a.Times == b.Times
}

// desk is the label of a desk.
func (v *view) desk(key string) string {
	if d, ok := v.site.Desk(key); ok {
		return d.Label
	}
	return key
}
