package visitor_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/uplink"
)

// way is how one comes to a screen from the attract screen, by its targets.
type way struct {
	name string
	taps []string
}

// ways lead to every screen of a visit.
func ways() []way {
	to := func(name string, taps ...string) way { return way{name, append([]string{"wake"}, taps...)} }
	return []way{
		to("questions"), to("question/emploi/travailler", "ask:emploi"),
		to("answer/emploi-offres/travailler", "ask:emploi", "ask:emploi-offres"),
		to("answer/droits/jardin", "ask:droits"), to("ticket/activite/creer", "ask:activite", "take"),
		to("themes/sur-place", "ask:sur-place"), to("room", "ask:sur-place", "room"),
		to("browse/travailler/books", "ask:sur-place", "theme:travailler"),
		to("browse/activite/creer", "ask:activite", "browse"),
		to("resource/travailler/site", "ask:sur-place", "theme:travailler", "shelf:sites", "resource:site"),
		to("workshop/travailler/cv", "ask:sur-place", "theme:travailler", "shelf:workshops", "workshop:cv"),
		to("later/droits/jardin", "ask:droits", "later"),
		to("distance/droits/jardin/conseil", "ask:droits", "later", "distance:conseil"),
		to("later/autre", "ask:autre", "later"), to("reception/autre", "ask:autre"), to("language", screen.IDLanguage), to("help", screen.IDHelp),
		to("trouble/emploi-creer/creer/not-saved", "ask:emploi", "ask:emploi-creer", "take"),
	}
}

// goes leads the kiosk to a screen.
func (k *kiosk) goes(t *testing.T, w way) {
	t.Helper()
	if strings.HasPrefix(w.name, "trouble") {
		k.room.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) {
			return uplink.Ticket{}, context.DeadlineExceeded
		}
	}
	k.taps(w.taps...)
	k.Advance(time.Second)
	k.at(t, w.name)
}

// everywhere runs a test at every screen of a visit.
func everywhere(t *testing.T, test func(t *testing.T, k *kiosk, w way)) {
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, k *kiosk) {
				k.goes(t, w)
				test(t, k, w)
			})
		})
	}
}

func TestLanguageChangesOnEveryScreen(t *testing.T) {
	everywhere(t, func(t *testing.T, k *kiosk, w way) {
		k.See("Retour")
		if w.name != "language" {
			k.Type("l")
		}
		k.at(t, "language")
		k.Tap("speak:en")
		k.See("Back")
		k.NotSee("Retour")
		if w.name != "language" {
			k.at(t, w.name)
		}
	})
}

func TestBackLeadsOutOfEveryScreen(t *testing.T) {
	everywhere(t, func(t *testing.T, k *kiosk, w way) {
		for range len(w.taps) + 1 {
			if k.role.Screen() == "attract" {
				return
			}
			before := k.role.Screen()
			k.Advance(time.Second)
			k.Key(tcell.KeyEscape)
			if k.role.Screen() == before {
				t.Fatalf("back stays on %q", before)
			}
		}
		k.at(t, "attract")
	})
}

func TestIdleEndsTheVisitOnEveryScreen(t *testing.T) {
	everywhere(t, func(t *testing.T, k *kiosk, w way) {
		k.Tap(screen.IDContrast)
		k.Tap(screen.IDSize)
		k.Type("l")
		if w.name != "language" {
			k.Tap("speak:en")
		}
		k.Advance(2 * time.Minute)
		k.at(t, "attract")
		k.See("Trouver un travail")
		k.Tap("wake")
		k.See("Bonjour")
		if bar, _ := k.Target("ask:autre"); bar.Rect.W > 60 {
			t.Error("large print survives")
		}
	})
}

func TestHelpOpensAndClosesOnEveryScreen(t *testing.T) {
	everywhere(t, func(t *testing.T, k *kiosk, w way) {
		if w.name == "help" {
			return
		}
		k.Tap(screen.IDHelp)
		k.See("Nous ne demandons pas votre nom.")
		k.Tap(screen.IDHelp)
		k.at(t, w.name)
	})
}

func TestEveryScreenIsUsableWithNumbers(t *testing.T) {
	everywhere(t, func(t *testing.T, k *kiosk, w way) {
		if w.name == "help" { // nothing to choose
			return
		}
		before, key := k.role.Screen(), "1"
		if before == "browse/travailler/books" { // that shelf is open
			key = "2"
		}
		k.Type(key)
		k.Advance(time.Second)
		if got := k.role.Screen(); got == before && !strings.HasPrefix(before, "trouble") && before != "language" {
			t.Errorf("%s chooses nothing on %q", key, got)
		}
	})
}

func TestWarningComesBeforeTheEnd(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:activite", "take")
		k.Advance(26 * time.Second)
		k.See("Êtes-vous encore là ?")
		for range 10 {
			k.Tap("stay")
			k.NotSee("Êtes-vous encore là ?")
			k.at(t, "ticket/activite/creer")
			k.Advance(30 * time.Second)
			k.See("Êtes-vous encore là ?")
		}
		k.Type("2")
		k.at(t, "attract")
	})
}

func TestNobodyIsCutOffWhileTheTicketComes(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:activite")
		k.Advance(68 * time.Second)
		k.room.issue = func(ctx context.Context, _ uplink.Order) (uplink.Ticket, error) {
			time.Sleep(5 * time.Second)
			return numbered(1), nil
		}
		k.Tap("stay")
		k.Tap("take")
		k.Advance(6 * time.Second)
		k.at(t, "ticket/activite/creer")
	})
}

func TestContentIsRenewedBetweenVisits(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.Tap("wake")
		newer := little(t)
		newer.Questions[0].Text["fr"] = "Je cherche mieux"
		k.Post(func() {
			if err := k.role.Renew(newer); err != nil {
				t.Error(err)
			}
		})
		k.NotSee("Je cherche mieux")
		k.Tap(screen.IDBack)
		k.Tap("wake")
		k.See("Je cherche mieux")
	})
}

func TestAttractScreenMovesGently(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.Advance(time.Second)
		seen := map[string]bool{}
		for range 60 {
			k.Advance(time.Second)
			seen[k.Text()] = true
		}
		if len(seen) < 2 || len(seen) > 9 {
			t.Errorf("%d pictures in a minute", len(seen))
		}
		k.at(t, "attract")
	})
}

// TestEveryQuestionLeadsSomewhere walks the centre's own questions: three taps
// are enough for a ticket, something to read, or the entrance desk.
func TestEveryQuestionLeadsSomewhere(t *testing.T) {
	s := centre(t)
	for _, q := range s.Questions {
		if len(q.Children) == 0 {
			q.Children = []site.Question{q}
		}
		for _, child := range q.Children {
			role := example(t, "questions", s, "fr")
			taps := 0
			for _, key := range []string{q.Key, child.Key} {
				if role.Screen() == "questions" || strings.HasPrefix(role.Screen(), "question/") {
					role.Act("ask:" + key)
					taps++
				}
			}
			c := screen.NewCanvas(100, 30, screen.Calm())
			role.Draw(c)
			if taps > 2 || !leads(c) {
				t.Errorf("question %s: after %d taps on %q without a way on", child.Key, taps, role.Screen())
			}
		}
	}
}

// leads tells whether a ticket, something to read or the desk is one tap away,
// or there already.
func leads(c *screen.Canvas) bool {
	for _, target := range c.Targets() {
		switch name, _, _ := strings.Cut(target.ID, ":"); name {
		case "take", "browse", "theme", "reception", "themes":
			return true
		}
	}
	return false
}

// TestArrowsGoWhereTheyPoint: in Arabic the second choice stands left of the
// first.
func TestArrowsGoWhereTheyPoint(t *testing.T) {
	for lang, next := range map[string]tcell.Key{"fr": tcell.KeyRight, "ar": tcell.KeyLeft} {
		synctest.Test(t, func(t *testing.T) {
			role := example(t, "questions", centre(t), lang)
			d := screentest.Start(t, role, 100, 30)
			d.Key(tcell.KeyTab)
			first := d.Focus()
			d.Key(next)
			second := d.Focus()
			d.Key(tcell.KeyTab)
			if third := d.Focus(); first == second || third == first || third == second {
				t.Errorf("%s: the focus goes %s, %s, %s", lang, first, second, third)
			}
			a, _ := d.Target(first)
			b, _ := d.Target(second)
			if a.Rect.Y != b.Rect.Y || (a.Rect.X < b.Rect.X) != (lang == "fr") {
				t.Errorf("%s: %s is at %v, %s at %v", lang, first, a.Rect, second, b.Rect)
			}
		})
	}
}

// TestLargePrintKeepsTheNumbers: a choice has the same number on whatever page.
func TestLargePrintKeepsTheNumbers(t *testing.T) {
	bubbleSized(t, 80, 22, func(t *testing.T, k *kiosk) {
		k.taps("wake", screen.IDSize)
		k.Advance(time.Second)
		seen := ""
		for range 8 {
			for _, key := range "123456789" {
				if target, ok := k.Target("ask:autre"); ok && slices.Contains(target.Keys, key) {
					seen += string(key)
				}
			}
			k.Key(tcell.KeyPgDn)
		}
		if seen == "" || strings.Trim(seen, "5") != "" {
			t.Errorf("the fifth choice has the numbers %q", seen)
		}
	})
}
