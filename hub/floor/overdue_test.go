package floor_test

import (
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// TestOverdueIsEverybodyWhoWaitsTooLong: those of all services, the furthest over
// first; the view has the first of them, its rows count all, and the parts of the
// list have each once. Nobody is in it to whom nothing was announced.
func TestOverdueIsEverybodyWhoWaitsTooLong(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		unpromised := h.take("creer").Ticket // nobody is there yet, and nothing is known
		h.ask(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: "1", Services: []string{"creer"}})
		h.ask(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: "2", Services: []string{"travailler"}})
		for range 6 { // interviews teach how long it takes
			id := h.take("travailler").Ticket
			h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoCall, Desk: "2"})
			h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoStart, Desk: "2"})
			h.ahead(4 * time.Minute)
			h.must(wire.RoleAdviser, queue.Ask{Do: queue.DoFinish, Desk: "2", Ticket: id})
		}
		for range 130 {
			h.take("travailler")
		}
		if got := h.views().Coordinator.Overdue; len(got) != 0 {
			t.Fatalf("at once: %+v", got)
		}
		h.ahead(25 * time.Hour / 4)
		v := h.views().Coordinator
		if n := v.Unpromised; n == 0 || n > 131-len(v.Overdue) || v.Stamp.At.Sub(v.UnpromisedOldest) < 25*time.Hour/4 {
			t.Errorf("%d unpromised, since %v", n, v.UnpromisedOldest)
		}
		past := 0
		for _, r := range v.Services {
			past += r.Past
		}
		if past < wire.OverduePart || len(v.Overdue) != wire.MaxOverdue {
			t.Fatalf("%d in the rows, %d in the view", past, len(v.Overdue))
		}
		var all []wire.Overdue
		for part := 0; ; part++ {
			r := h.request(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{ID: "list", Do: wire.DoOverdue}, Part: part})
			if r.Refused != "" || r.Overdue.All != past || r.Overdue.Part != part {
				t.Fatalf("part %d: %s, %+v", part, r.Refused, r.Overdue)
			}
			if len(r.Overdue.Tickets) == 0 {
				break
			}
			all = append(all, r.Overdue.Tickets...)
		}
		seen := map[queue.TicketID]bool{unpromised: true}
		for i, o := range all {
			if seen[o.ID] || i > 0 && o.Due.Before(all[i-1].Due) || i < len(v.Overdue) && v.Overdue[i] != o {
				t.Errorf("%d: %+v", i, o)
			}
			seen[o.ID] = true
		}
		if len(all) != past {
			t.Errorf("%d in the list, %d in the rows", len(all), past)
		}
		if r := h.request(wire.RoleReception, wire.Request{V: 1, Ask: queue.Ask{ID: "list2", Do: wire.DoOverdue}}); r.Refused == "" || r.Overdue != nil {
			t.Errorf("the reception gets %+v", r)
		}
	})
}

// TestTakenBackAtTheReception: the reply says what can be taken back, and for how
// long; the journal says who did, and by which role.
func TestTakenBackAtTheReception(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		id := h.take("creer").Ticket
		r := h.must(wire.RoleReception, queue.Ask{Do: queue.DoVoid, Ticket: id, Reason: "mistake"})
		if u := r.Ticket.Undo; u == nil || u.Act != queue.Voided || u.Label != "C 001" || !u.Until.Equal(r.At.Add(queue.UndoWithin)) {
			t.Fatalf("can be taken back: %+v", u)
		}
		r = h.must(wire.RoleReception, queue.Ask{Do: queue.DoTakeBack, Ticket: id})
		if r.Ticket.State != "waiting" || r.Ticket.Undo != nil {
			t.Errorf("taken back: %+v", r.Ticket)
		}
		h.must(wire.RoleReception, queue.Ask{Do: queue.DoLevel, Ticket: id, Level: 1})
		h.ahead(queue.UndoWithin + time.Second)
		if r := h.ask(wire.RoleReception, queue.Ask{Do: queue.DoFind, Label: "C 001"}); r.Ticket.Undo != nil || r.Ticket.Level != 1 {
			t.Errorf("a minute later: %+v", r.Ticket)
		}
		h.restart()
		var roles []string
		err := h.disk.Day("2026-11-24", func(f queue.Fact) error {
			if f.Kind == queue.Undone || f.Kind == queue.Leveled {
				roles = append(roles, string(f.Kind)+" "+f.Role+" "+f.Desk)
			}
			return nil
		})
		if err != nil || len(roles) != 2 || roles[0] != "undone reception " || roles[1] != "leveled reception " {
			t.Errorf("the journal says %q, %v", roles, err)
		}
	})
}
