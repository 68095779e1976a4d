package coordinator

import (
	"testing"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
)

// TestNothingIsDoneToAServiceOutOfSight: the arrows move, and the keys of a service
// act on, only what is to be seen.
func TestNothingIsDoneToAServiceOutOfSight(t *testing.T) {
	for _, page := range []string{"2", "3", "4", "5"} {
		atWork(t, 80, 22, func(tm *terminal) {
			chosen := tm.role.service
			tm.press(page)
			tm.Key(tcell.KeyDown)
			for _, key := range []string{"o", "f", "h"} {
				tm.press(key)
				if tm.role.dialog != noDialog {
					tm.t.Fatalf("page %s: %s asks %s", page, key, tm.role.dialog)
				}
			}
			tm.See("▲ Ces touches sont pour le service choisi, page 1")
			tm.NotSee("O  ouvrir")
			if tm.role.service != chosen {
				tm.t.Errorf("page %s: %s is chosen now, unseen", page, tm.role.service)
			}
			tm.wants()
		})
	}
}

// TestEnterInADialogIsTheWayBack: it is what stands out, and what a hand presses that
// did not read.
func TestEnterInADialogIsTheWayBack(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		for _, key := range []string{"o", "j"} {
			tm.press(key)
			tm.See("Entrée  Retour")
			tm.Key(tcell.KeyEnter)
			if tm.role.dialog != noDialog {
				tm.t.Fatalf("%s, then Enter: still asks", key)
			}
		}
		tm.wants()
		tm.press("o")
		tm.See("Ouvrir maintenant : pôle Travailler ?")
		tm.See("O  Ouvrir")
		tm.press("o")
		tm.wants(queue.DoOpenService)
	})
}

// TestWhatWasSaidEndsWithItsScreen: a refusal does not stand over the next page.
func TestWhatWasSaidEndsWithItsScreen(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("f")
		tm.See("▲ C'est déjà fait.")
		tm.press("3")
		tm.NotSee("C'est déjà fait.")
	})
}
