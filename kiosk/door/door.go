// Package door is the way of the staff through a terminal that belongs to
// visitors: a PIN, then one screen with how the terminal is and what to do with it.
package door

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/secret"
	"accueil/kiosk/screen"
)

// relock is after how long without a touch or key the door shuts by itself.
const relock = 60 * time.Second

// Fact is one line of how the terminal is.
type Fact struct {
	Label, Text string
	Bad         bool
}

// Options of a door.
type Options struct {
	Say  phrases.Speaker
	Hash string // of the PIN, as package secret makes it
	// Lock slows down guessing; it outlives the door.
	Lock  *secret.Lock
	Facts func() []Fact // asked at each frame once the door is open
	Again func()        // start the program again
	Leave func()        // end it for good
	Sound func()        // say something
	Shut  func()        // go back to the visitors' screens
	Now   func() time.Time
}

// Role is the door. Its methods belong to the event loop.
type Role struct {
	opt   Options
	typed string
	wrong bool
	open  bool
}

var _ screen.Idler = (*Role)(nil)

// New returns a door that is shut.
func New(o Options) *Role {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Role{opt: o}
}

// Names of the door's targets.
const (
	doOpen  = "open"
	doAgain = "again"
	doLeave = "leave"
	doSound = "sound-test"
)

// Screen implements screen.Role.
func (r *Role) Screen() string {
	if r.open {
		return "door/open"
	}
	return "door"
}

// Act implements screen.Role.
func (r *Role) Act(id string) {
	switch id {
	case screen.IDBack:
		r.opt.Shut()
	case doOpen:
		r.try()
	case doAgain:
		r.within(r.opt.Again)
	case doLeave:
		r.within(r.opt.Leave)
	case doSound:
		r.within(r.opt.Sound)
	default:
		if text, ok := screen.Typed(id); ok {
			r.typing(text)
		}
	}
}

// within does what only those may who have opened the door.
func (r *Role) within(do func()) {
	if r.open {
		do()
	}
}

func (r *Role) typing(text string) {
	r.wrong = false
	switch {
	case text == screen.Rub:
		r.typed = r.typed[:max(0, len(r.typed)-1)]
	case len(r.typed) < secret.MaxPIN && text >= "0" && text <= "9" && len(text) == 1:
		r.typed += text
	}
}

// try compares the PIN, unless too many were wrong.
func (r *Role) try() {
	if r.opt.Lock.Wait(r.opt.Now()) > 0 {
		r.typed = ""
		return
	}
	r.open = secret.Matches(r.opt.Hash, r.typed)
	r.typed, r.wrong = "", !r.open
	if r.open {
		r.opt.Lock.Right()
	} else {
		r.opt.Lock.Wrong(r.opt.Now())
	}
}

// Key implements screen.Role.
func (r *Role) Key(k screen.Key) bool {
	switch {
	case r.open:
		return false
	case k.Code == screen.KeyEnter:
		r.try()
	case k.Code == screen.KeyBackspace:
		r.typing(screen.Rub)
	default:
		return false
	}
	return true
}

// Idle implements screen.Idler.
func (r *Role) Idle() (warn, reset time.Duration) { return 0, relock }

// IdleWarn implements screen.Idler.
func (r *Role) IdleWarn(time.Duration) {}

// IdleReset implements screen.Idler: the door shuts.
func (r *Role) IdleReset() { r.opt.Shut() }
