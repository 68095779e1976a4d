package uplink

import (
	"context"
	"sync"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// listeners are whom to tell.
type listeners struct {
	changes chan struct{} // something has changed and nobody was told yet

	mu        sync.Mutex
	onChange  func()
	onContent func([]byte)
	onLate    func(queue.Ask, wire.Reply)
	onLocked  func()
}

func newListeners() *listeners { return &listeners{changes: make(chan struct{}, 1)} }

// OnChange names what to call after anything a screen shows has changed. Calls
// come from one goroutine of the uplink, and several changes may share one.
func (u *Uplink) OnChange(f func()) {
	u.listeners.mu.Lock()
	defer u.listeners.mu.Unlock()
	u.listeners.onChange = f
}

// OnContent names what to call with each new content.
func (u *Uplink) OnContent(f func(pack []byte)) {
	u.listeners.mu.Lock()
	defer u.listeners.mu.Unlock()
	u.listeners.onContent = f
}

// OnLate names what to call when the outcome of a request is known after Ask
// gave up: with its reply, or with [NotConnected] as the reply's refusal when it
// could not be found out within ten minutes.
func (u *Uplink) OnLate(f func(queue.Ask, wire.Reply)) {
	u.listeners.mu.Lock()
	defer u.listeners.mu.Unlock()
	u.listeners.onLate = f
}

// changed has the screens told soon. It never waits.
func (u *Uplink) changed() {
	select {
	case u.listeners.changes <- struct{}{}:
	default:
	}
}

// tell tells of changes until ctx ends.
func (l *listeners) tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.changes:
		}
		l.mu.Lock()
		f := l.onChange
		l.mu.Unlock()
		if f != nil {
			f()
		}
	}
}

func (l *listeners) content(pack []byte) {
	l.mu.Lock()
	f := l.onContent
	l.mu.Unlock()
	if f != nil {
		f(pack)
	}
}

func (l *listeners) late(a queue.Ask, r wire.Reply) {
	l.mu.Lock()
	f := l.onLate
	l.mu.Unlock()
	if f != nil {
		f(a, r)
	}
}
