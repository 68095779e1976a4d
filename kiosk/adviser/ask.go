package adviser

import (
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// doubt is an ask whose outcome nobody knows. While there is one, nothing else
// is asked: doing it again could do it twice.
type doubt struct {
	ask   queue.Ask
	since time.Time // real time
}

// doubtLasts is how long the late answer is waited for once the hub is back; a
// hub that answers at all has answered by then.
const doubtLasts = 20 * time.Second

// settled is the desk as the hub's answer left it, shown until the views say so
// too. Without it a second key press could fall between answer and view.
type settled struct {
	desk  wire.Desk
	until time.Time // real time; after that the views are believed
}

// viewLag is how long a view may come after the answer.
const viewLag = 2 * time.Second

// send asks the hub, unless something is under way: a key pressed twice asks once.
func (r *Role) send(a queue.Ask) {
	if r.asking != nil {
		return
	}
	a.ID, a.Desk = rand.Text(), r.desk
	r.asking, r.late, r.note = &a, nil, note{}
	r.work.Go(func() { r.opt.Guard(func() { r.carry(a) }) })
}

// carry asks and brings the answer back to the event loop. It runs in its own
// goroutine; a loop too busy to take the answer is tried again.
func (r *Role) carry(a queue.Ask) {
	reply, err := r.opt.Line.Ask(r.ctx, a)
	for r.ctx.Err() == nil && !r.opt.Post(func() { r.answered(a, reply, err) }) {
		select {
		case <-r.ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (r *Role) answered(a queue.Ask, reply wire.Reply, err error) {
	late := r.late
	r.asking, r.late = nil, nil
	var refused queue.Refusal
	switch {
	case err == nil:
		r.take(a, reply)
	case errors.As(err, &refused):
		r.say(warning, r.opt.Say.Say(string(refused)))
	case late != nil:
		r.take(a, *late)
	default:
		r.sheet = noSheet
		r.doubt = doubt{ask: a, since: time.Now()}
	}
}

// Late brings the answer of an ask whose outcome was unknown.
func (r *Role) Late(a queue.Ask, reply wire.Reply) {
	if r.asking != nil && r.asking.ID == a.ID {
		r.late = &reply
		return
	}
	if r.doubt.ask.ID != a.ID || a.ID == "" {
		return
	}
	r.doubt = doubt{}
	r.take(a, reply)
}

// take believes the hub's answer.
func (r *Role) take(a queue.Ask, reply wire.Reply) {
	if reply.Refused != "" {
		r.say(warning, r.opt.Say.Say(string(reply.Refused)))
		return
	}
	r.sheet, r.picked = noSheet, ""
	if a.Do == queue.DoCall || a.Do == queue.DoRecall {
		r.calledAt = time.Now()
	}
	before := r.view().state
	r.settled = settled{desk: after(before, a, reply), until: time.Now().Add(viewLag)}
	r.say(done, r.outcome(a, reply))
}

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

// unsure tells whether the outcome of something is unknown and still worth
// waiting for.
func (r *Role) unsure() bool {
	d := r.doubt
	return d.ask.ID != "" && !(r.opt.Line.Hub() && time.Since(d.since) > doubtLasts)
}
