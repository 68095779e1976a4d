package queue

import (
	"slices"
	"time"
)

// Deed names what a request asks for.
type Deed string

// What staff and visitors can ask of the floor.
const (
	DoOpenDesk     Deed = "open-desk"
	DoPauseDesk    Deed = "pause-desk"
	DoCloseDesk    Deed = "close-desk"
	DoCall         Deed = "call" // the next for the desk, or Ask.Ticket
	DoRecall       Deed = "recall"
	DoStart        Deed = "start"
	DoFinish       Deed = "finish"
	DoNoShow       Deed = "no-show"
	DoPark         Deed = "park"
	DoResume       Deed = "resume"
	DoTransfer     Deed = "transfer"
	DoReceive      Deed = "receive" // somebody without a ticket
	DoGiveUp       Deed = "give-up" // somebody put aside does not come back
	DoUndo         Deed = "undo"    // what the desk did last
	DoLeave        Deed = "leave"
	DoDelay        Deed = "delay"     // lets others pass
	DoReinstate    Deed = "reinstate" // somebody who did not come when called
	DoCorrect      Deed = "correct"   // the service of a waiting ticket
	DoLevel        Deed = "level"     // the priority of a waiting ticket
	DoVoid         Deed = "void"
	DoTakeBack     Deed = "take-back" // what was done to a ticket by no desk
	DoFind         Deed = "find"      // a ticket by its label or code; nothing happens
	DoContact      Deed = "contact"   // tells of an exchange without a ticket
	DoBeginContact Deed = "begin-contact"
	DoEndContact   Deed = "end-contact"
	DoMoveDesk     Deed = "move-desk" // to other services
	DoOpenService  Deed = "open-service"
	DoCloseService Deed = "close-service"
	DoByCalendar   Deed = "by-calendar" // takes the word on a service back
	DoOpenDay      Deed = "open-day"    // again
	DoCloseDay     Deed = "close-day"
)

// Ask is one request to the floor. Which fields a deed reads is stated beside
// its decision; the others are ignored.
type Ask struct {
	ID       string   `json:"id"` // the same however often the request is sent
	Do       Deed     `json:"do"`
	Desk     string   `json:"desk,omitempty"`
	Service  string   `json:"service,omitempty"`
	Services []string `json:"services,omitempty"`
	Ticket   TicketID `json:"ticket,omitempty"`
	Question string   `json:"question,omitempty"`
	Language string   `json:"language,omitempty"`
	Topic    string   `json:"topic,omitempty"`
	Reason   string   `json:"reason,omitempty"`

	Languages []string `json:"languages,omitempty"` // spoken at the desk
	Mode      string   `json:"mode,omitempty"`
	Persons   int      `json:"persons,omitempty"`
	Minutes   int      `json:"minutes,omitempty"` // that a contact took
	Level     int      `json:"level,omitempty"`

	// What somebody read from a ticket, to find it. A code is in no fact of a
	// request and in no reply.
	Label Label `json:"label,omitempty"`
	Code  Code  `json:"code,omitempty"`
}

// Validate says whether every field of a is a key, so that nothing free can
// reach the journal.
func (a Ask) Validate() error {
	fields := []string{a.Desk, a.Service, string(a.Ticket), a.Question, a.Language, a.Topic, a.Reason, a.Mode}
	fields = append(append(fields, a.Services...), a.Languages...)
	if !ValidKey(a.ID) || !ValidKey(string(a.Do)) || len(a.Services) > 32 || len(a.Languages) > MaxLanguages {
		return Refusal("refused.bad-request")
	}
	if a.Label != "" && !a.Label.Valid() || a.Code != "" && !a.Code.Valid() {
		return Refusal("refused.bad-request")
	}
	if a.Persons < 0 || a.Persons > MaxPersons || a.Minutes < 0 || a.Minutes > int(MaxLength/time.Minute) {
		return Refusal("refused.bad-request")
	}
	if a.Level < 0 || a.Level > MaxLevel {
		return Refusal("refused.bad-request")
	}
	for _, f := range fields {
		if f != "" && !ValidKey(f) {
			return Refusal("refused.bad-request")
		}
	}
	return nil
}

// Refusal is the key of the phrase that tells a person why a request was not
// carried out and what to do instead.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// The refusals of the domain.
const (
	NobodyWaits   Refusal = "refused.nobody-waits"
	DeskClosedNow Refusal = "refused.desk-closed"
	DeskPausedNow Refusal = "refused.desk-paused"
	DeskBusy      Refusal = "refused.desk-busy"
	NotHere       Refusal = "refused.not-here"
	NotWaiting    Refusal = "refused.not-waiting"
	NotCalled     Refusal = "refused.not-called"
	UnknownTicket Refusal = "refused.unknown-ticket"
	UnknownDesk   Refusal = "refused.unknown-desk"
	UnknownPlace  Refusal = "refused.unknown-service"
	DayIsClosed   Refusal = "refused.day-closed"
	NothingToDo   Refusal = "refused.nothing-to-do"
	NothingToUndo Refusal = "refused.nothing-to-undo"
	UndoTooLate   Refusal = "refused.undo-too-late"
	BackTooLate   Refusal = "refused.back-too-late"
	NotParked     Refusal = "refused.not-parked"
	NotMissed     Refusal = "refused.not-missed"
	TooSoon       Refusal = "refused.too-soon" // to call the same person again
	DelayedOften  Refusal = "refused.delayed-often"
	NobodyBehind  Refusal = "refused.nobody-behind"
	NobodyFits    Refusal = "refused.nobody-fits"
	BadRequest    Refusal = "refused.bad-request"
)

// Decide answers a request with the facts that carry it out, or a [Refusal].
// The facts bear their kind, contents and the request's id; whoever records
// them adds source, sequence, day and time, which is now. Nothing is changed.
func (d *Day) Decide(a Ask, now time.Time) ([]Fact, error) {
	if d.Closed && a.Do != DoOpenDay {
		return nil, DayIsClosed
	}
	facts, err := d.decide(a, now)
	for i := range facts {
		facts[i].Request = a.ID
	}
	return facts, err
}

func (d *Day) decide(a Ask, now time.Time) ([]Fact, error) {
	switch a.Do {
	case DoOpenDesk, DoPauseDesk, DoCloseDesk, DoMoveDesk:
		return d.decideDesk(a)
	case DoCall:
		return d.decideCall(a, now)
	case DoReceive:
		return d.decideReceive(a)
	case DoRecall, DoStart, DoFinish, DoNoShow, DoPark, DoResume:
		return d.decideAtDesk(a, now)
	case DoTransfer:
		return d.decideTransfer(a)
	case DoGiveUp:
		return d.decideGiveUp(a)
	case DoUndo:
		return d.decideUndo(a, now)
	case DoContact, DoBeginContact, DoEndContact:
		return d.decideContact(a)
	case DoLeave, DoDelay, DoReinstate, DoCorrect, DoLevel, DoVoid, DoTakeBack:
		return d.decideTicket(a, now)
	case DoOpenService, DoCloseService, DoByCalendar:
		return d.decideService(a)
	case DoOpenDay, DoCloseDay:
		return d.decideDay(a)
	}
	return nil, BadRequest
}

// decideCall reads Desk, and Ticket for a particular one, or Language or
// Question, or both, for the next of those who fit. Somebody who said that they
// would be back later is called before that only as a particular one.
func (d *Day) decideCall(a Ask, now time.Time) ([]Fact, error) {
	desk, err := d.ready(a.Desk)
	if err != nil {
		return nil, err
	}
	t := d.NextWhere(desk.Services, func(t *Ticket) bool { return a.fits(t) && t.here(now) })
	if a.Ticket != "" {
		if t = d.tickets[a.Ticket]; t == nil {
			return nil, UnknownTicket
		}
	}
	switch {
	case t == nil && (a.Language != "" || a.Question != ""):
		return nil, NobodyFits
	case t == nil:
		return nil, NobodyWaits
	case t.Now().State != Waiting:
		return nil, NotWaiting
	}
	return []Fact{{Kind: Called, Ticket: t.ID, Desk: a.Desk}}, nil
}

func (a Ask) fits(t *Ticket) bool {
	return (a.Language == "" || t.Language == a.Language) && (a.Question == "" || t.Question == a.Question)
}

// decideReceive reads Desk, Service (of the desk; its first when empty),
// Question, Language and Persons. The issued fact comes without ticket id and code,
// which its recorder gives.
func (d *Day) decideReceive(a Ask) ([]Fact, error) {
	desk, err := d.ready(a.Desk)
	if err != nil {
		return nil, err
	}
	service := a.Service
	if service == "" {
		service = desk.Services[0]
	}
	if !slices.Contains(desk.Services, service) {
		return nil, UnknownPlace
	}
	issued := Fact{Kind: Issued, Service: service, Question: a.Question, Language: a.Language, Persons: a.Persons, Reason: ReasonWalkIn}
	return []Fact{
		issued,
		{Kind: Numbered, Label: d.NextLabel(service)},
		{Kind: Called, Desk: a.Desk},
		{Kind: Started, Desk: a.Desk},
	}, nil
}

// NextLabel is the label the hub gives next in a service.
func (d *Day) NextLabel(service string) Label {
	letter := d.rules.Letters[service]
	if letter == "" {
		letter = "X" // a service no longer configured still gets its people served
	}
	n := max(d.numbers[service], d.before) + 1
	for d.labels[HubLabel(letter, n)] != nil { // another service once had this letter
		n++
	}
	return HubLabel(letter, n)
}

// RecallAfter is how long somebody is given to come before they can be called
// again, so that a key held down does not call twice.
const RecallAfter = 5 * time.Second

// decideAtDesk reads Desk, Ticket (the desk's current one when empty; needed to
// resume) and Topic to finish. Somebody put aside in the middle of an interview
// can be finished without coming back: the interview ended when it was put aside.
func (d *Day) decideAtDesk(a Ask, now time.Time) ([]Fact, error) {
	kind := map[Deed]Kind{
		DoRecall: Recalled, DoStart: Started, DoFinish: Finished,
		DoNoShow: Missed, DoPark: Parked, DoResume: Resumed,
	}[a.Do]
	t, err := d.atDesk(a)
	if err != nil {
		return nil, err
	}
	s := t.Now()
	aside := kind == Finished && s.State == OnPark && !s.Started.IsZero()
	if kind == Resumed || aside {
		if _, err := d.ready(a.Desk); err != nil {
			return nil, err
		}
	}
	if aside {
		return []Fact{{Kind: Resumed, Ticket: t.ID, Desk: a.Desk}, {Kind: Finished, Ticket: t.ID, Desk: a.Desk, Topic: a.Topic}}, nil
	}
	from, _, _ := kind.step()
	if kind == Recalled {
		from = []State{InCall}
	}
	if !slices.Contains(from, s.State) {
		return nil, NotCalled
	}
	if kind == Recalled && now.Sub(s.Called) < d.rules.hands(RecallAfter) {
		return nil, TooSoon
	}
	return []Fact{{Kind: kind, Ticket: t.ID, Desk: a.Desk, Topic: a.Topic}}, nil
}

func (d *Day) atDesk(a Ask) (*Ticket, error) {
	id := a.Ticket
	if id == "" {
		id = d.Desk(a.Desk).Ticket
	}
	if id == "" {
		return nil, NothingToDo
	}
	t := d.tickets[id]
	if t == nil {
		return nil, UnknownTicket
	}
	if t.Now().Desk != a.Desk || a.Desk == "" {
		return nil, NotHere
	}
	return t, nil
}

// decideTransfer reads Service, Reason, and Ticket or Desk (its current one).
func (d *Day) decideTransfer(a Ask) ([]Fact, error) {
	if d.rules.Letters[a.Service] == "" {
		return nil, UnknownPlace
	}
	if a.Reason != "" && !slices.Contains(TransferReasons(), a.Reason) {
		return nil, BadRequest
	}
	t, err := d.atDesk(a)
	if err != nil {
		return nil, err
	}
	switch s := t.Now(); {
	case s.State.Ended():
		return nil, NotCalled
	case s.Service == a.Service:
		return nil, NothingToDo
	}
	return []Fact{{Kind: Transferred, Ticket: t.ID, Service: a.Service, Desk: a.Desk, Reason: a.Reason}}, nil
}

// decideGiveUp reads Desk and Ticket.
func (d *Day) decideGiveUp(a Ask) ([]Fact, error) {
	t, err := d.atDesk(a)
	if err != nil {
		return nil, err
	}
	if t.Now().State != OnPark {
		return nil, NotParked
	}
	return []Fact{{Kind: Left, Ticket: t.ID, Desk: a.Desk, Reason: ReasonNoReturn}}, nil
}

// Find is the ticket last known under a label, or else the one with a code:
// some words can be both. Nil when the day has neither.
func (d *Day) Find(code Code, label Label) *Ticket {
	if t := d.labels[label]; t != nil {
		return t
	}
	return d.codes[code]
}

// Arrive is what the hub adds when it hears that a kiosk issued a ticket: its
// number with the promise announced, or, when the day is closed, that the
// ticket is void. High 0 means that the wait is not known yet.
func (d *Day) Arrive(issued Fact, low, high time.Duration) Fact {
	if d.Closed {
		return Fact{Kind: Voided, Ticket: issued.Ticket, Reason: ReasonLate}
	}
	return Fact{Kind: Numbered, Ticket: issued.Ticket, Label: d.NextLabel(issued.Service), Low: low, High: high}
}
