package queue_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"accueil/internal/queue"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func (h *house) do(deed queue.Deed) { h.t.Helper(); h.must(queue.Ask{Do: deed, Desk: "5"}) }

func TestUndoOfEachAct(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	h.open("5", "creer")
	look := func() string { return sketch(h.day) + fmt.Sprint(h.day.Calls()) }
	var before []string
	act := func(a queue.Ask) {
		t.Helper()
		h.now = h.now.Add(7 * time.Second)
		before = append(before, look())
		a.Desk = "5"
		h.must(a)
	}
	undo := func() {
		t.Helper()
		h.do(queue.DoUndo)
		if diff := cmp.Diff(before[len(before)-1], look()); diff != "" {
			t.Errorf("undone is not as before:\n%s", diff)
		}
		before = before[:len(before)-1]
		h.check()
	}
	for _, a := range []queue.Ask{
		{Do: queue.DoCall}, {Do: queue.DoStart}, {Do: queue.DoPark}, {Do: queue.DoResume, Ticket: id}, {Do: queue.DoFinish, Topic: "statut"},
	} {
		act(a)
	}
	for range before {
		undo()
	}
	act(queue.Ask{Do: queue.DoCall})
	act(queue.Ask{Do: queue.DoNoShow})
	undo()
	act(queue.Ask{Do: queue.DoTransfer, Service: "droit"})
	undo()
	undo()
	if w := h.day.Withdrawn(); len(w) != 2 || w[0].Label != "C 001" || w[1].At != h.now {
		t.Errorf("withdrawn %+v", w)
	}
	if err := h.ask(queue.Ask{Do: queue.DoUndo, Desk: "5"}); !errors.Is(err, queue.NothingToUndo) {
		t.Errorf("undo of nothing: %v", err)
	}
	if odds := h.day.Odds(); len(odds) > 0 {
		t.Error(odds)
	}
}

func TestUndoTakesTheRecallsOfACallAlong(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	h.open("5", "creer")
	h.do(queue.DoCall)
	if err := h.ask(queue.Ask{Do: queue.DoRecall, Desk: "5"}); !errors.Is(err, queue.TooSoon) {
		t.Errorf("recalled at once: %v", err)
	}
	h.now = h.now.Add(queue.RecallAfter)
	h.do(queue.DoRecall)
	h.do(queue.DoUndo)
	if s := h.day.Ticket(id).Now(); s.State != queue.Waiting || s.Calls != 0 || len(h.day.Calls()) != 0 {
		t.Errorf("stage %+v, calls %v", s, h.day.Calls())
	}
	h.check()
}

func TestUndoComesTooLate(t *testing.T) {
	h := newHouse(t)
	h.issue("creer", 0)
	h.open("5", "creer")
	h.do(queue.DoCall)
	h.now = h.now.Add(queue.UndoWithin + time.Second)
	if err := h.ask(queue.Ask{Do: queue.DoUndo, Desk: "5"}); !errors.Is(err, queue.UndoTooLate) {
		t.Errorf("after a minute: %v", err)
	}
	if err := h.ask(queue.Ask{Do: queue.DoUndo, Desk: "6"}); !errors.Is(err, queue.DeskClosedNow) {
		t.Errorf("at a closed desk: %v", err)
	}
}

func TestWhereTimeRunsFasterHandsDoNot(t *testing.T) {
	h := newHouse(t)
	fast := rules
	fast.Speed = 20
	h.day = queue.NewDay("2026-11-24", fast)
	h.issue("creer", 0)
	h.open("5", "creer")
	h.do(queue.DoCall)
	h.now = h.now.Add(19 * time.Minute)
	h.do(queue.DoUndo)
	h.do(queue.DoCall)
	h.now = h.now.Add(time.Minute)
	if err := h.ask(queue.Ask{Do: queue.DoRecall, Desk: "5"}); !errors.Is(err, queue.TooSoon) {
		t.Errorf("recalled three seconds later: %v", err)
	}
}

func TestUndoNotOfWhatSomebodyBuiltOn(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	h.open("5", "creer")
	h.open("9", "droit")
	h.do(queue.DoCall)
	h.must(queue.Ask{Do: queue.DoTransfer, Desk: "5", Service: "droit"})
	h.must(queue.Ask{Do: queue.DoCall, Desk: "9"})
	if err := h.ask(queue.Ask{Do: queue.DoUndo, Desk: "5"}); !errors.Is(err, queue.NothingToUndo) {
		t.Errorf("undid a transfer that was called at another desk: %v", err)
	}
	h.must(queue.Ask{Do: queue.DoUndo, Desk: "9"})
	h.do(queue.DoUndo) // nobody has built on it any more
	if s := h.day.Ticket(id).Now(); s.State != queue.InCall || s.Desk != "5" || h.day.Desk("5").Ticket != id {
		t.Errorf("stage %+v", s)
	}
	h.check()
}

func TestUndoOfSomebodyReceivedByMistake(t *testing.T) {
	h := newHouse(t)
	h.open("5", "creer")
	h.must(queue.Ask{ID: "walk", Do: queue.DoReceive, Desk: "5", Persons: 2})
	h.do(queue.DoUndo)
	id, _ := h.day.Answered("walk")
	if h.state(id) != queue.Void || h.day.Desk("5").Busy() {
		t.Errorf("ticket %s", h.state(id))
	}
	h.check()
}

// TestWhatTheReceptionDidIsTakenBack, each act of it, within its minute and once;
// the day is as it was.
func TestWhatTheReceptionDidIsTakenBack(t *testing.T) {
	for _, a := range []queue.Ask{
		{Do: queue.DoVoid, Reason: "mistake"}, {Do: queue.DoLeave}, {Do: queue.DoLevel, Level: 2},
		{Do: queue.DoCorrect, Service: "droit", Question: "contrat"},
	} {
		h := newHouse(t)
		h.issue("creer", 0)
		a.Ticket = h.issue("creer", 1)
		back := queue.Ask{Do: queue.DoTakeBack, Ticket: a.Ticket}
		before := sketch(h.day)
		h.must(a)
		if sketch(h.day) == before {
			t.Fatalf("%s does nothing", a.Do)
		}
		h.now = h.now.Add(queue.UndoWithin)
		h.must(back)
		if diff := cmp.Diff(before, sketch(h.day)); diff != "" {
			t.Errorf("%s taken back is not as before:\n%s", a.Do, diff)
		}
		if err := h.ask(back); !errors.Is(err, queue.NothingToUndo) {
			t.Errorf("%s taken back twice: %v", a.Do, err)
		}
		h.must(a)
		h.now = h.now.Add(queue.UndoWithin + 1)
		if err := h.ask(back); !errors.Is(err, queue.UndoTooLate) {
			t.Errorf("%s taken back too late: %v", a.Do, err)
		}
		h.check()
	}
}

// TestNobodyTakesBackWhatADeskDid, what a desk has built on, or what a day that was
// closed has settled.
func TestNobodyTakesBackWhatADeskDid(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	back := queue.Ask{Do: queue.DoTakeBack, Ticket: id}
	h.open("5", "creer")
	h.must(queue.Ask{Do: queue.DoLevel, Ticket: id, Level: 1})
	h.do(queue.DoCall)
	if err := h.ask(back); !errors.Is(err, queue.NothingToUndo) {
		t.Errorf("after a call: %v", err)
	}
	h.do(queue.DoNoShow)
	h.must(queue.Ask{Do: queue.DoReinstate, Ticket: id, Desk: "5"})
	if err := h.ask(back); !errors.Is(err, queue.NothingToUndo) {
		t.Errorf("an act of a desk: %v", err)
	}
	h.do(queue.DoUndo)
	if h.state(id) != queue.NoShow {
		t.Errorf("the desk took back that somebody came: %s", h.state(id))
	}
	h.must(queue.Ask{Do: queue.DoReinstate, Ticket: id})
	h.must(queue.Ask{Do: queue.DoCloseDay})
	h.must(queue.Ask{Do: queue.DoOpenDay})
	if err := h.ask(back); !errors.Is(err, queue.NothingToUndo) {
		t.Errorf("after the day was closed: %v", err)
	}
	h.check()
}

func TestReinstatedAtTheOldPlace(t *testing.T) {
	h := newHouse(t)
	first := h.issue("creer", 0)
	h.now = h.now.Add(time.Minute)
	h.issue("creer", 0)
	h.open("5", "creer")
	h.do(queue.DoCall)
	h.do(queue.DoNoShow)
	if got := h.day.Missed("creer", h.now); len(got) != 1 || got[0].ID != first {
		t.Errorf("missed %v", got)
	}
	h.now = h.now.Add(queue.ReinstateWithin)
	h.must(queue.Ask{Do: queue.DoReinstate, Ticket: first})
	if got := h.day.Next([]string{"creer"}).ID; got != first {
		t.Errorf("next is %s, want %s, who came first", got, first)
	}
	if err := h.ask(queue.Ask{Do: queue.DoUndo, Desk: "5"}); err == nil {
		t.Error("undid a no-show that somebody had built on")
	}
	h.do(queue.DoCall)
	h.do(queue.DoNoShow)
	h.now = h.now.Add(queue.ReinstateWithin + 1)
	if err := h.ask(queue.Ask{Do: queue.DoReinstate, Ticket: first}); !errors.Is(err, queue.BackTooLate) {
		t.Errorf("long after: %v", err)
	}
	if h.day.Missed("creer", h.now) != nil {
		t.Error("offered although it is too late")
	}
	if s := h.day.Ticket(first).Now(); s.Missed != 1 || s.State != queue.NoShow {
		t.Errorf("%+v", s)
	}
	h.check()
}

func TestNobodyWhoDidNotComeIsOfferedAgain(t *testing.T) {
	h := newHouse(t)
	h.issue("creer", 0)
	h.open("5", "creer")
	h.do(queue.DoCall)
	h.do(queue.DoNoShow)
	if err := h.ask(queue.Ask{Do: queue.DoCall, Desk: "5"}); !errors.Is(err, queue.NobodyWaits) {
		t.Errorf("offered again: %v", err)
	}
}

func TestCorrectedIsIssuedElsewhere(t *testing.T) {
	h := newHouse(t)
	moved := h.issue("travailler", 0)
	h.now = h.now.Add(time.Minute)
	h.issue("creer", 0)
	h.must(queue.Ask{Do: queue.DoCorrect, Ticket: moved, Service: "creer", Question: "demarrer"})
	if got := h.day.Waiting("creer")[0]; got.ID != moved || got.Label() != "T 001" || got.Question != "demarrer" {
		t.Errorf("first of the right queue %+v", got)
	}
	if from, to := h.day.Book("travailler"), h.day.Book("creer"); from.Issued != 0 || to.Issued != 2 || to.TransferredIn != 0 {
		t.Errorf("from %+v to %+v", from, to)
	}
	if next := h.day.NextLabel("travailler"); next != "T 002" {
		t.Errorf("next label %s: T 001 is on somebody's paper", next)
	}
	h.open("5", "creer")
	h.do(queue.DoCall)
	if err := h.ask(queue.Ask{Do: queue.DoCorrect, Ticket: moved, Service: "droit"}); !errors.Is(err, queue.NotWaiting) {
		t.Errorf("corrected after the call: %v", err)
	}
	h.check()
}

func TestVoidByTheReception(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	if err := h.ask(queue.Ask{Do: queue.DoVoid, Ticket: id, Reason: "because"}); !errors.Is(err, queue.BadRequest) {
		t.Errorf("a reason of one's own: %v", err)
	}
	h.must(queue.Ask{Do: queue.DoVoid, Ticket: id, Reason: "twice"})
	if h.state(id) != queue.Void {
		t.Error(h.state(id))
	}
	h.check()
}

func TestAReopenedDayGoesOn(t *testing.T) {
	h := newHouse(t)
	waits, called, parked := h.issue("creer", 0), h.issue("travailler", 0), h.issue("droit", 0)
	h.open("1", "travailler")
	h.open("5", "droit")
	h.must(queue.Ask{Do: queue.DoCall, Desk: "1"})
	h.do(queue.DoCall)
	h.do(queue.DoPark)
	h.must(queue.Ask{Do: queue.DoCloseDay})
	h.must(queue.Ask{Do: queue.DoOpenDay})
	for id, want := range map[queue.TicketID]queue.State{waits: queue.Waiting, called: queue.Waiting, parked: queue.OnPark} {
		if got := h.state(id); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
	if h.day.Closed || h.day.Reopened != h.now || h.day.Desk("1").State != queue.DeskIsClosed {
		t.Errorf("closed %v, reopened %v", h.day.Closed, h.day.Reopened)
	}
	if err := h.ask(queue.Ask{Do: queue.DoOpenDay}); !errors.Is(err, queue.NothingToDo) {
		t.Errorf("opened twice: %v", err)
	}
	h.check()
}

// TestUndoneNeverHappened plays any house in which desks take things back, and
// folds its facts once more without what was taken back: the day is the same.
func TestUndoneNeverHappened(t *testing.T) {
	deeds := []queue.Deed{
		queue.DoCall, queue.DoCall, queue.DoRecall, queue.DoStart, queue.DoFinish, queue.DoNoShow, queue.DoPark,
		queue.DoResume, queue.DoTransfer, queue.DoUndo, queue.DoUndo, queue.DoUndo, queue.DoLeave, queue.DoReinstate,
		queue.DoCorrect, queue.DoLevel, queue.DoVoid, queue.DoTakeBack, queue.DoTakeBack, queue.DoContact, queue.DoBeginContact, queue.DoEndContact, queue.DoPauseDesk, queue.DoOpenDesk,
	}
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(t)
		h.open("1", "creer")
		h.open("2", "creer", "droit")
		var ids []queue.TicketID
		for range rapid.IntRange(1, 100).Draw(t, "steps") {
			h.now = h.now.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "seconds")) * time.Second)
			if rapid.IntRange(0, 3).Draw(t, "visitor") == 0 {
				ids = append(ids, h.issue(rapid.SampledFrom([]string{"creer", "droit"}).Draw(t, "for"), rapid.IntRange(0, 2).Draw(t, "level")))
				continue
			}
			a := queue.Ask{
				Do: rapid.SampledFrom(deeds).Draw(t, "do"), Desk: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "desk"),
				Service: rapid.SampledFrom([]string{"creer", "droit"}).Draw(t, "service"), Services: []string{"creer", "droit"},
				Mode: rapid.SampledFrom(queue.ContactModes()).Draw(t, "mode"), Persons: rapid.IntRange(0, 3).Draw(t, "persons"),
				Level: rapid.IntRange(0, 2).Draw(t, "to level"),
			}
			switch a.Do {
			case queue.DoVoid:
				a.Reason = "mistake"
			case queue.DoReinstate, queue.DoLeave:
				a.Desk = rapid.SampledFrom([]string{"", "1"}).Draw(t, "from")
			}
			if len(ids) > 0 && rapid.Bool().Draw(t, "particular") {
				a.Ticket = rapid.SampledFrom(ids).Draw(t, "ticket")
			}
			h.ask(a)
			h.check()
		}
		if odds := h.day.Odds(); len(odds) > 0 {
			t.Fatalf("the domain decided something that did not fit: %+v", odds)
		}
		never := queue.NewDay("2026-11-24", rules)
		for _, f := range without(h.facts) {
			never.Apply(f)
		}
		if diff := cmp.Diff(sketch(never)+fmt.Sprint(never.Calls()), sketch(h.day)+fmt.Sprint(h.day.Calls())); diff != "" {
			t.Fatalf("what was undone left a trace:\n%s", diff)
		}
	})
}

// without are the facts without those taken back, the recalls of a call that was
// taken back, and the taking back itself.
func without(facts []queue.Fact) []queue.Fact {
	gone := map[uint64]bool{}
	for i, f := range facts {
		if f.Kind != queue.Undone {
			continue
		}
		gone[f.No], gone[f.Of] = true, true
		for _, between := range facts[:i] {
			if between.Kind == queue.Recalled && between.No > f.Of && between.Ticket == f.Ticket && facts[f.Of-1].Kind == queue.Called {
				gone[between.No] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(facts), func(f queue.Fact) bool { return gone[f.No] })
}

// TestADeskCountsInterviewsThatEndedInATransfer: an interview is a stage that was
// started; a transfer of somebody only called is none, and undoing takes one back.
func TestADeskCountsInterviewsThatEndedInATransfer(t *testing.T) {
	h := newHouse(t)
	h.open("5", "creer")
	served := func(want int, after string) {
		t.Helper()
		if got := h.day.Desk("5").Served; got != want {
			t.Errorf("after %s: %d interviews, want %d", after, got, want)
		}
	}
	transfer := queue.Ask{Do: queue.DoTransfer, Desk: "5", Service: "droit"}
	for range 3 {
		h.issue("creer", 0)
	}
	h.do(queue.DoCall)
	h.must(transfer)
	served(0, "the transfer of somebody called")
	h.do(queue.DoCall)
	h.do(queue.DoStart)
	h.must(transfer)
	served(1, "the transfer in an interview")
	h.do(queue.DoUndo)
	served(0, "its undoing")
	h.do(queue.DoFinish)
	served(1, "the end of the interview")
	h.do(queue.DoUndo)
	served(0, "the undoing of that")
	h.check()
}
