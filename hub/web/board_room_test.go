package web_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"

	"github.com/chromedp/chromedp"
)

// roomy says what sticks out of the board: out of the window, or out of its own box.
const roomy = `(() => {
	const w = document.documentElement.scrollWidth - innerWidth, h = document.documentElement.scrollHeight - innerHeight;
	const out = w > 0 || h > 0 ? ["the window by " + w + ", " + h] : [];
	for (const e of document.querySelectorAll(".call, .call h1, .call p, .last li, th, td, .announced p, .withdrawn p, .empty *, header span, .show")) {
		const box = e.closest(".large, .last, table, header, .show, .now"), r = e.getBoundingClientRect(), b = box.getBoundingClientRect();
		if (e.checkVisibility() && (r.left < b.left - 1 || r.right > b.right + 1 || r.top < b.top - 9 || r.bottom > b.bottom + 9 || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline" && !e.matches(".show"))) { out.push(e.outerHTML.slice(0, 150)); }
	}
	return out;
})()`

// hasRoom with one service and with many, with no call and with several,
// on a wide screen, on a small one, and upright.
func hasRoom(t *testing.T, browser context.Context) {
	counts, sizes := []int{1, 14}, [][2]int64{{1280, 720}, {1080, 1920}}
	if os.Getenv("ACCUEIL_PICTURES") != "" {
		counts, sizes = append(counts, 6), append(sizes, [2]int64{1920, 1080})
	}
	for _, services := range counts {
		p := hall(t, services)
		address := p.serve()
		b := phone(t, browser, address+"/board")
		look := func(what string) {
			t.Helper()
			for _, s := range sizes {
				b.do(size(s[0], s[1], 1))
				b.until(fmt.Sprintf(`innerWidth === %d && !document.getElementById("sound").hidden`, s[0])) // which takes room
				if found := ask[[]string](b, roomy); len(found) > 0 {
					t.Errorf("%d services, %s, %dx%d: no room for %q", services, what, s[0], s[1], found)
				}
				b.picture(fmt.Sprintf("%d-%s-%dx%d", services, what, s[0], s[1]))
			}
		}
		b.until(says("Les appels s'affichent ici") + ` && document.querySelectorAll("tbody").length === ` + fmt.Sprint((services+5)/6))
		look("no-call")
		for n := range services {
			if n == 4 {
				continue
			}
			p.come(n, []string{"fr", "ar", "zh"}[n%3], n%3 > 0)
			p.come(n, "fr", true)
			p.desk(n, queue.DoOpenDesk, queue.DoCall)
		}
		p.announce(wire.Notice{Phrase: "notice.closing-30"})
		b.until(`document.querySelectorAll("[data-call]").length >= ` + fmt.Sprint(min(services-services/5%2, wire.MaxCalls)))
		look("calls")
		b.do(chromedp.Navigate(address + "/board?lang=ar"))
		b.until(`document.dir === "rtl"`)
		look("arabic")
	}
}

// hasRoomForEveryLanguage in the centre's own words, late in the day, with the longest
// announcements there can be.
func hasRoomForEveryLanguage(t *testing.T, browser context.Context) {
	p := openAt(t, tuesday.Add(7*time.Hour+55*time.Minute))
	p.issue("fr")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	long := strings.TrimSpace(strings.Repeat("Une annonce bien longue ", 20)[:wire.MaxNoticeText])
	for _, id := range []string{"a", "b"} {
		n := wire.Notice{Text: map[string]string{"fr": long}, Until: tuesday.Add(10 * time.Hour)}
		done := make(chan wire.Reply, 1)
		p.floor.Ask(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{ID: id, Do: wire.DoAnnounce}, Notice: &n}, func(r wire.Reply) { done <- r })
		if r := <-done; r.Refused != "" {
			t.Fatal(r.Refused)
		}
	}
	b := phone(t, browser, p.serve()+"/board")
	for _, lang := range p.site.Languages {
		for _, s := range [][2]int64{{1280, 720}, {1080, 1920}} {
			b.do(size(s[0], s[1], 1), chromedp.Navigate(ask[string](b, "location.origin")+"/board?lang="+lang))
			b.until(fmt.Sprintf(`innerWidth === %d && document.documentElement.lang === %q && document.getElementById("board").dataset.heard`, s[0], lang))
			ask[bool](b, `document.getElementById("sound").hidden = false, true`) // it takes room
			if found := ask[[]string](b, roomy); len(found) > 0 {
				t.Errorf("in %s on %dx%d: no room for %q", lang, s[0], s[1], found)
			}
			b.picture(fmt.Sprintf("lang-%s-%d", lang, s[0]))
		}
	}
}

// canBeRead by everybody: empty and with calls, while a call is new and after, with
// one taken back, stale and asking for a touch, from left to right and from right to
// left; by its own measure, and by axe-core's.
func canBeRead(t *testing.T, browser context.Context) {
	p, source := hall(t, 6), axe(t)
	b := screen(t, browser, p.serve()+"/board", false)
	read := func(what string) {
		t.Helper()
		b.picture("read-" + what)
		if found := ask[[]string](b, faint); len(found) > 1 || strings.HasPrefix(found[0], "0 ") {
			t.Errorf("%s: too faint: %q", what, found)
		}
		if source == "" {
			return
		}
		ask[bool](b, source+";\ntrue")
		if found := ask[[]string](b, wrong); len(found) > 0 {
			t.Errorf("%s: %s", what, strings.Join(found, "\n"))
		}
	}
	b.until(`!document.getElementById("sound").hidden`)
	read("empty")
	for n, language := range []string{"fr", "ar", "zh"} {
		p.come(n, language, n > 0)
		p.come(n, language, true)
		p.desk(n, queue.DoOpenDesk, queue.DoCall)
	}
	p.announce(wire.Notice{Phrase: "notice.closing-30"})
	b.until(shows("C 001") + ` && document.querySelector(".fresh")`)
	read("new")
	p.desk(2, queue.DoUndo)
	ask[int](b, "window.passed = 20000") // of a hub that is away, and of a call
	b.until(`document.querySelector(".withdrawn") && !document.querySelector(".fresh")`)
	read("taken back")
	ask[bool](b, `document.getElementById("stale").textContent = "▲ Affichage arrêté", document.getElementById("stale").hidden = false, true`)
	read("stale")
	b.do(chromedp.Navigate(ask[string](b, "location.origin") + "/board?lang=ar"))
	b.until(`document.dir === "rtl" && document.getElementById("board").dataset.heard`)
	read("arabic")
	if source == "" {
		t.Skip("read without axe-core: install npm, and run as root where npm may fetch it")
	}
}
