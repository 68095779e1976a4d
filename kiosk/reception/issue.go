package reception

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"accueil/internal/queue"
	"accueil/kiosk/printer"
	"accueil/kiosk/staff"
	"accueil/kiosk/uplink"
)

const (
	// strikeGap is how long the keys of the services rest after a ticket. A held
	// key repeats after 0.66 s at most, and must not give a second one.
	strikeGap = 800 * time.Millisecond
	// issueTime is when a ticket that does not come is given up.
	issueTime = 8 * time.Second
)

// take orders a ticket for a service, with what was chosen for the next one.
func (r *Role) take(service string) {
	s, ok := r.opt.Site.Service(service)
	v := r.view()
	rested := time.Since(r.struck) >= strikeGap
	r.struck = time.Now()
	switch {
	case !ok || r.issuing || !rested:
		return
	case v.known && !v.lines[service].Open:
		r.warn("refused.service-closed")
		return
	}
	r.issuing, r.note = true, staff.Note{}
	o := uplink.Order{
		Service: service, Letter: s.Letter, Level: r.next.level, Persons: r.next.persons, Language: r.next.language,
		Press: rand.Text(),
	}
	if o.Language == "" {
		o.Language = r.opt.Site.Languages[0]
	}
	bears := r.next
	r.beside(func(ctx context.Context) func() {
		ctx, cancel := context.WithTimeout(ctx, issueTime)
		defer cancel()
		t, err := r.opt.Line.Issue(ctx, o)
		return func() { r.issued(handed{Ticket: t, order: bears, service: service}, err) }
	})
}

// beside runs work that may wait, and then its outcome on the event loop.
func (r *Role) beside(work func(context.Context) func()) {
	r.work.Go(func() {
		r.opt.Guard(func() {
			outcome := work(r.ctx)
			for r.ctx.Err() == nil && !r.opt.Post(outcome) { // a full event loop empties
				select {
				case <-r.ctx.Done():
				case <-time.After(50 * time.Millisecond):
				}
			}
		})
	})
}

// issued shows the ticket, or why there is none.
func (r *Role) issued(h handed, err error) {
	r.issuing = false
	switch {
	case errors.Is(err, uplink.ErrNotReady):
		r.warn("reception.why.not-ready")
		return
	case errors.Is(err, queue.DayIsClosed):
		r.warn(string(queue.DayIsClosed))
		return
	case err != nil:
		r.warn(string(uplink.NotSaved))
		return
	}
	h.at = r.opt.Line.Now().In(r.zone)
	r.last, r.next = &h, order{}
	r.print(h.slip())
}

// print puts a slip on paper where there is a printer.
func (r *Role) print(s Slip) {
	if r.opt.Printer == nil {
		return
	}
	r.beside(func(ctx context.Context) func() {
		err := r.opt.Printer.Print(ctx, s)
		return func() {
			if err != nil {
				r.warn(whyNot(err))
			}
		}
	})
}

// whyNot is the phrase for a paper that did not come out.
func whyNot(err error) string {
	var trouble printer.Trouble
	if errors.As(err, &trouble) {
		return "reception." + string(trouble)
	}
	return "reception.why.not-printed"
}

// reprint prints a ticket once more: the last one given here whole, any other
// without its code, which only its kiosk knows. A held key gives one paper.
func (r *Role) reprint() {
	rested := time.Since(r.again) >= strikeGap
	r.again = time.Now()
	switch {
	case r.opt.Printer == nil:
		r.warn("reception.why.no-printer")
	case !rested:
	case r.found != nil && (r.last == nil || r.found.ID != r.last.ID):
		r.print(Slip{Ticket: uplink.Ticket{ID: r.found.ID, Label: r.found.Label}, Service: r.found.Service, Language: r.found.Language, At: r.found.Arrived.In(r.zone)})
		r.say("reception.done.printed", "Label", string(r.found.Label))
	case r.last != nil:
		r.print(r.last.slip())
		r.say("reception.done.printed", "Label", string(r.last.Label))
	}
}
