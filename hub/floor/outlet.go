package floor

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// The views leave at most 20 times in any second: after a quiet moment several
// at once, for as long as that lasts viewsASecond. The last one at hand is kept
// for a call, which somebody listens for, and those that only tell of people who
// come keep apart: in a rush forty kiosks need not be told of each.
const (
	viewsASecond = 17
	viewsAtOnce  = 3
	keptForCalls = 1
	calmEvery    = 250 * time.Millisecond
)

// Views are all current views, whole, of one moment.
type Views struct {
	Public      wire.Public
	Services    []wire.Service
	Coordinator wire.Coordinator
	Alerts      wire.Alerts
	All         bool // to be published even where nothing changed
}

// outlet hands the newest views to whoever publishes them. A slow publisher
// skips views; it never holds up the writer.
type outlet struct {
	// Of the loop only.
	dirty bool // something changed
	brisk bool // a desk has changed: others wait for it
	call  bool // somebody was called, or a call was taken back
	all   bool // everything is to be said again
	shown time.Time
	pace  *rate.Limiter

	newest chan Views
	once   *sync.Once
	told   *bell
}

// bell tells everybody at once that something has changed.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

// next is closed when the bell rings the next time.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.rung)
	b.rung = make(chan struct{})
}

func newOutlet() outlet {
	return outlet{dirty: true, pace: rate.NewLimiter(viewsASecond, viewsAtOnce), newest: make(chan Views, 1), once: &sync.Once{}, told: &bell{rung: make(chan struct{})}}
}

// wait is how long until the next views may be shown.
func (o *outlet) wait() time.Duration {
	now := time.Now()
	needed := 1.0 + keptForCalls
	if o.call {
		needed = 1
	}
	wait := time.Duration((needed - o.pace.TokensAt(now)) / viewsASecond * float64(time.Second))
	if o.call || o.brisk || o.all {
		return wait
	}
	return max(wait, calmEvery-now.Sub(o.shown))
}

// note looks at what was recorded.
func (o *outlet) note(f queue.Fact) {
	o.dirty = true
	switch f.Kind {
	case queue.Joined, queue.Began, queue.Asked, queue.Issued, queue.Numbered, queue.Handed, queue.Counted:
	case queue.Called, queue.Recalled, queue.Undone:
		o.call = true
	default:
		o.brisk = true
	}
}

// leave notes that views leave now.
func (o *outlet) leave() {
	o.shown = time.Now()
	o.pace.ReserveN(o.shown, 1)
	o.dirty, o.brisk, o.call, o.all = false, false, false, false
}

func (o *outlet) close() { o.once.Do(func() { close(o.newest) }) }

// show builds the views if something changed and they are due.
func (f *Floor) show() {
	o := &f.views
	if !o.dirty || o.wait() > 0 {
		return
	}
	stamp := f.stamp()
	v := Views{Public: f.public(stamp), Coordinator: f.coordinator(stamp), All: o.all}
	v.Alerts = f.warn(v.Coordinator.Services, stamp)
	for _, s := range f.site.Services {
		v.Services = append(v.Services, f.service(s.Key, stamp))
	}
	o.leave()
	select {
	case older := <-o.newest: // nobody took them
		v.All = v.All || older.All
	default:
	}
	o.newest <- v
	o.told.ring()
}

// Changed is closed when views have changed since it was asked for: at most 20
// times a second. It may be called by any goroutine.
func (f *Floor) Changed() <-chan struct{} { return f.views.told.next() }

// Views gives the newest views after commits, whole; closed when the floor stops.
func (f *Floor) Views() <-chan Views { return f.views.newest }

// Present notes what a terminal says of itself, or its will of it.
func (f *Floor) Present(role, name string, s wire.State) bool {
	return f.enqueue(op{decide: func() {
		if f.present[role] == nil {
			f.present[role] = map[string]Terminal{}
		}
		if len(f.present[role]) >= maxTerminals && f.present[role][name].V == 0 {
			return
		}
		f.present[role][name] = Terminal{State: s, Heard: f.time()}
		f.views.dirty = true
	}})
}

// maxTerminals per role are remembered, so that strangers cannot fill the memory.
const maxTerminals = 10_000

// Republish has every view said again although nothing changed, for a broker or
// a screen that has lost them.
func (f *Floor) Republish() bool {
	return f.enqueue(op{decide: func() { f.views.dirty, f.views.all = true, true }})
}
