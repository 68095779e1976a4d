package coordinator

import (
	"fmt"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
	"accueil/internal/wire"
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

// TestArrowsScrollTheDevices: the page says so, and does not run on beyond the end.
func TestArrowsScrollTheDevices(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			for i := range 30 {
				h.floor.Terminals = append(h.floor.Terminals, wire.Terminal{Role: wire.RoleKiosk, Name: fmt.Sprintf("doc-%02d", i+1), Online: true})
			}
		})
		tm.press("4")
		tm.See("↑ ↓  1–")
		tm.NotSee("doc-30")
		tm.Advance(time.Second)
		for range 40 {
			tm.Key(tcell.KeyDown)
		}
		tm.See("doc-30")
		tm.See("–30 sur 30")
		last := tm.role.scrolls.devices.Top
		tm.Key(tcell.KeyUp)
		if top := tm.role.scrolls.devices.Top; top != last-1 {
			tm.t.Errorf("one up from the end: %d after %d", top, last)
		}
	})
}
