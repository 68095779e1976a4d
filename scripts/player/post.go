package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// post is an adviser at a desk.
type post struct {
	*day
	desk   site.Desk
	uplink *uplink.Uplink
	open   bool
	aside  map[queue.TicketID]time.Time // put aside, until when
}

// errTaken says that somebody else works at the desk.
var errTaken = errors.New("somebody else is at the desk")

// deskDay is an adviser's day; it ends early when a person takes the desk over.
func (d *day) deskDay(ctx context.Context, p *post) (err error) {
	if p.uplink, err = d.terminal(wire.RoleAdviser, p.desk.Key); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if err := p.next(ctx); errors.Is(err, errTaken) {
			d.log.Info("left to somebody else", "desk", p.desk.Key)
			return nil
		} else if err != nil && ctx.Err() == nil {
			d.log.Debug("not done", "desk", p.desk.Key, "why", err)
			pause(ctx, 2*time.Second)
		}
	}
	return nil
}

// next does what is next: open or close the desk, go on with somebody who is at
// it or back, call, receive somebody without a ticket, pause, or wait.
func (p *post) next(ctx context.Context) error {
	service, known := p.of(p.desk.Services[0])
	if !known { // no hub, or the day is over and with it this desk
		p.open = false
		p.tempo.pass(ctx, time.Minute)
		return nil
	}
	if !service.Open && service.Waiting == 0 && len(p.aside) == 0 {
		return p.away(ctx)
	}
	if !p.open {
		return p.begin(ctx)
	}
	if id := p.back(); id != "" {
		return p.resume(ctx, id)
	}
	if !p.tempo.pass(ctx, p.crowd.Think()) {
		return ctx.Err()
	}
	switch {
	case p.crowd.Chance(2):
		return p.pause(ctx)
	case service.Waiting == 0 && p.crowd.Chance(5):
		return p.receive(ctx)
	case service.Waiting == 0:
		return nil
	}
	return p.call(ctx)
}

// do asks the floor something about this desk.
func (p *post) do(ctx context.Context, a queue.Ask) (wire.Ticket, error) {
	a.Desk = p.desk.Key
	reply, err := p.uplink.Ask(ctx, a)
	if errors.Is(err, uplink.ErrUnknownOutcome) {
		p.open = false // begin finds out what became of it
	}
	if err != nil || reply.Ticket == nil {
		return wire.Ticket{}, err
	}
	p.log.Debug(string(a.Do), "desk", a.Desk, "label", reply.Ticket.Label)
	return *reply.Ticket, nil
}

// begin opens the desk. Who is still at it from an earlier run is received.
func (p *post) begin(ctx context.Context) error {
	if _, err := p.do(ctx, queue.Ask{Do: queue.DoOpenDesk, Services: p.desk.Services}); err != nil {
		return err
	}
	p.open = true
	view, _ := p.uplink.Service(p.desk.Services[0])
	i := slices.IndexFunc(view.Desks, func(d wire.Desk) bool { return d.Key == p.desk.Key })
	if i < 0 || view.Desks[i].Ticket == nil {
		return nil
	}
	t := *view.Desks[i].Ticket
	if t.Started.IsZero() {
		return p.meet(ctx, t)
	}
	return p.talk(ctx, t, p.who(t).Interview)
}

// away closes the desk when it is open, and waits a while.
func (p *post) away(ctx context.Context) error {
	if p.open {
		_, err := p.do(ctx, queue.Ask{Do: queue.DoCloseDesk})
		p.open = false
		if err != nil && !errors.Is(err, queue.NothingToDo) && !errors.Is(err, queue.DayIsClosed) {
			return err
		}
	}
	p.tempo.pass(ctx, time.Minute)
	return nil
}

func (p *post) pause(ctx context.Context) error {
	if _, err := p.do(ctx, queue.Ask{Do: queue.DoPauseDesk}); err != nil {
		return p.taken(err)
	}
	p.open = false
	p.tempo.pass(ctx, 6*time.Minute)
	return nil // opened again by begin
}

func (p *post) call(ctx context.Context) error {
	t, err := p.do(ctx, queue.Ask{Do: queue.DoCall})
	if errors.Is(err, queue.NobodyWaits) {
		return nil
	}
	if err != nil {
		return p.taken(err)
	}
	return p.meet(ctx, t)
}

// taken tells a refusal that only somebody else at this desk can have caused.
func (p *post) taken(err error) error {
	for _, r := range []queue.Refusal{queue.DeskBusy, queue.NotHere, queue.NotCalled} {
		if errors.Is(err, r) {
			return errTaken
		}
	}
	if errors.Is(err, queue.DeskClosedNow) || errors.Is(err, queue.DeskPausedNow) {
		return errTaken
	}
	return err
}

// meet waits for who was called.
func (p *post) meet(ctx context.Context, t wire.Ticket) error {
	person := p.who(t)
	if !person.NoShow {
		if !p.tempo.pass(ctx, person.Way) {
			return ctx.Err()
		}
		if _, err := p.do(ctx, queue.Ask{Do: queue.DoStart, Ticket: t.ID}); err != nil {
			return p.taken(err)
		}
		return p.serve(ctx, t)
	}
	if !p.tempo.pass(ctx, 2*time.Minute) {
		return ctx.Err()
	}
	p.do(ctx, queue.Ask{Do: queue.DoRecall, Ticket: t.ID}) // refused or not, the desk goes on
	if !p.tempo.pass(ctx, 2*time.Minute) {
		return ctx.Err()
	}
	_, err := p.do(ctx, queue.Ask{Do: queue.DoNoShow, Ticket: t.ID})
	return p.taken(err)
}

// serve is the interview from its start; in the middle of some, a document is fetched.
func (p *post) serve(ctx context.Context, t wire.Ticket) error {
	person := p.who(t)
	if person.Park == 0 {
		return p.talk(ctx, t, person.Interview)
	}
	if !p.tempo.pass(ctx, person.Interview/2) {
		return ctx.Err()
	}
	if _, err := p.do(ctx, queue.Ask{Do: queue.DoPark, Ticket: t.ID}); err != nil {
		return p.taken(err)
	}
	p.aside[t.ID] = p.tempo.now().Add(person.Park)
	return nil
}

// back is a ticket that was put aside and whose person is back, or "".
func (p *post) back() queue.TicketID {
	for id, until := range p.aside {
		if !p.tempo.now().Before(until) {
			return id
		}
	}
	return ""
}

func (p *post) resume(ctx context.Context, id queue.TicketID) error {
	delete(p.aside, id)
	t, err := p.do(ctx, queue.Ask{Do: queue.DoResume, Ticket: id})
	if err != nil {
		return p.taken(err)
	}
	return p.talk(ctx, t, p.who(t).Interview/2)
}

// talk lasts so long, then the ticket is finished or sent on.
func (p *post) talk(ctx context.Context, t wire.Ticket, long time.Duration) error {
	if !p.tempo.pass(ctx, long) {
		return ctx.Err()
	}
	person := p.who(t)
	if to, known := p.of(person.Transfer); known && to.Open && to.Desks > 0 {
		_, err := p.do(ctx, queue.Ask{Do: queue.DoTransfer, Service: person.Transfer, Ticket: t.ID})
		return p.taken(err)
	}
	_, err := p.do(ctx, queue.Ask{Do: queue.DoFinish, Ticket: t.ID, Topic: person.Topic})
	return p.taken(err)
}

// receive is somebody who comes straight to the desk.
func (p *post) receive(ctx context.Context) error {
	v := p.crowd.Visit(p.desk.Services[0])
	ask := queue.Ask{Do: queue.DoReceive, Service: v.Service, Language: v.Language}
	if len(v.Path) > 0 {
		ask.Question = v.Path[len(v.Path)-1]
	}
	t, err := p.do(ctx, ask)
	if err != nil {
		return p.taken(err)
	}
	p.know(t.ID, v.Name)
	return p.talk(ctx, t, p.who(t).Interview)
}
