package uplink

import (
	"context"
	"sync/atomic"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

const (
	lookEvery  = time.Second
	stateEvery = 30 * time.Second
	muchUnsent = wire.MaxFacts // a change of unsent facts worth saying at once
	keepDays   = 30            // a restored hub asks for facts of so many days again
)

// attendant does what is due from time to time.
type attendant struct {
	looks   chan struct{} // something may have happened
	work    atomic.Value  // string: how the programs of a documentation PC are
	paper   atomic.Value  // string: how the printer is
	raised  atomic.Bool   // the line has come up: the broker may have said our will
	owes    atomic.Bool   // the coordinator was told of unsent facts
	boot    string
	program string

	since  time.Time // online
	acked  uint64    // what the hub had when it last had everything or got more
	moved  time.Time // and when that was
	said   time.Time // the last word about ourselves
	unsent int       // what it said
	worked string    // and of the programs
	papers string    // and of the printer
	hub    bool      // what screens were last told
	forgot queue.Date
}

func newAttendant(program string) *attendant {
	return &attendant{looks: make(chan struct{}, 1), boot: newID()[:8], program: program}
}

// look makes the attendant look at once. It never waits.
func (u *Uplink) look() {
	select {
	case u.attendant.looks <- struct{}{}:
	default:
	}
}

// lookIfOwing looks at once only if there may be good news.
func (u *Uplink) lookIfOwing() {
	if u.attendant.owes.Load() {
		u.look()
	}
}

func (u *Uplink) attend(ctx context.Context) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		u.lookRound()
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			u.tidy()
		case <-u.attendant.looks:
		}
	}
}

// lookRound tells the screens when the hub came or went, and the coordinator
// how this terminal is.
func (u *Uplink) lookRound() {
	a := u.attendant
	if hub := u.Hub(); hub != a.hub {
		a.hub = hub
		u.log.Info("the hub", "reachable", hub)
		u.changed()
	}
	if !u.isUp() {
		return
	}
	if a.raised.Swap(false) {
		a.said, a.since = time.Time{}, u.Now()
	}
	n, stuck := u.backlog()
	if a.said.IsZero() || time.Since(a.said) >= stateEvery || notable(a.unsent, n, stuck) || a.worked != word(&a.work) || a.papers != word(&a.paper) {
		u.sayState(n)
	}
}

// backlog is how many facts the hub is not known to have, and whether it has
// taken none of them for some time. A fact on its way is nobody's worry.
func (u *Uplink) backlog() (n int, stuck bool) {
	if u.outbox == nil {
		return 0, false
	}
	a := u.attendant
	n, acked := u.outbox.unsent()
	if n == 0 || acked != a.acked {
		a.acked, a.moved = acked, time.Now()
	}
	return n, time.Since(a.moved) >= lookEvery
}

// notable says whether the coordinator should hear at once: some became none,
// none became some that do not get through, or many more or less.
func notable(before, now int, stuck bool) bool {
	return before > 0 && now == 0 || before == 0 && now > 0 && stuck || max(before-now, now-before) >= muchUnsent
}

func (u *Uplink) sayState(unsent int) {
	a := u.attendant
	s := wire.State{V: wire.Version, Online: true, Program: a.program, Boot: a.boot, Since: a.since, Unsent: unsent, Work: word(&a.work), Paper: word(&a.paper)}
	if err := u.publish(wire.LeafState, wire.Encode(s), true); err != nil {
		return // said again at the next look
	}
	a.said, a.unsent, a.worked, a.papers = time.Now(), unsent, s.Work, s.Paper
	a.owes.Store(unsent > 0)
}

// word is what was last set; "" before.
func word(v *atomic.Value) string {
	said, _ := v.Load().(string)
	return said
}

// SetWorkplace says that visitors can use programs on this terminal, and whether
// somebody does. The hub hears of it at once.
func (u *Uplink) SetWorkplace(busy bool) {
	work := wire.WorkFree
	if busy {
		work = wire.WorkBusy
	}
	u.attendant.work.Store(work)
	u.look()
}

// SetPaper says how this terminal's printer is, as [wire.State] has it. The hub
// hears of it at once.
func (u *Uplink) SetPaper(paper string) {
	u.attendant.paper.Store(paper)
	u.look()
}

// tidy settles what a full disk left, and forgets what is old and delivered.
func (u *Uplink) tidy() {
	if u.store == nil {
		return
	}
	select {
	case u.counter.turn <- struct{}{}:
		u.settle()
		u.counter.leave()
	default: // a ticket is being issued, which settles too
	}
	today := queue.DateOf(u.Now(), time.UTC)
	if u.attendant.forgot == today || !u.Synced() {
		return
	}
	u.attendant.forgot = today
	before := queue.DateOf(u.Now().AddDate(0, 0, -keepDays), time.UTC)
	n, err := u.store.forget(before, u.outbox.acknowledged())
	if err != nil {
		u.log.Error("old facts could not be forgotten", "err", err)
	} else if n > 0 {
		u.log.Info("old facts that the hub has are forgotten", "facts", n, "before", before)
	}
}
