package web_test

import (
	"strings"
	"testing"

	"accueil/internal/queue"

	"github.com/chromedp/chromedp"
)

// TestTheBoardLives: a call appears by itself, everything has room on a common
// screen, and without the hub it keeps what it showed and says since when.
func TestTheBoardLives(t *testing.T) {
	browser, p := browse(t), open(t)
	p.issue("fr")
	addr, stop := p.serveAt("127.0.0.1:0")
	b := phone(t, browser, "http://"+addr+"/board", size(1280, 720, 1))
	b.do(size(1280, 720, 1))
	b.until(says("Les appels s'affichent ici") + " && " + says("1 attend"))
	ask[bool](b, "window.same = true")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	b.until(says("bureau 5") + ` && window.same && document.getElementById("stale").hidden`)
	if !ask[bool](b, "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth") {
		t.Error("the board does not fit on 1280 by 720")
	}
	stop()
	b.until(`!document.getElementById("stale").hidden && ` + says("Affichage arrêté depuis") + " && " + says("bureau 5"))
	_, stop = p.serveAt(addr)
	defer stop()
	b.until(`document.getElementById("stale").hidden`)
}

// TestStaffPagesCanBeRead in light and in dark.
func TestStaffPagesCanBeRead(t *testing.T) {
	browser, p := browse(t), open(t)
	for range 12 {
		p.issue("fr")
	}
	p.ask(queue.DoOpenDesk)
	address := p.serve()
	for _, scheme := range []string{"light", "dark"} {
		b := phone(t, browser, address+"/", colours(scheme))
		for _, page := range []string{"/coordinator?lang=fr", "/coordinator/acts?lang=fr", "/board"} {
			b.do(chromedp.Navigate(address + page))
			b.until(says("Cité des métiers"))
			ask[bool](b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
			found := ask[[]string](b, faint)
			if len(found) > 1 || strings.HasPrefix(found[0], "0 ") {
				t.Errorf("%s, %s: too faint: %q", scheme, page, found)
			}
		}
	}
}
