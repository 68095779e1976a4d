// Package adviser is the terminal of a desk: it opens the desk, calls the next
// person with one key, and does whatever can come between call and goodbye.
package adviser

import (
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// Line is the terminal's end of the line to the hub. All but Ask are called
// while a frame is drawn and must not wait.
type Line interface {
	staff.Line
	Public() (wire.Public, bool)
	Service(key string) (wire.Service, bool)
	Age() time.Duration // since it was last heard, in real time
	Now() time.Time     // the site's time
}

// Options are what an adviser's terminal stands on.
type Options struct {
	Site *site.Site
	Say  phrases.Speaker
	Line Line
	Desk string // the desk this terminal stands on; "" lets the adviser choose

	// Post and Guard are the shell's: one runs a function on the event loop, the
	// other catches the panic of a goroutine. Guard may be nil in tests.
	Post  func(func()) bool
	Guard func(func())
}

// Role is an adviser's terminal. Its methods are called from the shell's event
// loop only; Close is called after the loop has ended.
type Role struct {
	opt  Options
	zone *time.Location

	desk   string          // the desk chosen, "" before
	chosen map[string]bool // services ticked while the desk is opened
	spoken map[string]bool // languages ticked, kept from one opening to the next
	typed  string          // a number being typed
	mode   string          // of the contact that the sheet is about
	going  bool            // the desk closes once nobody is left aside
	serves []string        // services of the desk as last seen, to tell when somebody else changed them
	sheet  sheet           // what lies over the work screen
	picked string          // the ticket or service the sheet is about
	scroll *screen.Scroll

	asks     *staff.Asks
	settled  settled // what is done and not in the views yet
	note     staff.Note
	struck   time.Time   // when the space bar's target was last acted on
	pretend  func(*view) // what an example shows, nil at work
	calledAt time.Time   // when this terminal last called or recalled
}

// New returns the role, with the desk of the options chosen if there is one.
func New(o Options) *Role {
	r := &Role{opt: o, zone: zoneOf(o.Site), scroll: &screen.Scroll{}, spoken: map[string]bool{o.Site.Languages[0]: true}}
	r.asks = staff.New(staff.Options{Line: o.Line, Post: o.Post, Guard: o.Guard, Done: r.done, Refused: r.refused})
	if _, ok := o.Site.Desk(o.Desk); ok {
		r.choose(o.Desk)
	}
	return r
}

// Close gives up what is under way and waits for it.
func (r *Role) Close() { r.asks.Close() }

// Late brings the answer of a request whose outcome was unknown.
func (r *Role) Late(a queue.Ask, reply wire.Reply) { r.asks.Late(a, reply) }

// SetSite replaces the content, from the event loop.
func (r *Role) SetSite(s *site.Site) {
	r.opt.Site, r.zone = s, zoneOf(s)
	if _, ok := s.Desk(r.desk); !ok {
		r.leaveDesk()
	}
}

// zoneOf is the site's time zone. A site that was loaded has one.
func zoneOf(s *site.Site) *time.Location {
	zone, err := s.Location()
	if err != nil {
		return time.UTC
	}
	return zone
}

// choose takes a desk without telling the hub; opening it is another step.
func (r *Role) choose(desk string) {
	r.desk, r.sheet = desk, noSheet
	r.chosen = map[string]bool{}
	d, _ := r.opt.Site.Desk(desk)
	for _, s := range d.Services {
		r.chosen[s] = true
	}
}

func (r *Role) leaveDesk() {
	r.desk, r.sheet, r.picked = "", noSheet, ""
	r.settled = settled{}
}

// Changed tells when the coordinator moved the desk to other services. It is to
// be called on the event loop after every view.
func (r *Role) Changed() {
	v := r.view()
	before := r.serves
	r.serves = nil
	if v.state.State == "open" || v.state.State == "paused" {
		r.serves = v.state.Services
	}
	own := time.Now().Before(r.settled.until) || r.asks.Asking() != ""
	if before != nil && r.serves != nil && !own && !slices.Equal(before, r.serves) {
		r.note = staff.Say(v.say.Say("adviser.moved", "Services", v.poles(r.serves)), true)
	}
}

// Screen names the screen: the sheet that is open, or what the desk is doing.
func (r *Role) Screen() string { return r.view().screen() }

// Draw paints the screen from a view of the moment.
func (r *Role) Draw(c *screen.Canvas) { r.view().draw(c) }
