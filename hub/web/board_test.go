package web_test

import (
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// TestTheBoardSaysWhatIsFullAndWhatOpensAgain: close to the end of the day there are no
// more tickets, and what is closed says when it opens, but not while the coordinator
// has closed it.
func TestTheBoardSaysWhatIsFullAndWhatOpensAgain(t *testing.T) {
	late := openAt(t, tuesday.Add(7*time.Hour+55*time.Minute))
	late.see("/board", "plus de ticket aujourd&#39;hui", "fermé · ouvre jeu. 3 déc. 14:00")
	late.see("/board?lang=en", "no more tickets today", "closed · opens Thu 3 Dec 14:00")
	p := hall(t, 1)
	p.do(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{Do: queue.DoCloseService, Service: "service-0"}})
	p.see("/board", `<td colspan="2">fermé</td>`)
	p.do(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{Do: queue.DoCloseDay}})
	p.see("/board", "La journée est terminée", `<td colspan="2"><span class="long">fermé · ouvre demain 10:00</span><span class="short">ouvre demain 10:00</span></td>`)
}

// TestTheBoardTellsTheNextWorkshops, the soonest of today first, and not when there is
// something to announce.
func TestTheBoardTellsTheNextWorkshops(t *testing.T) {
	p := open(t)
	p.site.Workshops = []site.Workshop{
		showing("any-day", "creer", "", ""), showing("tomorrow", "creer", "", "2026-11-25"), showing("today", "creer", "", "2026-11-24"),
	}
	almanac := openAs(t, p.site, tuesday)
	almanac.see("/board", `<p class="show">aujourd&#39;hui 14:00 · Atelier today · salle −1</p>`)
	almanac.unseen("/board", "Atelier tomorrow", "Atelier any-day")
}

// TestTheBoardAnnouncesInEveryLanguage: each text in its own direction; what was typed
// in French only stays as it was typed.
func TestTheBoardAnnouncesInEveryLanguage(t *testing.T) {
	p := hall(t, 1)
	p.announce(wire.Notice{Text: map[string]string{"fr": "Café offert.", "ar": "قهوة مجانية."}})
	p.announce(wire.Notice{Phrase: "notice.closing-30"})
	p.see("/board", `<p lang="fr" dir="ltr" data-until="1795514400">Café offert.</p><p lang="fr" dir="ltr"`,
		`<p lang="ar" dir="rtl" data-until="1795514400">قهوة مجانية.</p><p lang="ar" dir="rtl"`,
		`<p lang="fr" dir="ltr" data-until="1795514400">Café offert.</p><p lang="zh" dir="ltr"`)
	p.see("/board?lang=ar", `<p lang="ar" dir="rtl" data-until="1795514400">قهوة مجانية.</p><p lang="ar" dir="rtl"`)
	p.unseen("/board", "salle des ateliers")
}

// unseen fails if a page says any of this.
func (p *pages) unseen(path string, not ...string) {
	p.t.Helper()
	_, body, _ := p.get(path)
	for _, n := range not {
		if strings.Contains(body, n) {
			p.t.Errorf("%s says %q:\n%s", path, n, body)
		}
	}
}
