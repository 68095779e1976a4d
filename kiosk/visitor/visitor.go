// Package visitor is the kiosk of the people who come: from the question in
// their head to the service that answers it, a ticket, and something to read.
//
// The role keeps where the visitor is (a [visit]); each screen is a view, made
// whole from that and from the waiting room, and drawn by a pure function.
package visitor

import (
	"context"
	"fmt"
	"sync"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// Options of a visitor's kiosk.
type Options struct {
	Site *site.Site
	Book *phrases.Book
	Line Line
	// Post runs a function on the event loop, as screen.Shell.Post does.
	Post func(func()) bool
	// SetTheme changes the colours, as screen.Shell.SetTheme does.
	SetTheme func(screen.Theme)
	// Voice reads the screens aloud; nil when there is none.
	Voice Voice
	// Beep rings once; nil is silent.
	Beep func()
	// Keep has something outlive this process, nil to forget it; Kept is what
	// the process before this one kept.
	Keep func([]byte)
	Kept []byte
	// Workplace runs programs beside this screen; nil where there is none.
	Workplace *Workplace
	// Printer puts tickets on paper when their visitor asks; nil where there is none.
	Printer Printer
	// Name is the terminal's.
	Name string
	// Clock moves the attract screen and is never shown; nil means time.Now.
	Clock func() time.Time
}

// Role is a visitor's kiosk. Its methods belong to the event loop, except Close.
type Role struct {
	ctx  context.Context
	opt  Options
	next *site.Site // to be used from the next visit on; nil for none

	almanac *site.Almanac
	words   understood
	visit   *visit
	dark    bool          // nobody is there and every service is closed
	left    time.Duration // until the reset, while it is warned of; 0 for none
	issuing sync.WaitGroup
}

// New returns a kiosk at its attract screen. What it has under way ends with
// ctx; call Close to wait for that.
func New(ctx context.Context, o Options) (*Role, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Beep == nil {
		o.Beep = func() {}
	}
	if o.Keep == nil {
		o.Keep = func([]byte) {}
	}
	almanac, err := o.Site.Almanac()
	if err != nil {
		return nil, fmt.Errorf("visitor's kiosk: %w", err)
	}
	r := &Role{ctx: ctx, opt: o, almanac: almanac, visit: newVisit(o.Site)}
	r.recall(o.Kept)
	return r, nil
}

// Close waits for a ticket that is being issued. End the context first.
func (r *Role) Close() { r.issuing.Wait() }

// Renew gives the kiosk newer content. A visit under way ends with what it
// began with.
func (r *Role) Renew(s *site.Site) error {
	almanac, err := s.Almanac()
	if err != nil {
		return fmt.Errorf("renew content: %w", err)
	}
	if r.visit.begun {
		r.next = s
		return nil
	}
	r.opt.Site, r.almanac, r.visit = s, almanac, newVisit(s)
	return nil
}

// Screen implements screen.Role.
func (r *Role) Screen() string { return r.visit.here().name() }

// Draw implements screen.Role.
func (r *Role) Draw(c *screen.Canvas) {
	c.Mirrored(screen.RightToLeft(r.visit.lang))
	c.LargePrint(r.visit.large)
	v := r.view()
	v.draw(c)
	v.drawBar(c)
	if r.left > 0 {
		drawWarning(c, r.say(), r.left)
	}
}

// Key implements screen.Role: every key it knows is a target's, but where
// visitors type.
func (r *Role) Key(k screen.Key) bool { return r.typeKey(k) }

// say speaks the visitor's language.
func (r *Role) say() phrases.Speaker { return r.opt.Book.In(r.visit.lang) }

// now is the site's time in the site's zone.
func (r *Role) now() time.Time { return r.opt.Line.Now().In(r.almanac.Zone()) }
