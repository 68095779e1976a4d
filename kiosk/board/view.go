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
	pair  []phrases.Speaker // the centre's own and the one that takes turns with it
	site  *site.Site
	now   time.Time // the site's time, in its zone
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

// view gathers what is known at a moment of real time.
func (r *Role) view(at time.Time) *view {
	public, known := r.opt.Line.Public()
	running := at.Sub(r.start)
	v := &view{
		says: r.opt.Say, pair: pairAt(r.opt.Say, int(running/turn)), say: sayAt(r.opt.Say, int(running/turn)), site: r.opt.Site,
		now: r.opt.Line.Now().In(r.zone), hub: r.opt.Line.Hub(), age: r.opt.Line.Age(),
		known: known, closed: public.Closed, services: public.Services, beat: running/time.Second%2 == 0,
		swap: running/(3*time.Second)%2 == 1,
	}
	if w := public.Withdrawn; len(w) > 0 {
		v.withdrawn = &w[0]
	}
	v.large, v.fresh = r.largest(public.Calls, at)
	v.notices = notice.Texts(public.Notices, v.say, r.opt.Site.Languages[0], v.now)
	if v.announced = len(v.notices) > 0; !v.announced && !v.closed {
		v.notices = v.workshop(int(running / turn))
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
