package adviser

import (
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/staff"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAKeyPressedTwiceAsksOnce(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.hub.arrive("creer", "idee", "fr", 0)
		tm.hub.set(func(h *hub) { h.latency = 3 * time.Second })
		tm.Advance(time.Second)
		tm.Type(" ")
		tm.See("Un instant")
		tm.Advance(time.Second)
		tm.Type(" v")
		tm.Advance(4 * time.Second)
		tm.is("called")
		tm.wants(queue.DoOpenDesk, queue.DoCall)
	})
}

func TestAHeldSpaceBarTakesOneStep(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		tm.Type(" ")
		tm.Advance(660 * time.Millisecond)
		for range 100 {
			tm.Type(" ")
			tm.Advance(40 * time.Millisecond)
		}
		tm.wants(queue.DoOpenDesk)
	})
}

func TestAnswerComesBeforeTheView(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.hub.arrive("creer", "idee", "fr", 0)
		tm.Advance(time.Second)
		tm.hub.set(func(h *hub) { h.frozen = true })
		tm.press(" ")
		tm.is("called")
		if n := tm.role.view().next(); n == nil || n.Label != "C 002" {
			tm.t.Fatalf("next is %v while the view still lists the ticket called", n)
		}
		tm.press(" ")
		tm.is("serving")
		tm.hub.set(func(h *hub) { h.frozen = false })
		tm.Advance(time.Minute)
		tm.is("serving")
	})
}

func TestAViewThatNeverComesIsBelievedInTheEnd(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		tm.hub.set(func(h *hub) { h.frozen = true })
		tm.press(" ")
		tm.is("called")
		tm.Advance(viewLag + time.Second)
		tm.is("free")
	})
}

func TestRefusalsAreSaidInWords(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		id := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		tm.hub.set(func(h *hub) {
			h.frozen = true
			h.day.Apply(queue.Fact{Kind: queue.Left, Ticket: id, Day: h.day.Date, At: h.Now()})
		})
		tm.press(" ")
		tm.See("▲ Personne n'attend.")
		tm.is("free")
		tm.Advance(time.Minute)
		tm.NotSee("▲")
	})
}

func TestKeysThatCannotBeUsedSayWhy(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		for key, why := range map[string]string{
			" ": "Personne n'attend.", "r": "Personne n'est appelé.", "s": "Personne n'est appelé.", "a": "Personne n'est appelé.",
			"f": "Aucun entretien n'est en cours.", "p": "Il n'y a personne à votre bureau.", "t": "Il n'y a personne à votre bureau.",
		} {
			tm.press(key)
			tm.See("▲ " + why)
		}
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.press(" r")
		tm.See("C'est trop tôt.")
		tm.Advance(recallAfter)
		tm.press("r")
		tm.See("C 001 : appelé 2 fois.")
		tm.press("v")
		tm.See("Vous avez appelé quelqu'un : commencez")
		tm.press("b6")
		tm.wants(queue.DoOpenDesk, queue.DoCall, queue.DoRecall)
	})
}

func TestHubAwayAndBack(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.hub.set(func(h *hub) { h.away, h.frozen = true, true })
		tm.Advance(time.Second)
		tm.See("La file ne répond pas depuis 40 s.")
		tm.press(" v")
		tm.wants(queue.DoOpenDesk)
		tm.is("free")
		tm.hub.set(func(h *hub) { h.away, h.frozen = false, false })
		tm.Advance(time.Second)
		tm.NotSee("La file ne répond pas")
		tm.press(" ")
		tm.is("called")
	})
}

func TestHubGoesWhileAsked(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		view := *tm.role.view()
		tm.hub.set(func(h *hub) { h.away = true })
		if view.off() {
			tm.t.Fatal("off while the hub answers")
		}
		tm.Post(func() { tm.role.send(queue.Ask{Do: queue.DoCall}) })
		tm.hub.set(func(h *hub) { h.away = false })
		tm.Advance(time.Second)
		tm.See("La file ne répond pas. Essayez encore dans un instant.")
		tm.is("free")
	})
}

func TestUnknownOutcomeThenLateAnswer(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		tm.hub.set(func(h *hub) { h.silent, h.frozen = true, true })
		tm.press(" ")
		tm.See("Appel : pas de réponse, on ne sait pas si quelqu'un a été appelé.")
		tm.press(" ")
		tm.wants(queue.DoOpenDesk, queue.DoCall)
		tm.hub.set(func(h *hub) { h.silent, h.frozen = false, false })
		tm.late()
		tm.NotSee("pas de réponse")
		tm.is("called")
	})
}

func TestUnknownOutcomeThenLateRefusal(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		id := tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		tm.hub.set(func(h *hub) {
			h.silent, h.frozen = true, true
			h.day.Apply(queue.Fact{Kind: queue.Left, Ticket: id, Day: h.day.Date, At: h.Now()})
		})
		tm.press(" ")
		tm.late()
		tm.See("▲ Personne n'attend.")
	})
}

func TestUnknownOutcomeThatNobodyResolves(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.arrive("creer", "debut", "fr", 0)
		tm.Advance(time.Second)
		tm.hub.set(func(h *hub) { h.silent = true })
		tm.press(" ")
		tm.See("pas de réponse")
		tm.hub.set(func(h *hub) { h.silent = false })
		tm.Advance(staff.DoubtLasts + time.Second)
		tm.NotSee("pas de réponse")
		tm.is("called") // the view showed it all along
		tm.press(" ")
		tm.is("serving")
	})
}

func TestALateAnswerOfSomethingElseIsIgnored(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.Post(func() { tm.role.Late(queue.Ask{ID: "old", Do: queue.DoCall}, wire.Reply{Refused: queue.NobodyWaits}) })
		tm.NotSee("▲")
	})
}

func TestDayCloses(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		tm.hub.set(func(h *hub) { h.apply(queue.Fact{Kind: queue.DayClosed}) })
		tm.Advance(2 * time.Second)
		tm.is("opening")
		tm.See("La journée est close.")
		tm.press(" ")
		tm.wants(queue.DoOpenDesk)
	})
}

func TestSiteChanges(t *testing.T) {
	atDesk(t, "bureau-5", func(tm *terminal) {
		tm.open()
		s := smallSite()
		s.Desks = slices.DeleteFunc(s.Desks, func(d site.Desk) bool { return d.Key == "bureau-5" })
		tm.Post(func() { tm.role.SetSite(s) })
		tm.See("Quel est votre bureau ?")
	})
}

// late lets the lost answer arrive after all.
func (tm *terminal) late() {
	a, reply := tm.hub.last()
	tm.Post(func() { tm.role.Late(a, reply) })
	tm.Advance(time.Second)
}
