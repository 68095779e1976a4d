// Package uplink is the kiosk's end of the line: outbox, latest view, requests.
//
// A terminal that issues tickets writes them into its own journal before it says
// anything ([Uplink.Issue]) and delivers its facts until the hub has them. Every
// terminal holds the newest views whole, follows the site's clock, keeps the last
// good content and asks the floor with requests that are safe to repeat.
package uplink

import (
	"context"
	"errors"
	"log/slog"
	"time"

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
	Level    int    // priority, 0 to queue.MaxLevel

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
	Close()
}

// Uplink is one terminal's end of the line. Its methods may be called from any
// goroutine; none but Issue and Ask waits for anything.
type Uplink struct {
	options Options
	log     *slog.Logger
}

// Open opens the data folder. Nothing is sent before [Uplink.Run]. When another
// program uses the folder, the error wraps journal.ErrLocked.
func Open(o Options) (*Uplink, error) {
	o, err := complete(o)
	if err != nil {
		return nil, err
	}
	return &Uplink{options: o, log: o.Log}, nil
}

// Run connects and works until ctx ends or Close is called, through every loss
// of the connection. It owns all goroutines.
func (u *Uplink) Run(ctx context.Context) error { <-ctx.Done(); return nil }

// Close ends Run, waits for it, and lets go of the data folder.
func (u *Uplink) Close() error { return nil }

// Issue makes a ticket and returns when it may be handed over: durable in this
// kiosk's journal under the label that it will bear. It waits for the hub's
// number at most Options.Patience. Calls take turns.
//
// Errors: [ErrNotReady], [ErrNoJournal], queue.DayIsClosed, [NotSaved] with its
// cause, or ctx's. After any of them nothing may be handed over.
func (u *Uplink) Issue(ctx context.Context, o Order) (Ticket, error) {
	return Ticket{}, ErrNotReady
}

// Began notes that a visit started. It never waits; see Asked.
func (u *Uplink) Began(language string) {}

// Asked notes that a question was chosen. It never waits: footfall that finds
// no room is dropped with a line in the log.
func (u *Uplink) Asked(question, language string) {}

// Ask sends a request to the floor and waits for its reply, until ctx's deadline
// or five seconds. It draws the id when a has none. A refusal is the reply's
// Refused and the error too, always a queue.Refusal; the other error is
// [ErrUnknownOutcome].
func (u *Uplink) Ask(ctx context.Context, a queue.Ask) (wire.Reply, error) {
	return wire.Reply{}, NotConnected
}

// Now is the site's time: the hub's, continued while it is away; the local
// clock's before the hub was ever heard.
func (u *Uplink) Now() time.Time { return u.options.Now() }

// Synced says whether Now is the hub's time.
func (u *Uplink) Synced() bool { return false }

// Hub says whether the hub can be reached.
func (u *Uplink) Hub() bool { return false }

// Age is the real time since the hub was last heard; since Open if never.
func (u *Uplink) Age() time.Duration { return 0 }

// Unsent is how many facts the hub is not known to have.
func (u *Uplink) Unsent() int { return 0 }

// Ignored counts the messages that were not understood and dropped.
func (u *Uplink) Ignored() int { return 0 }

// Public is the latest public view, false before the first. Views are shared:
// they are for reading.
func (u *Uplink) Public() (wire.Public, bool) { return wire.Public{}, false }

// Service is the latest view of one service, false before the first.
func (u *Uplink) Service(key string) (wire.Service, bool) { return wire.Service{}, false }

// Coordinator is the latest coordinator's view, false before the first.
func (u *Uplink) Coordinator() (wire.Coordinator, bool) { return wire.Coordinator{}, false }

// Content is the last good content as a pack (see site.Unpack) and its version;
// nil and "" before the first.
func (u *Uplink) Content() (pack []byte, version string) { return nil, "" }

// OnChange, to be called before Run, names what to call after anything a screen
// shows has changed. Calls come from one goroutine of the uplink, and several
// changes may share one.
func (u *Uplink) OnChange(f func()) {}

// OnContent, to be called before Run, names what to call with new content.
func (u *Uplink) OnContent(f func(pack []byte)) {}

// OnLate, to be called before Run, names what to call when the outcome of a
// request is known after Ask gave up: its reply, or [NotConnected] as the
// reply's refusal when it could not be found out within ten minutes.
func (u *Uplink) OnLate(f func(queue.Ask, wire.Reply)) {}
