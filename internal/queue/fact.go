// Package queue is the domain: tickets, the facts that move them, and the day
// those facts fold into. It takes time as a parameter and does no input or output.
package queue

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Kind names what happened. Kinds are written to journals for ever: a kind is
// never renamed and never used again for something else.
type Kind string

// Facts a kiosk writes.
const (
	Joined Kind = "joined" // the first fact of every journal of a kiosk: the hub gives it a series
	Began  Kind = "began"  // somebody woke the kiosk: a visit started
	Asked  Kind = "asked"  // a question was chosen
	Issued Kind = "issued" // a ticket exists; carries its code and the kiosk's own candidate label
	Handed Kind = "handed" // handing over the ticket begins now, under this label
)

// Facts the hub writes about tickets. Voided is also written by a kiosk for a
// ticket whose handing over had not begun before a crash.
const (
	Numbered    Kind = "numbered" // the hub's label and the promise
	Called      Kind = "called"
	Recalled    Kind = "recalled"
	Started     Kind = "started"
	Finished    Kind = "finished"
	Missed      Kind = "missed" // called, and nobody came
	Parked      Kind = "parked"
	Resumed     Kind = "resumed"
	Transferred Kind = "transferred"
	Left        Kind = "left"
	Voided      Kind = "voided"
	Reinstated  Kind = "reinstated" // came after all, and waits again at the old place
	Corrected   Kind = "corrected"  // it was issued for the wrong service
	Delayed     Kind = "delayed"    // its person lets others pass
	Leveled     Kind = "leveled"    // its priority was changed; never why
	Undone      Kind = "undone"     // takes back the fact Of of the same desk, or of the same ticket and no desk
)

// Facts the hub writes about exchanges without a ticket.
const (
	Contacted    Kind = "contact" // a whole one, told afterwards
	ContactBegan Kind = "contact-began"
	ContactEnded Kind = "contact-ended"
)

// Welcomed is written by the reception: people came who take no ticket.
const Welcomed Kind = "welcomed"

// Facts the hub writes about the place.
const (
	DeskOpened        Kind = "desk-opened"
	DeskPaused        Kind = "desk-paused"
	DeskClosed        Kind = "desk-closed"
	DeskMoved         Kind = "desk-moved"     // to other services, by the coordinator
	ServiceOpened     Kind = "service-opened" // against the calendar, by the coordinator
	ServiceClosed     Kind = "service-closed"
	ServiceByCalendar Kind = "service-by-calendar" // the coordinator's word is taken back
	Announced         Kind = "announced"           // to everybody; Reason is the phrase, or "typed"
	Silenced          Kind = "silenced"            // an announcement was taken down
	DayOpened         Kind = "day-opened"          // once more after it was closed: it goes on
	DayClosed         Kind = "day-closed"          // whoever still waits has left
	Counted           Kind = "counted"             // a people counter's cumulative totals
	Restored          Kind = "restored"            // the hub goes on from a copy: what it did since the copy is lost
)

// Date is a local service day of the site, "2006-01-02".
type Date string

// DateOf is the local day of t in zone.
func DateOf(t time.Time, zone *time.Location) Date { return Date(t.In(zone).Format(time.DateOnly)) }

// Valid says whether d is a day of the calendar.
func (d Date) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Source is where facts come from. A replaced disk is a new journal id and so
// a new source: its sequence starts again at 1 without meeting the old one.
type Source struct {
	Site     string `json:"site"`
	Terminal string `json:"terminal"`
	Journal  string `json:"journal"`
}

func (s Source) String() string { return s.Site + "/" + s.Terminal + "/" + s.Journal }

// TicketID names one visit from issue to end. It is the source and sequence of
// the ticket's issued fact, so it is unique without asking anybody.
type TicketID string

// NewTicketID names the ticket that the fact seq of a journal issues.
func NewTicketID(journal string, seq uint64) TicketID {
	return TicketID(journal + "-" + strconv.FormatUint(seq, 10))
}

// Fact is something that happened, never changed afterwards. Which fields a
// kind carries is stated by [Fact.Validate]; the others are zero.
type Fact struct {
	No     uint64 `json:"no,omitempty"` // place in the journal that holds it, from 1
	Kind   Kind   `json:"kind"`         //
	Source Source `json:"source,omitzero"`
	Seq    uint64 `json:"seq,omitempty"`   // place in its source's own order, from 1
	Day    Date   `json:"day"`             // the service day it belongs to
	Dated  Date   `json:"dated,omitempty"` // the day its source wrote, when the hub had to file it elsewhere

	At    time.Time     `json:"at"`             // the source's clock
	Heard time.Time     `json:"heard,omitzero"` // the hub's clock
	Skew  time.Duration `json:"skew,omitempty"` // how far the source's clock was behind the hub's when it sent, in nanoseconds

	Ticket   TicketID `json:"ticket,omitempty"`
	Code     Code     `json:"code,omitempty"`
	Label    Label    `json:"label,omitempty"`
	Service  string   `json:"service,omitempty"`
	Question string   `json:"question,omitempty"`
	Language string   `json:"language,omitempty"`
	Level    int      `json:"level,omitempty"` // priority, 0 to MaxLevel; never its reason

	// The promise announced on the ticket, frozen; High 0 means "we do not know yet".
	Low  time.Duration `json:"low,omitempty"`
	High time.Duration `json:"high,omitempty"`

	Desk     string   `json:"desk,omitempty"`
	Services []string `json:"services,omitempty"`
	Topic    string   `json:"topic,omitempty"`  // what an interview was about, a key
	Reason   string   `json:"reason,omitempty"` // a phrase key, never free text
	Request  string   `json:"request,omitempty"`

	Sensor string `json:"sensor,omitempty"`
	Boot   string `json:"boot,omitempty"`
	In     uint64 `json:"in,omitempty"`
	Out    uint64 `json:"out,omitempty"`

	Languages []string      `json:"languages,omitempty"` // spoken at a desk
	Of        uint64        `json:"of,omitempty"`        // number of the fact that is taken back
	Mode      string        `json:"mode,omitempty"`      // how an exchange took place, or who was welcomed
	Persons   int           `json:"persons,omitempty"`   // how many; 0 says one. Below 0 a miscount of the welcomed is taken back
	Length    time.Duration `json:"length,omitempty"`    // of an exchange told afterwards, 0 is not known; or how much later than it came a delayed ticket stands
	Role      string        `json:"role,omitempty"`      // who asked for it: a role, never a name
}

// MaxLevel is the highest priority.
const MaxLevel = 3

// MaxLanguages is the most languages a desk can say it speaks.
const MaxLanguages = 16

// MaxLength is the longest an exchange told afterwards can have taken, and a
// ticket can stand after its arrival.
const MaxLength = 8 * time.Hour

// MaxPersons is the most people one fact can be about: a large class, twice.
const MaxPersons = 99

// When is the best knowledge of the moment it happened on the site's clock:
// the source's own time corrected by its measured skew, never after the hub heard it.
func (f Fact) When() time.Time {
	if f.Heard.IsZero() {
		return f.At
	}
	if at := f.At.Add(f.Skew); at.Before(f.Heard) {
		return at
	}
	return f.Heard
}

// ErrFact is wrapped by every error of [Fact.Validate].
var ErrFact = errors.New("bad fact")

// needs states what each kind carries beyond day and time.
type needs struct {
	ticket, code, label, service, desk, services, sensor, mode, of bool
}

func needsOf(k Kind) (needs, bool) {
	switch k {
	case Joined, Began, DayOpened, DayClosed, Announced, Silenced, Restored:
		return needs{}, true
	case Asked:
		return needs{}, true
	case Issued:
		return needs{ticket: true, code: true, service: true}, true
	case Handed, Numbered:
		return needs{ticket: true, label: true}, true
	case Voided, Left, Reinstated, Delayed, Leveled:
		return needs{ticket: true}, true
	case Called, Recalled, Started, Finished, Missed, Parked, Resumed:
		return needs{ticket: true, desk: true}, true
	case Transferred, Corrected:
		return needs{ticket: true, service: true}, true
	case Undone:
		return needs{of: true}, true
	case Contacted, ContactBegan:
		return needs{desk: true, service: true, mode: true}, true
	case Welcomed:
		return needs{mode: true}, true
	case DeskOpened, DeskMoved:
		return needs{desk: true, services: true}, true
	case DeskPaused, DeskClosed, ContactEnded:
		return needs{desk: true}, true
	case ServiceOpened, ServiceClosed, ServiceByCalendar:
		return needs{service: true}, true
	case Counted:
		return needs{sensor: true}, true
	}
	return needs{}, false
}

// FromKiosk says whether a terminal may send this kind of fact.
func (k Kind) FromKiosk() bool {
	switch k {
	case Joined, Began, Asked, Issued, Handed, Voided:
		return true
	}
	return false
}

// FromReception says whether the reception may send this kind of fact.
func (k Kind) FromReception() bool { return k == Welcomed || k.FromKiosk() }

// Validate says what is wrong with a fact that came from outside, or nil.
func (f Fact) Validate() error {
	n, known := needsOf(f.Kind)
	if !known {
		return fmt.Errorf("%w: unknown kind %.40q", ErrFact, f.Kind)
	}
	if !f.Day.Valid() {
		return fmt.Errorf("%w: %s: day %.20q is not a date like 2006-01-02", ErrFact, f.Kind, f.Day)
	}
	if f.At.IsZero() || f.At.Year() < 2000 || f.At.Year() > 2199 {
		return fmt.Errorf("%w: %s: impossible time %s", ErrFact, f.Kind, f.At)
	}
	if f.Level < 0 || f.Level > MaxLevel {
		return fmt.Errorf("%w: %s: level %d is not between 0 and %d", ErrFact, f.Kind, f.Level, MaxLevel)
	}
	if f.Low < 0 || f.High < f.Low {
		return fmt.Errorf("%w: %s: promise from %s to %s", ErrFact, f.Kind, f.Low, f.High)
	}
	if f.Persons > MaxPersons || f.Persons < 0 && f.Kind != Welcomed || f.Persons < -MaxPersons {
		return fmt.Errorf("%w: %s: %d persons", ErrFact, f.Kind, f.Persons)
	}
	if f.Length < 0 || f.Length > MaxLength {
		return fmt.Errorf("%w: %s: it took %s", ErrFact, f.Kind, f.Length)
	}
	for _, field := range []struct {
		name, value string
		needed      bool
	}{
		{"ticket", string(f.Ticket), n.ticket}, {"service", f.Service, n.service}, {"desk", f.Desk, n.desk},
		{"sensor", f.Sensor, n.sensor}, {"boot", f.Boot, n.sensor},
		{"question", f.Question, f.Kind == Asked}, {"language", f.Language, false},
		{"topic", f.Topic, false}, {"reason", f.Reason, false}, {"request", f.Request, false},
		{"mode", f.Mode, n.mode}, {"role", f.Role, false},
	} {
		if field.needed && field.value == "" {
			return fmt.Errorf("%w: %s without %s", ErrFact, f.Kind, field.name)
		}
		if field.value != "" && !ValidKey(field.value) {
			return fmt.Errorf("%w: %s: %s %.40q has characters a key may not have", ErrFact, f.Kind, field.name, field.value)
		}
	}
	return f.validateRest(n)
}

func (f Fact) validateRest(n needs) error {
	if n.code && !f.Code.Valid() {
		return fmt.Errorf("%w: %s: code is not %d characters of its alphabet", ErrFact, f.Kind, CodeLength)
	}
	if n.label && f.Label == "" {
		return fmt.Errorf("%w: %s without label", ErrFact, f.Kind)
	}
	if f.Label != "" && !f.Label.Valid() {
		return fmt.Errorf("%w: %s: label %.20q is not like \"C 042\" or \"C BK 7\"", ErrFact, f.Kind, f.Label)
	}
	if n.services && len(f.Services) == 0 {
		return fmt.Errorf("%w: %s without services", ErrFact, f.Kind)
	}
	if len(f.Services) > 32 {
		return fmt.Errorf("%w: %s: %d services", ErrFact, f.Kind, len(f.Services))
	}
	for _, s := range f.Services {
		if !ValidKey(s) {
			return fmt.Errorf("%w: %s: service %.40q has characters a key may not have", ErrFact, f.Kind, s)
		}
	}
	if len(f.Languages) > MaxLanguages {
		return fmt.Errorf("%w: %s: %d languages", ErrFact, f.Kind, len(f.Languages))
	}
	for _, l := range f.Languages {
		if !ValidKey(l) {
			return fmt.Errorf("%w: %s: language %.40q has characters a key may not have", ErrFact, f.Kind, l)
		}
	}
	if n.of && f.Desk == "" && f.Ticket == "" {
		return fmt.Errorf("%w: %s without desk and ticket", ErrFact, f.Kind)
	}
	if n.of && f.Of == 0 {
		return fmt.Errorf("%w: %s without the number of a fact", ErrFact, f.Kind)
	}
	return nil
}

// ValidKey says whether s can be the key of a question, service, desk, topic,
// reason, terminal or request: 1 to 64 of a-z, A-Z, 0-9, '-', '.' and '_'.
func ValidKey(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_') {
			return false
		}
	}
	return true
}
