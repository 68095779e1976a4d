package uplink

import (
	"context"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// pass is what the hub gave for the PIN; "" while locked, or where none is needed.
type pass struct {
	mu   sync.Mutex
	text string
}

func (p *pass) get() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text
}

func (p *pass) set(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = text
}

// Unlock shows the hub the PIN that somebody typed; "" asks whether one is needed.
// Afterwards requests are carried out until [Uplink.Lock], or until the hub wants
// the PIN again. The error is [NotConnected], [ErrUnknownOutcome] or the hub's
// refusal: wire.Locked, wire.WrongPIN, or wire.WaitPIN with the time to wait.
//
// A hub that knows no PINs refuses the question as such: nothing is locked there.
func (u *Uplink) Unlock(ctx context.Context, pin string) (wait time.Duration, err error) {
	if !u.isUp() {
		return 0, NotConnected
	}
	ctx, cancel := withDeadline(ctx)
	defer cancel()
	r := wire.Request{V: wire.Version, Ask: queue.Ask{ID: newID(), Do: wire.DoUnlock}, PIN: pin}
	waiting := u.requests.expect(r.ID)
	defer u.requests.drop(r.ID)
	reply, err := u.request(ctx, r, waiting)
	if err != nil {
		return 0, ErrUnknownOutcome
	}
	switch reply.Refused {
	case wire.Locked, wire.WrongPIN, wire.WaitPIN:
		return time.Duration(reply.Wait) * time.Second, reply.Refused
	}
	u.pass.set(reply.Pass)
	return 0, nil
}

// Lock forgets the pass.
func (u *Uplink) Lock() { u.pass.set("") }

// OnLocked names what to call when the hub wants the PIN: a pass is over, or the
// PIN has been changed.
func (u *Uplink) OnLocked(f func()) {
	u.listeners.mu.Lock()
	defer u.listeners.mu.Unlock()
	u.listeners.onLocked = f
}

func (u *Uplink) locked() {
	u.Lock()
	u.listeners.mu.Lock()
	f := u.listeners.onLocked
	u.listeners.mu.Unlock()
	if f != nil {
		f()
	}
}
