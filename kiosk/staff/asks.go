// Package staff is what the screens of the staff share: one request at a time,
// an honest word about what became of it, and a line that says so.
package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// Line is the end of the line to the hub that requests go through.
type Line interface {
	// Ask returns the hub's answer. A queue.Refusal is a no; any other error says
	// that nobody knows yet what became of the request.
	Ask(ctx context.Context, ask queue.Ask) (wire.Reply, error)
	Hub() bool // the hub answers
}

// Way brings one request to the hub.
type Way func(context.Context, queue.Ask) (wire.Reply, error)

// Options of an Asks.
type Options struct {
	Line  Line
	Post  func(func()) bool // runs a function on the event loop; false: not now
	Guard func(func())      // catches the panic of a goroutine; nil in tests

	// Done and Refused are called on the event loop: the request was carried out,
	// or was not.
	Done    func(queue.Ask, wire.Reply)
	Refused func(queue.Ask, queue.Refusal)
}

// Asks asks the hub for one thing at a time and never blocks the event loop, on
// which all its methods are called.
type Asks struct {
	opt    Options
	asking *queue.Ask  // under way
	late   *wire.Reply // its answer, when that came by the late way first
	doubt  doubt

	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup
}

// doubt is a request whose outcome nobody knows.
type doubt struct {
	ask   queue.Ask
	since time.Time // real time
}

// DoubtLasts is how long a late answer is waited for once the hub is back; a
// hub that answers at all has answered by then.
const DoubtLasts = 20 * time.Second

// New returns an Asks with nothing under way.
func New(o Options) *Asks {
	if o.Guard == nil {
		o.Guard = func(f func()) { f() }
	}
	a := &Asks{opt: o}
	a.ctx, a.stop = context.WithCancel(context.Background())
	return a
}

// Close gives up what is under way and waits for it. It is called after the
// event loop has ended.
func (a *Asks) Close() {
	a.stop()
	a.work.Wait()
}

// Send asks the hub and tells whether it does: not while something else is under
// way, so that a key pressed twice asks once, nor while the outcome of something
// is unknown, since doing it again could do it twice.
func (a *Asks) Send(ask queue.Ask) bool { return a.Through(a.opt.Line.Ask, ask) }

// Through is Send by a way of its own, for a request that carries more than an
// ask. The way answers as [Line.Ask] does.
func (a *Asks) Through(way Way, ask queue.Ask) bool {
	if a.asking != nil || a.Doubtful() != "" {
		return false
	}
	ask.ID = rand.Text()
	a.asking, a.late, a.doubt = &ask, nil, doubt{}
	a.work.Go(func() { a.opt.Guard(func() { a.carry(way, ask) }) })
	return true
}

// carry asks and brings the answer back to the event loop. It runs in its own
// goroutine; a loop too busy to take the answer is tried again.
func (a *Asks) carry(way Way, ask queue.Ask) {
	reply, err := way(a.ctx, ask)
	for a.ctx.Err() == nil && !a.opt.Post(func() { a.answered(ask, reply, err) }) {
		select {
		case <-a.ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (a *Asks) answered(ask queue.Ask, reply wire.Reply, err error) {
	late := a.late
	a.asking, a.late = nil, nil
	var refused queue.Refusal
	switch {
	case err == nil:
		a.take(ask, reply)
	case errors.As(err, &refused):
		a.opt.Refused(ask, refused)
	case late != nil:
		a.take(ask, *late)
	default:
		a.doubt = doubt{ask: ask, since: time.Now()}
	}
}

// Late brings the answer of a request whose outcome was unknown.
func (a *Asks) Late(ask queue.Ask, reply wire.Reply) {
	switch {
	case a.asking != nil && a.asking.ID == ask.ID: // it overtook its own error
		a.late = &reply
	case a.doubt.ask.ID == ask.ID && ask.ID != "":
		a.doubt = doubt{}
		a.take(ask, reply)
	}
}

func (a *Asks) take(ask queue.Ask, reply wire.Reply) {
	if reply.Refused != "" {
		a.opt.Refused(ask, reply.Refused)
		return
	}
	a.opt.Done(ask, reply)
}

// Asking is the deed under way, "" for none.
func (a *Asks) Asking() queue.Deed {
	if a.asking == nil {
		return ""
	}
	return a.asking.Do
}

// Doubtful is the deed whose outcome is unknown and still worth waiting for, ""
// for none.
func (a *Asks) Doubtful() queue.Deed {
	if a.doubt.ask.ID == "" || a.opt.Line.Hub() && time.Since(a.doubt.since) > DoubtLasts {
		return ""
	}
	return a.doubt.ask.Do
}
