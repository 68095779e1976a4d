package visitor

import (
	"time"

	"accueil/internal/phrases"
	"accueil/kiosk/screen"
)

// After how long without a touch or key a visit ends by itself, and how long
// before the visitor is warned. A ticket on the screen is somebody's: it goes
// sooner.
const (
	idleTime   = 70 * time.Second
	ticketTime = 45 * time.Second
	warnTime   = 20 * time.Second
)

var _ screen.Idler = (*Role)(nil)

// Idle implements screen.Idler.
func (r *Role) Idle() (warn, reset time.Duration) {
	r.workTime()
	r.rest()
	switch {
	case r.visit.work != nil: // the person looks at the program
		return 0, idleTime
	case !r.visit.begun, r.visit.busy:
		return 0, 0
	case r.visit.here().at == atTicket:
		return ticketTime - warnTime, ticketTime
	}
	return idleTime - warnTime, idleTime
}

// lastCall is when the warning rings a second time.
const lastCall = 10 * time.Second

// IdleWarn implements screen.Idler. The warning rings when it comes, and again
// when half its time is over.
func (r *Role) IdleWarn(left time.Duration) {
	if left > 0 && (r.left == 0 || r.left > lastCall && left <= lastCall) {
		r.opt.Beep()
	}
	r.left = left
}

// IdleReset implements screen.Idler.
func (r *Role) IdleReset() { r.leave() }

// drawWarning asks over the screen whether someone is still there.
func drawWarning(c *screen.Canvas, say phrases.Speaker, left time.Duration) {
	c.Dialog(screen.Dialog{
		Title: say.Say("visitor.idle-title"),
		Text:  say.Say("visitor.idle-text", "Count", int(left/time.Second)),
		Buttons: []screen.Button{
			{Target: screen.Target{ID: doStay, Keys: []rune{'1'}}, Label: "1  " + say.Say("visitor.idle-stay"), Main: true},
			{Target: screen.Target{ID: screen.IDBack, Keys: []rune{'2'}}, Label: "2  " + say.Say("visitor.idle-done")},
		},
	})
}
