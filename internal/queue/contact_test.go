package queue_test

import (
	"errors"
	"testing"
	"time"

	"accueil/internal/queue"
)

func TestContactsWithoutATicket(t *testing.T) {
	h := newHouse(t)
	h.issue("creer", 0)
	h.open("5", "creer", "droit")
	h.must(queue.Ask{Do: queue.DoContact, Desk: "5", Mode: queue.ModePhone, Minutes: 15, Topic: "statut"})
	h.must(queue.Ask{Do: queue.DoContact, Desk: "5", Mode: queue.ModeEmail, Service: "droit"})
	h.must(queue.Ask{Do: queue.DoBeginContact, Desk: "5", Mode: queue.ModeVideo})
	for _, deed := range []queue.Deed{queue.DoCall, queue.DoCloseDesk, queue.DoBeginContact} {
		if err := h.ask(queue.Ask{Do: deed, Desk: "5", Mode: queue.ModePhone}); !errors.Is(err, queue.DeskBusy) {
			t.Errorf("%s while on the line: %v", deed, err)
		}
	}
	h.now = h.now.Add(20 * time.Minute)
	h.must(queue.Ask{Do: queue.DoEndContact, Desk: "5", Persons: 3})
	got := h.day.Contacts()
	want := []queue.Contact{
		{Service: "creer", Mode: "phone", Persons: 1, Topic: "statut", Length: 15 * time.Minute},
		{Service: "droit", Mode: "email", Persons: 1},
		{Service: "creer", Mode: "video", Persons: 3, Length: 20 * time.Minute},
	}
	if len(got) != len(want) {
		t.Fatalf("%d contacts", len(got))
	}
	for i := range want {
		c := *got[i]
		c.Began, c.Ended = time.Time{}, time.Time{}
		if c != want[i] {
			t.Errorf("%d: %+v, want %+v", i, c, want[i])
		}
	}
	h.do(queue.DoUndo)
	if h.day.Desk("5").Contact == nil {
		t.Error("the end was undone, and nobody is on the line")
	}
	h.must(queue.Ask{Do: queue.DoCloseDay})
	if c := got[2]; h.day.Desk("5").Busy() || c.Ended != h.now || c.Length != 0 {
		t.Errorf("cut off by the closing of the day: %+v", c)
	}
	if err := h.ask(queue.Ask{Do: queue.DoContact, Desk: "5", Mode: "pigeon"}); err == nil {
		t.Error("took a mode that is none")
	}
	h.check()
}

func TestWelcomedAreCounted(t *testing.T) {
	h := newHouse(t)
	for _, f := range []queue.Fact{{Mode: "passer-by"}, {Mode: "passer-by"}, {Mode: "passer-by", Persons: -1}, {Mode: "class", Persons: 24}} {
		f.Kind = queue.Welcomed
		h.record(f)
	}
	if f := h.day.Footfall()[10]; f.Welcomed != 25 || f.Groups != 1 {
		t.Errorf("%+v", f)
	}
	h.record(queue.Fact{Kind: queue.Welcomed, Mode: "class", Persons: -30})
	if f := h.day.Footfall()[10]; f.Welcomed != 25 || len(h.day.Odds()) != 1 {
		t.Errorf("more taken back than came: %+v", f)
	}
}

func TestMovedDesk(t *testing.T) {
	h := newHouse(t)
	h.open("5", "creer")
	h.now = h.now.Add(time.Minute)
	h.must(queue.Ask{Do: queue.DoMoveDesk, Desk: "5", Services: []string{"droit"}})
	if d := h.day.Desk("5"); d.Services[0] != "droit" || d.State != queue.DeskIsOpen || d.Since != opening {
		t.Errorf("%+v", d)
	}
	if err := h.ask(queue.Ask{Do: queue.DoMoveDesk, Desk: "6", Services: []string{"droit"}}); !errors.Is(err, queue.DeskClosedNow) {
		t.Errorf("moved a closed desk: %v", err)
	}
}

func TestTheCalendarDecidesAgain(t *testing.T) {
	h := newHouse(t)
	h.must(queue.Ask{Do: queue.DoCloseService, Service: "creer"})
	h.must(queue.Ask{Do: queue.DoByCalendar, Service: "creer"})
	if got := h.day.Override("creer"); got != queue.ByCalendar {
		t.Errorf("override %v", got)
	}
	if err := h.ask(queue.Ask{Do: queue.DoByCalendar, Service: "creer"}); !errors.Is(err, queue.NothingToDo) {
		t.Errorf("twice: %v", err)
	}
}
