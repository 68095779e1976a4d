// Package reception is the terminal of the entrance desk: one key a service gives
// a ticket, and any ticket of the day can be found and put right.
package reception

import (
	"context"
	"sync"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
	"accueil/kiosk/uplink"
)

// Line is the terminal's end of the line to the hub. All but Ask and Issue are
// called while a frame is drawn and must not wait.
type Line interface {
	staff.Line
	// Issue makes a ticket that may be handed over when it returns.
	Issue(context.Context, uplink.Order) (uplink.Ticket, error)
	Welcomed(mode string, persons int)
	Public() (wire.Public, bool)
	Age() time.Duration // since it was last heard, in real time
	Now() time.Time     // the site's time
}

// Slip is what goes on paper.
type Slip struct {
	uplink.Ticket           // Code is "" where this terminal did not issue it: codes do not travel back
	Service       string    // key
	Language      string    // BCP 47
	At            time.Time // of issue, or for a ticket of another terminal of arrival
}

// Printer puts a ticket on paper. It is called beside the event loop and may
// take its time. An error may wrap a key of a phrase "reception." + it, which says
// what to do; see accueil/kiosk/printer.Trouble.
type Printer interface {
	Print(context.Context, Slip) error
}

// Options are what a reception's terminal stands on.
type Options struct {
	Site    *site.Site
	Say     phrases.Speaker
	Line    Line
	Printer Printer       // nil: there is none, and the label is read to the person
	Paper   func() string // how it is, as wire.State says; nil without a printer

	// Post and Guard are the shell's: one runs a function on the event loop, the
	// other catches the panic of a goroutine. Guard may be nil in tests.
	Post  func(func()) bool
	Guard func(func())
}

// Role is a reception's terminal. Its methods are called from the shell's event
// loop only; Close is called after the loop has ended.
type Role struct {
	opt  Options
	zone *time.Location

	next   order // what the next ticket bears besides its service
	last   *handed
	found  *wire.Ticket // the ticket that the sheet is about
	sheet  sheet
	picked string // the service, reason or mode chosen on the way
	typed  string // a number, or what stands on a ticket
	scroll *screen.Scroll

	counted []welcome // here and not taken back
	asks    *staff.Asks
	note    staff.Note
	struck  time.Time // when a ticket was last ordered
	issuing bool
	again   time.Time // when a paper was last asked for once more

	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup
}

// order is what a ticket bears besides its service.
type order struct {
	level, persons int
	language       string // "" is the site's first
}

// handed is the last ticket given here.
type handed struct {
	uplink.Ticket
	order
	service string
	at      time.Time
}

// slip is its paper.
func (h handed) slip() Slip {
	return Slip{Ticket: h.Ticket, Service: h.service, Language: h.language, At: h.at}
}

// New returns the role.
func New(o Options) *Role {
	if o.Guard == nil {
		o.Guard = func(f func()) { f() }
	}
	r := &Role{opt: o, zone: zoneOf(o.Site), scroll: &screen.Scroll{}}
	r.ctx, r.stop = context.WithCancel(context.Background())
	r.asks = staff.New(staff.Options{Line: o.Line, Post: o.Post, Guard: o.Guard, Done: r.done, Refused: r.refused})
	return r
}

// Close gives up what is under way and waits for it.
func (r *Role) Close() {
	r.stop()
	r.asks.Close()
	r.work.Wait()
}

// Late brings the answer of a request whose outcome was unknown.
func (r *Role) Late(a queue.Ask, reply wire.Reply) { r.asks.Late(a, reply) }

// SetSite replaces the content, from the event loop.
func (r *Role) SetSite(s *site.Site) { r.opt.Site, r.zone = s, zoneOf(s) }

// zoneOf is the site's time zone. A site that was loaded has one.
func zoneOf(s *site.Site) *time.Location {
	zone, err := s.Location()
	if err != nil {
		return time.UTC
	}
	return zone
}

// Screen names the screen.
func (r *Role) Screen() string { return r.view().screen() }

// Draw paints the screen from a view of the moment.
func (r *Role) Draw(c *screen.Canvas) { r.view().draw(c) }
