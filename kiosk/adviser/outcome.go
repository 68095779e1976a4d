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
	r.sheet, r.picked = noSheet, ""
	if a.Do == queue.DoCall || a.Do == queue.DoRecall {
		r.calledAt = time.Now()
	}
	r.settled = settled{desk: after(r.view().state, a, reply), until: time.Now().Add(viewLag)}
	r.note = staff.Say(r.outcome(a, reply), false)
}

// refused says why something was not done.
func (r *Role) refused(_ queue.Ask, why queue.Refusal) {
	r.warn(string(why))
}

// warn says a phrase that keeps somebody from something.
func (r *Role) warn(key string) { r.note = staff.Say(r.opt.Say.Say(key), true) }

// after is the desk as an answer leaves it. A view may already show that: doing
// it twice changes nothing.
func after(d wire.Desk, a queue.Ask, reply wire.Reply) wire.Desk {
	d.Key = a.Desk
	t := reply.Ticket
	switch a.Do {
	case queue.DoOpenDesk:
		d.State, d.Services, d.Since = "open", a.Services, reply.At
	case queue.DoPauseDesk:
		d.State, d.Since = "paused", reply.At
	case queue.DoCloseDesk:
		d.State, d.Since = "closed", reply.At
	case queue.DoCall, queue.DoReceive, queue.DoRecall, queue.DoStart:
		d.Ticket = t
	case queue.DoResume:
		d.Ticket, d.Parked = t, without(d.Parked, a.Ticket)
	case queue.DoPark:
		d.Ticket = nil
		if t != nil {
			d.Parked = append(without(d.Parked, t.ID), *t)
		}
	case queue.DoFinish, queue.DoNoShow, queue.DoTransfer:
		d.Ticket = nil
	}
	return d
}

func without(tickets []wire.Ticket, id queue.TicketID) []wire.Ticket {
	return slices.DeleteFunc(slices.Clone(tickets), func(t wire.Ticket) bool { return t.ID == id })
}

// over tells whether the views show what was settled, or had the time to.
func (s settled) over(shown wire.Desk, now time.Time) bool {
	return s.desk.Key == "" || now.After(s.until) || same(s.desk, shown)
}

// same compares what a deed can change about a desk.
func same(a, b wire.Desk) bool {
	return a.State == b.State && sameTicket(a.Ticket, b.Ticket) &&
		len(a.Parked) == len(b.Parked) && slices.Equal(a.Services, b.Services)
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
		if a.Do == queue.DoCloseDesk {
			return say.Say("adviser.done.closed")
		}
		return ""
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
	case queue.DoReceive:
		return say.Say("adviser.done.received", "Label", label)
	case queue.DoTransfer:
		s, _ := r.opt.Site.Service(a.Service)
		return say.Say("adviser.done.transferred", "Label", label, "Service", s.Pole.In(say.Lang()))
	}
	return ""
}
