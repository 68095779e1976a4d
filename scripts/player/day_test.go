package main

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/rehearsal"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
	"accueil/scripts/centre"
)

// tuesday is 10:00 in Paris on a day on which the centre is open.
var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// stage is a centre in a bubble with the player around it.
type stage struct {
	*centre.Centre
	day *day
}

func onStage(t *testing.T, seed uint64, test func(t *testing.T, s *stage)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		shift := time.Until(tuesday)
		c, err := centre.Start(centre.Options{Dir: dir, Now: func() time.Time { return time.Now().Add(shift) }})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		model, err := rehearsal.New(c.Site, rehearsal.Default().Lively(), seed)
		if err != nil {
			t.Fatal(err)
		}
		test(t, &stage{Centre: c, day: &day{
			site: c.Site, model: model, crowd: model.Crowd(), kiosks: 3, log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			terminal: func(role, name string) (*uplink.Uplink, error) { return c.Terminal(role, name) },
			line:     func(name string) (*line.Line, error) { return c.Line(name) },
		}})
	})
}

// play plays for a while and returns when everybody is gone.
func (s *stage) play(t *testing.T, long time.Duration, meanwhile func(ctx context.Context)) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	done := make(chan error, 1)
	go func() { done <- s.day.play(ctx) }()
	ended := time.Now().Add(long)
	if meanwhile != nil {
		meanwhile(ctx)
	}
	time.Sleep(time.Until(ended))
	stop()
	stopped := time.Now()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if took := time.Since(stopped); took > time.Second {
		t.Errorf("it took %s to end", took)
	}
}

func (s *stage) look(t *testing.T, read func(*queue.Day)) {
	t.Helper()
	if err := s.Look(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

// TestALivelyMorning: people come with every open service, are received, do
// not come or leave; queues are neither empty nor endless; the books balance.
func TestALivelyMorning(t *testing.T) {
	onStage(t, 1, func(t *testing.T, s *stage) {
		s.play(t, 45*time.Minute, func(ctx context.Context) {
			time.Sleep(20 * time.Minute)
			for range 2 {
				time.Sleep(11 * time.Minute)
				s.look(t, func(d *queue.Day) {
					for _, service := range []string{"travailler", "evoluer", "orientation", "creer", "numerique"} {
						if n := len(d.Waiting(service)); n > 12 {
							t.Errorf("%s: %d people wait for %s", d.Last, n, service)
						}
					}
				})
			}
		})
		s.look(t, func(d *queue.Day) {
			for _, wrong := range d.Check() {
				t.Error(wrong)
			}
			if len(d.Odds()) > 0 {
				t.Errorf("odds %v", d.Odds())
			}
			for _, service := range []string{"travailler", "evoluer", "orientation", "creer", "numerique"} {
				if b := d.Book(service); b.In(queue.Served) < 1 {
					t.Errorf("%s: %+v", service, b)
				}
			}
			if d.Book("droit").Issued > 0 {
				t.Error("somebody took a ticket for a service that is closed")
			}
			feet := d.Footfall()[10]
			if feet.Visits <= feet.Tickets || feet.In == 0 || len(d.Asked()) < 5 {
				t.Errorf("footfall %+v, questions %v", feet, d.Asked())
			}
		})
	})
}

// TestAPersonTakesADeskOver: the player leaves it to them.
func TestAPersonTakesADeskOver(t *testing.T) {
	onStage(t, 2, func(t *testing.T, s *stage) {
		s.play(t, 28*time.Minute, func(ctx context.Context) {
			time.Sleep(5 * time.Minute)
			me, err := s.Terminal(wire.RoleAdviser, "me")
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * time.Second)
			desk := s.day.site.DesksOf("creer")[0].Key
			var mine queue.TicketID
			for mine == "" { // free at last
				s.look(t, func(d *queue.Day) {
					if now := d.Ticket(d.Desk(desk).Ticket); now != nil {
						mine = now.ID
					}
				})
				time.Sleep(5 * time.Second)
			}
			me.Ask(ctx, queue.Ask{Do: queue.DoNoShow, Desk: desk, Ticket: mine})
			me.Ask(ctx, queue.Ask{Do: queue.DoFinish, Desk: desk, Ticket: mine})
			// Not a call: the crowd decides whether anybody waits just now.
			received, err := me.Ask(ctx, queue.Ask{Do: queue.DoReceive, Desk: desk})
			if err != nil {
				t.Error(err)
				return
			}
			time.Sleep(10 * time.Minute)
			s.look(t, func(d *queue.Day) {
				if now := d.Desk(desk).Ticket; now != received.Ticket.ID {
					t.Errorf("the person at the desk had %s, and now there is %s", received.Ticket.ID, now)
				}
			})
		})
	})
}

// TestTheHubIsAwayForAWhile: the player goes on when it is back.
func TestTheHubIsAwayForAWhile(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.play(t, 35*time.Minute, func(context.Context) {
			time.Sleep(10 * time.Minute)
			s.CloseHub()
			time.Sleep(30 * time.Second)
			if err := s.OpenHub(); err != nil {
				t.Fatal(err)
			}
		})
		s.look(t, func(d *queue.Day) {
			for _, wrong := range d.Check() {
				t.Error(wrong)
			}
			late := 0
			for _, c := range d.Calls() {
				if c.At.After(tuesday.Add(15 * time.Minute)) {
					late++
				}
			}
			if late < 6 || len(d.Odds()) > 0 {
				t.Errorf("%d calls afterwards, odds %v", late, d.Odds())
			}
		})
	})
}

// TestNobodyComesBeforeTheHubIsHeard, and the player still ends at once.
func TestNobodyComesBeforeTheHubIsHeard(t *testing.T) {
	onStage(t, 4, func(t *testing.T, s *stage) {
		s.CloseHub()
		s.play(t, time.Minute, nil)
		if err := s.OpenHub(); err != nil {
			t.Fatal(err)
		}
		s.look(t, func(d *queue.Day) {
			if n := len(d.Tickets()); n > 0 {
				t.Errorf("%d tickets", n)
			}
		})
	})
}

func TestTempoFollowsTheBeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tempo := newTempo()
		tempo.take(wire.Beat{At: tuesday}) // of a hub that does not know its speed
		select {
		case <-tempo.first:
			t.Fatal("a beat without speed was taken")
		default:
		}
		tempo.take(wire.Beat{At: tuesday, Speed: 60})
		<-tempo.first
		began := time.Now()
		if !tempo.pass(t.Context(), 10*time.Minute) || time.Since(began) != 10*time.Second {
			t.Errorf("ten minutes took %s", time.Since(began))
		}
		if now := tempo.now(); !now.Equal(tuesday.Add(10 * time.Minute)) {
			t.Errorf("now %s", now)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if tempo.pass(ctx, time.Hour) {
			t.Error("time passed although it is over")
		}
	})
}
