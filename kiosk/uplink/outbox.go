package uplink

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

const (
	// window is how many facts are under way before the hub has answered.
	window = 4 * wire.MaxFacts
	// lull is how long facts that nobody waits for may wait for company, so that
	// what follows travels in the same message.
	lull = 100 * time.Millisecond
	// An unanswered message is sent again after firstPause, doubled each time up
	// to lastPause.
	firstPause = 300 * time.Millisecond
	lastPause  = 2 * time.Second
)

// outbox delivers the journal's facts, in order, until the hub says that it has
// them. It relies on nothing but the hub's own acknowledgement: after every
// reconnection and every doubt it first asks where the hub stands, and takes
// the answer at its word.
type outbox struct {
	store    *store
	publish  func(wire.Facts) error
	isUp     func() bool
	now      func() time.Time // the site's
	synced   func() bool
	day      func(time.Time) queue.Date
	given    func(wire.Given)
	progress func()
	log      *slog.Logger
	wake     chan struct{}

	mu      sync.Mutex
	met     bool      // the hub has said where it stands, and nothing has happened since
	metAt   time.Time // for the first time
	hub     string    // whose word acked is
	began   uint64    // the last fact of earlier runs
	alone   alone     // facts of this one that no hub has dated
	base    uint64    // no fact beyond this one was ever sent
	acked   uint64    // the hub has these
	sent    uint64    // and these are under way
	rewound bool      // already sent again since the hub's last progress
	renew   bool      // the hub cannot go on with this journal
	pause   time.Duration
	due     time.Time // when to send again without an answer
	urgent  uint64    // somebody waits for the answer to this fact
	rests   time.Time // facts beyond it are not sent before
}

func newOutbox(s *store) *outbox {
	last := s.last()
	// Until the hub is heard, what was written before this start counts as
	// delivered, so that a month of facts is not reported as unsent.
	return &outbox{store: s, began: last, base: last, acked: last, sent: last, pause: firstPause, wake: make(chan struct{}, 1)}
}

// kick makes the outbox look again at what there is to do. It never waits.
func (o *outbox) kick() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// hurry sends what there is at once, without waiting for its turn: somebody waits
// for the answer.
func (o *outbox) hurry() {
	last := o.store.last()
	o.mu.Lock()
	o.urgent = last
	o.mu.Unlock()
	if o.isUp() {
		o.send()
	}
	o.kick() // for the rest, and to look after the answer
}

// rest sends what there is after a lull, in which more may come.
func (o *outbox) rest() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if now := time.Now(); !o.rests.After(now) {
		o.rests = now.Add(lull)
		time.AfterFunc(lull, o.kick)
	}
}

// resting says whether what comes next may wait; the caller holds mu.
func (o *outbox) resting() bool { return o.sent >= o.urgent && time.Now().Before(o.rests) }

// doubt is to be called when the hub may have changed: it is asked anew.
func (o *outbox) doubt() {
	o.mu.Lock()
	o.met, o.due, o.pause = false, time.Time{}, firstPause
	o.mu.Unlock()
	o.kick()
}

// unsent is how many facts the hub is not known to have, and the last one that
// it has.
func (o *outbox) unsent() (n int, acked uint64) {
	last := o.store.last()
	o.mu.Lock()
	defer o.mu.Unlock()
	return int(max(last, o.acked) - o.acked), o.acked
}

// acknowledged is up to where the hub has said that it has the facts.
func (o *outbox) acknowledged() uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.metAt.IsZero() {
		return 0
	}
	return o.acked
}

// take hears the hub's acknowledgement. Those of another journal are not ours,
// and what one that cannot be says of tickets is about other people's.
func (o *outbox) take(a wire.Ack) {
	if o.hear(a) {
		for _, g := range a.Tickets {
			o.given(g)
		}
		o.progress()
	}
	if !o.idle() {
		o.kick()
	}
}

// idle says whether the hub has all there is.
func (o *outbox) idle() bool {
	last := o.store.last()
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.met && !o.renew && last > 0 && o.acked == last && o.sent == last
}

func (o *outbox) hear(a wire.Ack) (sound bool) {
	hub := a.Last
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case a.Journal != o.store.id(): // under the lock: a renewal must not come between
		return false
	case hub > o.base:
		// This journal is an older copy of one that had sent more: what it has
		// written since bears sequences that the hub knows for other facts.
		o.met, o.renew = false, true
		return false
	case !o.met:
		o.meet(hub)
		o.hub = a.Hub
	case a.Hub != o.hub: // another hub, or one that goes on under another name
		o.met, o.due = false, time.Time{}
	case hub > o.acked:
		o.acked, o.sent = hub, max(o.sent, hub)
		o.advance()
	case hub < o.acked: // an old word that came late, or a hub restored
		o.met, o.due = false, time.Time{}
	case o.sent > o.acked && !o.rewound: // a message was lost on the way
		o.sent, o.rewound = o.acked, true
	}
	return true
}

// meet takes the hub at its word on where it stands.
func (o *outbox) meet(hub uint64) {
	if o.metAt.IsZero() {
		o.metAt = time.Now()
	} else if hub < o.acked {
		o.log.Warn("the hub asks again for facts that it had", "from", hub+1, "to", o.acked)
	}
	o.met, o.acked, o.sent = true, hub, hub
	o.advance()
}

func (o *outbox) advance() {
	o.rewound, o.pause = false, firstPause
	o.due = time.Now().Add(o.pause)
}

func (o *outbox) run(ctx context.Context) {
	for {
		var later <-chan time.Time
		if wait := o.step(); wait > 0 {
			later = time.After(wait)
		}
		select {
		case <-ctx.Done():
			o.hurry()
			o.step() // a last word, that nobody waits for
			return
		case <-o.wake:
		case <-later:
		}
	}
}

// step does what is due and says after what time to look again, 0 when only a
// kick can change anything.
func (o *outbox) step() time.Duration {
	o.renewIfNeeded()
	if !o.isUp() {
		return 0 // coming up kicks
	}
	if !o.ask() {
		return o.until()
	}
	o.join()
	o.again()
	for o.send() {
	}
	return o.until()
}

func (o *outbox) until() time.Duration {
	last := o.store.last()
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.met && last > o.sent && o.resting():
		return time.Until(o.rests)
	case !o.met || o.sent > o.acked:
		return max(time.Until(o.due), time.Millisecond)
	case last == 0 || last > o.sent: // waiting to join, or the sending failed
		return firstPause
	}
	return 0
}

// ask asks where the hub stands, unless it has said so.
func (o *outbox) ask() (met bool) {
	o.mu.Lock()
	met, due, hub, acked := o.met, !o.met && o.elapsed(), o.hub, o.acked
	o.mu.Unlock()
	if !due {
		return met
	}
	source, _, err := o.store.after(^uint64(0), 0)
	if err == nil {
		m := wire.Facts{V: wire.Version, Source: source, Sent: o.now(), Facts: []queue.Fact{}}
		if hub != "" {
			m.Hub, m.Acked = hub, acked
		}
		err = o.publish(m)
	}
	if err != nil {
		o.log.Debug("the hub could not be asked where it stands", "err", err)
	}
	return false
}

// elapsed says whether the time of an answer is over, and if so gives the next
// one longer. The chance in it keeps forty kiosks from asking in one moment.
func (o *outbox) elapsed() bool {
	now := time.Now()
	if now.Before(o.due) {
		return false
	}
	o.due = now.Add(o.pause + rand.N(o.pause/4))
	o.pause = min(2*o.pause, lastPause)
	return true
}

// again goes back to what the hub has when it has not answered in time.
func (o *outbox) again() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sent > o.acked && o.elapsed() {
		o.sent = o.acked
	}
}

// send sends the next message there is room for; false when there is none.
func (o *outbox) send() bool {
	o.mu.Lock()
	met, resting, acked, sent, clock := o.met, o.resting(), o.acked, o.sent, o.alone
	o.mu.Unlock()
	room := window - int(sent-acked)
	if !met || resting || room <= 0 || !o.knowsTime() {
		return false
	}
	last := o.store.last() // before the facts are read, so that none is missed that is only just written
	source, facts, err := o.store.after(sent, min(room, wire.MaxFacts))
	if err != nil {
		o.log.Error("facts cannot be read from the journal", "err", err)
		return false
	}
	if facts = unbroken(facts, sent); len(facts) == 0 {
		if last > sent && sent == acked {
			o.missing(sent)
		}
		return false
	}
	facts, ahead := clock.part(facts)
	m := fitting(wire.Facts{V: wire.Version, Source: source, Sent: o.now().Add(ahead), Facts: facts})
	if !o.sending(source.Journal, sent, sent+uint64(len(m.Facts))) {
		return true
	}
	if err := o.publish(m); err != nil {
		o.log.Debug("facts could not be sent; they will be", "err", err)
		o.doubt()
		return false
	}
	return true
}

// sending notes that facts are under way, before they are: the answer may be
// faster than the return of the call that sends them. It refuses when the hub
// was heard meanwhile and changed where to go on.
func (o *outbox) sending(journal string, from, to uint64) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.met || o.sent != from || o.store.id() != journal {
		return false
	}
	if o.sent == o.acked {
		o.pause = firstPause
		o.due = time.Now().Add(o.pause)
	}
	o.sent, o.base = to, max(o.base, to)
	return true
}

// missing asks for a new journal when facts that the hub needs were forgotten:
// it would wait for them for ever.
func (o *outbox) missing(sent uint64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.met && o.sent == sent && o.acked == sent {
		o.met, o.renew = false, true
		o.kick()
	}
}

// unbroken is the part of facts that follows no without a gap.
func unbroken(facts []queue.Fact, no uint64) []queue.Fact {
	for i, f := range facts {
		if f.No != no+1+uint64(i) {
			return facts[:i]
		}
	}
	return facts
}

// surelyFit is how many facts fit in any message: each has at most twelve keys
// of 64 bytes and their names.
const surelyFit = 16

// fitting cuts a message to what may travel, and its facts to what the hub is
// to be told: number and source are the envelope's.
func fitting(m wire.Facts) wire.Facts {
	for i := range m.Facts {
		m.Facts[i].No, m.Facts[i].Source = 0, queue.Source{}
	}
	for len(m.Facts) > surelyFit && len(wire.Encode(m)) > wire.MaxPayload {
		m.Facts = m.Facts[:len(m.Facts)/2]
	}
	return m
}

// join writes the first fact of a new journal once the hub was heard, so that
// it bears the site's time and the hub gives the kiosk its series.
func (o *outbox) join() {
	if o.store.last() > 0 || !o.knowsTime() {
		return
	}
	now := o.now()
	if err := o.store.commit([]queue.Fact{{Kind: queue.Joined, At: now, Day: o.day(now)}}, nil); err != nil {
		o.log.Error("the kiosk's first fact could not be saved", "err", err)
	}
}

// renewIfNeeded begins a new journal with what the hub cannot have.
func (o *outbox) renewIfNeeded() {
	o.mu.Lock()
	needed, acked := o.renew, o.acked
	o.mu.Unlock()
	if !needed {
		return
	}
	old := o.store.id()
	if err := o.store.renew(acked); err != nil {
		o.log.Error("the hub cannot go on with this kiosk's journal, and no new one could be begun", "err", err)
		return
	}
	o.log.Warn("the hub cannot go on with this kiosk's journal, an old copy or one with a gap: a new one begins, the old one stays beside it",
		"old", old, "new", o.store.id())
	o.mu.Lock()
	defer o.mu.Unlock()
	o.met, o.renew, o.rewound, o.hub, o.began, o.alone = false, false, false, "", 0, alone{}
	o.base, o.acked, o.sent, o.urgent, o.due, o.pause = 0, 0, 0, 0, time.Time{}, firstPause
}
