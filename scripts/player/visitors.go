package main

import (
	"context"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/rehearsal"
	"accueil/internal/site"
	"accueil/kiosk/uplink"
)

// kiosk is used by one visitor at a time.
type kiosk struct {
	uplink *uplink.Uplink
	turn   chan struct{} // full while somebody is at it
}

// maxInHouse bounds the visitors at and before the kiosks for one service.
const maxInHouse = 8

// serviceDay lets people come for one service, a rush of them when it opens.
func (d *day) serviceDay(ctx context.Context, s site.Service) {
	var visitors sync.WaitGroup
	defer visitors.Wait()
	inHouse := make(chan struct{}, maxInHouse)
	rushed := false
	for d.tempo.pass(ctx, step) {
		line, known := d.of(s.Key)
		if !known || !line.Open {
			rushed = false
			continue
		}
		n := d.crowd.Arrivals(s.Key, line.Waiting+len(inHouse), line.Desks, step)
		if !rushed && line.Desks > 0 {
			rushed = true
			n = max(0, d.crowd.Rush(line.Desks)-line.Waiting)
		}
		for range n {
			select {
			case inHouse <- struct{}{}:
				v := d.crowd.Visit(s.Key)
				visitors.Go(func() { d.visit(ctx, v, s, inHouse) })
			default: // the crowd before the kiosks is large enough
			}
		}
	}
}

// lookAround lets people touch the kiosks who need no ticket.
func (d *day) lookAround(ctx context.Context) {
	var visitors sync.WaitGroup
	defer visitors.Wait()
	inHouse := make(chan struct{}, maxInHouse)
	for d.tempo.pass(ctx, step) {
		if !d.anyOpen() {
			continue
		}
		for range d.crowd.Others(step) {
			select {
			case inHouse <- struct{}{}:
				v := d.crowd.Visit("")
				visitors.Go(func() { d.visit(ctx, v, site.Service{}, inHouse) })
			default:
			}
		}
	}
}

// visit is one visit of a kiosk; its end makes room in the house.
func (d *day) visit(ctx context.Context, v rehearsal.Visit, s site.Service, inHouse <-chan struct{}) {
	ticket, got := d.touch(ctx, v, s)
	<-inHouse
	if !got {
		return
	}
	d.know(ticket.ID, v.Name)
	d.log.Debug("took a ticket", "label", ticket.Label, "service", s.Key)
	if patience := d.model.Person(s.Key, v.Name).Patience; patience > 0 {
		d.wait(ctx, ticket.ID, patience)
	}
}

// touch goes through the screens of the kiosk.
func (d *day) touch(ctx context.Context, v rehearsal.Visit, s site.Service) (uplink.Ticket, bool) {
	k := d.stand[v.Kiosk%len(d.stand)]
	k.turn <- struct{}{} // whoever is there goes on or is gone with ctx
	defer func() { <-k.turn }()
	u := k.uplink
	u.Began(v.Language)
	for i, question := range v.Path {
		if !d.tempo.pass(ctx, v.Steps[i]) {
			return uplink.Ticket{}, false
		}
		u.Asked(question, v.Language)
	}
	if !d.tempo.pass(ctx, v.Steps[len(v.Path)]) || v.Service == "" {
		return uplink.Ticket{}, false
	}
	t, err := u.Issue(ctx, uplink.Order{Service: s.Key, Letter: s.Letter, Question: v.Path[len(v.Path)-1], Language: v.Language})
	if err != nil {
		if ctx.Err() == nil {
			d.log.Warn("no ticket", "service", s.Key, "err", err)
		}
		return t, false
	}
	return t, true
}

// wait is somebody who leaves after a while if nobody has called them.
func (d *day) wait(ctx context.Context, id queue.TicketID, patience time.Duration) {
	if !d.tempo.pass(ctx, patience) {
		return
	}
	if _, err := d.staff.Ask(ctx, queue.Ask{Do: queue.DoLeave, Ticket: id}); err == nil {
		d.log.Debug("lost patience", "ticket", id)
	}
}
