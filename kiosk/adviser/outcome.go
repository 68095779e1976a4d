package adviser

import (
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/staff"
)

// settled is the desk as the hub's answer left it, shown until the views say so
// too. Without it a second key press could fall between answer and view.
type settled struct {
	desk  wire.Desk
	until time.Time // real time; after that the views are believed
}

// viewLag is how long a view may come after the answer.
const viewLag = 2 * time.Second

// done believes the hub's answer.
func (r *Role) done(a queue.Ask, reply wire.Reply) {
	r.sheet, r.picked, r.typed = noSheet, "", ""
	if a.Do == queue.DoCall || a.Do == queue.DoRecall {
		r.calledAt = time.Now()
	}
	if reply.Desk != nil {
		r.settled = settled{desk: *reply.Desk, until: time.Now().Add(viewLag)}
	}
	r.note = staff.Say(r.outcome(a, reply), false)
	if r.going && (a.Do == queue.DoFinish || a.Do == queue.DoGiveUp) {
		r.closeDesk()
	}
}

// refused says why something was not done.
func (r *Role) refused(_ queue.Ask, why queue.Refusal) {
	r.warn(string(why))
}

// warn says a phrase that keeps somebody from something.
func (r *Role) warn(key string) { r.note = staff.Say(r.opt.Say.Say(key), true) }

// over tells whether the views show what was settled, or had the time to.
func (s settled) over(shown wire.Desk, now time.Time) bool {
	return s.desk.Key == "" || now.After(s.until) || same(s.desk, shown)
}

// same compares what a deed can change about a desk.
func same(a, b wire.Desk) bool {
	return a.State == b.State && sameTicket(a.Ticket, b.Ticket) &&
		len(a.Parked) == len(b.Parked) && slices.Equal(a.Services, b.Services) &&
		slices.Equal(a.Languages, b.Languages) && (a.Contact == nil) == (b.Contact == nil) && sameUndo(a.Undo, b.Undo)
}

func sameUndo(a, b *wire.Undo) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Act == b.Act && a.Label == b.Label && a.Until.Equal(b.Until)
}

func sameTicket(a, b *wire.Ticket) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.ID == b.ID && a.State == b.State && a.Calls == b.Calls
}

// outcome says what an answer did; "" where the screen itself shows it.
func (r *Role) outcome(a queue.Ask, reply wire.Reply) string {
	say := r.opt.Say
	if reply.Ticket == nil {
		return r.outcomeOfDesk(a)
	}
	t := *reply.Ticket
	label := string(t.Label)
	switch a.Do {
	case queue.DoFinish:
		return say.Say("adviser.done.finished", "Label", label, "Duration", say.Minutes(reply.At.Sub(t.Started)))
	case queue.DoNoShow:
		return say.Say("adviser.done.absent", "Label", label)
	case queue.DoPark:
		return say.Say("adviser.done.parked", "Label", label)
	case queue.DoRecall:
		return say.Say("adviser.done.recalled", "Label", label, "Count", t.Calls)
	case queue.DoUndo:
		return r.undone(t)
	case queue.DoReinstate:
		return say.Say("adviser.done.came", "Label", label)
	case queue.DoGiveUp:
		return say.Say("adviser.done.gave-up", "Label", label)
	case queue.DoReceive:
		return say.Say("adviser.done.received", "Label", label)
	case queue.DoTransfer:
		s, _ := r.opt.Site.Service(a.Service)
		return say.Say("adviser.done.transferred", "Label", label, "Service", s.Pole.In(say.Lang()))
	}
	return ""
}

// outcomeOfDesk says what was done that was about no ticket.
func (r *Role) outcomeOfDesk(a queue.Ask) string {
	say := r.opt.Say
	switch a.Do {
	case queue.DoCloseDesk:
		return say.Say("adviser.done.closed")
	case queue.DoContact:
		return say.Say("adviser.done.contact." + a.Mode)
	case queue.DoEndContact:
		return say.Say("adviser.done.contact-ended")
	case queue.DoUndo:
		return say.Say("adviser.done.undone")
	}
	return ""
}

// undone says where somebody is again.
func (r *Role) undone(t wire.Ticket) string {
	say, label := r.opt.Say, string(t.Label)
	switch t.State {
	case "waiting":
		return say.Say("adviser.done.undone.waiting", "Label", label)
	case "void":
		return say.Say("adviser.done.undone.void", "Label", label)
	case "no-show":
		return say.Say("adviser.done.undone.absent", "Label", label)
	case "parked":
		return say.Say("adviser.done.undone.parked", "Label", label)
	}
	return say.Say("adviser.done.undone.here", "Label", label)
}
