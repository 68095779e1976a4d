package queue

import "time"

// State is where a stage stands.
type State uint8

// A stage is in one of the first four while its ticket is in the house, and
// ends in one of the others.
const (
	Waiting State = iota
	InCall        // called to a desk, not there yet
	Serving
	OnPark // put aside by its desk, to be resumed there
	Served
	NoShow
	Gone // left the queue
	Void // never counted as a visit
	MovedOn
	states
)

func (s State) String() string {
	return [states]string{"waiting", "called", "serving", "parked", "served", "no-show", "left", "void", "moved on"}[s]
}

// Ended says whether nothing more can happen to a stage.
func (s State) Ended() bool { return s >= Served }

// Ticket is one visit from issue to end. What the domain hands out is for
// reading; only facts change a ticket.
type Ticket struct {
	ID       TicketID
	Code     Code
	Own      Label // the kiosk's candidate
	Number   Label // the hub's
	Printed  Label // what was handed over; wins
	Question string
	Language string
	Level    int
	Persons  int       // who came on this ticket, at least 1
	Arrived  time.Time // when it was issued; a transfer keeps it
	Low      time.Duration
	High     time.Duration
	Stages   []Stage
	Delays   int       // how often its person let others pass
	Back     time.Time // not to be called before; zero: at any time

	later  time.Duration // how much later than it came it stands
	series string        // the service whose numbers its label is of
}

// Stage is one stay of a ticket in one queue. Times are zero until they happen.
type Stage struct {
	Service string
	State   State
	Entered time.Time
	Called  time.Time // the last call
	Started time.Time
	Ended   time.Time
	Aside   time.Duration // spent parked, not part of the interview
	Desk    string
	Topic   string
	Reason  string
	Calls   int
	WalkIn  bool // received at a desk without a ticket
	Missed  int  // no-shows that were taken back because the person came after all

	parkedAt time.Time
	cut      State  // before the day was closed over it
	moved    uint64 // number of the fact that moved it last
}

// interviewed tells whether an interview was had and has ended, also by a transfer.
func (s *Stage) interviewed() bool {
	return !s.Started.IsZero() && (s.State == Served || s.State == MovedOn)
}

// Label is what people read on the ticket: what was handed over; before that
// the hub's number, or the kiosk's own candidate while the hub has none.
func (t *Ticket) Label() Label {
	switch {
	case t.Printed != "":
		return t.Printed
	case t.Number != "":
		return t.Number
	}
	return t.Own
}

// Alias is the second label the ticket answers to while it is not known which
// one was handed over, or "".
func (t *Ticket) Alias() Label {
	if t.Printed != "" || t.Number == "" {
		return ""
	}
	return t.Own
}

// Due is the end of the interval announced on the ticket; zero where nothing was,
// or where it is over: its person was sent to another service, or did not come
// when called and came back. Who let others pass waits as long from the later place.
func (t *Ticket) Due() time.Time {
	if t.High <= 0 || len(t.Stages) > 1 || t.Now().Missed > 0 {
		return time.Time{}
	}
	return t.Stands().Add(t.High)
}

// Now is the stage the ticket is in, or was in last.
func (t *Ticket) Now() *Stage { return &t.Stages[len(t.Stages)-1] }

// Interview is how long the stage's interview took, parking left out; false
// for a stage that was not started and finished by its desk.
func (s *Stage) Interview() (time.Duration, bool) {
	if s.Started.IsZero() || s.Ended.IsZero() || s.Reason == ReasonDayClosed || s.State != Served && s.State != MovedOn {
		return 0, false
	}
	return max(0, s.Ended.Sub(s.Started)-s.Aside), true
}

// Wait is how long the stage waited for its last call; false if never called.
// A person received without a ticket did not wait in a queue.
func (s *Stage) Wait() (time.Duration, bool) {
	if s.Called.IsZero() || s.WalkIn {
		return 0, false
	}
	return max(0, s.Called.Sub(s.Entered)), true
}

// Reasons that the domain itself writes.
const (
	ReasonCrash     = "crash"      // handing over had not begun
	ReasonLate      = "late"       // heard after its day was closed
	ReasonDayClosed = "day-closed" // still open when the day closed
	ReasonWalkIn    = "walk-in"    // received at a desk without a ticket
	ReasonUndone    = "undone"     // somebody without a ticket was received by mistake
	ReasonNoReturn  = "no-return"  // put aside, and did not come back
	ReasonPass      = "pass"       // a delay behind so many others
	ReasonTime      = "time"       // a delay until a moment
	ReasonForward   = "forward"    // a counter's total brought forward from an earlier day
)
