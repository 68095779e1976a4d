package coordinator

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/config"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

// makeLate lets n people wait longer than their tickets announced, the first of them in
// the view as the hub does.
func (h *hub) makeLate(n int) {
	for i := range n {
		id := queue.TicketID(fmt.Sprint("k-", i+1))
		h.day.Apply(queue.Fact{No: uint64(i + 1), Kind: queue.Issued, Ticket: id, Code: queue.NewCode(), Service: "creer", Language: "es", Day: h.day.Date, At: h.Now()})
		h.overdue = append(h.overdue, wire.Overdue{
			ID: id, Label: queue.HubLabel("C", i+1), Service: "creer", Language: "es",
			Arrived: h.Now().Add(-90 * time.Minute), Due: h.Now().Add(-time.Duration(40-i) * time.Minute),
		})
	}
	h.floor.Overdue = h.overdue[:min(n, wire.MaxOverdue)]
	h.floor.Services[3].Past = n
}

func TestWhoWaitsTooLongIsSeen(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.makeLate(3) })
		tm.Advance(time.Second)
		tm.See("▲ 3 personnes attendent plus qu'annoncé, jusqu'à 40 min de plus (C 001)")
		tm.See("2  retards (3)")
		tm.press("2")
		for _, text := range []string{"C 001", "1 h 30", "09:20", "+40 min", "espagnol", "C 003", "+38 min"} {
			tm.See(text)
		}
		tm.press("t")
		tm.wants() // there are no more
	})
}

// TestAllWhoWaitTooLongAreSeen: what has no room in the view is asked for, part by
// part, and can be scrolled through to the last.
func TestAllWhoWaitTooLongAreSeen(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.makeLate(wire.MaxOverdue + 5) })
		tm.press("2")
		tm.See("et 5 autres : T les montre toutes")
		tm.press("t")
		tm.Advance(time.Second)
		tm.NotSee("T les montre toutes")
		tm.See("35 personnes attendent plus que leur ticket ne l'annonçait · 10:00")
		for range 40 {
			tm.Key(tcell.KeyDown)
		}
		tm.See("▶ ◆ C 035")
		tm.Advance(listLasts)
		tm.See("et 5 autres")
	})
}

// TestWhoHasGoneIsNotedAndTakenBack: a slip here can be undone as anywhere.
func TestWhoHasGoneIsNotedAndTakenBack(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.makeLate(2) })
		state := func() (s string) {
			tm.hub.set(func(h *hub) { s = fmt.Sprint(h.day.Ticket("k-2").Now().State, " ", h.day.Ticket("k-2").Level) })
			return s
		}
		wants := func(want string) {
			tm.t.Helper()
			if got := state(); got != want {
				tm.t.Errorf("the ticket is %s, want %s", got, want)
			}
		}
		tm.press("2")
		tm.press("z")
		tm.See("▲ Pas de retour en arrière")
		tm.Tap("late:k-2")
		tm.See("C 002 attend depuis 1 h 30. Que faire ?")
		tm.Key(tcell.KeyEscape)
		tm.wants()
		tm.Tap("late:k-2")
		tm.press("1")
		tm.See("C 002 : noté parti.")
		wants("left 0")
		tm.press("z")
		tm.See("C 002 : c'est comme avant.")
		wants("waiting 0")
		tm.Key(tcell.KeyEnter) // the one chosen
		tm.press("3")
		tm.See("C 002 : priorité 1.")
		wants("waiting 1")
		tm.Advance(queue.UndoWithin)
		tm.press("z")
		wants("waiting 1")
		tm.wants(queue.DoLeave, queue.DoTakeBack, queue.DoLevel)
	})
}

// TestATicketIsFoundAndPutRight: whoever waits again after a hub went on from a copy,
// and has gone, or was noted absent and is here.
func TestATicketIsFoundAndPutRight(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.makeLate(2) })
		tm.press("c")
		tm.press("x9x")
		tm.Key(tcell.KeyEnter)
		tm.See("▲ Ce n'est ni un numéro")
		for range 3 {
			tm.Key(tcell.KeyBackspace)
		}
		tm.press("c2")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.See("C 002 attend depuis")
		tm.press("1")
		tm.See("C 002 : noté parti.")
		tm.press("zcc2")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.See("C 002 attend depuis")
		tm.Key(tcell.KeyEscape)
		tm.hub.set(func(h *hub) {
			for _, a := range []queue.Ask{{Do: queue.DoOpenDesk, Services: []string{"creer"}}, {Do: queue.DoCall, Ticket: "k-2"}, {Do: queue.DoNoShow}} {
				a.ID, a.Desk = string(a.Do), "bureau-5"
				h.asks = append(h.asks, a)
				h.decide(a)
			}
		})
		tm.press("cc2")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.See("C 002 · pôle Créer · noté absent")
		tm.press("1")
		tm.See("C 002 : attend de nouveau, à sa place.")
		tm.hub.set(func(h *hub) {
			if s := h.day.Ticket("k-2").Now().State; s != queue.Waiting {
				tm.t.Errorf("the ticket is %s", s)
			}
		})
	})
}

func TestWhyThereAreNoMoreTickets(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			h.floor.Services[3].Full = true
			h.floor.Services[3].Wait = &wire.Interval{Low: 60, High: 90}
		})
		tm.Advance(time.Second)
		tm.See("complet")
		tm.See("pôle Créer, complet : 1 h 15 d'attente, puis")
		tm.hub.set(func(h *hub) { h.floor.Services[3].Full = false })
		tm.Advance(time.Second)
		tm.NotSee("complet")
	})
}

// TestWhyAllAreFullHasRoom on the smallest screen, beside what else asks for attention.
func TestWhyAllAreFullHasRoom(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			h.makeLate(3)
			h.floor.Odds = 1
			for i := range h.floor.Services {
				h.floor.Services[i].Full = true
				h.floor.Services[i].Wait = &wire.Interval{Low: 90, High: 120}
			}
			h.floor.Services[0].Wait = nil
		})
		tm.Advance(time.Second)
		for _, text := range []string{"(C 001)", "Complets", "T\u00a0(0\u00a0min,", "C\u00a0(1\u00a0h\u00a045\u00a0+\u00a00\u00a0min,", "1 incohérence", "+40 min"} {
			tm.See(text)
		}
	})
}

// TestTodaysCurveHasRoom at every size, with all services of the centre.
func TestTodaysCurveHasRoom(t *testing.T) {
	s, problems := site.Load(config.FS)
	if s == nil {
		t.Skipf("the content cannot be read: %v", problems)
	}
	say := book(t).ForStaff("fr")
	for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}} {
		r := example(t, s, "today", say)
		c := screen.NewCanvas(size[0], size[1], screen.Calm())
		r.Draw(c)
		var text strings.Builder
		if err := screen.WriteText(&text, c); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Tickets par heure", "un jour habituel", "────", "█"} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%v: no %q in\n%s", size, want, text.String())
			}
		}
	}
}

// TestAnnouncementsAreSeenWhole, the longest too: they push the page down.
func TestAnnouncementsAreSeenWhole(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		long := strings.TrimSpace(strings.Repeat("mots assez longs ", 7)) // 118 characters
		tm.hub.set(func(h *hub) {
			h.up = []wire.Notice{
				{ID: "a", Text: map[string]string{"fr": long + "."}, Until: h.Now().Add(time.Hour)},
				{ID: "b", Text: map[string]string{"fr": long + "!"}, Until: h.Now().Add(time.Hour)},
			}
		})
		tm.Advance(time.Second)
		whole := strings.Join(strings.Fields(tm.Text()), " ")
		if !strings.Contains(whole, long+".") || !strings.Contains(whole, long+"!") {
			tm.t.Errorf("not whole:\n%s", tm.Text())
		}
		tm.See("pôle Créer")
		tm.NotSee("…")
	})
}

// TestWhoWasAnnouncedNothingIsTold: they cannot be late, but they wait.
func TestWhoWasAnnouncedNothingIsTold(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.floor.Unpromised, h.floor.UnpromisedOldest = 2, h.Now().Add(-72*time.Minute) })
		tm.press("2")
		tm.See("2 personnes sans temps annoncé attendent, la plus longue depuis 1 h 12")
	})
}
