// Package coordinator is the terminal of whoever runs the floor: every queue,
// desk, terminal and counter at a glance, and the keys that open and close.
package coordinator

import (
	"context"
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
	Coordinator() (wire.Coordinator, bool)
	Public() (wire.Public, bool)

	// Announce asks as Ask does, with the announcement that is put up or taken down.
	Announce(context.Context, queue.Ask, wire.Notice) (wire.Reply, error)
	// Overdue asks as Ask does, for a part of the list of those who wait too long.
	Overdue(context.Context, queue.Ask, int) (wire.Reply, error)
	Age() time.Duration // since the hub was last heard, in real time
	Now() time.Time     // the site's time
}

// Options are what a coordinator's terminal stands on.
type Options struct {
	Site *site.Site
	Say  phrases.Speaker
	Line Line

	// Post and Guard are the shell's, as for staff.Options.
	Post  func(func()) bool
	Guard func(func())

	// Beep rings once, when a warning begins; nil is silent.
	Beep func()
}

// Role is the coordinator's terminal. Its methods are called from the shell's
// event loop only; Close is called after the loop has ended.
type Role struct {
	opt  Options
	zone *time.Location
	asks *staff.Asks
	note staff.Note

	page    page
	dialog  dialog
	service string         // the service chosen
	ticket  queue.TicketID // chosen among those who wait too long
	list    list           // all of them, when asked for
	last    lastAct
	wanted  string       // typed, to find a ticket
	found   *wire.Ticket // that was looked for
	draft   draft        // the announcement being made
	move    move         // the desk being moved
	alarms  alarms
	scrolls *scrolls

	pretend func(*view) // what an example shows, nil at work
}

// scrolls are how far each list is scrolled.
type scrolls struct{ queues, overdue, desks, devices, sheet screen.Scroll }

// page is one of the pages of a screen too small for all; its value names it.
type page string

const (
	queues   page = "queues"
	overdue  page = "overdue" // who waits longer than the ticket announced
	desks    page = "desks"
	devices  page = "devices"
	today    page = "today" // what became of the tickets, and the curve
	footfall page = "footfall"
)

// pages are those with a key; a screen that shows everything at once needs fewer.
// Where the day has no room for the footfall, its key turns on to that.
func pages(rich bool) []page {
	if rich {
		return []page{queues, overdue, devices}
	}
	return []page{queues, overdue, desks, devices, today}
}

// dialog is what is asked over the page; its value names the screen.
type dialog string

const (
	noDialog      dialog = ""
	openService   dialog = "open-service"
	closeService  dialog = "close-service"
	byCalendar    dialog = "by-calendar"
	closeDay      dialog = "close-day"
	openDay       dialog = "open-day"
	announce      dialog = "announce"       // which announcement
	typing        dialog = "announce-typed" // typing one
	until         dialog = "announce-until" // until when
	silence       dialog = "silence"        // which one to take down
	moveDesk      dialog = "move-desk"      // which desk
	moveTo        dialog = "move-to"        // to which services
	overdueTicket dialog = "overdue-ticket" // what to do about somebody who waits too long
	find          dialog = "find"           // a ticket
	help          dialog = "help"
)

// New returns the role with the first service chosen.
func New(o Options) *Role {
	r := &Role{opt: o, page: queues, scrolls: &scrolls{}}
	r.asks = staff.New(staff.Options{Line: o.Line, Post: o.Post, Guard: o.Guard, Done: r.done, Refused: r.refused})
	r.SetSite(o.Site)
	return r
}

// Close gives up what is under way and waits for it.
func (r *Role) Close() { r.asks.Close() }

// Late brings the answer of a request whose outcome was unknown.
func (r *Role) Late(a queue.Ask, reply wire.Reply) { r.asks.Late(a, reply) }

// SetSite replaces the content, from the event loop.
func (r *Role) SetSite(s *site.Site) {
	zone, err := s.Location()
	if err != nil { // a site that was loaded has a zone
		zone = time.UTC
	}
	r.opt.Site, r.zone = s, zone
	if _, ok := s.Service(r.service); !ok && len(s.Services) > 0 {
		r.service = s.Services[0].Key
	}
}

// Screen names the page or the dialog over it.
func (r *Role) Screen() string {
	if r.dialog != noDialog {
		return string(r.dialog)
	}
	return string(r.page)
}

// Draw paints the screen from a view of the moment.
func (r *Role) Draw(c *screen.Canvas) { r.view().draw(c) }
