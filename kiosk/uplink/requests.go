package uplink

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

const (
	askAgain  = 700 * time.Millisecond // an unanswered request is sent again
	askWithin = 5 * time.Second        // when the caller sets no deadline
	chaseEach = 2 * time.Second        // a late one
	chaseFor  = 10 * time.Minute
	maxLate   = 64
)

// requests are the questions under way, by id.
type requests struct {
	mu      sync.Mutex
	waiting map[string]chan wire.Reply
}

func newRequests() *requests { return &requests{waiting: map[string]chan wire.Reply{}} }

func (r *requests) expect(id string) chan wire.Reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	reply := make(chan wire.Reply, 1)
	r.waiting[id] = reply
	return reply
}

func (r *requests) drop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.waiting, id)
}

// take brings a reply to whoever waits for it. What nobody waits for is a late
// duplicate.
func (r *requests) take(reply wire.Reply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if waiting := r.waiting[reply.ID]; waiting != nil {
		waiting <- reply
		delete(r.waiting, reply.ID)
	}
}

// newID draws 128 bits.
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Ask sends a request to the floor and waits for its reply, until ctx's deadline
// or five seconds. It draws the id when a has none. A refusal is the reply's
// Refused and the error too, always a queue.Refusal; the other error is
// [ErrUnknownOutcome].
func (u *Uplink) Ask(ctx context.Context, a queue.Ask) (wire.Reply, error) {
	return u.ask(ctx, wire.Request{Ask: a})
}

// Announce is Ask with the announcement that is put up or taken down.
func (u *Uplink) Announce(ctx context.Context, a queue.Ask, n wire.Notice) (wire.Reply, error) {
	return u.ask(ctx, wire.Request{Ask: a, Notice: &n})
}

// Overdue asks for one part of the list of those who wait longer than their tickets
// announced, from part 0.
func (u *Uplink) Overdue(ctx context.Context, a queue.Ask, part int) (wire.Reply, error) {
	return u.ask(ctx, wire.Request{Ask: a, Part: part})
}

func (u *Uplink) ask(ctx context.Context, r wire.Request) (wire.Reply, error) {
	if r.ID == "" {
		r.ID = newID()
	}
	if err := r.Ask.Validate(); err != nil {
		return wire.Reply{}, err
	}
	if !u.isUp() {
		return wire.Reply{}, NotConnected
	}
	ctx, cancel := withDeadline(ctx)
	defer cancel()
	waiting := u.requests.expect(r.ID)
	r.V, r.Until, r.Pass = wire.Version, u.clock.after(wire.AskGood), u.pass.get()
	reply, err := u.request(ctx, r, waiting)
	if err != nil {
		u.chase(r, waiting)
		return wire.Reply{}, ErrUnknownOutcome
	}
	if reply.Refused == wire.Locked {
		u.locked()
	}
	if reply.Refused != "" {
		return reply, reply.Refused
	}
	return reply, nil
}

func withDeadline(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, set := ctx.Deadline(); set {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, askWithin)
}

// request sends r until it is answered or ctx ends.
func (u *Uplink) request(ctx context.Context, r wire.Request, waiting <-chan wire.Reply) (wire.Reply, error) {
	again := time.NewTicker(askAgain)
	defer again.Stop()
	for {
		u.sendRequest(r)
		select {
		case reply := <-waiting:
			return reply, nil
		case <-again.C:
		case <-ctx.Done():
			return wire.Reply{}, ctx.Err()
		}
	}
}

func (u *Uplink) sendRequest(r wire.Request) {
	if err := u.publish(wire.LeafRequests, wire.Encode(r), false); err != nil {
		u.log.Debug("a request could not be sent; it will be", "do", r.Do, "err", err)
	}
}

// late is a request whose caller has been told that its outcome is unknown.
type late struct {
	request wire.Request
	waiting <-chan wire.Reply
	until   time.Time
}

// chase leaves a request to the chaser, which outlives the caller.
func (u *Uplink) chase(r wire.Request, waiting <-chan wire.Reply) {
	select {
	case u.late <- late{request: r, waiting: waiting, until: time.Now().Add(chaseFor)}:
	default:
		u.requests.drop(r.ID)
		u.log.Error("too many requests without a reply; one is given up", "do", r.Do)
	}
}

// chaser finds out what became of late requests, with their own ids, so that
// nothing is done twice.
func (u *Uplink) chaser(ctx context.Context) {
	again := time.NewTicker(chaseEach)
	defer again.Stop()
	var open []late
	for {
		select {
		case <-ctx.Done():
			return
		case l := <-u.late:
			open = append(open, l)
		case <-again.C:
		}
		rest := open[:0]
		for _, l := range open {
			if !u.caught(l) {
				rest = append(rest, l)
			}
		}
		open = rest
	}
}

// caught delivers a late request's reply if it is there, or asks again.
func (u *Uplink) caught(l late) bool {
	select {
	case reply := <-l.waiting:
		if reply.Refused == wire.Locked {
			u.locked()
		}
		u.listeners.late(l.request.Ask, reply)
		return true
	default:
	}
	if time.Now().After(l.until) {
		u.requests.drop(l.request.ID)
		u.listeners.late(l.request.Ask, wire.Reply{V: wire.Version, ID: l.request.ID, Refused: NotConnected})
		return true
	}
	if u.isUp() {
		u.sendRequest(l.request)
	}
	return false
}

var errRefused = errors.New("refused")

// fetch asks for one part of the content.
func (u *Uplink) fetch(ctx context.Context, version string, part int) (*wire.Content, error) {
	ctx, cancel := withDeadline(ctx)
	defer cancel()
	r := wire.Request{V: wire.Version, Ask: queue.Ask{ID: newID(), Do: wire.DoContent}, Version: version, Part: part}
	waiting := u.requests.expect(r.ID)
	defer u.requests.drop(r.ID)
	reply, err := u.request(ctx, r, waiting)
	if err != nil {
		return nil, err
	}
	if c := reply.Content; c != nil && c.Version == version && c.Part == part && reply.Refused == "" {
		return c, nil
	}
	return nil, errRefused
}
