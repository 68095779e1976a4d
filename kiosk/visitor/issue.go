package visitor

import (
	"context"
	"errors"
	"time"

	"accueil/internal/queue"
	"accueil/kiosk/uplink"
)

// issueTime is when a ticket that does not come is given up.
const issueTime = 8 * time.Second

// trouble is why no ticket could be given.
type trouble string

const (
	troubleNotReady   trouble = "not-ready"
	troubleTurnedAway trouble = "turned-away"
	troubleNotSaved   trouble = "not-saved"
	troubleClosed     trouble = "closed"
)

// take orders a ticket for the service shown. A second press while the first
// is under way, or with a ticket in hand, does nothing.
func (r *Role) take() {
	v, here := r.visit, r.visit.here()
	service, ok := r.opt.Site.Service(here.service)
	if !ok || v.busy || v.held != nil {
		return
	}
	if !r.standing(service).open {
		r.fail(here.question, here.service, queue.DayIsClosed)
		return
	}
	v.busy = true
	order := uplink.Order{Service: service.Key, Letter: service.Letter, Question: here.question,
		Language: v.lang, Press: v.pressFor(service.Key)}
	r.issuing.Go(func() { r.issue(order) })
}

// issue runs beside the event loop and brings it the outcome.
func (r *Role) issue(o uplink.Order) {
	ctx, cancel := context.WithTimeout(r.ctx, issueTime)
	defer cancel()
	t, err := r.opt.Line.Issue(ctx, o)
	for !r.opt.Post(func() { r.issued(o, t, err) }) {
		select { // a full event loop empties; a stopped one comes with a stopped context
		case <-r.ctx.Done():
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// issued shows the ticket, or why there is none.
func (r *Role) issued(o uplink.Order, t uplink.Ticket, err error) {
	v := r.visit
	v.busy = false
	if v.here().at == atTrouble { // it was a second try
		v.way = v.way[:len(v.way)-1]
	}
	if err != nil {
		r.fail(o.Question, o.Service, err)
		return
	}
	v.held = &held{Ticket: t, service: o.Service, question: o.Question, at: r.now()}
	v.goTo(v.held.stop())
	r.remember()
}

// fail says that there is no ticket and what to do instead.
func (r *Role) fail(question, service string, err error) {
	s := stop{at: atTrouble, question: question, service: service, trouble: troubleNotSaved}
	switch {
	case errors.Is(err, uplink.ErrTurnedAway):
		s.trouble = troubleTurnedAway
	case errors.Is(err, uplink.ErrNotReady):
		s.trouble = troubleNotReady
	case errors.Is(err, queue.DayIsClosed):
		s.trouble = troubleClosed
	}
	r.visit.goTo(s)
}
