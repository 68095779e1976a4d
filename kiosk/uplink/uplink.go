// Package uplink is the kiosk's end of the line: outbox, latest view, requests.
//
// A terminal that issues tickets writes them into its own journal before it says
// anything ([Uplink.Issue]) and delivers its facts until the hub has them. Every
// terminal holds the newest views whole, follows the site's clock, keeps the last
// good content and asks the floor with requests that are safe to repeat.
package uplink

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// Refusals that an uplink gives itself. The others are the hub's.
const (
	// NotConnected is returned by [Uplink.Ask] when nothing was sent.
	NotConnected queue.Refusal = "refused.not-connected"
	// NotSaved is wrapped by errors of [Uplink.Issue] when the disk failed;
	// nothing may be handed over.
	NotSaved queue.Refusal = "refused.not-saved"
)

var (
	// ErrNotReady is returned by [Uplink.Issue] when the terminal cannot issue
	// yet: it never met its hub, or its clock is absurd.
	ErrNotReady = errors.New("no ticket can be issued before this kiosk has met its hub")

	// ErrTurnedAway is returned by [Uplink.Issue] when the hub's broker is there and
	// does not let this terminal in: its account was revoked. A ticket would never
	// reach the queue. It wraps [ErrNotReady].
	ErrTurnedAway = fmt.Errorf("this terminal's account was revoked: enrol it again (%w)", ErrNotReady)

	// ErrNoJournal is returned by [Uplink.Issue] of a terminal without data folder.
	ErrNoJournal = errors.New("this terminal has no data folder and issues no tickets")

	// ErrUnknownOutcome is returned by [Uplink.Ask] when the request was sent and
	// no reply came: it may or may not have been carried out. It is asked again in
	// the background, with the same id, and its reply goes to [Uplink.OnLate].
	ErrUnknownOutcome = errors.New("the hub did not answer; the request may or may not have been carried out")

	// ErrClosed is returned after [Uplink.Close].
	ErrClosed = errors.New("the uplink is closed")
)

// Order is what somebody wants a ticket for.
type Order struct {
	Service  string // key
	Letter   string // of the service's labels
	Question string // key, or ""
	Language string // BCP 47, or ""
	Level    int    // priority, 0 to queue.MaxLevel; only the reception gives one
	Persons  int    // who came on this ticket, when there are several; as above

	// Press names one press of a button, if not "": the same press gets the
	// same ticket however often it is ordered.
	Press string
}

// Ticket is what may now be handed over. It is durable under this label.
type Ticket struct {
	ID    queue.TicketID
	Code  queue.Code
	Label queue.Label
	Own   bool           // of the kiosk's own series: the hub did not answer in time
	Wait  *wire.Interval // nil: not known
	Ahead int            // waiting tickets before this one; 0 when Own
}

// link is the line as uplink needs it; see accueil/internal/line.
type link interface {
	Publish(topic string, payload []byte, retained bool) error
	Subscribe(filter string) error
	Messages() <-chan line.Message
	Up() bool
	Failure() error
	Close()
}

// Uplink is one terminal's end of the line. Its methods may be called from any
// goroutine; none but Issue, Ask, Run and Close waits for anything.
type Uplink struct {
	options   Options
	log       *slog.Logger
	clock     *clock
	pulse     *pulse
	views     *views
	requests  *requests
	pass      pass
	late      chan late
	content   *content
	listeners *listeners
	attendant *attendant
	ignored   atomic.Int64
	grumble   rate.Sometimes // about what was ignored

	// Only with a data folder.
	store   *store
	series  *series
	outbox  *outbox
	counter *counter
	notes   *notes

	life    context.Context // ended by Close
	end     context.CancelFunc
	running chan struct{} // full while Run works

	mu   sync.Mutex
	link link // nil before Run and after it
}

// Open opens the data folder. Nothing is sent before [Uplink.Run]. When another
// program uses the folder, the error wraps journal.ErrLocked.
func Open(o Options) (*Uplink, error) {
	o, err := complete(o)
	if err != nil {
		return nil, err
	}
	u := &Uplink{
		options: o, log: o.Log, clock: &clock{local: o.Now}, pulse: &pulse{opened: time.Now()}, views: newViews(),
		requests: newRequests(), late: make(chan late, maxLate), listeners: newListeners(),
		attendant: newAttendant(o.Program), grumble: rate.Sometimes{Interval: 10 * time.Second},
		running: make(chan struct{}, 1),
	}
	u.life, u.end = context.WithCancel(context.Background())
	if o.Dir != "" {
		if u.store, err = openStore(o); err != nil {
			return nil, err
		}
		u.openDesk()
	}
	u.content = openContent(o)
	if u.store != nil {
		last, err := u.store.latest()
		if err != nil {
			return nil, errors.Join(err, u.store.close())
		}
		u.clock.goOn(last)
		u.settle()
	}
	return u, nil
}

// openDesk makes what issuing takes.
func (u *Uplink) openDesk() {
	u.series = openSeries(u.store.path(seriesName), u.log)
	u.counter, u.notes, u.outbox = newCounter(), newNotes(), newOutbox(u.store)
	b := u.outbox
	b.log, b.isUp, b.now, b.synced, b.progress = u.log, u.isUp, u.Now, u.Synced, u.lookIfOwing
	b.publish = func(m wire.Facts) error { return u.publish(wire.LeafFacts, wire.Encode(m), false) }
	b.given = func(g wire.Given) { u.counter.offer(g, u.store.current) }
	b.day = u.dayOf
}

// dayOf is the day of the very first fact, which may come before any content.
func (u *Uplink) dayOf(t time.Time) queue.Date {
	if zone := u.content.zone(); zone != nil {
		return queue.DateOf(t, zone)
	}
	return cmp.Or(u.pulse.today(), queue.DateOf(t, time.UTC))
}

// Run connects and works until ctx ends or Close is called, through every loss
// of the connection. It owns all goroutines.
func (u *Uplink) Run(ctx context.Context) error {
	select {
	case u.running <- struct{}{}:
		defer func() { <-u.running }()
	default:
		return errors.New("the uplink is running already")
	}
	if u.life.Err() != nil {
		return ErrClosed
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(u.life, stop)()
	l, err := u.connect(ctx)
	if err != nil {
		return err
	}
	u.setLink(l)
	defer l.Close()
	defer u.setLink(nil)
	u.work(ctx, l)
	return nil
}

// connect gives a line that outlives ctx, to say goodbye on.
func (u *Uplink) connect(ctx context.Context) (link, error) {
	o := u.options
	l, err := o.connect(context.WithoutCancel(ctx), line.Options{
		URL: o.URL, Dial: o.Dial, User: o.User, Password: o.Key, Fingerprint: o.Fingerprint, ClientID: o.clientID(), Name: o.Role + "/" + o.Name, Log: o.Log,
		Will: &line.Message{Topic: o.topic(wire.LeafState), Payload: wire.Encode(wire.State{V: wire.Version}), Retained: true},
		OnUp: u.up, OnDown: u.down,
	})
	if err != nil {
		return nil, err
	}
	for _, filter := range o.filters() {
		if err := l.Subscribe(filter); err != nil {
			u.log.Debug("not subscribed yet; it will be at the next connection", "filter", filter, "err", err)
		}
	}
	return l, nil
}

func (u *Uplink) work(ctx context.Context, l link) {
	var work sync.WaitGroup
	work.Go(func() { u.receive(ctx, l) })
	work.Go(func() { u.listeners.tell(ctx) })
	work.Go(func() { u.chaser(ctx) })
	work.Go(func() { u.fetchContent(ctx) })
	work.Go(func() { u.attend(ctx) })
	if u.store != nil {
		work.Go(func() { u.outbox.run(ctx) })
		work.Go(func() { u.writeNotes(ctx) })
		u.outbox.kick() // the line may have come up before it could be used
	}
	work.Wait()
	if l.Up() {
		_ = l.Publish(u.options.topic(wire.LeafState), wire.Encode(wire.State{V: wire.Version}), true) // else the broker says our will
	}
}

// up is called at every connection: the broker sends again what it keeps, and
// the hub is asked where it stands.
func (u *Uplink) up() {
	u.views.trustNext()
	if u.outbox != nil {
		u.outbox.doubt()
	}
	u.attendant.raised.Store(true)
	u.look()
}

func (u *Uplink) down(error) {
	u.views.trustNext()
	u.look()
}

func (u *Uplink) setLink(l link) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.link = l
}

func (u *Uplink) isUp() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.link != nil && u.link.Up()
}

// TurnedAway says whether the broker is there and does not let this terminal in.
func (u *Uplink) TurnedAway() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.link != nil && errors.Is(u.link.Failure(), line.ErrNotAdmitted)
}

func (u *Uplink) publish(leaf string, payload []byte, retained bool) error {
	u.mu.Lock()
	l := u.link
	u.mu.Unlock()
	if l == nil {
		return line.ErrDown
	}
	return l.Publish(u.options.topic(leaf), payload, retained)
}

// Close ends Run, waits for it, and lets go of the data folder. Nothing may be
// issued afterwards.
func (u *Uplink) Close() error {
	u.end()
	u.running <- struct{}{}
	defer func() { <-u.running }()
	if u.store == nil {
		return nil
	}
	return u.store.close()
}

// Now is the site's time: the hub's, continued while it is away; the local
// clock's before the hub was ever heard.
func (u *Uplink) Now() time.Time { return u.clock.now() }

// Synced says whether Now is the hub's time.
func (u *Uplink) Synced() bool { return u.clock.isSynced() }

// Hub says whether the hub can be reached.
func (u *Uplink) Hub() bool { return u.isUp() && u.pulse.alive() }

// Age is the real time since the hub was last heard; since Open if never.
func (u *Uplink) Age() time.Duration { return u.pulse.age() }

// Unsent is how many facts the hub is not known to have.
func (u *Uplink) Unsent() int {
	if u.outbox == nil {
		return 0
	}
	n, _ := u.outbox.unsent()
	return n
}

// Ignored counts the messages that were not understood and dropped.
func (u *Uplink) Ignored() int { return int(u.ignored.Load()) }

// Content is the last good content as a pack (see site.Unpack) and its version;
// nil and "" before the first.
func (u *Uplink) Content() (pack []byte, version string) { return u.content.get() }
