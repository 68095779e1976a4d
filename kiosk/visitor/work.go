package visitor

import (
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// Session is a program that runs for the visitor, as a workplace.Session is.
type Session interface {
	// Done is closed when the program has ended and nothing is left of it.
	Done() <-chan struct{}
	// Err is why it ended; nil when its person closed it or End was called.
	Err() error
	// End has it ended; it does not wait.
	End()
}

// Workplace runs programs on this terminal, as a workplace.Workplace does.
type Workplace struct {
	Allows func(command []string) bool
	Start  func(command []string) (Session, error)
	// Untouched is how long nobody has used mouse or keyboard on the display;
	// false while that is not known. Nil never knows.
	Untouched func() (time.Duration, bool)
	// Occupied is told when somebody begins to work here, and when all is erased.
	Occupied func(bool)
}

// work is the program the visitor works with.
type work struct {
	program  site.Program
	session  Session
	until    time.Time // by the machine's clock
	reminded time.Duration
	asked    bool // whether somebody is still there
}

// After how long without mouse and keyboard whoever works is asked whether they
// are there, and after how long the work ends: long enough to read a page.
const (
	askAfter  = 8 * time.Minute
	quitAfter = 10 * time.Minute
)

// reminders are how long before the end the visitor is told, by text and sound.
func reminders() []time.Duration {
	return []time.Duration{time.Minute, 5 * time.Minute}
}

// programs are what can be opened here.
func (r *Role) programs() []site.Program {
	if r.opt.Workplace == nil {
		return nil
	}
	var here []site.Program
	for _, p := range r.opt.Site.ProgramsAt(r.opt.Name) {
		if r.opt.Workplace.Allows(p.Command) {
			here = append(here, p)
		}
	}
	return here
}

// work opens a program; only one at a time.
func (r *Role) work(key string) {
	v := r.visit
	if v.work != nil {
		v.goTo(stop{at: atWork})
		return
	}
	for _, p := range r.programs() {
		if p.Key == key {
			r.open(p)
			return
		}
	}
}

func (r *Role) open(p site.Program) {
	v := r.visit
	session, err := r.opt.Workplace.Start(p.Command)
	if v.workFailed = err != nil; v.workFailed {
		return
	}
	v.work = &work{program: p, session: session, until: r.opt.Clock().Add(time.Duration(p.Minutes) * time.Minute)}
	v.goTo(stop{at: atWork})
	r.opt.Workplace.Occupied(true)
	w := v.work
	r.issuing.Go(func() {
		<-session.Done()
		for !r.opt.Post(func() { r.worked(w) }) {
			select { // a full event loop empties; a stopped one comes with a stopped context
			case <-r.ctx.Done():
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
}

// worked is called when a program has ended and all is erased. Its person may
// be there still.
func (r *Role) worked(w *work) {
	r.opt.Workplace.Occupied(false)
	v := r.visit
	if v.work != w {
		return
	}
	v.work, v.workFailed = nil, w.session.Err() != nil
	v.workEnded = !v.workFailed
	if v.here().at == atWork {
		v.replace(stop{at: atPrograms})
	}
}

// workTime looks every second whether the time of the work is nearly over, or
// over.
func (r *Role) workTime() {
	w := r.visit.work
	if w == nil {
		return
	}
	left := w.until.Sub(r.opt.Clock())
	if left <= 0 || r.deserted(w) {
		r.end()
		return
	}
	for _, before := range reminders() {
		if left <= before && (w.reminded == 0 || before < w.reminded) {
			w.reminded = before
			r.visit.goTo(stop{at: atWork})
			r.tell(r.say().Say("work.soon", "Count", minutesLeft(left)))
			return
		}
	}
}

// deserted tells whether nobody works any more, and asks before.
func (r *Role) deserted(w *work) bool {
	if r.opt.Workplace.Untouched == nil {
		return false
	}
	idle, known := r.opt.Workplace.Untouched()
	switch {
	case known && idle >= quitAfter:
		return true
	case known && idle >= askAfter && !w.asked:
		w.asked = true
		r.visit.goTo(stop{at: atWork})
		r.tell(r.say().Say("visitor.idle-title"))
	case idle < askAfter:
		w.asked = false
	}
	return false
}

// minutesLeft is whole minutes, the one that runs included.
func minutesLeft(left time.Duration) int { return int((left + time.Minute - 1) / time.Minute) }

// tell rings, and says a sentence to whoever looks elsewhere.
func (r *Role) tell(sentence string) {
	r.opt.Beep()
	if r.opt.Voice != nil {
		r.aloud(sentence)
	}
}

// quit ends what the visitor works with, for the visit is over.
func (r *Role) quit() {
	if w := r.visit.work; w != nil {
		w.session.End()
	}
}

// Changed takes note of the view: somebody who holds a ticket before this screen
// is told when it is called. Only what the board shows to all is said.
func (r *Role) Changed() {
	v := r.visit
	view, ok := r.opt.Line.Public()
	if v.held == nil || !ok {
		return
	}
	for _, call := range view.Calls {
		if r.isMine(call) && (v.called == nil || call.At.After(v.called.At)) {
			v.called = &call
			r.tell(r.calledWords())
			return
		}
	}
}

// isMine tells whether a call is for the ticket in the visitor's hand: not one of
// before it was handed over.
func (r *Role) isMine(call wire.Call) bool {
	h := r.visit.held
	same := func(l queue.Label) bool { return l != "" && l == h.Label }
	return (same(call.Label) || same(call.Alias)) && !call.At.Before(h.at.Truncate(time.Minute))
}

// calledWords say which ticket is called, and where to; "" when none is.
func (r *Role) calledWords() string {
	call := r.visit.called
	if call == nil {
		return ""
	}
	label := call.Desk
	if desk, ok := r.opt.Site.Desk(call.Desk); ok {
		label = desk.Label
	}
	return r.say().Say("work.called", "Label", string(r.visit.held.Label), "Desk", label)
}
