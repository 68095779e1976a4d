package wire

import (
	"fmt"
	"slices"
	"time"

	"accueil/internal/queue"
)

// Facts carries a terminal's facts to the hub, oldest first, contiguous. With
// no facts it asks where the hub stands: the hub answers every Facts with an [Ack].
type Facts struct {
	V      int          `json:"v"`
	Source queue.Source `json:"source"`
	Sent   time.Time    `json:"sent"` // the source's clock, to measure its skew
	Facts  []queue.Fact `json:"facts"`

	// When it asks where the hub stands: which hub's journal had the source's
	// facts up to which one, by that hub's own word. A hub of that name that has
	// fewer was set back.
	Hub   string `json:"hub,omitempty"`
	Acked uint64 `json:"acked,omitempty"`
}

// MaxFacts is the most facts one message carries.
const MaxFacts = 100

// Ack tells a source what the hub has durably. It is cumulative: a lost one
// does no harm, the next says the same and more.
type Ack struct {
	V       int       `json:"v"`
	Journal string    `json:"journal"` // of the source
	Last    uint64    `json:"last"`    // the hub has every fact up to this one; send from the next
	Series  string    `json:"series"`  // the source's own label series; "" until the hub has its first fact (queue.Joined)
	Tickets []Given   `json:"tickets,omitempty"`
	At      time.Time `json:"at"`            // the site's time
	Hub     string    `json:"hub,omitempty"` // the hub's journal
}

// Given is what became of one issued ticket: its number, or that it is void
// because its day was closed.
type Given struct {
	Ticket queue.TicketID `json:"ticket"`
	Label  queue.Label    `json:"label,omitempty"`
	Wait   *Interval      `json:"wait,omitempty"` // absent: not known yet
	Ahead  int            `json:"ahead"`
	Void   bool           `json:"void,omitempty"`
}

// Interval is a span of waiting, in whole minutes.
type Interval struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// NewInterval is the interval between two durations; nil when high is 0, which
// says "we do not know yet".
func NewInterval(low, high time.Duration) *Interval {
	if high <= 0 {
		return nil
	}
	return &Interval{Low: int(low / time.Minute), High: int((high + time.Minute - 1) / time.Minute)}
}

// DoContent asks for one part of the packed content; the other deeds are
// those of [queue.Ask].
const DoContent queue.Deed = "content"

// DoUnlock shows the PIN of the terminal's role, and gets a pass for it. Without a
// PIN it asks whether one is needed.
const DoUnlock queue.Deed = "unlock"

// Locked is the refusal of every request of a terminal whose role has a PIN and
// that has no pass.
const Locked queue.Refusal = "refused.locked"

// Refusals of a PIN: it is wrong, or too many were wrong and none is looked at for
// [Reply.Wait].
const (
	WrongPIN queue.Refusal = "refused.wrong-pin"
	WaitPIN  queue.Refusal = "refused.wait-pin"
)

// Request is one request of a terminal. It may be sent again with the same id
// and then gets the same reply.
type Request struct {
	V int `json:"v"`
	queue.Ask
	// Until is the site's time after which nobody expects the request to be
	// carried out any more: a call pressed long ago must not ring out now. Sent
	// later it only asks what became of it: AskGood after it was pressed. Zero:
	// no such time.
	Until   time.Time `json:"until,omitzero"`
	Version string    `json:"version,omitempty"` // content: which pack
	Part    int       `json:"part,omitempty"`    // content and overdue: which part, from 0
	Notice  *Notice   `json:"notice,omitempty"`  // announce and silence
	// PIN is the one typed, of unlock. It is kept and logged nowhere.
	PIN  string `json:"pin,omitempty"`
	Pass string `json:"pass,omitempty"` // what unlock answered with, where a PIN is needed
}

// Reply answers a request.
type Reply struct {
	V       int           `json:"v"`
	ID      string        `json:"id"`
	Refused queue.Refusal `json:"refused,omitempty"` // phrase key; absent when carried out
	Ticket  *Ticket       `json:"ticket,omitempty"`  // the ticket it was about, as it is now
	Desk    *Desk         `json:"desk,omitempty"`    // the desk it was about, as it is now
	Content *Content      `json:"content,omitempty"`
	Overdue *OverdueList  `json:"overdue,omitempty"`
	At      time.Time     `json:"at"`
	Pass    string        `json:"pass,omitempty"` // of unlock; to be sent with every request
	Wait    int           `json:"wait,omitempty"` // seconds until a PIN is looked at again
}

// Content is one part of the packed site.
type Content struct {
	Version string `json:"version"`
	Part    int    `json:"part"`
	Parts   int    `json:"parts"`
	Data    []byte `json:"data"` // base64 in JSON
}

// AskGood is for how long, in real time, it is right to carry a request out.
const AskGood = 15 * time.Second

// PartSize is how many bytes of content one part carries.
const PartSize = 32 << 10

// State says that a terminal or the hub is there; its will says that it is not.
type State struct {
	V       int       `json:"v"`
	Online  bool      `json:"online"`
	Program string    `json:"program,omitempty"` // version of the program
	Boot    string    `json:"boot,omitempty"`    // new at every start
	Since   time.Time `json:"since,omitzero"`
	Unsent  int       `json:"unsent,omitempty"` // facts the hub does not have yet
	// Work is how the programs of a documentation PC are: WorkFree, WorkBusy, or
	// "" on a terminal that has none.
	Work string `json:"work,omitempty"`
	// Paper is how the terminal's printer is: PaperOK and its like, or "" on a
	// terminal that has none.
	Paper string `json:"paper,omitempty"`
}

// What State says of a documentation PC.
const (
	WorkFree = "free"
	WorkBusy = "busy" // somebody works there
)

// What State says of a printer.
const (
	PaperOK      = "ok"
	PaperLow     = "low" // the roll is near its end
	PaperOut     = "out"
	PaperTrouble = "trouble" // it cannot print, for another reason
)

// Validate checks the words a terminal says of itself, which others show.
func (s State) Validate() error {
	if !slices.Contains([]string{"", WorkFree, WorkBusy}, s.Work) {
		return fmt.Errorf("%w: work is %.20q, neither %s nor %s", ErrMessage, s.Work, WorkFree, WorkBusy)
	}
	if !slices.Contains([]string{"", PaperOK, PaperLow, PaperOut, PaperTrouble}, s.Paper) {
		return fmt.Errorf("%w: paper is %.20q, none of %s, %s, %s, %s", ErrMessage, s.Paper, PaperOK, PaperLow, PaperOut, PaperTrouble)
	}
	return nil
}

// Beat is the hub's pulse and the site's time. A terminal that misses three
// knows that the hub is away.
type Beat struct {
	V       int        `json:"v"`
	Journal string     `json:"journal"`
	Fact    uint64     `json:"fact"`
	At      time.Time  `json:"at"`    // the site's time now
	Speed   float64    `json:"speed"` // how fast it runs; 1 outside the demo
	Day     queue.Date `json:"day"`
	Content string     `json:"content"` // version of the content
}

// BeatEvery is the real time between two beats.
const BeatEvery = 2 * time.Second

// Count is a people counter's word on the canonical topic: totals since boot.
type Count struct {
	V    int       `json:"v"`
	Boot string    `json:"boot"`
	In   uint64    `json:"in"`
	Out  uint64    `json:"out"`
	At   time.Time `json:"at,omitzero"` // the counter's clock, when it has one
}
