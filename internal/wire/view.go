package wire

import (
	"slices"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/queue"
)

// Stamp numbers a view: it shows everything up to fact Fact of journal
// Journal. A screen replaces what it shows by any view with another journal or
// a fact at least as new.
type Stamp struct {
	Journal string     `json:"journal"`
	Fact    uint64     `json:"fact"`
	At      time.Time  `json:"at"` // the site's time
	Day     queue.Date `json:"day"`
}

// Limits of the views in bytes of JSON.
const (
	MaxPublic  = 4 << 10
	MaxService = 32 << 10
)

// Public is what everybody may see. No codes, no ids.
type Public struct {
	V        int    `json:"v"`
	Stamp    Stamp  `json:"stamp"`
	Closed   bool   `json:"closed"` // the day is over
	Services []Line `json:"services"`
	Calls    []Call `json:"calls"` // newest first, at most MaxCalls
	PCs      *PCs   `json:"pcs,omitempty"`

	// Notices are the announcements of the staff, the oldest first, at most
	// MaxNotices. A screen drops each at its end, also without the hub.
	Notices []Notice `json:"notices,omitempty"`

	// Withdrawn are the calls taken back within the last minute, newest first,
	// each with the moment it was: whoever heard one keeps waiting.
	Withdrawn []Call `json:"withdrawn,omitempty"`
}

// Fit leaves out what can be missed most easily until the view has at most MaxPublic
// bytes, which takes two long announcements in many languages: the quieter hours
// first, then the oldest calls, those taken back before the last three.
func (v *Public) Fit() {
	if len(Encode(v)) <= MaxPublic {
		return
	}
	v.Services = slices.Clone(v.Services)
	for i := range v.Services {
		v.Services[i].Quiet = nil
	}
	for len(Encode(v)) > MaxPublic {
		switch {
		case len(v.Calls) > 3 || len(v.Withdrawn) == 0 && len(v.Calls) > 1:
			v.Calls = v.Calls[:len(v.Calls)-1]
		case len(v.Withdrawn) > 0:
			v.Withdrawn = v.Withdrawn[:len(v.Withdrawn)-1]
		default:
			return
		}
	}
}

// MaxWithdrawn is how many calls taken back the public view shows.
const MaxWithdrawn = 3

// PCs are the documentation PCs with programs that are there now; absent where
// there are none.
type PCs struct {
	Free int `json:"free"`
	All  int `json:"all"`
}

// MaxCalls is how many calls the public view shows.
const MaxCalls = 6

// Line is one service in a sentence.
type Line struct {
	Service string    `json:"service"`
	Open    bool      `json:"open"`           // now, by calendar and coordinator
	Full    bool      `json:"full,omitempty"` // open, but whoever came now could not be received before closing
	Waiting int       `json:"waiting"`
	Desks   int       `json:"desks"`          // present for it
	Wait    *Interval `json:"wait,omitempty"` // for somebody who came now; absent: not known yet

	// Quiet are the hours to come today, at most MaxQuiet, in which it is usually
	// clearly quieter than now; in the public view only.
	Quiet []calendar.Span `json:"quiet,omitempty"`
}

// MaxQuiet is how many quieter hours a line names.
const MaxQuiet = 2

// Call is one call as the board shows it.
type Call struct {
	Label   queue.Label `json:"label"`
	Alias   queue.Label `json:"alias,omitempty"` // the other label it may have been handed over under
	Service string      `json:"service"`
	Desk    string      `json:"desk"`
	At      time.Time   `json:"at"`
	Times   int         `json:"times"` // 1 for a first call

	// Language is the ticket's, so that the call can be said in it; absent for
	// the site's first, in which every call is said.
	Language string `json:"language,omitempty"`
}

// Service is one queue as its advisers see it.
type Service struct {
	V       int      `json:"v"`
	Stamp   Stamp    `json:"stamp"`
	Key     string   `json:"key"`
	Open    bool     `json:"open"`
	Waiting int      `json:"waiting"`
	Tickets []Ticket `json:"tickets"` // the first MaxTickets waiting, next first
	Desks   []Desk   `json:"desks"`   // the desks present for it

	// Missed are those who did not come when called and may still come back, the
	// latest first, at most MaxMissed.
	Missed []Ticket `json:"missed,omitempty"`
}

// MaxMissed is how many of those who did not come a service view shows.
const MaxMissed = 9

// MaxTickets is how many waiting tickets a service view shows; longer lists are requests.
const MaxTickets = 40

// Ticket is a ticket as staff see it: what is needed to receive somebody.
type Ticket struct {
	ID       queue.TicketID `json:"id"`
	Label    queue.Label    `json:"label"`
	Alias    queue.Label    `json:"alias,omitempty"`
	Service  string         `json:"service"`
	Question string         `json:"question,omitempty"`
	Language string         `json:"language,omitempty"`
	Level    int            `json:"level,omitempty"`
	State    string         `json:"state"`
	Arrived  time.Time      `json:"arrived"`
	Called   time.Time      `json:"called,omitzero"`
	Started  time.Time      `json:"started,omitzero"`
	Desk     string         `json:"desk,omitempty"`
	Calls    int            `json:"calls,omitempty"`
	Persons  int            `json:"persons,omitempty"` // when there are several
	Due      time.Time      `json:"due,omitzero"`      // the end of the interval promised; absent: nothing was
	Ended    time.Time      `json:"ended,omitzero"`
	Back     time.Time      `json:"back,omitzero"`   // its person asked not to be called before
	Stands   time.Time      `json:"stands,omitzero"` // it counts as having come then, when its person let others pass

	// Undo is what can be taken back of what no desk did to it. Only replies say it.
	Undo *Undo `json:"undo,omitempty"`
}

// NewTicket is t as staff see it.
func NewTicket(t *queue.Ticket) Ticket {
	s := t.Now()
	seen := Ticket{
		ID: t.ID, Label: t.Label(), Alias: t.Alias(), Service: s.Service, Question: t.Question,
		Language: t.Language, Level: t.Level, State: s.State.String(), Arrived: t.Arrived,
		Called: s.Called, Started: s.Started, Desk: s.Desk, Calls: s.Calls, Ended: s.Ended, Back: t.Back,
	}
	if t.Delays > 0 {
		seen.Stands = t.Stands()
	}
	if t.Persons > 1 {
		seen.Persons = t.Persons
	}
	seen.Due = t.Due()
	return seen
}

// Desk is a desk as staff see it.
type Desk struct {
	Key      string    `json:"key"`
	State    string    `json:"state"` // open, paused, closed
	Services []string  `json:"services,omitempty"`
	Since    time.Time `json:"since,omitzero"`
	Served   int       `json:"served"`
	Ticket   *Ticket   `json:"ticket,omitempty"` // called or served
	Parked   []Ticket  `json:"parked,omitempty"`

	Languages []string `json:"languages,omitempty"` // spoken there
	Contact   *Contact `json:"contact,omitempty"`   // an exchange without a ticket under way
	Undo      *Undo    `json:"undo,omitempty"`      // what the desk can take back
}

// Contact is an exchange without a ticket as staff see it.
type Contact struct {
	Service string    `json:"service"`
	Mode    string    `json:"mode"`
	Persons int       `json:"persons"`
	Since   time.Time `json:"since"`
}

// Undo is the last act of a desk, or on a ticket.
type Undo struct {
	Act   queue.Kind  `json:"act"`
	Label queue.Label `json:"label,omitempty"` // of the ticket it was about
	Until time.Time   `json:"until"`           // the site's time after which it stays done
}

// Coordinator is the whole floor.
type Coordinator struct {
	V         int                `json:"v"`
	Stamp     Stamp              `json:"stamp"`
	Closed    bool               `json:"closed"`
	Services  []Row              `json:"services"`
	Desks     []Desk             `json:"desks"`
	Terminals []Terminal         `json:"terminals"`
	Sensors   []Sensor           `json:"sensors"`
	Footfall  [24]queue.Footfall `json:"footfall"` // by hour of the local day
	// Usual are the tickets of each hour on days like this one, on average; absent
	// while there was none.
	Usual []float64 `json:"usual,omitempty"`
	// Overdue are those furthest beyond what their tickets announced, at most
	// MaxOverdue; how many there are in all, the rows say.
	Overdue []Overdue `json:"overdue,omitempty"`
	// Unpromised are how many wait to whom nothing is announced, or no longer, as to
	// somebody who was transferred; none of them can be overdue.
	Unpromised       int       `json:"unpromised,omitempty"`
	UnpromisedOldest time.Time `json:"unpromised_oldest,omitzero"` // arrival of who of them waits longest

	Odds     int       `json:"odds"`              // facts that did not fit
	Restored time.Time `json:"restored,omitzero"` // when the hub went on from a copy today
}

// MaxTerminals is how many terminals the coordinator's view names, the silent first.
const MaxTerminals = 200

// Row is one service's day so far.
type Row struct {
	Line
	Override string    `json:"override,omitempty"` // "open" or "closed": the coordinator's word
	Oldest   time.Time `json:"oldest,omitzero"`    // arrival of who waits longest
	Issued   int       `json:"issued"`
	Called   int       `json:"called"`
	Serving  int       `json:"serving"`
	Parked   int       `json:"parked"`
	Served   int       `json:"served"`
	NoShow   int       `json:"no_show"`
	Left     int       `json:"left"`

	// With these a row adds up: issued and transferred in are all the others but Past.
	Void           int `json:"void,omitempty"`
	TransferredIn  int `json:"transferred_in,omitempty"`
	TransferredOut int `json:"transferred_out,omitempty"`

	Past int `json:"past"` // waiting longer than was promised on their tickets

	// Warn is what is beyond its limit: WarnWaiting, WarnLongest.
	Warn []string `json:"warn,omitempty"`
}

// What a service can be warned about.
const (
	WarnWaiting = "waiting" // people who wait
	WarnLongest = "longest" // minutes of the longest wait
)

// Alerts are what the coordinator is warned about now, for others to use.
type Alerts struct {
	V      int     `json:"v"`
	Stamp  Stamp   `json:"stamp"`
	Alerts []Alert `json:"alerts"`
}

// Alert is one warning. It begins at its limit and ends below three quarters of
// it, so that a queue about as long as its limit does not warn again and again.
type Alert struct {
	Service string    `json:"service"`
	What    string    `json:"what"`
	Value   int       `json:"value"` // people, or minutes
	Limit   int       `json:"limit"`
	Since   time.Time `json:"since"`
}

// Terminal is a terminal's last known state.
type Terminal struct {
	Role   string    `json:"role"`
	Name   string    `json:"name"`
	Online bool      `json:"online"`
	Since  time.Time `json:"since,omitzero"`
	Unsent int       `json:"unsent,omitempty"`
	Work   string    `json:"work,omitempty"`  // as State says it
	Paper  string    `json:"paper,omitempty"` // as State says it
}

// Sensor is a people counter's day.
type Sensor struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"` // last heard: a silent counter is unknown, not zero
}
