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

var (
	zone    = time.FixedZone("Paris", 3600)
	opening = time.Date(2026, 11, 24, 10, 0, 0, 0, zone)
	rules   = queue.Rules{
		Zone:      zone,
		Letters:   map[string]string{"creer": "C", "travailler": "T", "droit": "D"},
		HeadStart: []time.Duration{10 * time.Minute, 20 * time.Minute, 40 * time.Minute},
	}
)

// house is a day with a clock and a recorder, as the floor is one.
type house struct {
	t     failer
	day   *queue.Day
	facts []queue.Fact
	now   time.Time
	seq   uint64
}

// failer is what testing and rapid have in common.
type failer interface {
	Helper()
	Error(...any)
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

func newHouse(t failer) *house {
	return &house{t: t, day: queue.NewDay("2026-11-24", rules), now: opening}
}

func (h *house) record(f queue.Fact) queue.Fact {
	h.seq++
	f.No, f.Seq, f.Day, f.At, f.Heard = h.seq, h.seq, "2026-11-24", h.now, h.now
	f.Source = queue.Source{Site: "villette", Terminal: "hub", Journal: "j"}
	h.facts = append(h.facts, f)
	h.day.Apply(f)
	return f
}

// issue is a ticket from a kiosk, numbered by the hub.
func (h *house) issue(service string, level int) queue.TicketID {
	id := queue.NewTicketID("k", h.seq+1)
	f := h.record(queue.Fact{
		Kind: queue.Issued, Ticket: id, Code: queue.NewCode(), Label: queue.OwnLabel("C", "BK", int(h.seq)+1),
		Service: service, Language: "fr", Level: level,
	})
	h.record(h.day.Arrive(f, 0, 0))
	return id
}

func (h *house) ask(a queue.Ask) error {
	if a.ID == "" {
		a.ID = fmt.Sprint("r", h.seq)
	}
	facts, err := h.day.Decide(a, h.now)
	var id queue.TicketID
	for _, f := range facts {
		if f.Kind == queue.Issued {
			id = queue.NewTicketID("j", h.seq+1)
			f.Code = queue.NewCode()
		}
		if f.Ticket == "" {
			f.Ticket = id
		}
		h.record(f)
	}
	return err
}

func (h *house) must(a queue.Ask) {
	h.t.Helper()
	if err := h.ask(a); err != nil {
		h.t.Fatalf("%s: %v", a.Do, err)
	}
}

func (h *house) open(desk string, services ...string) {
	h.t.Helper()
	h.must(queue.Ask{Do: queue.DoOpenDesk, Desk: desk, Services: services})
}

func (h *house) check() {
	h.t.Helper()
	for _, err := range h.day.Check() {
		h.t.Error(err)
	}
}

func (h *house) state(id queue.TicketID) queue.State { return h.day.Ticket(id).Now().State }

func TestAVisitIsCountedOnce(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	h.open("5", "creer")
	for _, step := range []struct {
		do   queue.Deed
		want queue.State
	}{{queue.DoCall, queue.InCall}, {queue.DoRecall, queue.InCall}, {queue.DoStart, queue.Serving}, {queue.DoFinish, queue.Served}} {
		h.now = h.now.Add(5 * time.Minute)
		h.must(queue.Ask{Do: step.do, Desk: "5"})
		if got := h.state(id); got != step.want {
			t.Fatalf("after %s the ticket is %s, want %s", step.do, got, step.want)
		}
	}
	s := h.day.Ticket(id).Now()
	if wait, _ := s.Wait(); wait != 10*time.Minute {
		t.Errorf("wait %s, want until the last call, 10m", wait)
	}
	if took, _ := s.Interview(); took != 5*time.Minute {
		t.Errorf("interview %s, want 5m", took)
	}
	if got := h.day.Ticket(id).Label(); got != "C 001" {
		t.Errorf("label %q", got)
	}
	if b := h.day.Book("creer"); b.Issued != 1 || b.In(queue.Served) != 1 {
		t.Errorf("book %+v", b)
	}
	h.check()
}

func TestTheLabelOnThePaperWins(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	own := h.day.Ticket(id).Own
	if h.day.ByLabel(own) == nil || h.day.ByLabel("C 001") == nil {
		t.Fatal("until it is known what was handed over, the ticket answers to both labels")
	}
	if got := h.day.Ticket(id).Alias(); got != own {
		t.Errorf("alias %q, want %q", got, own)
	}
	h.record(queue.Fact{Kind: queue.Handed, Ticket: id, Label: own})
	if got := h.day.Ticket(id); got.Label() != own || got.Alias() != "" {
		t.Errorf("label %q, alias %q", got.Label(), got.Alias())
	}
	if h.day.ByLabel("C 001") != nil {
		t.Error("the number that was not handed over still finds the ticket")
	}
	if next := h.day.NextLabel("creer"); next != "C 002" {
		t.Errorf("next label %q: a hub number is never used again that day", next)
	}
}

func TestThePaperWinsOverARestoredHub(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0) // numbered C 001 by the restored hub
	h.record(queue.Fact{Kind: queue.Handed, Ticket: id, Label: "C 017"})
	if got := h.day.Ticket(id).Label(); got != "C 017" || h.day.ByLabel("C 017") == nil || len(h.day.Odds()) != 0 {
		t.Errorf("label %s, odds %v", got, h.day.Odds())
	}
	if next := h.day.NextLabel("creer"); next != "C 018" {
		t.Errorf("next %s: a label on paper is never given again", next)
	}
	other := h.issue("creer", 0)
	h.record(queue.Fact{Kind: queue.Handed, Ticket: other, Label: "C 017"})
	if len(h.day.Odds()) != 1 || h.day.ByLabel("C 017").ID != id {
		t.Error("a label was taken from the one who has it on paper")
	}
	h.check()
}

func TestNextIsFirstComeWithHeadStart(t *testing.T) {
	h := newHouse(t)
	first := h.issue("creer", 0)
	h.now = h.now.Add(8 * time.Minute)
	second := h.issue("creer", 0)
	h.now = h.now.Add(8 * time.Minute)
	urgent := h.issue("creer", 1) // worth ten minutes: before the second, after the first
	var got []queue.TicketID
	for _, w := range h.day.Waiting("creer") {
		got = append(got, w.ID)
	}
	if want := []queue.TicketID{first, urgent, second}; !slices.Equal(got, want) {
		t.Errorf("queue %v, want %v", got, want)
	}
	if n := h.day.Ahead(h.day.Ticket(second)); n != 2 {
		t.Errorf("%d ahead of the second, want 2", n)
	}
}

func TestTransferKeepsTheArrival(t *testing.T) {
	h := newHouse(t)
	moved := h.issue("travailler", 0)
	h.now = h.now.Add(time.Minute)
	h.issue("creer", 0)
	h.open("1", "travailler")
	h.must(queue.Ask{Do: queue.DoCall, Desk: "1"})
	h.must(queue.Ask{Do: queue.DoTransfer, Desk: "1", Service: "creer"})
	if got := h.day.Waiting("creer")[0].ID; got != moved {
		t.Errorf("first in the new queue is %s, want %s, who came first", got, moved)
	}
	from, to := h.day.Book("travailler"), h.day.Book("creer")
	if from.In(queue.MovedOn) != 1 || to.TransferredIn != 1 || h.day.Ticket(moved).Label() != "T 001" {
		t.Errorf("from %+v to %+v label %s", from, to, h.day.Ticket(moved).Label())
	}
	h.check()
}

func TestParkedTimeIsNoInterview(t *testing.T) {
	h := newHouse(t)
	id := h.issue("creer", 0)
	h.open("5", "creer")
	for i, do := range []queue.Deed{queue.DoCall, queue.DoStart, queue.DoPark, queue.DoResume, queue.DoFinish} {
		h.now = h.now.Add(time.Duration(i) * time.Minute)
		h.must(queue.Ask{Do: do, Desk: "5", Ticket: id})
	}
	if took, _ := h.day.Ticket(id).Now().Interview(); took != 6*time.Minute {
		t.Errorf("interview %s, want 2 m before and 4 m after parking", took)
	}
}

func TestClosingTheDayLeavesNobody(t *testing.T) {
	h := newHouse(t)
	waits, served := h.issue("creer", 0), h.issue("travailler", 0)
	h.open("1", "travailler")
	h.must(queue.Ask{Do: queue.DoCall, Desk: "1"})
	h.must(queue.Ask{Do: queue.DoStart, Desk: "1"})
	h.must(queue.Ask{Do: queue.DoCloseDay})
	if h.state(waits) != queue.Gone || h.state(served) != queue.Served {
		t.Errorf("waiting → %s, served → %s", h.state(waits), h.state(served))
	}
	if _, ok := h.day.Ticket(served).Now().Interview(); ok {
		t.Error("an interview cut off by the closing of the day has no honest length")
	}
	if err := h.ask(queue.Ask{Do: queue.DoCall, Desk: "1"}); !errors.Is(err, queue.DayIsClosed) {
		t.Errorf("call after closing: %v", err)
	}
	h.check()
}

func TestRefusals(t *testing.T) {
	h := newHouse(t)
	h.issue("creer", 0)
	h.open("5", "creer", "droit")
	h.open("6", "creer")
	h.open("7", "creer")
	h.must(queue.Ask{Do: queue.DoPauseDesk, Desk: "7"})
	h.must(queue.Ask{Do: queue.DoCall, Desk: "5"})
	taken := h.day.Desk("5").Ticket
	for _, c := range []struct {
		ask  queue.Ask
		want queue.Refusal
	}{
		{queue.Ask{Do: queue.DoCall, Desk: "5"}, queue.DeskBusy},
		{queue.Ask{Do: queue.DoCall, Desk: "6"}, queue.NobodyWaits},
		{queue.Ask{Do: queue.DoCall, Desk: "6", Ticket: taken}, queue.NotWaiting},
		{queue.Ask{Do: queue.DoCall, Desk: "6", Ticket: "k-99"}, queue.UnknownTicket},
		{queue.Ask{Do: queue.DoCall, Desk: "7"}, queue.DeskPausedNow},
		{queue.Ask{Do: queue.DoCall, Desk: "8"}, queue.DeskClosedNow},
		{queue.Ask{Do: queue.DoFinish, Desk: "5"}, queue.NotCalled},
		{queue.Ask{Do: queue.DoStart, Desk: "6", Ticket: taken}, queue.NotHere},
		{queue.Ask{Do: queue.DoStart, Desk: "6"}, queue.NothingToDo},
		{queue.Ask{Do: queue.DoCloseDesk, Desk: "5"}, queue.DeskBusy},
		{queue.Ask{Do: queue.DoOpenDesk, Desk: "8", Services: []string{"cuisine"}}, queue.UnknownPlace},
		{queue.Ask{Do: queue.DoTransfer, Desk: "5", Service: "creer"}, queue.NothingToDo},
		{queue.Ask{Do: queue.DoReceive, Desk: "6", Service: "droit"}, queue.UnknownPlace},
		{queue.Ask{Do: "dance"}, queue.BadRequest},
	} {
		if err := h.ask(c.ask); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %s", c.ask, err, c.want)
		}
	}
	h.check()
}

func TestReceiveWithoutTicket(t *testing.T) {
	h := newHouse(t)
	h.open("5", "creer")
	h.must(queue.Ask{ID: "walk", Do: queue.DoReceive, Desk: "5", Question: "demarrer"})
	id, done := h.day.Answered("walk")
	if !done || h.state(id) != queue.Serving {
		t.Fatalf("ticket %q done %v", id, done)
	}
	if _, waited := h.day.Ticket(id).Now().Wait(); waited {
		t.Error("somebody received without a ticket did not wait in a queue")
	}
	h.check()
}

func TestCountersNeverCountBackwards(t *testing.T) {
	h := newHouse(t)
	say := func(boot string, in, out uint64) {
		h.record(queue.Fact{Kind: queue.Counted, Sensor: "door", Boot: boot, In: in, Out: out})
	}
	say("a", 100, 90) // first word: what happened before is not today's
	say("a", 104, 91)
	say("a", 104, 91) // repeated
	say("b", 3, 0)    // restarted
	say("b", 1, 0)    // reset without saying so
	f := h.day.Footfall()[10]
	if f.In != 4+3+1 || f.Out != 1 {
		t.Errorf("in %d out %d, want 8 and 1", f.In, f.Out)
	}
}

// TestAnyFactsInAnyOrder throws arbitrary facts at a day: whatever comes, the
// books balance, nothing is in two places and folding again gives the same.
func TestAnyFactsInAnyOrder(t *testing.T) {
	kinds := []queue.Kind{
		queue.Joined, queue.Began, queue.Asked, queue.Issued, queue.Handed, queue.Numbered, queue.Called, queue.Recalled,
		queue.Started, queue.Finished, queue.Missed, queue.Parked, queue.Resumed, queue.Transferred, queue.Left,
		queue.Voided, queue.DeskOpened, queue.DeskPaused, queue.DeskClosed, queue.Counted, queue.DayClosed,
		queue.DayOpened, queue.DeskMoved, queue.Reinstated, queue.Corrected, queue.Undone, queue.Undone, queue.Undone,
		queue.Contacted, queue.ContactBegan, queue.ContactEnded, queue.Welcomed, queue.Delayed, queue.Delayed, queue.Leveled,
	}
	rapid.Check(t, func(t *rapid.T) {
		day := queue.NewDay("2026-11-24", rules)
		var facts []queue.Fact
		for i := range rapid.IntRange(1, 120).Draw(t, "facts") {
			n := rapid.IntRange(1, 6).Draw(t, "ticket")
			service := rapid.SampledFrom([]string{"creer", "travailler"}).Draw(t, "service")
			f := queue.Fact{
				No: uint64(i + 1), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Day: "2026-11-24",
				At:     opening.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "at")) * time.Minute),
				Ticket: queue.TicketID(fmt.Sprint("k-", n)), Code: queue.Code(fmt.Sprintf("CODE%04d", n)),
				Label: queue.HubLabel("C", rapid.IntRange(1, 6).Draw(t, "label")), Service: service,
				Desk: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "desk"), Services: []string{service},
				Sensor: "door", Boot: "a", In: uint64(n), Level: rapid.IntRange(0, 3).Draw(t, "level"),
				Length: time.Duration(n) * 7 * time.Minute, Reason: rapid.SampledFrom([]string{queue.ReasonPass, queue.ReasonTime, "mistake"}).Draw(t, "reason"),
				Mode: "phone", Of: uint64(i) - uint64(rapid.IntRange(0, min(i, 3)).Draw(t, "of")),
			}
			switch f.Kind {
			case queue.Issued:
				f.Label = queue.OwnLabel("C", "BK", n)
			case queue.Undone, queue.Left, queue.Reinstated:
				f.Desk = rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "desk, or none")
			}
			facts = append(facts, f)
			day.Apply(f)
			for _, err := range day.Check() {
				t.Fatalf("after fact %d, %s: %v", i+1, f.Kind, err)
			}
		}
		again := queue.NewDay("2026-11-24", rules)
		for _, f := range facts {
			again.Apply(f)
		}
		if diff := cmp.Diff(sketch(day), sketch(again)); diff != "" {
			t.Fatalf("folding again gives another day:\n%s", diff)
		}
	})
}

// sketch is all that can be seen of a day.
func sketch(d *queue.Day) string {
	s := fmt.Sprintf("%v %v %v\n", d.Closed, d.Footfall(), d.Odds())
	for _, desk := range d.Desks() {
		if desk.Contact != nil {
			s += fmt.Sprintf("on the line: %+v ", *desk.Contact)
			desk.Contact = nil
		}
		s += fmt.Sprintf("%+v\n", desk)
	}
	for _, c := range d.Contacts() {
		s += fmt.Sprintf("%+v\n", *c)
	}
	for _, t := range d.Tickets() {
		s += fmt.Sprintf("%+v\n", *t)
	}
	for _, service := range d.Services() {
		if d.Book(service) == (queue.Book{}) {
			continue
		}
		s += fmt.Sprintf("%s %+v", service, d.Book(service))
		for _, t := range d.Waiting(service) {
			s += " " + string(t.ID)
		}
		s += "\n"
	}
	return s
}

// TestAnyRequests plays a house in which everybody presses anything: what the
// domain itself decides always fits.
func TestAnyRequests(t *testing.T) {
	deeds := []queue.Deed{
		queue.DoOpenDesk, queue.DoPauseDesk, queue.DoCloseDesk, queue.DoCall, queue.DoCall, queue.DoRecall, queue.DoStart,
		queue.DoStart, queue.DoFinish, queue.DoFinish, queue.DoNoShow, queue.DoPark, queue.DoResume, queue.DoTransfer,
		queue.DoReceive, queue.DoLeave, queue.DoUndo, queue.DoReinstate, queue.DoCorrect, queue.DoMoveDesk,
		queue.DoContact, queue.DoBeginContact, queue.DoEndContact, queue.DoVoid, queue.DoCloseDay, queue.DoOpenDay,
		queue.DoDelay, queue.DoDelay, queue.DoLevel, queue.DoTakeBack, queue.DoTakeBack,
	}
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(t)
		var ids []queue.TicketID
		for range rapid.IntRange(1, 150).Draw(t, "steps") {
			h.now = h.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
			service := rapid.SampledFrom([]string{"creer", "travailler", "droit"}).Draw(t, "service")
			if rapid.Bool().Draw(t, "visitor") {
				ids = append(ids, h.issue(service, rapid.IntRange(0, 3).Draw(t, "level")))
				continue
			}
			a := queue.Ask{
				Do: rapid.SampledFrom(deeds).Draw(t, "do"), Desk: rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "desk"),
				Service: service, Services: []string{service, "droit"}, Mode: queue.ModePhone, Reason: "twice",
				Level: rapid.IntRange(0, 3).Draw(t, "to level"),
			}
			if a.Do == queue.DoPauseDesk {
				a.Reason = "lunch"
			}
			if len(ids) > 0 && (a.Do == queue.DoLeave || rapid.Bool().Draw(t, "particular")) {
				a.Ticket = rapid.SampledFrom(ids).Draw(t, "ticket")
			}
			h.ask(a)
			for _, err := range h.day.Check() {
				t.Fatalf("after %+v: %v", a, err)
			}
		}
		if odds := h.day.Odds(); len(odds) > 0 {
			t.Fatalf("the domain decided something that did not fit: %+v", odds)
		}
	})
}
