package web_test

import (
	"strings"
	"testing"

	"accueil/internal/queue"

	"github.com/chromedp/chromedp"
)

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
