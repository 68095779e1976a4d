package visitor_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/uplink"
)

func TestVisitByTouch(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.See("Trouver un travail")
		k.TapAt(50, 3) // anywhere
		k.See("Bonjour. Qu'est-ce qui vous amène ?")
		k.Tap("ask:emploi")
		k.See("Chercher, postuler, savoir qui recrute.")
		k.Tap("ask:emploi-stage")
		k.See("«\u00a0Je cherche un stage\u00a0»")
		k.See("niveau −1, bureaux 1 et 2")
		k.See("ouvert jusqu'à 18:00")
		k.See("3 personnes attendent")
		k.See("minutes (4 fois sur 5)")
		k.Tap("take")
		k.See("ACCUEIL.EXEMPLE/T/7K3F9QXD")
		k.See("3 personnes avant vous")
		k.See("plutôt entre 10 et 25 minutes (4 fois sur 5)")
		k.See("Pas d'appel avant 11:07 ? Venez à l'accueil.")
		k.Tap("done")
		k.at(t, "attract")

		if got := strings.Join(k.room.began, ","); got != "fr" {
			t.Errorf("visits begun: %q", got)
		}
		if got := strings.Join(k.room.asked, ","); got != "emploi-stage fr" {
			t.Errorf("questions asked: %q", got)
		}
		o := k.room.orders[0]
		if o.Press == "" {
			t.Error("the order names no press")
		}
		o.Press = ""
		if want := (uplink.Order{Service: "travailler", Letter: "T", Question: "emploi-stage", Language: "fr"}); o != want {
			t.Errorf("order %+v, want %+v", o, want)
		}
	})
}

func TestVisitByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.Key(tcell.KeyEnter)
		k.at(t, "questions")
		k.Type("1")
		k.at(t, "question/emploi/travailler")
		k.Key(tcell.KeyTab)
		k.Key(tcell.KeyDown)
		k.Key(tcell.KeyUp)
		k.Advance(time.Second)
		k.Key(tcell.KeyEnter)
		k.at(t, "answer/emploi-offres/travailler")
		k.Type("2")
		k.at(t, "browse/emploi-offres/travailler/books")
		k.Advance(time.Second)
		k.Key(tcell.KeyEscape)
		k.Advance(time.Second)
		k.Type("1")
		k.Advance(time.Second)
		k.at(t, "ticket/emploi-offres/travailler")
		k.Type("1")
		k.at(t, "attract")
	})
}

func TestWakingTouchTriggersNothing(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.TapAt(20, 6) // a question will be there
		k.at(t, "questions")
		k.TapAt(20, 6) // the same finger, bouncing
		k.at(t, "questions")
	})
}

func TestLanguageOnTheAttractScreenBeginsInIt(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.Type("2")
		k.See("Hello. What brings you here?")
		if got := strings.Join(k.room.began, ","); got != "en" {
			t.Errorf("visits begun: %q", got)
		}
	})
}

func TestWobblingFingerChooses(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.Tap("wake")
		k.Advance(time.Second)
		place, _ := k.Target("ask:activite")
		x, y := place.Rect.X+4, place.Rect.Y+1
		k.Press(x, y)
		k.Move(x+2, y+1)
		k.Release(x+1, y+1)
		k.at(t, "answer/activite/creer")
	})
}

func TestTwoPressesMakeOneTicket(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		release := make(chan struct{})
		k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
			<-release
			return numbered(0), nil
		}
		k.taps("wake", "ask:activite")
		k.Tap("take")
		k.See("◌ Prendre un ticket …")
		k.Type("1")
		k.TapAt(10, 24)
		k.Key(tcell.KeyEscape) // nothing is lost by leaving now: one cannot
		k.at(t, "answer/activite/creer")
		close(release)
		k.Advance(time.Second)
		k.at(t, "ticket/activite/creer")
		k.See("Vous êtes la prochaine personne")
		if n := len(k.room.orders); n != 1 {
			t.Errorf("%d orders", n)
		}
	})
}

func TestTicketStaysInHand(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:activite", "take")
		k.Advance(time.Second)
		k.Tap(screen.IDBack)
		k.See("votre ticket T 042")
		if _, again := k.Target("take"); again {
			t.Error("a second ticket is offered")
		}
		k.Tap("ticket")
		k.Tap("browse")
		k.at(t, "browse/activite/creer")
		k.See("votre ticket T 042")
		k.Tap(screen.IDBack)
		k.at(t, "ticket/activite/creer")
	})
}

func TestAskingAgainAfterAFailureIsTheSamePress(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		fail := errors.New("disk full")
		k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
			if fail != nil {
				return uplink.Ticket{}, fail
			}
			return numbered(2), nil
		}
		k.taps("wake", "ask:activite", "take")
		k.Advance(time.Second)
		k.See("Cet écran n'a pas pu donner de ticket.")
		k.See("L'accueil est à l'entrée.")
		fail = uplink.ErrNotReady
		k.Tap("take")
		k.Advance(time.Second)
		k.See("Cet écran vient de démarrer.")
		fail = nil
		k.Tap("take")
		k.Advance(time.Second)
		k.at(t, "ticket/activite/creer")
		k.Tap(screen.IDBack)
		k.at(t, "answer/activite/creer")
		if o := k.room.orders; len(o) != 3 || o[0].Press != o[1].Press || o[1].Press != o[2].Press {
			t.Errorf("orders %+v: three of one press are wanted", o)
		}
	})
}

func TestEveryVisitHasItsOwnPress(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		for range 2 {
			k.taps("wake", "ask:activite", "take")
			k.Advance(time.Second)
			k.Tap("done")
		}
		if o := k.room.orders; len(o) != 2 || o[0].Press == o[1].Press {
			t.Errorf("orders %+v: two presses are wanted", o)
		}
	})
}

func TestTicketThatNeverComesIsGivenUp(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.issue = func(ctx context.Context, _ uplink.Order) (uplink.Ticket, error) {
			<-ctx.Done()
			return uplink.Ticket{}, ctx.Err()
		}
		k.taps("wake", "ask:activite", "take")
		k.Advance(10 * time.Second)
		k.See("Cet écran n'a pas pu donner de ticket.")
	})
}

func TestWithoutHubTheCalendarAnswers(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.away = true
		k.room.lines[0].Open = false // an old word, worth nothing now
		k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
			return uplink.Ticket{ID: "essai-1", Code: "7K3F9QXD", Label: "T BK 7", Own: true}, nil
		}
		k.taps("wake", "ask:emploi", "ask:emploi-offres")
		k.See("La file ne répond pas. Vous pouvez quand même prendre un ticket.")
		k.See("ouvert jusqu'à 18:00")
		k.NotSee("attendent")
		k.See("Nous ne savons pas encore")
		k.Tap("take")
		k.Advance(time.Second)
		k.See("La file ne répond pas : votre ticket reste valable.")
		k.See("On vous appellera sous ce numéro.")
		k.NotSee("prochain")
		k.Post(func() { k.room.away = false })
		k.NotSee("ne répond pas")
		k.See("On vous appellera sous ce numéro.")
	})
}

// TestTheLineComesBackOverAnOwnTicket: on the smallest screen, too, nothing says any
// longer that it does not answer, and what to do without a call stays.
func TestTheLineComesBackOverAnOwnTicket(t *testing.T) {
	bubbleSized(t, 80, 22, func(t *testing.T, k *kiosk) {
		k.room.away = true
		k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
			return uplink.Ticket{ID: "essai-1", Code: "7K3F9QXD", Label: "T BK 7", Own: true}, nil
		}
		k.taps("wake", "ask:emploi", "ask:emploi-offres", "take")
		k.Advance(time.Second)
		k.See("La file ne répond pas : sans appel, venez à l'accueil.")
		k.Post(func() { k.room.away = false })
		k.NotSee("ne répond pas")
		k.See("Demandez à l'accueil, quand vous voulez.")
	})
}

// TestARevokedKioskPromisesNothing: it says from the first screen that it has no tickets.
func TestARevokedKioskPromisesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.away, k.room.revoked = true, true
		k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
			return uplink.Ticket{}, uplink.ErrTurnedAway
		}
		k.taps("wake", "ask:activite")
		k.See("Cet écran ne peut plus donner de tickets. Demandez à l'accueil.")
		k.NotSee("quand même")
		k.Tap("take")
		k.Advance(time.Second)
		k.See("Cet écran n'est plus relié à la file.")
		k.NotSee("vient de démarrer")
	})
}

func TestHubComesBackWhileSomeoneReads(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.away = true
		k.taps("wake", "ask:activite")
		k.See("La file ne répond pas")
		k.Post(func() { k.room.away = false })
		k.NotSee("La file ne répond pas")
		k.See("personne n'attend")
	})
}

func TestClosedServiceOffersNoTicket(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:droits")
		k.See("fermé en ce moment")
		k.See("Ouvre jeudi 3 décembre à")
		k.See("Vous ne pouvez pas venir ? Téléphonez.")
		if _, offered := k.Target("take"); offered {
			t.Error("a ticket is offered")
		}
		k.Tap("reception")
		k.See("L'accueil est à l'entrée.")
	})
}

func TestServiceThatClosesMeanwhileGivesNoTicket(t *testing.T) {
	for name, close := range map[string]func(k *kiosk){
		"before the press": func(k *kiosk) { k.room.lines[1].Open = false },
		"by the hub": func(k *kiosk) {
			k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
				return uplink.Ticket{}, queue.DayIsClosed
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, k *kiosk) {
				k.taps("wake", "ask:activite")
				close(k) // between two frames: the button is still there
				k.Type("1")
				k.Advance(time.Second)
				k.See("Ce service vient de fermer.")
				k.Tap("browse")
				k.Tap(screen.IDBack)
				k.Tap("reception")
				k.at(t, "reception")
			})
		})
	}
}

func TestClosingTimeIsSaidWhenTheWaitIsLonger(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.lines[1].Wait, k.room.lines[1].Waiting = &wire.Interval{Low: 60, High: 90}, 4
		k.taps("wake", "ask:activite")
		k.See("Ce service ferme à 12:00.")
		k.See("4 personnes attendent")
	})
}

func TestNobodyIsToldAConstant(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.lines[0].Wait = nil
		k.Tap("wake")
		k.See("on ne sait pas encore")
		k.taps("ask:emploi", "ask:emploi-offres")
		k.See("Nous ne savons pas encore combien de temps il faudra attendre.")
	})
}

func TestNoneOfTheSecondLevelIsTheParent(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:emploi", "general")
		k.at(t, "answer/emploi/travailler")
		if got := strings.Join(k.room.asked, ","); got != "emploi fr" {
			t.Errorf("questions asked: %q", got)
		}
	})
}

func TestBrowsing(t *testing.T) {
	bubbleSized(t, 80, 22, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:sur-place")
		k.See("Trouver un travail")
		k.Tap("theme:travailler")
		k.See("Livres : chercher un emploi")
		k.Tap("shelf:sites")
		k.See("Offres d'emploi")
		k.NotSee("Site cinq")
		k.Advance(time.Second)
		list, _ := k.Target("resource:s1")
		k.Press(list.Rect.X+5, list.Rect.Y+1)
		k.Move(list.Rect.X+5, list.Rect.Y-7)
		k.Move(list.Rect.X+5, list.Rect.Y-20)
		k.Release(list.Rect.X+5, list.Rect.Y-20)
		k.See("Site cinq")
		k.Key(tcell.KeyPgUp)
		k.Key(tcell.KeyPgUp)
		k.See("Offres d'emploi")
		k.Type("5")
		k.See("candidat.francetravail.fr/")
		k.Advance(time.Second)
		k.Tap("talk:travailler")
		k.at(t, "answer/travailler")
	})
}

func TestWorkshopSaysWhenAndWhere(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:emploi", "ask:emploi-offres", "browse", "shelf:workshops", "workshop:cv")
		k.See("le mardi à 14:00")
		k.See("salle des ateliers")
		if _, offered := k.Target("talk:travailler"); offered {
			t.Error("someone who came from there is sent there")
		}
	})
}
