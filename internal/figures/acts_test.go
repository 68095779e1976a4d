package figures_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"accueil/internal/figures"
	"accueil/internal/queue"
)

// floor is a small one: two services, two desks, and whatever anybody presses.
type floor struct {
	rules queue.Rules
	day   *queue.Day
	facts []queue.Fact
	now   time.Time
}

func (f *floor) record(fact queue.Fact) queue.Fact {
	n := uint64(len(f.facts) + 1)
	fact.No, fact.Seq, fact.Day, fact.At, fact.Heard = n, n, day, f.now, f.now
	f.facts = append(f.facts, fact)
	f.day.Apply(fact)
	return fact
}

func (f *floor) issue(service string, level, persons int) queue.TicketID {
	n := uint64(len(f.facts) + 1)
	issued := f.record(queue.Fact{
		Kind: queue.Issued, Ticket: queue.NewTicketID("k", n), Code: queue.NewCode(), Service: service, Level: level, Persons: persons,
	})
	f.record(f.day.Arrive(issued, 5*time.Minute, 20*time.Minute))
	return issued.Ticket
}

func (f *floor) ask(a queue.Ask) {
	a.ID = fmt.Sprint("r", len(f.facts))
	facts, _ := f.day.Decide(a, f.now)
	for _, fact := range facts {
		f.record(fact)
	}
}

// play presses keys at random.
func (f *floor) play(t *rapid.T) {
	deeds := []queue.Deed{
		queue.DoCall, queue.DoCall, queue.DoStart, queue.DoFinish, queue.DoNoShow, queue.DoPark, queue.DoResume, queue.DoTransfer,
		queue.DoUndo, queue.DoUndo, queue.DoReinstate, queue.DoCorrect, queue.DoVoid, queue.DoGiveUp, queue.DoContact,
		queue.DoBeginContact, queue.DoEndContact,
	}
	for _, desk := range []string{"1", "2"} {
		f.ask(queue.Ask{Do: queue.DoOpenDesk, Desk: desk, Services: []string{"creer", "evoluer"}})
	}
	ids := []queue.TicketID{f.issue("creer", 0, 0)}
	for range rapid.IntRange(1, 80).Draw(t, "steps") {
		f.now = f.now.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "seconds")) * time.Second)
		service := rapid.SampledFrom([]string{"creer", "evoluer"}).Draw(t, "service")
		if rapid.IntRange(0, 3).Draw(t, "comes") == 0 {
			ids = append(ids, f.issue(service, rapid.IntRange(0, 2).Draw(t, "level"), rapid.IntRange(0, 4).Draw(t, "persons")))
			continue
		}
		a := queue.Ask{
			Do: rapid.SampledFrom(deeds).Draw(t, "do"), Desk: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "desk"), Service: service,
			Mode: rapid.SampledFrom(queue.ContactModes()).Draw(t, "mode"), Persons: 2, Minutes: 10, Topic: "statut",
		}
		switch a.Do {
		case queue.DoVoid:
			a.Reason = "twice"
		case queue.DoTransfer:
			a.Reason = "further"
		}
		if rapid.Bool().Draw(t, "particular") {
			a.Ticket = rapid.SampledFrom(ids).Draw(t, "ticket")
		}
		f.ask(a)
	}
}

// TestFiguresDoNotKnowWhatWasUndone: whatever is pressed, every row balances,
// nothing is odd, and the figures are those of a day on which what was taken
// back never happened.
func TestFiguresDoNotKnowWhatWasUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := queue.Rules{Letters: map[string]string{"creer": "C", "evoluer": "E"}}
		f := &floor{rules: rules, day: queue.NewDay(day, rules), now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
		f.play(t)
		got := figures.Of(f.day)
		for _, row := range got.Rows {
			if !row.Balanced() {
				t.Fatalf("%+v does not balance: %+v", row.Key, row.Tally)
			}
		}
		if got.Odds != 0 || len(f.day.Check()) != 0 {
			t.Fatalf("%d odds, %v", got.Odds, f.day.Check())
		}
		gone := map[uint64]bool{}
		for _, fact := range f.facts {
			if fact.Kind == queue.Undone {
				gone[fact.No], gone[fact.Of] = true, true
			}
		}
		never := queue.NewDay(day, rules)
		for _, fact := range slices.DeleteFunc(slices.Clone(f.facts), func(fact queue.Fact) bool { return gone[fact.No] }) {
			never.Apply(fact)
		}
		if diff := gocmp.Diff(figures.Of(never), got); diff != "" {
			t.Fatalf("the figures know (-never happened +undone):\n%s", diff)
		}
	})
}
