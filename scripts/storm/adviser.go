package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// advising is an adviser's program without a screen: it prints what its person
// pressed and was told.
//
//	asked ID DEED DESK UNIXMILLI      the site's time as the program knows it
//	done ID TICKET MILLISECONDS       _ for no ticket
//	refused ID WHY MILLISECONDS
//	unknown ID MILLISECONDS           a later line may tell
func advising() int {
	c, err := newChild(wire.RoleAdviser)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	a := &adviser{child: c, late: map[string]chan wire.Reply{}}
	for _, d := range c.site.Desks {
		if d.Key == os.Getenv(nameEnv) {
			a.desk, a.services = d.Key, d.Services
		}
	}
	c.line.OnLate(a.told)
	return c.play(func(ctx context.Context) {
		for ctx.Err() == nil && !c.isStopped() {
			a.work(ctx)
		}
		c.say("delivered")
	})
}

// adviser works at a desk.
type adviser struct {
	*child
	desk     string
	services []string

	waiting sync.Mutex
	late    map[string]chan wire.Reply
}

// told brings the answer of a request whose outcome was unknown.
func (a *adviser) told(ask queue.Ask, r wire.Reply) {
	a.waiting.Lock()
	defer a.waiting.Unlock()
	if c := a.late[ask.ID]; c != nil {
		c <- r
	}
}

// work is one person from the call to the end, however it goes.
func (a *adviser) work(ctx context.Context) {
	switch err := a.ask(ctx, queue.Ask{Do: queue.DoCall}); {
	case errors.Is(err, queue.NobodyWaits):
		a.pause(ctx, 300*time.Millisecond)
		return
	case errors.Is(err, queue.DeskClosedNow), errors.Is(err, queue.DeskPausedNow):
		_ = a.ask(ctx, queue.Ask{Do: queue.DoOpenDesk, Services: a.services})
		return
	case errors.Is(err, uplink.NotConnected):
		a.pause(ctx, 200*time.Millisecond)
		return
	case err != nil && !errors.Is(err, queue.DeskBusy):
		a.pause(ctx, 100*time.Millisecond)
		return
	}
	a.pause(ctx, 100*time.Millisecond)
	if a.chance.IntN(8) == 0 {
		_ = a.ask(ctx, queue.Ask{Do: queue.DoRecall})
	}
	if a.chance.IntN(10) == 0 {
		_ = a.ask(ctx, queue.Ask{Do: queue.DoNoShow})
		return
	}
	_ = a.ask(ctx, queue.Ask{Do: queue.DoStart})
	a.pause(ctx, 200*time.Millisecond)
	if a.chance.IntN(10) == 0 {
		other := a.site.Services[a.chance.IntN(len(a.site.Services))].Key
		_ = a.ask(ctx, queue.Ask{Do: queue.DoTransfer, Service: other})
	}
	_ = a.ask(ctx, queue.Ask{Do: queue.DoFinish})
}

// ask presses one key and waits until it is known what became of it, at most
// for as long as a person would.
func (a *adviser) ask(ctx context.Context, ask queue.Ask) error {
	ask.ID, ask.Desk = rand.Text(), a.desk
	late := make(chan wire.Reply, 1)
	a.waiting.Lock()
	a.late[ask.ID] = late
	a.waiting.Unlock()
	defer func() {
		a.waiting.Lock()
		delete(a.late, ask.ID)
		a.waiting.Unlock()
	}()
	a.say("asked", ask.ID, ask.Do, a.desk, a.line.Now().UnixMilli())
	began := time.Now()
	short, cancel := context.WithTimeout(ctx, 2*time.Second)
	reply, err := a.line.Ask(short, ask)
	cancel()
	if errors.Is(err, uplink.ErrUnknownOutcome) {
		a.say("unknown", ask.ID, time.Since(began).Milliseconds())
		select {
		case reply = <-late:
			err = nil
			if reply.Refused != "" {
				err = reply.Refused
			}
		case <-time.After(time.Minute):
			return err
		case <-ctx.Done():
			return err
		}
	}
	a.outcome(ask, reply, err, time.Since(began))
	return err
}

func (a *adviser) outcome(ask queue.Ask, reply wire.Reply, err error, took time.Duration) {
	if err != nil {
		a.say("refused", ask.ID, err, took.Milliseconds())
		return
	}
	ticket := queue.TicketID("_")
	if reply.Ticket != nil {
		ticket = reply.Ticket.ID
	}
	a.say("done", ask.ID, ticket, took.Milliseconds())
}
