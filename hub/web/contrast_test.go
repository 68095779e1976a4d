package web_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"

	"github.com/chromedp/chromedp"
)

// faint lists the texts whose contrast is below 7:1.
const faint = `(() => {
	const light = c => c.match(/[\d.]+/g).slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
	const ground = e => { const c = getComputedStyle(e).backgroundColor; return /, 0\)$/.test(c) && e.parentElement ? ground(e.parentElement) : c; };
	const all = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
	return [all.length + " texts"].concat(all.filter(e => {
		const a = light(getComputedStyle(e).color), b = light(ground(e));
		return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 7;
	}).map(e => e.outerHTML));
})()`

const axeVersion = "4.14.1"

// axe is the source of axe-core, "" where it cannot be had.
func axe(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "accueil-axe-"+axeVersion)
	file := filepath.Join(dir, "node_modules", "axe-core", "axe.min.js")
	if source, err := os.ReadFile(file); err == nil {
		return string(source)
	}
	npm, err := exec.LookPath("npm")
	if err != nil || os.Getuid() != 0 || os.Getenv("ACCUEIL_INSTALL") == "no" {
		return ""
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	out, err := exec.CommandContext(ctx, npm, "install", "--prefix", dir, "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@"+axeVersion).CombinedOutput()
	if err != nil {
		t.Logf("npm: %v: %s", err, out)
		return ""
	}
	source, _ := os.ReadFile(file)
	return string(source)
}

// wrong lists what axe-core finds.
const wrong = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.html).join(" ")))`

// TestThePhoneCanBeRead in light and in dark, from left to right and from right to
// left, while waiting and when called: by its own measure, and by axe-core's.
func TestThePhoneCanBeRead(t *testing.T) {
	browser, p := browse(t), open(t)
	first, second := p.issue("fr"), p.issue("fr")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	address, source := p.serve(), axe(t)
	for _, scheme := range []string{"light", "dark"} {
		b := phone(t, browser, address+"/", colours(scheme))
		for _, page := range []string{string(first) + "?lang=fr", string(second) + "?lang=fr", string(first) + "?lang=ar", string(second) + "?lang=ar"} {
			b.do(chromedp.Navigate(address + "/t/" + page))
			b.until(`document.getElementById("now") && document.getElementById("now").dataset.live && !document.getElementById("ring").hidden`)
			ask[bool](b, `document.querySelectorAll("details").forEach(d => d.open = true), document.getElementById("stale").hidden = false, true`)
			found := ask[[]string](b, faint)
			if len(found) > 1 || strings.HasPrefix(found[0], "0 ") {
				t.Errorf("%s, %s: too faint: %q", scheme, page, found)
			}
			if source == "" {
				continue
			}
			ask[bool](b, source+";\ntrue")
			if found := ask[[]string](b, wrong); len(found) > 0 {
				t.Errorf("%s, %s: %s", scheme, page, strings.Join(found, "\n"))
			}
		}
	}
	if source == "" {
		t.Skip("read without axe-core: install npm, and run as root where npm may fetch it")
	}
}
