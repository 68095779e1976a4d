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
	DoLeave        Deed = "leave"
	DoOpenService  Deed = "open-service"
	DoCloseService Deed = "close-service"
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
}

// Validate says whether every field of a is a key, so that nothing free can
// reach the journal.
func (a Ask) Validate() error {
	fields := append([]string{a.Desk, a.Service, string(a.Ticket), a.Question, a.Language, a.Topic, a.Reason}, a.Services...)
	if !ValidKey(a.ID) || !ValidKey(string(a.Do)) || len(a.Services) > 32 {
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
	BadRequest    Refusal = "refused.bad-request"
)

// Decide answers a request with the facts that carry it out, or a [Refusal].
// The facts bear their kind, contents and the request's id; whoever records
// them adds source, sequence, day and time. Nothing is changed.
func (d *Day) Decide(a Ask) ([]Fact, error) {
	if d.Closed {
		return nil, DayIsClosed
	}
	facts, err := d.decide(a)
	for i := range facts {
		facts[i].Request = a.ID
	}
	return facts, err
}

func (d *Day) decide(a Ask) ([]Fact, error) {
	switch a.Do {
	case DoOpenDesk, DoPauseDesk, DoCloseDesk:
		return d.decideDesk(a)
	case DoCall:
		return d.decideCall(a)
	case DoReceive:
		return d.decideReceive(a)
	case DoRecall, DoStart, DoFinish, DoNoShow, DoPark, DoResume:
		return d.decideAtDesk(a)
	case DoTransfer:
		return d.decideTransfer(a)
	case DoLeave:
		return d.decideLeave(a)
	case DoOpenService, DoCloseService:
		return d.decideService(a)
	case DoCloseDay:
		return []Fact{{Kind: DayClosed}}, nil
	}
	return nil, BadRequest
}

// decideDesk reads Desk, and Services to open.
func (d *Day) decideDesk(a Ask) ([]Fact, error) {
	if a.Desk == "" {
		return nil, UnknownDesk
	}
	desk := d.Desk(a.Desk)
	switch a.Do {
	case DoOpenDesk:
		if len(a.Services) == 0 {
			return nil, UnknownPlace
		}
		for _, s := range a.Services {
			if d.rules.Letters[s] == "" {
				return nil, UnknownPlace
			}
		}
		return []Fact{{Kind: DeskOpened, Desk: a.Desk, Services: a.Services}}, nil
	case DoPauseDesk:
		if desk.State != DeskIsOpen {
			return nil, NothingToDo
		}
		return []Fact{{Kind: DeskPaused, Desk: a.Desk, Reason: a.Reason}}, nil
	}
	if desk.Ticket != "" {
		return nil, DeskBusy
	}
	if desk.State == DeskIsClosed {
		return nil, NothingToDo
	}
	return []Fact{{Kind: DeskClosed, Desk: a.Desk}}, nil
}

// ready is the desk that is open and free to receive somebody.
func (d *Day) ready(key string) (Desk, error) {
	desk := d.Desk(key)
	switch {
	case key == "":
		return desk, UnknownDesk
	case desk.State == DeskIsClosed:
		return desk, DeskClosedNow
	case desk.State == DeskIsPaused:
		return desk, DeskPausedNow
	case desk.Ticket != "":
		return desk, DeskBusy
	}
	return desk, nil
}

// decideCall reads Desk, and Ticket for a particular one.
func (d *Day) decideCall(a Ask) ([]Fact, error) {
	desk, err := d.ready(a.Desk)
	if err != nil {
		return nil, err
	}
	t := d.Next(desk.Services)
	if a.Ticket != "" {
		if t = d.tickets[a.Ticket]; t == nil {
			return nil, UnknownTicket
		}
	}
	if t == nil {
		return nil, NobodyWaits
	}
	if t.Now().State != Waiting {
		return nil, NotWaiting
	}
	return []Fact{{Kind: Called, Ticket: t.ID, Desk: a.Desk}}, nil
}

// decideReceive reads Desk, Service (of the desk; its first when empty),
// Question and Language. The issued fact comes without ticket id and code,
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
	issued := Fact{Kind: Issued, Service: service, Question: a.Question, Language: a.Language, Reason: ReasonWalkIn}
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
	n := d.numbers[service] + 1
	for d.labels[HubLabel(letter, n)] != nil { // another service once had this letter
		n++
	}
	return HubLabel(letter, n)
}

// decideAtDesk reads Desk, Ticket (the desk's current one when empty; needed to
// resume) and Topic to finish.
func (d *Day) decideAtDesk(a Ask) ([]Fact, error) {
	kind := map[Deed]Kind{
		DoRecall: Recalled, DoStart: Started, DoFinish: Finished,
		DoNoShow: Missed, DoPark: Parked, DoResume: Resumed,
	}[a.Do]
	t, err := d.atDesk(a)
	if err != nil {
		return nil, err
	}
	if kind == Resumed {
		if _, err := d.ready(a.Desk); err != nil {
			return nil, err
		}
	}
	from, _, _ := kind.step()
	if kind == Recalled {
		from = []State{InCall}
	}
	if !slices.Contains(from, t.Now().State) {
		return nil, NotCalled
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
	t, err := d.atDesk(a)
	if err != nil {
		return nil, err
	}
	if s := t.Now(); s.State.Ended() {
		return nil, NotCalled
	} else if s.Service == a.Service {
		return nil, NothingToDo
	}
	return []Fact{{Kind: Transferred, Ticket: t.ID, Service: a.Service, Desk: a.Desk, Reason: a.Reason}}, nil
}

// decideLeave reads Ticket.
func (d *Day) decideLeave(a Ask) ([]Fact, error) {
	t := d.tickets[a.Ticket]
	if t == nil {
		return nil, UnknownTicket
	}
	if from, _, _ := Left.step(); !slices.Contains(from, t.Now().State) {
		return nil, NotWaiting
	}
	return []Fact{{Kind: Left, Ticket: t.ID, Reason: a.Reason}}, nil
}

// decideService reads Service.
func (d *Day) decideService(a Ask) ([]Fact, error) {
	if d.rules.Letters[a.Service] == "" {
		return nil, UnknownPlace
	}
	kind := ServiceOpened
	if a.Do == DoCloseService {
		kind = ServiceClosed
	}
	return []Fact{{Kind: kind, Service: a.Service, Reason: a.Reason}}, nil
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
