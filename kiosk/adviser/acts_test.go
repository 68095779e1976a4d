package adviser

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

func TestUndoWithOneKey(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		id := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press(" z")
		tm.See("Retour en arrière : C 001 attend de nouveau, à sa place.")
		tm.is("free")
		tm.press("z")
		tm.See("Pas de retour en arrière")
		tm.press("  ")
		tm.press(" z")
		tm.See("Retour en arrière : C 001 est de nouveau à votre bureau.")
		tm.is("serving")
		tm.Advance(queue.UndoWithin)
		tm.press("z")
		tm.See("Pas de retour en arrière")
		if s := tm.hub.day.Ticket(id).Now(); s.State != queue.Serving {
			tm.t.Errorf("the ticket is %s", s.State)
		}
	})
}

func TestOneDigitFinishesWithItsTopic(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		id := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press("  ")
		tm.See("1  Idée, premiers pas")
		tm.press("2")
		tm.is("free")
		if topic := tm.hub.day.Ticket(id).Now().Topic; topic != "statut" {
			tm.t.Errorf("topic %q", topic)
		}
	})
}

// TestAHeldDigitFinishesOnce: the shell takes no key that changed the screen and
// is still held down, so that a topic does not run on into who is aside.
func TestAHeldDigitFinishesOnce(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		aside := tm.hub.arrive("creer", "debut", "fr", 0)
		id := tm.hub.arrive("creer", "idee", "fr", 0)
		tm.press("  p  ")
		tm.Advance(time.Second)
		tm.Type("1")
		tm.Advance(660 * time.Millisecond) // until the terminal repeats it
		for range 30 {
			tm.Type("1")
			tm.Advance(30 * time.Millisecond)
		}
		tm.Advance(time.Second)
		tm.is("free")
		if a, b := tm.hub.day.Ticket(id).Now().State, tm.hub.day.Ticket(aside).Now().State; a != queue.Served || b != queue.OnPark {
			tm.t.Errorf("served %s, aside %s", a, b)
		}
	})
}

func TestCallByLanguage(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.press("l")
		tm.See("quelles langues y parle-t-on ?")
		tm.press("4")
		tm.Key(tcell.KeyEnter)
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.hub.arrive("creer", "statut", "es", 0)
		tm.Advance(time.Second)
		tm.See("espagnol ✓")
		tm.press("c")
		tm.See("espagnol  ✓ parlé ici")
		tm.press("1")
		tm.is("called")
		tm.See("espagnol ✓ parlé ici")
		if got := tm.hub.day.Desk("bureau-5").Languages; len(got) != 2 {
			tm.t.Errorf("the desk speaks %v", got)
		}
	})
}

func TestSomebodyAbsentComesAfterAll(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		id := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press(" a")
		tm.press("i")
		tm.See("Qui est là finalement ?")
		tm.press("1")
		tm.See("C 001 : attend de nouveau, à sa place.")
		if s := tm.hub.day.Ticket(id).Now(); s.State != queue.Waiting {
			tm.t.Errorf("the ticket is %s", s.State)
		}
	})
}

func TestWhyThisOne(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(5 * time.Minute)
		tm.hub.arrive("creer", "statut", "es", 1)
		tm.Advance(time.Second)
		tm.press("q")
		tm.See("Pourquoi cet ordre ?")
		tm.See("Priorité 1 : compte comme arrivée à 09:45.")
		tm.See("Passe devant 1 personne")
		tm.See("1 personne prioritaire, arrivée après, passe avant.")
		tm.Key(tcell.KeyEscape)
		tm.is("free")
	})
}

func TestWorkAtADistance(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.press("d5")
		tm.See("Courriel : compté.")
		tm.press("d225")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.See("Entretien par téléphone : compté.")
		tm.press("d6")
		tm.Key(tcell.KeyEnter)
		tm.See("Tapez un nombre de 2 à 99.")
		tm.press("12")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.See("Groupe : compté.")
		tm.press("d3")
		tm.is("contact")
		tm.Advance(20 * time.Minute)
		tm.press("1")
		tm.See("Échange terminé et compté.")
		got := tm.hub.day.Contacts()
		if len(got) != 4 || got[1].Length != 25*time.Minute || got[2].Persons != 12 || got[3].Topic != "idee" || got[3].Mode != "video" {
			tm.t.Errorf("contacts %+v", got)
		}
	})
}

func TestTheEndOfTheDayAsksAboutEverybodyAside(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		first, second := tm.hub.arrive("creer", "debut", "fr", 0), tm.hub.arrive("creer", "idee", "fr", 0)
		tm.press("  p p")
		tm.press("b6")
		tm.See("Avant de fermer, 2 encore de côté. D'abord C 001 :")
		tm.press("1")
		tm.See("Avant de fermer : C 002 est encore de côté")
		tm.press("1") // never begun: cannot be over
		tm.is("closing")
		tm.press("2")
		tm.is("opening")
		tm.See("Le bureau est fermé.")
		if a, b := tm.hub.day.Ticket(first).Now(), tm.hub.day.Ticket(second).Now(); a.State != queue.Served || b.State != queue.Gone {
			tm.t.Errorf("%s and %s", a.State, b.State)
		}
	})
}

func TestWhoIsAwayForAWhileIsNotNext(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		away := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Minute)
		here := tm.hub.arrive("creer", "statut", "fr", 0)
		tm.hub.set(func(h *hub) {
			h.decide(queue.Ask{ID: "later", Do: queue.DoDelay, Ticket: away, Minutes: 15})
		})
		tm.Advance(time.Second)
		tm.See("revient à 10:1")
		tm.press(" ")
		if got := tm.hub.day.Desk("bureau-5").Ticket; got != here {
			tm.t.Errorf("called %s, want %s", got, here)
		}
	})
}

func TestTheCoordinatorMovesTheDesk(t *testing.T) {
	atDesk(t, "bureau-2", func(tm *terminal) {
		tm.open()
		look := func() {
			tm.Advance(time.Second)
			tm.Post(tm.role.Changed)
			tm.Advance(time.Second)
		}
		tm.Advance(viewLag)
		look()
		tm.hub.set(func(h *hub) {
			h.decide(queue.Ask{ID: "move", Do: queue.DoMoveDesk, Desk: "bureau-2", Services: []string{"creer"}})
		})
		look()
		tm.See("La coordination a changé les services de ce bureau : pôle Créer.")
		tm.is("free")
	})
}

// BenchmarkDraw draws the work screen of a large terminal with as many waiting
// as a view shows: a frame at 60 a second has 16.6 ms.
func BenchmarkDraw(b *testing.B) {
	r := example(b, smallSite(), "two", book(b).In("fr"))
	sc := r.opt.Line.(*scene)
	for key, view := range sc.services {
		for len(view.Tickets) < wire.MaxTickets && len(view.Tickets) > 0 {
			more := view.Tickets[0]
			more.ID += queue.TicketID(rune('a' + len(view.Tickets)))
			view.Tickets = append(view.Tickets, more)
		}
		sc.services[key] = view
	}
	c := screen.NewCanvas(132, 43, screen.Calm())
	for b.Loop() {
		r.Draw(c)
	}
}
