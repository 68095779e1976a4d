package coordinator

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// announced fails unless exactly one announcement is up, and gives it.
func (tm *terminal) announced() wire.Notice {
	tm.t.Helper()
	tm.hub.mu.Lock()
	defer tm.hub.mu.Unlock()
	if len(tm.hub.up) != 1 {
		tm.t.Fatalf("%d announcements are up", len(tm.hub.up))
	}
	return tm.hub.up[0]
}

func TestReadyNoticeIsThreeKeys(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("a3")
		tm.See("Jusqu'à quand ?")
		before := tm.hub.Now()
		tm.press("2")
		tm.See("L'annonce est affichée.")
		n := tm.announced()
		if n.Phrase != "notice.long-wait" || n.Until.Sub(before) < 29*time.Minute || n.Until.Sub(before) > 31*time.Minute {
			tm.t.Errorf("announced %+v", n)
		}
		tm.Advance(7 * time.Second)
		tm.See("Annoncé jusqu'à")
		tm.See("L'attente est longue aujourd'hui.")
		tm.press("r")
		tm.See("Quelle annonce retirer ?")
		tm.press("1")
		tm.See("L'annonce est retirée.")
		tm.wants(wire.DoAnnounce, wire.DoSilence)
		tm.press("r")
		tm.See("▲ Aucune annonce n'est affichée.")
	})
}

func TestNoticeIsTyped(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("a9")
		tm.Key(tcell.KeyEnter)
		tm.See("▲ Tapez d'abord l'annonce.")
		tm.Advance(time.Second)
		tm.Type("Café offert !") // also letters that are keys elsewhere
		tm.NotSee("Traduction en")
		tm.Key(tcell.KeyEnter)
		tm.See("Traduction en anglais (facultatif). Entrée pour passer")
		tm.Type("Free coffee")
		tm.Key(tcell.KeyBackspace)
		tm.Type("e")
		tm.Key(tcell.KeyEnter)
		tm.See("«\u00a0Café offert !\u00a0»")
		tm.press("4")
		n := tm.announced()
		if n.Text["fr"] != "Café offert !" || n.Text["en"] != "Free coffee" || len(n.Text) != 2 {
			tm.t.Errorf("announced %+v", n)
		}
	})
}

// TestNoticeIsTypedInAnyLanguage of the site, in whatever order.
func TestNoticeIsTypedInAnyLanguage(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		s := smallSite()
		s.Languages = []string{"fr", "es", "pt", "zh", "uk", "ar", "en"}
		tm.Post(func() { tm.role.SetSite(s) })
		tm.press("a9")
		tm.Advance(time.Second)
		tm.Type("Café offert")
		tm.Key(tcell.KeyUp)
		tm.See("▶ arabe (facultatif)")
		tm.Type("قهوة")
		tm.Key(tcell.KeyTab)
		tm.Key(tcell.KeyTab)
		tm.Key(tcell.KeyTab)
		tm.See("▶ espagnol (facultatif)")
		tm.Type("Café gratis")
		tm.Key(tcell.KeyEnter)
		tm.press("1")
		if n := tm.announced(); len(n.Text) != 3 || n.Text["fr"] != "Café offert" || n.Text["ar"] != "قهوة" || n.Text["es"] != "Café gratis" {
			tm.t.Errorf("announced %+v", n)
		}
	})
}

func TestNoticeNeedsNoTranslation(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("a9")
		tm.Advance(time.Second)
		tm.Type(strings.Repeat("é", wire.MaxNoticeText+5))
		tm.See("C'est plein")
		tm.Key(tcell.KeyEnter)
		tm.Key(tcell.KeyEnter)
		tm.press("1")
		if n := tm.announced(); len(n.Text) != 1 || n.Text["fr"] != strings.Repeat("é", wire.MaxNoticeText) {
			tm.t.Errorf("announced %+v", n)
		}
	})
}

func TestThirdNoticeIsNotBegun(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("a11")
		tm.press("a21")
		tm.Advance(time.Second)
		tm.press("a")
		tm.See("▲ Deux annonces sont déjà affichées.")
		tm.See("Quelle annonce retirer ?")
		tm.wants(wire.DoAnnounce, wire.DoAnnounce)
	})
}

func TestNoticesAreSaidOnAClosedDay(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("j9a11")
		tm.wants(queue.DoCloseDay, wire.DoAnnounce)
	})
}

func TestReadyNoticesAreAllThePhrases(t *testing.T) {
	var keys []string
	for _, key := range book(t).Keys() {
		if strings.HasPrefix(key, "notice.") {
			keys = append(keys, key)
		}
	}
	if ready := wire.ReadyNotices(); !slices.Equal(slices.Sorted(slices.Values(ready)), slices.Sorted(slices.Values(keys))) {
		t.Errorf("ready are %q, phrases %q", ready, keys)
	}
}

func TestServiceGoesBackToTheCalendar(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("h")
		tm.See("▲ C'est déjà fait.")
		tm.press("oohh")
		tm.See("pôle Travailler : à son horaire.")
		tm.wants(queue.DoOpenService, queue.DoByCalendar)
	})
}

func TestDeskIsMoved(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("d")
		tm.See("▲ Aucun bureau n'est ouvert.")
		tm.hub.set(func(h *hub) {
			for _, desk := range []string{"bureau-1", "bureau-5"} {
				h.decide(queue.Ask{ID: desk, Do: queue.DoOpenDesk, Desk: desk, Services: []string{"travailler"}})
			}
		})
		tm.press("d2")
		tm.See("Bureau 5 : qui reçoit-il maintenant ?")
		tm.press("1")
		tm.Key(tcell.KeyEnter)
		tm.See("▲ Cochez au moins un service.")
		tm.press("43")
		tm.Key(tcell.KeyEnter)
		tm.Advance(time.Second)
		tm.See("Bureau 5 : déplacé.")
		tm.hub.set(func(h *hub) {
			if got := h.day.Desk("bureau-5").Services; !slices.Equal(got, []string{"creer", "orientation"}) {
				tm.t.Errorf("moved to %v", got)
			}
		})
	})
}

func TestLastCallsAndLateTicketsAreSeen(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			h.calls = []wire.Call{{Label: "C 042", Service: "creer", Desk: "bureau-5", At: h.Now().Add(-2 * time.Minute), Times: 2}}
			h.floor.Services[3].Past = 7
		})
		tm.See("retard")
		tm.press("3")
		tm.See("C 042  →  Bureau 5 · 2 min · ×2")
	})
}

// TestATextThatIsFullSaysSo: what more is typed is not taken.
func TestATextThatIsFullSaysSo(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("a9")
		tm.Advance(time.Second)
		tm.Type(strings.Repeat("mot ", wire.MaxNoticeText/4))
		tm.See("▲ C'est plein : rien de plus n'est pris.")
		tm.Type("x")
		if got := string(tm.role.draft.texts["fr"]); strings.Contains(got, "x") {
			tm.t.Errorf("took %q", got)
		}
		tm.Key(tcell.KeyBackspace)
		tm.See("encore 1 signe")
	})
}
