package queue_test

import (
	"errors"
	"testing"
	"time"

	"accueil/internal/queue"

	"pgregory.net/rapid"
)

// TestLettingOthersPass: exactly so many, if there are so many, and everybody
// else stays in their order.
func TestLettingOthersPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(t)
		line(t, h)
		before := waiting(h)
		i := rapid.IntRange(0, len(before)-1).Draw(t, "who")
		pass := rapid.SampledFrom([]int{1, 3}).Draw(t, "pass")
		err := h.ask(queue.Ask{Do: queue.DoDelay, Ticket: before[i], Persons: pass})
		if i == len(before)-1 {
			if !errors.Is(err, queue.NobodyBehind) {
				t.Fatalf("the last of the line let others pass: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatalf("delay: %v", err)
		}
		// Those who stand exactly where the last of them does pass with them.
		to := min(i+pass, len(before)-1)
		for to+1 < len(before) && since(h, before[to+1]).Equal(since(h, before[to])) {
			to++
		}
		want := append(append(append(append([]queue.TicketID(nil), before[:i]...), before[i+1:to+1]...), before[i]), before[to+1:]...)
		for j, got := range waiting(h) {
			if got != want[j] {
				t.Fatalf("%v\nbecame %v\nwant   %v", before, waiting(h), want)
			}
		}
		h.check()
	})
}

func since(h *house, id queue.TicketID) time.Time {
	w := h.day.Ticket(id)
	return w.Arrived.Add(-rules.Head("creer", w.Level))
}

func waiting(h *house) (ids []queue.TicketID) {
	for _, w := range h.day.Waiting("creer") {
		ids = append(ids, w.ID)
	}
	return ids
}

// TestBackInAQuarterOfAnHour: nobody calls an empty place, and whoever comes
// meanwhile goes first.
func TestBackInAQuarterOfAnHour(t *testing.T) {
	h := newHouse(t)
	away := h.issue("creer", 0)
	h.open("5", "creer")
	h.must(queue.Ask{Do: queue.DoDelay, Ticket: away, Minutes: 15})
	if err := h.ask(queue.Ask{Do: queue.DoCall, Desk: "5"}); !errors.Is(err, queue.NobodyWaits) {
		t.Errorf("called although away: %v", err)
	}
	h.now = h.now.Add(10 * time.Minute)
	came := h.issue("creer", 0)
	h.now = h.now.Add(6 * time.Minute)
	if next := h.day.Next([]string{"creer"}); next.ID != came {
		t.Errorf("next is %s", next.ID)
	}
	h.do(queue.DoCall)
	h.do(queue.DoNoShow)
	h.do(queue.DoCall)
	if h.state(away) != queue.InCall {
		t.Errorf("back, and %s", h.state(away))
	}
	h.check()
}

// TestAParticularOneIsCalledEarlier: the adviser may see the person stand there.
func TestAParticularOneIsCalledEarlier(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	h.open("5", "creer")
	h.must(queue.Ask{Do: queue.DoDelay, Ticket: id, Minutes: 15})
	h.must(queue.Ask{Do: queue.DoCall, Desk: "5", Ticket: id})
}

// TestWhoLetsOthersPassIsPromisedALaterEnd: as long after the later place as before
// after the first.
func TestWhoLetsOthersPassIsPromisedALaterEnd(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	ticket := h.day.Ticket(id)
	if ticket.High == 0 {
		ticket.High = 30 * time.Minute
	}
	was := ticket.Due()
	h.must(queue.Ask{Do: queue.DoDelay, Ticket: id, Minutes: 15})
	if due := ticket.Due(); due.Sub(was) != ticket.Stands().Sub(ticket.Arrived) || !due.After(was) {
		t.Errorf("due at %v, then at %v", was, due)
	}
}

func TestDelayRefusals(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	for _, bad := range []queue.Ask{{}, {Persons: 1, Minutes: 15}, {Minutes: 61}} {
		bad.Do, bad.Ticket = queue.DoDelay, id
		if err := h.ask(bad); !errors.Is(err, queue.BadRequest) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for range queue.MaxDelays {
		h.must(queue.Ask{Do: queue.DoDelay, Ticket: id, Minutes: 15})
	}
	if err := h.ask(queue.Ask{Do: queue.DoDelay, Ticket: id, Minutes: 15}); !errors.Is(err, queue.DelayedOften) {
		t.Errorf("once too often: %v", err)
	}
	h.open("5", "creer")
	h.must(queue.Ask{Do: queue.DoCall, Desk: "5", Ticket: id})
	if err := h.ask(queue.Ask{Do: queue.DoDelay, Ticket: id, Minutes: 15}); !errors.Is(err, queue.NotWaiting) {
		t.Errorf("called: %v", err)
	}
}
