// Package lock is what a terminal of the staff shows until somebody has typed the
// PIN of its role.
//
// The hub looks at the PIN, not the terminal: a terminal knows nothing that could
// be read out of it. Without the hub a locked screen stays locked, since nothing
// could be done behind it either.
package lock

import (
	"strings"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/secret"
	"accueil/kiosk/screen"
)

// forgetAfter so long without a key what was typed is forgotten.
const forgetAfter = 30 * time.Second

// Options of a lock.
type Options struct {
	Say  phrases.Speaker
	Role string           // whose, as topics call it
	Hub  func() bool      // whether the hub answers
	Try  func(pin string) // show a PIN; what became of it goes to Told
	Now  func() time.Time // time.Now when nil
}

// Outcome is what became of a PIN.
type Outcome int

// The outcomes.
const (
	None    Outcome = iota // nothing was tried yet
	Wrong                  // it is another
	TooMany                // none is looked at for some time
	Away                   // the hub did not answer
)

// Role is the lock. Its methods belong to the event loop.
type Role struct {
	opt   Options
	typed string
	tried bool // and not told yet what became of it
	last  Outcome
	until time.Time // of TooMany
}

var _ screen.Idler = (*Role)(nil)

// New returns a lock that is shut.
func New(o Options) *Role {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Role{opt: o}
}

const doOpen = "open"

// Screen implements screen.Role.
func (r *Role) Screen() string { return "locked" }

// Told tells what became of the PIN, and how long to wait before the next.
func (r *Role) Told(o Outcome, wait time.Duration) {
	r.tried, r.last, r.until = false, o, r.opt.Now().Add(wait)
}

// Act implements screen.Role.
func (r *Role) Act(id string) {
	if id == doOpen {
		r.try()
	} else if text, ok := screen.Typed(id); ok {
		r.typing(text)
	}
}

func (r *Role) try() {
	if r.tried || r.typed == "" || r.wait() > 0 {
		r.typed = ""
		return
	}
	pin := r.typed
	r.typed, r.tried, r.last = "", true, None
	r.opt.Try(pin)
}

// wait is how long no PIN is looked at.
func (r *Role) wait() time.Duration {
	if r.last != TooMany {
		return 0
	}
	return max(0, r.until.Sub(r.opt.Now()))
}

func (r *Role) typing(text string) {
	switch {
	case text == screen.Rub:
		r.typed = r.typed[:max(0, len(r.typed)-1)]
	case len(r.typed) < secret.MaxPIN && text >= "0" && text <= "9" && len(text) == 1:
		r.typed += text
	}
}

// Key implements screen.Role.
func (r *Role) Key(k screen.Key) bool {
	switch k.Code {
	case screen.KeyEnter:
		r.try()
	case screen.KeyBackspace:
		r.typing(screen.Rub)
	case screen.KeyEscape:
		r.typed = ""
	default:
		return false
	}
	return true
}

// Idle implements screen.Idler.
func (r *Role) Idle() (warn, reset time.Duration) { return 0, forgetAfter }

// IdleWarn implements screen.Idler.
func (r *Role) IdleWarn(time.Duration) {}

// IdleReset implements screen.Idler.
func (r *Role) IdleReset() { r.typed = "" }

// Draw implements screen.Role.
func (r *Role) Draw(c *screen.Canvas) {
	say := r.opt.Say
	c.TopLine(say.Say("login.title"), "")
	body := c.Body()
	body.H++ // there is no bottom bar
	foot, above := body.Foot(3)
	_, above = above.Foot(1)
	pad, words := above, above
	pad.W = 30
	pad.X, pad.H = above.Right()-pad.W, min(above.H, 12)
	words.W = above.W - pad.W - 3
	_, words = words.Top(c.Wrap(words, c.Theme().Strong(), say.Say("login.role."+r.opt.Role)) + 1)
	_, words = words.Top(c.Wrap(words, c.Theme().Text(), say.Say("door.ask")) + 1)
	c.Text(words.X, words.Y, words.W, c.Theme().Strong(), strings.Repeat("● ", len(r.typed))+"▁")
	_, words = words.Top(2)
	if text := r.words(); text != "" {
		c.Wrap(words, c.Theme().Strong(), text)
	}
	c.Keyboard(pad, screen.Keys{Rows: []string{"123", "456", "789", "0⌫"}})
	c.Button(screen.Button{Target: screen.Target{ID: doOpen, Rect: foot, Disabled: r.typed == ""}, Label: say.Say("login.open"), Main: true})
}

// words says how it stands.
func (r *Role) words() string {
	say := r.opt.Say
	wait := r.wait()
	switch {
	case !r.opt.Hub() || r.last == Away:
		return say.Say("login.away")
	case wait > 0:
		return say.Say("door.wait", "Duration", say.Minutes((wait + time.Minute - 1).Truncate(time.Minute)))
	case r.last == Wrong:
		return say.Say("login.wrong")
	case r.tried:
		return say.Say("login.looking")
	}
	return ""
}
