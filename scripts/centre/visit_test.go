package centre_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
	"accueil/scripts/centre"
)

// tuesday is 10:00 in Paris on a day on which the centre is open.
var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// bubble runs a test in a centre in which it is Tuesday 10:00 and waiting
// costs no time.
func bubble(t *testing.T, test func(t *testing.T, c *centre.Centre)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		shift := time.Until(tuesday)
		c, err := centre.Start(centre.Options{Dir: dir, Now: func() time.Time { return time.Now().Add(shift) }})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		test(t, c)
		for _, wrong := range check(t, c) {
			t.Error(wrong)
		}
	})
}

func check(t *testing.T, c *centre.Centre) (wrong []error) {
	t.Helper()
	look(t, c, func(d *queue.Day) { wrong = d.Check() })
	if err := c.Journal().Check(); err != nil {
		wrong = append(wrong, err)
	}
	return wrong
}

func terminal(t *testing.T, c *centre.Centre, role, name string) *uplink.Uplink {
	t.Helper()
	u, err := c.Terminal(role, name)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// until waits for something to become true within a minute of bubble time.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 600 {
		synctest.Wait()
		if is() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

// kiosk is a kiosk that has met its hub and can issue.
func kiosk(t *testing.T, c *centre.Centre, name string) *uplink.Uplink {
	t.Helper()
	u := terminal(t, c, wire.RoleKiosk, name)
	until(t, name+" has its content and the hub has all of its facts", func() bool {
		_, version := u.Content()
		return version != "" && u.Hub() && u.Unsent() == 0
	})
	time.Sleep(5 * time.Second)
	return u
}

func order(c *centre.Centre, service string) uplink.Order {
	s, _ := c.Site.Service(service)
	return uplink.Order{Service: service, Letter: s.Letter, Language: "fr"}
}

func issue(t *testing.T, c *centre.Centre, u *uplink.Uplink, service string) uplink.Ticket {
	t.Helper()
	ticket, err := u.Issue(t.Context(), order(c, service))
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func ask(t *testing.T, u *uplink.Uplink, a queue.Ask) wire.Reply {
	t.Helper()
	reply, err := u.Ask(t.Context(), a)
	if err != nil {
		t.Fatalf("%s: %v", a.Do, err)
	}
	return reply
}

func TestAWholeVisit(t *testing.T) {
	bubble(t, func(t *testing.T, c *centre.Centre) {
		entrance := kiosk(t, c, "entrance")
		desk := terminal(t, c, wire.RoleAdviser, "desk5")
		board := terminal(t, c, wire.RoleBoard, "hall")
		until(t, "all are connected", func() bool { return desk.Hub() && board.Hub() })

		entrance.Began("fr")
		ticket := issue(t, c, entrance, "creer")
		if ticket.Label != "C 001" || ticket.Own {
			t.Fatalf("ticket %+v", ticket)
		}
		ask(t, desk, queue.Ask{Do: queue.DoOpenDesk, Desk: c.Site.Desks[0].Key, Services: []string{"creer"}})
		called := ask(t, desk, queue.Ask{Do: queue.DoCall, Desk: c.Site.Desks[0].Key})
		if called.Ticket == nil || called.Ticket.Label != "C 001" {
			t.Fatalf("called %+v", called)
		}
		until(t, "the board shows the call", func() bool {
			v, ok := board.Public()
			return ok && len(v.Calls) == 1 && v.Calls[0].Label == "C 001" && v.Calls[0].Desk == c.Site.Desks[0].Key
		})
		ask(t, desk, queue.Ask{Do: queue.DoStart, Desk: c.Site.Desks[0].Key})
		time.Sleep(20 * time.Minute)
		ask(t, desk, queue.Ask{Do: queue.DoFinish, Desk: c.Site.Desks[0].Key})
		until(t, "the hub has every fact of the kiosk", func() bool { return entrance.Unsent() == 0 })
		look(t, c, func(d *queue.Day) {
			if b := d.Book("creer"); b.Issued != 1 || b.In(queue.Served) != 1 {
				t.Errorf("book %+v", b)
			}
			if d.Footfall()[10].Visits != 1 || len(d.Odds()) != 0 {
				t.Errorf("footfall %+v, odds %+v", d.Footfall()[10], d.Odds())
			}
			took, _ := d.Ticket(ticket.ID).Now().Interview()
			if took < 20*time.Minute || took > 21*time.Minute {
				t.Errorf("interview took %s", took)
			}
		})
	})
}

func look(t *testing.T, c *centre.Centre, read func(*queue.Day)) {
	t.Helper()
	if err := c.Look(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

// TestKioskWithoutHub takes tickets while the hub is away: own labels, all of
// which reach the queue in their order when it is back.
func TestKioskWithoutHub(t *testing.T) {
	bubble(t, func(t *testing.T, c *centre.Centre) {
		entrance := kiosk(t, c, "entrance")
		issue(t, c, entrance, "creer")
		c.CloseHub()
		var own []uplink.Ticket
		for range 5 {
			before := time.Now()
			ticket := issue(t, c, entrance, "creer")
			if took := time.Since(before); took > 1500*time.Millisecond {
				t.Errorf("without the hub a ticket took %s", took)
			}
			if !ticket.Own || !ticket.Label.Own() {
				t.Fatalf("ticket %+v", ticket)
			}
			own = append(own, ticket)
			time.Sleep(time.Minute)
		}
		if err := c.OpenHub(); err != nil {
			t.Fatal(err)
		}
		until(t, "every ticket reached the queue", func() bool { return entrance.Hub() && entrance.Unsent() == 0 })
		look(t, c, func(d *queue.Day) {
			waiting := d.Waiting("creer")
			if len(waiting) != 6 {
				t.Fatalf("%d wait", len(waiting))
			}
			for i, ticket := range own {
				if got := waiting[i+1]; got.Label() != ticket.Label {
					t.Errorf("place %d: %s, want %s", i+1, got.Label(), ticket.Label)
				}
			}
		})
	})
}

// TestTheLabelOfALateAnswer cuts the line after the hub has numbered a ticket
// and before its answer arrives: the paper's label wins, the other is never
// given to anybody else.
func TestTheLabelOfALateAnswer(t *testing.T) {
	bubble(t, func(t *testing.T, c *centre.Centre) {
		entrance, other := kiosk(t, c, "entrance"), kiosk(t, c, "pc1")
		c.CloseBroker()
		ticket := issue(t, c, entrance, "creer")
		if !ticket.Own {
			t.Fatalf("ticket %+v", ticket)
		}
		if err := c.OpenBroker(); err != nil {
			t.Fatal(err)
		}
		until(t, "the queue has it", func() bool { return entrance.Hub() && other.Hub() && entrance.Unsent() == 0 })
		next := issue(t, c, other, "creer")
		look(t, c, func(d *queue.Day) {
			first := d.Ticket(ticket.ID)
			if first.Label() != ticket.Label || first.Alias() != "" || d.ByLabel(ticket.Label) != first {
				t.Errorf("label %s alias %s", first.Label(), first.Alias())
			}
			if next.Label == first.Number {
				t.Errorf("%s was given twice", next.Label)
			}
		})
	})
}

// TestManyAtOnce has kiosks and desks work at once, over the broker: no label
// twice, no ticket at two desks, nothing lost.
func TestManyAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, c *centre.Centre) {
		const kiosks, each = 8, 12
		labels := make(chan queue.Label, kiosks*each)
		for k := range kiosks {
			u := kiosk(t, c, fmt.Sprint("pc", k))
			go func() {
				for range each {
					ticket, err := u.Issue(context.Background(), order(c, "creer"))
					if err != nil {
						panic(err) // the others would wait for ever for what it should have brought
					}
					labels <- ticket.Label
				}
			}()
		}
		served := make(chan queue.TicketID, kiosks*each)
		var desks sync.WaitGroup
		defer desks.Wait()
		for i := range 4 {
			desk := terminal(t, c, wire.RoleAdviser, fmt.Sprint("desk", i))
			until(t, "the desk is connected", desk.Hub)
			desks.Go(func() { work(desk, c.Site.Desks[i].Key, served) })
		}
		seen := map[queue.Label]bool{}
		for range kiosks * each {
			if l := <-labels; seen[l] {
				t.Errorf("%s was given twice", l)
			} else {
				seen[l] = true
			}
		}
		once := map[queue.TicketID]bool{}
		for range kiosks * each {
			id := <-served
			if once[id] {
				t.Errorf("%s was received twice", id)
			}
			once[id] = true
		}
	})
}

// work calls and serves until nobody waits for a while.
func work(desk *uplink.Uplink, key string, served chan<- queue.TicketID) {
	do := func(d queue.Deed) wire.Reply {
		reply, _ := desk.Ask(context.Background(), queue.Ask{Do: d, Desk: key, Services: []string{"creer"}})
		return reply
	}
	do(queue.DoOpenDesk)
	for idle := 0; idle < 60; {
		called := do(queue.DoCall)
		if called.Ticket == nil {
			idle++
			time.Sleep(time.Second)
			continue
		}
		do(queue.DoStart)
		do(queue.DoFinish)
		served <- called.Ticket.ID
	}
}
