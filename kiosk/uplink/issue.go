package uplink

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/safety"
	"accueil/internal/wire"
)

// counter is where tickets are issued, one at a time.
type counter struct {
	turn    chan struct{} // full while it is somebody's turn, who may use the next two
	pressed pressed
	debt    bool // there may be tickets without a word on what became of them

	mu     sync.Mutex
	ticket queue.TicketID // now waiting for the hub's word
	given  chan wire.Given
}

// newCounter begins with a look at what the last run may have left.
func newCounter() *counter { return &counter{turn: make(chan struct{}, 1), debt: true} }

// enter waits for its turn; the turn ends with leave.
func (c *counter) enter(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *counter) leave() { <-c.turn }

// expect makes the hub's next word on a ticket arrive at the returned channel.
func (c *counter) expect(id queue.TicketID) <-chan wire.Given {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ticket, c.given = id, make(chan wire.Given, 1)
	return c.given
}

// offer brings the hub's word on a ticket to whoever waits for it.
func (c *counter) offer(g wire.Given, current func(queue.TicketID) queue.TicketID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.given == nil || current(c.ticket) != g.Ticket {
		return
	}
	select {
	case c.given <- g:
	default: // the same once more
	}
}

// pressed remembers the tickets of the last presses.
type pressed struct {
	tickets map[string]Ticket
	ring    [32]string
	next    int
}

func (p *pressed) find(press string) (Ticket, bool) {
	t, known := p.tickets[press]
	return t, known && press != ""
}

func (p *pressed) keep(press string, t Ticket) {
	if press == "" {
		return
	}
	if p.tickets == nil {
		p.tickets = map[string]Ticket{}
	}
	delete(p.tickets, p.ring[p.next])
	p.tickets[press], p.ring[p.next] = t, press
	p.next = (p.next + 1) % len(p.ring)
}

// Issue makes a ticket and returns when it may be handed over: durable in this
// kiosk's journal under the label that it will bear. It waits for the hub's
// number at most Options.Patience. Calls take turns.
//
// Errors: [ErrNotReady], [ErrNoJournal], queue.DayIsClosed, queue.BadRequest,
// [NotSaved] with its cause, or ctx's. After any of them nothing may be handed over.
func (u *Uplink) Issue(ctx context.Context, o Order) (Ticket, error) {
	if u.store == nil {
		return Ticket{}, ErrNoJournal
	}
	if u.TurnedAway() {
		return Ticket{}, ErrTurnedAway
	}
	if err := u.counter.enter(ctx); err != nil {
		return Ticket{}, err
	}
	defer u.counter.leave()
	if t, done := u.counter.pressed.find(o.Press); done {
		return t, nil
	}
	t, err := u.issue(ctx, o)
	if err == nil {
		u.counter.pressed.keep(o.Press, t)
	}
	return t, err
}

// issue is rule 3: issued is durable before anybody hears of it, handed before
// anybody holds it in their hands.
func (u *Uplink) issue(ctx context.Context, o Order) (Ticket, error) {
	u.settle()
	issued, err := u.draft(o)
	if err != nil {
		return Ticket{}, err
	}
	var answer <-chan wire.Given
	err = u.store.commit([]queue.Fact{issued}, func(facts []queue.Fact) {
		issued = facts[len(facts)-1]
		answer = u.counter.expect(issued.Ticket)
	})
	if err != nil {
		return Ticket{}, notSaved(err)
	}
	u.outbox.hurry()
	given, err := u.await(ctx, answer)
	if err != nil {
		u.void(issued, queue.ReasonCrash)
		return Ticket{}, err
	}
	if given.Void {
		u.void(issued, queue.ReasonLate)
		return Ticket{}, queue.DayIsClosed
	}
	return u.hand(issued, given)
}

// draft is the fact that issues the ticket, but for its id.
func (u *Uplink) draft(o Order) (queue.Fact, error) {
	now := u.Now()
	zone := u.content.zone()
	series := u.series.get(u.store.id())
	if zone == nil || series == "" || absurd(now) {
		return queue.Fact{}, ErrNotReady
	}
	f := queue.Fact{
		Kind: queue.Issued, Day: queue.DateOf(now, zone), At: now, Code: queue.NewCode(), Service: o.Service,
		Question: o.Question, Language: o.Language, Level: o.Level, Persons: o.Persons,
	}
	own, err := u.store.candidate(f.Day, u.Synced(), o.Letter, series)
	if err != nil {
		return f, notSaved(err)
	}
	f.Label = own
	return f, nil
}

// absurd says whether a clock was never set: nothing may be dated by it, nor
// would the hub take it.
func absurd(t time.Time) bool { return t.Year() < 2000 || t.Year() > 2199 }

// await waits for the hub's word while there is patience; the zero Given says
// that there was none. While the line is down none can come.
func (u *Uplink) await(ctx context.Context, answer <-chan wire.Given) (wire.Given, error) {
	if !u.isUp() {
		return wire.Given{}, ctx.Err()
	}
	patience := time.NewTimer(u.options.Patience)
	defer patience.Stop()
	select {
	case g := <-answer:
		return g, nil
	case <-patience.C:
		return wire.Given{}, nil
	case <-ctx.Done():
		return wire.Given{}, ctx.Err()
	}
}

// hand decides the label and makes it durable. Only after that may it be shown.
func (u *Uplink) hand(issued queue.Fact, given wire.Given) (Ticket, error) {
	t := Ticket{ID: issued.Ticket, Code: issued.Code, Label: issued.Label, Own: true}
	if given.Label.Valid() && !given.Label.Own() {
		t.Label, t.Own, t.Wait, t.Ahead = given.Label, false, given.Wait, max(0, given.Ahead)
	}
	handed := queue.Fact{Kind: queue.Handed, Ticket: t.ID, Label: t.Label, Day: issued.Day, At: u.Now()}
	if safety.Off(safety.Handed) {
		time.AfterFunc(300*time.Millisecond, func() { _ = u.store.commit([]queue.Fact{handed}, nil) })
	} else if err := u.store.commit([]queue.Fact{handed}, nil); err != nil {
		u.void(issued, queue.ReasonCrash)
		return Ticket{}, notSaved(err)
	}
	u.outbox.rest()
	t.ID = u.store.current(t.ID)
	return t, nil
}

// void says that an issued ticket is never handed over. When that cannot be
// saved now, settle does it later.
func (u *Uplink) void(issued queue.Fact, reason string) {
	voided := queue.Fact{Kind: queue.Voided, Ticket: issued.Ticket, Day: issued.Day, At: u.Now(), Reason: reason}
	if err := u.store.commit([]queue.Fact{voided}, nil); err != nil {
		u.log.Error("a ticket that was not handed over could not be made void; it will be", "err", err)
		u.counter.debt = true
	}
	u.outbox.kick()
}

// settle voids the tickets that a crash or a full disk left without a word on
// what became of them: their handing over had not begun. It is called on one's
// turn at the counter, or before there is one.
func (u *Uplink) settle() {
	if !u.counter.debt || absurd(u.Now()) || safety.Off(safety.Settle) {
		return
	}
	open, err := u.store.unsettled()
	for _, f := range open {
		u.log.Warn("a ticket had not been handed over and is void", "day", f.Day)
		f = queue.Fact{Kind: queue.Voided, Ticket: f.Ticket, Day: f.Day, At: u.Now(), Reason: queue.ReasonCrash}
		err = errors.Join(err, u.store.commit([]queue.Fact{f}, nil))
	}
	if err != nil {
		u.log.Error("tickets that were not handed over could not be made void; they will be", "err", err)
		return
	}
	u.counter.debt = false
	u.outbox.kick()
}

// notSaved tells a disk that failed from an order that cannot be.
func notSaved(err error) error {
	if errors.Is(err, queue.ErrFact) {
		return fmt.Errorf("%w: %w", queue.BadRequest, err)
	}
	return fmt.Errorf("%w: %w", NotSaved, err)
}
