package queue_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"accueil/internal/queue"

	"pgregory.net/rapid"
)

// line draws people who wait in one queue.
func line(t *rapid.T, h *house) {
	for range rapid.IntRange(2, 40).Draw(t, "people") {
		h.now = h.now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "seconds")) * time.Second)
		h.issue("creer", rapid.IntRange(0, 3).Draw(t, "level"))
	}
	h.open("5", "creer")
}

// callAll calls everybody, in turn.
func callAll(h *house) (order []*queue.Ticket) {
	for next := h.day.Next([]string{"creer"}); next != nil; next = h.day.Next([]string{"creer"}) {
		order = append(order, next)
		h.do(queue.DoCall)
		h.do(queue.DoNoShow)
	}
	return order
}

// TestNobodyIsOvertakenBeyondTheHeadStart is what a level may do, and no more.
func TestNobodyIsOvertakenBeyondTheHeadStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(t)
		line(t, h)
		order := callAll(h)
		for i, early := range order {
			for _, late := range order[i+1:] {
				head := rules.Head("creer", early.Level)
				if by := early.Arrived.Sub(late.Arrived); by > head || by == head && early.Level <= late.Level && by > 0 {
					t.Fatalf("%s of level %d came %s after %s of level %d and was called before", early.ID, early.Level, by, late.ID, late.Level)
				}
			}
		}
	})
}

func TestNextIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(t)
		line(t, h)
		again := queue.NewDay("2026-11-24", rules)
		for _, f := range h.facts {
			again.Apply(f)
		}
		ids := func(d *queue.Day) (ids []queue.TicketID) {
			for _, w := range d.Waiting("creer") {
				ids = append(ids, w.ID)
			}
			return ids
		}
		if !slices.Equal(ids(h.day), ids(again)) || h.day.Next([]string{"creer"}) != h.day.Waiting("creer")[0] {
			t.Fatalf("%v, again %v", ids(h.day), ids(again))
		}
	})
}

// TestNobodyStarves lets people of the highest level come for ever, one before
// every call: whoever was there is first in the end.
func TestNobodyStarves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(t)
		line(t, h)
		var there []queue.TicketID
		for _, w := range h.day.Waiting("creer") {
			there = append(there, w.ID)
		}
		every := time.Duration(rapid.IntRange(30, 600).Draw(t, "every")) * time.Second
		turns := len(there) + int(rules.Head("creer", queue.MaxLevel)/every) + 2
		for range turns {
			h.now = h.now.Add(every)
			h.issue("creer", queue.MaxLevel)
			h.do(queue.DoCall)
			h.do(queue.DoNoShow)
		}
		for _, id := range there {
			if h.state(id) == queue.Waiting {
				t.Fatalf("%s still waits after %d calls", id, turns)
			}
		}
	})
}

func TestHeadStartsOfAService(t *testing.T) {
	own := rules
	own.HeadStarts = map[string][]time.Duration{"droit": {time.Minute}}
	if a, b := own.Head("creer", 2), own.Head("droit", 2); a != 20*time.Minute || b != time.Minute || own.Head("droit", 0) != 0 {
		t.Errorf("head starts %s and %s", a, b)
	}
}

func TestCallWhoFits(t *testing.T) {
	h := newHouse(t)
	h.issue("creer", 0)
	h.now = h.now.Add(time.Minute)
	f := h.record(queue.Fact{Kind: queue.Issued, Ticket: "s-1", Code: queue.NewCode(), Service: "creer", Language: "es", Question: "statut"})
	h.record(h.day.Arrive(f, 0, 0))
	h.open("5", "creer")
	if err := h.ask(queue.Ask{Do: queue.DoCall, Desk: "5", Language: "uk"}); err != queue.NobodyFits {
		t.Errorf("nobody speaks it: %v", err)
	}
	h.must(queue.Ask{Do: queue.DoCall, Desk: "5", Language: "es", Question: "statut"})
	if got := h.day.Desk("5").Ticket; got != "s-1" {
		t.Errorf("called %s", got)
	}
}

func TestExplain(t *testing.T) {
	at := func(minute int, head time.Duration) queue.Standing {
		return queue.Standing{ID: queue.TicketID(fmt.Sprint(minute)), Arrived: opening.Add(time.Duration(minute) * time.Minute), Head: head}
	}
	line := []queue.Standing{at(0, 0), at(9, 5*time.Minute), at(5, 0), at(10, 0)}
	for i, want := range []queue.Why{{}, {Overtook: 1}, {OvertakenBy: 1}, {}} {
		if got := queue.Explain(line, i); got != want {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
}

// BenchmarkNext asks who is next while 2,000 wait in six queues.
func BenchmarkNext(b *testing.B) {
	services := []string{"a", "b", "c", "d", "e", "f"}
	rules := rules
	rules.Letters = map[string]string{}
	for _, s := range services {
		rules.Letters[s] = "X"
	}
	day := queue.NewDay("2026-11-24", rules)
	for i := range 2000 {
		day.Apply(queue.Fact{
			No: uint64(i + 1), Kind: queue.Issued, Day: "2026-11-24", At: opening.Add(time.Duration(i*37%2000) * time.Second), Level: i % 4,
			Ticket: queue.NewTicketID("k", uint64(i+1)), Code: queue.NewCode(), Service: services[i%6], Language: []string{"fr", "es"}[i/1999],
		})
	}
	for name, language := range map[string]string{"first": "", "who speaks": "es"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if day.NextWhere(services, func(t *queue.Ticket) bool { return language == "" || t.Language == language }) == nil {
					b.Fatal("nobody waits")
				}
			}
		})
	}
}
