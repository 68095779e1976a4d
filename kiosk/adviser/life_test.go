package adviser

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
)

func TestLifeOfADesk(t *testing.T) {
	atDesk(t, "", func(tm *terminal) {
		tm.See("Quel est votre bureau ?")
		tm.press("5")
		tm.See("Bureau 5 : qui recevez-vous aujourd'hui ?")
		tm.See("✓ pôle Créer")
		tm.press(" ")
		tm.is("free")
		tm.See("Personne n'attend")

		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.hub.arrive("creer", "idee", "es", 0)
		tm.Advance(12*time.Minute + time.Second)
		tm.See("Appeler la personne suivante")
		tm.See("«\u00a0Je ne sais pas par où commencer\u00a0»")
		tm.See("français · attend 12 min")

		tm.press(" ")
		tm.is("called")
		tm.See("Commencer l'entretien")
		tm.press(" ")
		tm.is("serving")
		tm.Advance(30*time.Minute + time.Second)
		tm.See("entretien depuis 30 min")
		tm.press("f2")
		tm.is("free")
		tm.See("C 001 : entretien terminé, 30 min.")
		tm.See("1 entretien")

		tm.press(" ")
		tm.press("a")
		tm.See("C 002 : noté absent.")
		tm.press("b6")
		tm.is("opening")
		tm.See("Le bureau est fermé.")
		tm.wants(queue.DoOpenDesk, queue.DoCall, queue.DoStart, queue.DoFinish, queue.DoCall, queue.DoNoShow, queue.DoCloseDesk)
		if topic := tm.hub.day.Tickets()[0].Now().Topic; topic != "statut" {
			tm.t.Errorf("topic %q", topic)
		}
	})
}

func TestParkAndResume(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.hub.arrive("creer", "idee", "fr", 0)
		tm.press("  p")
		tm.is("free")
		tm.See("C 001 : mis de côté")
		tm.See("1  C 001")
		tm.press("1")
		tm.is("serving")
		tm.press("p ")
		tm.is("called")
		tm.press("1")
		tm.See("Vous avez appelé quelqu'un : commencez")
		tm.press("  b6")
		tm.is("closing")
		tm.See("Avant de fermer : C 001 est encore de côté")
		tm.Key(tcell.KeyEscape)
		tm.is("free")
	})
}

func TestTransferKeepsItsPlaceAndLabel(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		id := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press("  t")
		tm.See("C 001 : vers quel service ?")
		tm.press("2")
		tm.See("C 001 vers pôle Évoluer : pourquoi ?")
		tm.press("1")
		tm.See("C 001 : transféré, pôle Évoluer.")
		tm.is("free")
		if s := tm.hub.day.Ticket(id).Now(); s.Service != "evoluer" {
			tm.t.Errorf("the ticket is in %s", s.Service)
		}
		if why := tm.hub.day.Ticket(id).Stages[0].Reason; why != "other-question" {
			tm.t.Errorf("transferred because of %q", why)
		}
	})
}

func TestSomebodyWithoutATicket(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.press("v")
		tm.See("Sans ticket : pour quelle question ?")
		tm.press("3")
		tm.is("serving")
		tm.See("C 001 : personne reçue sans ticket.")
		tm.See("«\u00a0Quel statut choisir ?\u00a0»")
	})
}

func TestSomebodyWithoutATicketAtADeskOfTwoServices(t *testing.T) {
	atDesk(t, "bureau-2", func(tm *terminal) {
		tm.open()
		tm.press("v")
		tm.See("Sans ticket : pour quel service ?")
		tm.press("2")
		tm.See("Je veux me former")
		tm.Key(tcell.KeyEscape)
		tm.See("Sans ticket : pour quel service ?")
		tm.press("1")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.is("serving")
		tm.See("sans question choisie")
	})
}

func TestNextOfSeveralQueuesIsTheHubsNext(t *testing.T) {
	atDesk(t, "bureau-2", func(tm *terminal) {
		tm.open()
		for i, service := range []string{"evoluer", "travailler", "evoluer", "travailler"} {
			tm.hub.arrive(service, "", "fr", i%3)
			tm.Advance(time.Minute)
		}
		for range 4 {
			want := tm.hub.day.Next([]string{"travailler", "evoluer"})
			if got := tm.role.view().next(); got == nil || got.ID != want.ID {
				tm.t.Fatalf("next is %v, the hub would call %s", got, want.ID)
			}
			tm.press("   ")
		}
		tm.See("Personne n'attend")
	})
}

func TestPauseAndResume(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press("b2")
		tm.is("paused")
		tm.See("en pause depuis")
		tm.press("v")
		tm.See("Votre bureau est en pause.")
		tm.press(" ")
		tm.is("free")
		tm.wants(queue.DoOpenDesk, queue.DoPauseDesk, queue.DoOpenDesk)
	})
}

func TestServicesOfAnOpenDeskChange(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.press("b5")
		tm.See("Enregistrer")
		tm.press("4 ")
		tm.See("Cochez au moins un service.")
		tm.press("2 ")
		tm.is("free")
		tm.See("Bureau 5 · pôle Évoluer")
	})
}

func TestAParticularPerson(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		id := tm.hub.arrive("creer", "idee", "es", 0)
		tm.Advance(time.Second)
		tm.Tap("who:" + string(id))
		tm.See("Appeler C 002 ?")
		tm.See("C 001 est arrivé avant")
		tm.press(" ")
		tm.is("called")
		tm.See("appelé il y a")
		if got := tm.hub.day.Desk("bureau-5").Ticket; got != id {
			tm.t.Errorf("called %s", got)
		}
	})
}

func TestATakenDeskAsksFirst(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press(" ")
		other := start(tm.t, tm.hub, "")
		other.press("5")
		other.See("Bureau 5 est déjà ouvert")
		other.See("C 001 y est en ce moment.")
		other.Key(tcell.KeyEscape)
		other.See("Quel est votre bureau ?")
		other.press("51")
		other.is("called")
	})
}
