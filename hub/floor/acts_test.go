package floor_test

import (
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

func (h *house) must(role string, a queue.Ask) wire.Reply {
	h.t.Helper()
	r := h.ask(role, a)
	if r.Refused != "" {
		h.t.Fatalf("%s: %s", a.Do, r.Refused)
	}
	return r
}

func TestUndoReachesEverybody(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.hear("k1", h.issue("k1", "creer"))
		adviser := func(a queue.Ask) wire.Reply { a.Desk = "5"; return h.must(wire.RoleAdviser, a) }
		adviser(queue.Ask{Do: queue.DoOpenDesk, Services: []string{"creer"}, Languages: []string{"fr", "es"}})
		r := adviser(queue.Ask{Do: queue.DoCall})
		if u := r.Desk.Undo; u == nil || u.Act != queue.Called || u.Label != "C 001" || !u.Until.Equal(r.At.Add(queue.UndoWithin)) {
			t.Errorf("after a call the desk can undo %+v", u)
		}
		undo := queue.Ask{ID: "undo", Do: queue.DoUndo}
		r = adviser(undo)
		if r.Ticket.State != "waiting" || r.Desk.Ticket != nil || r.Desk.Undo != nil {
			t.Errorf("after the undo: ticket %+v, desk %+v", r.Ticket, r.Desk)
		}
		if again := adviser(undo); again.Ticket == nil || again.Ticket.ID != r.Ticket.ID {
			t.Errorf("the same undo once more: %+v", again)
		}
		time.Sleep(time.Second)
		v := <-h.floor.Views()
		if len(v.Public.Calls) != 0 || len(v.Public.Withdrawn) != 1 || v.Public.Withdrawn[0].Label != "C 001" || v.Public.Withdrawn[0].Service != "creer" {
			t.Errorf("public view %+v", v.Public)
		}
		if d := v.Services[0].Desks[0]; len(d.Languages) != 2 {
			t.Errorf("desk %+v", d)
		}
		h.restart()
		h.day(func(d *queue.Day) {
			if d.Desk("5").Ticket != "" || len(d.Odds()) != 0 || len(d.Check()) != 0 {
				t.Errorf("after a restart: desk %+v, odds %v", d.Desk("5"), d.Odds())
			}
		})
	})
}

func TestFindByLabelAndCode(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		issued := h.issue("k1", "creer")
		h.hear("k1", issued)
		before := h.disk.Last()
		for _, a := range []queue.Ask{{Label: "C 001"}, {Code: issued.Code}} {
			a.Do = queue.DoFind
			if r := h.must(wire.RoleReception, a); r.Ticket == nil || r.Ticket.ID != issued.Ticket {
				t.Errorf("%+v found %+v", a, r.Ticket)
			}
		}
		if r := h.ask(wire.RoleReception, queue.Ask{Do: queue.DoFind, Label: "C 099"}); r.Refused != queue.UnknownTicket {
			t.Errorf("a label nobody has: %+v", r)
		}
		if r := h.ask(wire.RoleReception, queue.Ask{Do: queue.DoFind, Code: "no code!"}); r.Refused != queue.BadRequest {
			t.Errorf("what is no code: %+v", r)
		}
		if h.disk.Last() != before {
			t.Error("finding left a fact")
		}
	})
}

func TestActsAreFactsWithARole(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: "5", Services: []string{"creer"}})
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoMoveDesk, Desk: "5", Services: []string{"travailler"}})
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoCloseService, Service: "creer"})
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoByCalendar, Service: "creer"})
		roles := map[queue.Kind]string{}
		if err := h.disk.Day("2026-11-24", func(f queue.Fact) error { roles[f.Kind] = f.Role; return nil }); err != nil {
			t.Fatal(err)
		}
		for kind, want := range map[queue.Kind]string{
			queue.DeskOpened: "adviser", queue.DeskMoved: "coordinator", queue.ServiceByCalendar: "coordinator", queue.DayOpened: "",
		} {
			if roles[kind] != want {
				t.Errorf("%s was done by %q, want %q", kind, roles[kind], want)
			}
		}
	})
}

func TestADayOpenedAgainAfterItsHourStaysOpen(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.hear("k1", h.issue("k1", "creer"))
		h.ahead(10*time.Hour + time.Minute) // 20:01
		time.Sleep(2 * time.Second)
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoOpenDay})
		time.Sleep(time.Minute)
		h.restart()
		h.day(func(d *queue.Day) {
			if d.Closed || len(d.Waiting("creer")) != 1 {
				t.Errorf("closed %v, %d wait", d.Closed, len(d.Waiting("creer")))
			}
		})
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoCloseDay})
		synctest.Wait()
		h.day(func(d *queue.Day) {
			if !d.Closed {
				t.Error("the day cannot be closed any more")
			}
		})
	})
}

func TestWaitingPastThePromise(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: "5", Services: []string{"creer"}})
		h.hear("k1", h.issue("k1", "creer")) // a desk is free: the promise is known
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoPauseDesk, Desk: "5", Reason: "lunch"})
		h.ahead(3 * time.Hour)
		h.floor.Republish()
		time.Sleep(time.Second)
		v := <-h.floor.Views()
		if row := v.Coordinator.Services[0]; row.Past != 1 {
			t.Errorf("row %+v, tickets %+v", row, v.Services[0].Tickets)
		}
	})
}

// TestACallTakenBackAndMadeAgain is no longer said to be taken back.
func TestACallTakenBackAndMadeAgain(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		withdrawn := func() int {
			h.floor.Republish()
			synctest.Wait()
			time.Sleep(100 * time.Millisecond)
			return len((<-h.floor.Views()).Public.Withdrawn)
		}
		h.take("creer")
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: "5", Services: []string{"creer"}})
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoCall, Desk: "5"})
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoUndo, Desk: "5"})
		if n := withdrawn(); n != 1 {
			t.Fatalf("%d calls are said to be taken back", n)
		}
		h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoCall, Desk: "5"})
		if n := withdrawn(); n != 0 {
			t.Errorf("the ticket is called, and %d calls are said to be taken back", n)
		}
	})
}
