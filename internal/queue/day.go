package queue

import (
	"slices"
	"time"
)

// Rules are what the domain must know of a site. They come from its
// configuration and are never changed while a day is folded.
type Rules struct {
	Zone      *time.Location
	Letters   map[string]string // service → the letter of its labels
	HeadStart []time.Duration   // [i]: how much earlier a ticket of level i+1 counts as having come

	HeadStarts map[string][]time.Duration // service → its own head starts, instead of those
	Reinstate  time.Duration              // for how long after a no-show somebody may come back; 0 is [ReinstateWithin]
	Speed      float64                    // how fast the site's time runs; 0 is 1, as everywhere but in rehearsals
}

// hands is how long people have for something that they may do for d, in the
// site's time: where that runs faster, hands do not.
func (r Rules) hands(d time.Duration) time.Duration {
	return time.Duration(max(1, r.Speed) * float64(d))
}

// ReinstateWithin is for how long somebody who did not come when called may
// come back to the old place, where a site says nothing else.
const ReinstateWithin = 30 * time.Minute

// Day is one local service day, folded from its facts.
type Day struct {
	Date   Date
	Opened bool
	Closed bool
	Last   time.Time // when its last fact was

	// Reopened is when it was last opened again after it had been closed.
	Reopened time.Time
	// Restored is when a hub last went on from a copy of the journal.
	Restored time.Time

	rules    Rules
	order    []*Ticket
	tickets  map[TicketID]*Ticket
	codes    map[Code]*Ticket
	labels   map[Label]*Ticket
	waiting  map[string][]*Ticket // service → in the order of their standing
	aside    []*Ticket            // parked
	books    map[string]*Book
	numbers  map[string]int // service → the highest number given
	before   int            // numbers begin after this one
	desks    map[string]*Desk
	services map[string]Override
	calls    []Call
	requests map[string]TicketID
	sensors  map[string]Sensor
	footfall [24]Footfall
	asked    map[string]int
	odds     []Odd

	acts      map[string]*acts  // desk → what it did last
	apart     map[TicketID]*act // ticket → what was done to it last by no desk
	withdrawn []Call
	contacts  []*Contact
}

// Desk is a place where someone advises, as the facts left it.
type Desk struct {
	Key      string
	State    DeskState
	Services []string
	Since    time.Time // of this state
	Ticket   TicketID  // called to it or served at it, or ""
	Served   int       // interviews that ended today, also by a transfer

	Languages []string // spoken, besides the site's own when it says none
	Contact   *Contact // an exchange without a ticket under way, or nil
}

// Busy says whether somebody is at the desk, or on its line.
func (d Desk) Busy() bool { return d.Ticket != "" || d.Contact != nil }

// DeskState says whether a desk is present.
type DeskState uint8

// A desk not heard of today is closed.
const (
	DeskIsClosed DeskState = iota
	DeskIsOpen
	DeskIsPaused
)

func (s DeskState) String() string { return [...]string{"closed", "open", "paused"}[s] }

// Override is the coordinator's word against the calendar.
type Override uint8

// The calendar decides as long as nobody overrides it.
const (
	ByCalendar Override = iota
	ForcedOpen
	ForcedClosed
)

// Call is one call of a ticket to a desk, as the board shows it.
type Call struct {
	Ticket TicketID
	Label  Label
	Desk   string
	At     time.Time
	Again  bool // a recall

	Service string

	no uint64 // the fact's
}

// Sensor is the last known total of a people counter.
type Sensor struct {
	Boot    string
	In, Out uint64
	At      time.Time
}

// Footfall counts one hour. Entries are not persons.
type Footfall struct {
	Visits    int `json:"visits"`    // kiosk visits started
	Questions int `json:"questions"` // questions chosen
	Tickets   int `json:"tickets"`   // tickets taken
	In        int `json:"in"`        // people counted in
	Out       int `json:"out"`

	Welcomed int `json:"welcomed"` // people the reception counted who take no ticket
	Groups   int `json:"groups"`   // of those, groups and classes that came
}

// Odd is a fact that did not fit. It changed nothing.
type Odd struct {
	No   uint64
	Kind Kind
	Why  string
}

// Book is one service's account of the day.
type Book struct {
	Issued        int
	TransferredIn int
	Stages        [states]int // by state; MovedOn are the transferred out
}

// Balanced says whether every stage that came in is somewhere, once.
func (b Book) Balanced() bool {
	sum := 0
	for _, n := range b.Stages {
		sum += n
	}
	return b.Issued+b.TransferredIn == sum
}

// In is the number of stages now in state s.
func (b Book) In(s State) int { return b.Stages[s] }

// NewDay is a day before its first fact.
func NewDay(date Date, rules Rules) *Day {
	if rules.Zone == nil {
		rules.Zone = time.UTC
	}
	return &Day{
		Date: date, rules: rules,
		tickets: map[TicketID]*Ticket{}, codes: map[Code]*Ticket{}, labels: map[Label]*Ticket{},
		waiting: map[string][]*Ticket{}, books: map[string]*Book{}, numbers: map[string]int{},
		desks: map[string]*Desk{}, services: map[string]Override{}, requests: map[string]TicketID{},
		sensors: map[string]Sensor{}, asked: map[string]int{}, acts: map[string]*acts{}, apart: map[TicketID]*act{},
	}
}

// Rules are the rules the day is folded by.
func (d *Day) Rules() Rules { return d.rules }

// Ticket finds a ticket by its id, nil if the day has none.
func (d *Day) Ticket(id TicketID) *Ticket { return d.tickets[id] }

// ByCode finds a ticket by its code.
func (d *Day) ByCode(c Code) *Ticket { return d.codes[c] }

// ByLabel finds the ticket last known under a label, under both of its labels
// while it is not known which one was handed over.
func (d *Day) ByLabel(l Label) *Ticket { return d.labels[l] }

// Tickets are all tickets in the order in which they were heard of.
func (d *Day) Tickets() []*Ticket { return d.order }

// Waiting are the waiting tickets of a service, next first.
func (d *Day) Waiting(service string) []*Ticket { return d.waiting[service] }

// Parked are the tickets put aside, the longest first.
func (d *Day) Parked() []*Ticket { return d.aside }

// Book is a service's account of the day so far.
func (d *Day) Book(service string) Book {
	if b := d.books[service]; b != nil {
		return *b
	}
	return Book{}
}

// Services are the services the day has an account of, sorted.
func (d *Day) Services() []string { return sortedKeys(d.books) }

// Desks are the desks heard of today, sorted by key.
func (d *Day) Desks() []Desk {
	desks := make([]Desk, 0, len(d.desks))
	for _, k := range sortedKeys(d.desks) {
		desks = append(desks, *d.desks[k])
	}
	return desks
}

// Desk is the state of one desk, closed if never heard of.
func (d *Day) Desk(key string) Desk {
	if desk := d.desks[key]; desk != nil {
		return *desk
	}
	return Desk{Key: key}
}

// Override is the coordinator's word on a service.
func (d *Day) Override(service string) Override { return d.services[service] }

// Calls are the day's calls, oldest first, without those taken back.
func (d *Day) Calls() []Call { return d.calls }

// Withdrawn are the calls that were taken back, each with the moment it was,
// oldest first.
func (d *Day) Withdrawn() []Call { return d.withdrawn }

// Contacts are the exchanges without a ticket, in the order in which they were
// heard of.
func (d *Day) Contacts() []*Contact { return d.contacts }

// Footfall counts the hours of the local day.
func (d *Day) Footfall() [24]Footfall { return d.footfall }

// Asked is how often each question was chosen.
func (d *Day) Asked() map[string]int { return d.asked }

// Sensors are the last totals of the people counters.
func (d *Day) Sensors() map[string]Sensor { return d.sensors }

// Odds are the facts that did not fit.
func (d *Day) Odds() []Odd { return d.odds }

// Answered is the ticket a request was about (possibly none) and whether the
// request has been carried out today.
func (d *Day) Answered(request string) (TicketID, bool) {
	id, done := d.requests[request]
	return id, done
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
