package floor

import (
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// viewEvery keeps the views to at most 20 a second, calmEvery those that only
// tell of people who come: in a rush forty kiosks need not be told of each.
const (
	viewEvery = 50 * time.Millisecond
	calmEvery = 250 * time.Millisecond
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
	dirty bool // something changed; loop only
	brisk bool // somebody was called, or a desk has changed: they wait for it; loop only
	all   bool // everything is to be said again; loop only
	shown time.Time

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
	return outlet{dirty: true, newest: make(chan Views, 1), once: &sync.Once{}, told: &bell{rung: make(chan struct{})}}
}

// wait is how long until the next views may be shown.
func (o *outlet) wait() time.Duration {
	every := calmEvery
	if o.brisk || o.all {
		every = viewEvery
	}
	return every - time.Since(o.shown)
}

// note looks at what was recorded.
func (o *outlet) note(f queue.Fact) {
	o.dirty = true
	switch f.Kind {
	case queue.Joined, queue.Began, queue.Asked, queue.Issued, queue.Numbered, queue.Handed, queue.Counted:
	default:
		o.brisk = true
	}
}

func (o *outlet) close() { o.once.Do(func() { close(o.newest) }) }

// show builds the views if something changed and they are due.
func (f *Floor) show() {
	o := &f.views
	if !o.dirty || o.wait() > 0 {
		return
	}
	o.dirty, o.brisk, o.shown = false, false, time.Now()
	stamp := f.stamp()
	v := Views{Public: f.public(stamp), Coordinator: f.coordinator(stamp), All: o.all}
	v.Alerts = f.warn(v.Coordinator.Services, stamp)
	for _, s := range f.site.Services {
		v.Services = append(v.Services, f.service(s.Key, stamp))
	}
	o.all = false
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
