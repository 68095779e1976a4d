package web_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// ear is a browser's sound and voices, which a browser without hands cannot hear: it
// keeps what is sounded and said, over pages loaded anew, and beside it the label that
// is large meanwhile. It waits a twentieth of the time. Voices of French and Arabic
// are of this machine, an English one is not.
const ear = `
	window.heardOf = () => JSON.parse(sessionStorage.getItem("ear") || "[]");
	const note = what => sessionStorage.setItem("ear", JSON.stringify(window.heardOf().concat(what)));
	const large = () => document.querySelector("[data-call]:not([hidden]) bdi").textContent;
	const later = window.setTimeout, sofar = performance.now.bind(performance);
	window.passed = 0;
	performance.now = () => sofar() + window.passed;
	window.setTimeout = (f, ms) => later(f, ms < 15000 ? ms / 20 : ms);
	window.AudioContext = function () {
		const made = { connect: to => to, gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, frequency: {}, stop() {}, start() { if (made.frequency.value > 700) { note("chime " + large()); } } };
		Object.assign(this, { state: "suspended", currentTime: 0, createOscillator: () => made, createGain: () => made });
		this.resume = () => { this.state = "running"; this.onstatechange(); return Promise.resolve(); };
		if (window.mayPlay) { later(this.resume, 0); }
	};
	window.SpeechSynthesisUtterance = function (text) { this.text = text; };
	Object.defineProperty(window, "speechSynthesis", { value: {
		getVoices: () => [{ lang: "en-GB", localService: false }, { lang: "fr-CA", localService: true }, { lang: "fr-FR", localService: true }, { lang: "ar", localService: true }],
		speak: u => { note(u.lang + ": " + u.text + " " + large()); if (window.hold) { window.speaking = u; } else { later(() => u.onend(), 0); } },
		cancel: () => note("cut"),
	} });`

// TestTheBoard has the board of the web on screens of one real browser.
func TestTheBoard(t *testing.T) {
	browser := browse(t)
	for name, test := range map[string]func(*testing.T, context.Context){
		"can be read":                     canBeRead,
		"has room":                        hasRoom,
		"has room for every language":     hasRoomForEveryLanguage,
		"says each call once":             saysEachCallOnce,
		"forgets a call taken back":       forgetsACallTakenBack,
		"says more than it lists":         saysMoreThanItLists,
		"is silent until touched":         isSilentUntilTouched,
		"works without scripts":           worksWithoutScripts,
		"goes on when there are too many": goesOnWhenThereAreTooMany,
	} {
		t.Run(name, func(t *testing.T) { test(t, browser) })
	}
}

// screen opens the board as on a screen of the hall; sound says that it may play.
func screen(t *testing.T, browser context.Context, address string, sound bool) *tab {
	t.Helper()
	source := fmt.Sprintf("window.mayPlay = %t;%s", sound, ear)
	b := phone(t, browser, address, size(1280, 720, 1), order(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source}))
	b.until(`document.getElementById("board") && window.heardOf && document.getElementById("board").dataset.heard`)
	return b
}

// hears waits until the board has sounded and said exactly this, ever.
func (b *tab) hears(want ...string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`window.heardOf && window.heardOf().length >= %d`, len(want)))
	if got := ask[[]string](b, `window.heardOf()`); !slices.Equal(got, want) {
		b.t.Errorf("heard %q, want %q", got, want)
	}
}

// shows is an expression: this is the call that stands large.
func shows(label string) string {
	return "[...document.querySelectorAll('[data-call]:not([hidden]) h1')].map(h => h.textContent).join() === `" + label + "`"
}

// saysEachCallOnce: by the stream, without loading anew, in the order of
// the calls, in French and then in the ticket's language where there is a voice for
// it; not what was called before, not once more when the page is loaded anew or the
// hub comes back; but what was called meanwhile. Without the hub it keeps what it
// showed and says how old that is.
func saysEachCallOnce(t *testing.T, browser context.Context) {
	p := hall(t, 4)
	for n, language := range []string{"fr", "ar", "en", "fr"} {
		p.come(n, language, true)
		p.come(n, language, true)
		p.desk(n, queue.DoOpenDesk)
	}
	p.desk(0, queue.DoCall)
	addr, stop := p.serveAt("127.0.0.1:0")
	b := screen(t, browser, "http://"+addr+"/board", true)
	b.until(shows("A 001") + ` && document.getElementById("sound").hidden`)
	ask[bool](b, "window.same = true")
	p.desk(1, queue.DoCall)
	p.desk(2, queue.DoCall)
	want := []string{
		"chime B 001", "fr-FR: B, 1. Bureau 2. B 001", "ar: B, 1. المكتب 2. B 001",
		"chime C 001", "fr-FR: C, 1. Bureau 3. C 001",
	}
	b.hears(want...)
	b.until(shows("C 001") + ` && window.same && document.querySelector(".fresh") && document.querySelectorAll(".last li:not([hidden])").length === 2`)
	b.do(chromedp.Reload())
	b.until(`!window.same && document.getElementById("board") && document.getElementById("board").dataset.heard && ` + shows("C 001"))
	stop()
	p.desk(3, queue.DoCall)
	ask[int](b, "window.passed = 95000")
	b.until(`!document.getElementById("stale").hidden && ` + says("Affichage arrêté depuis 1 min") + " && " + shows("C 001"))
	b.picture("away")
	_, stop = p.serveAt(addr)
	defer stop()
	b.until(`document.getElementById("stale").hidden`)
	want = append(want, "chime D 001", "fr-FR: D, 1. Bureau 4. D 001")
	b.hears(want...)
	p.ahead.Add(int64(30 * time.Second))
	p.desk(3, queue.DoRecall)
	b.until(says("appelé 2 fois"))
	b.hears(append(want, "chime D 001", "fr-FR: D, 1. Bureau 4. D 001")...)
}

// forgetsACallTakenBack: it vanishes, is not said when it waited to be, and
// those who heard it are told; the call before is not said once more.
func forgetsACallTakenBack(t *testing.T, browser context.Context) {
	p := hall(t, 3)
	for n := range 3 {
		p.come(n, "fr", true)
		p.desk(n, queue.DoOpenDesk)
	}
	b := screen(t, browser, p.serve()+"/board", true)
	ask[bool](b, "window.hold = true")
	p.desk(0, queue.DoCall)
	b.until(`window.speaking && ` + shows("A 001"))
	p.desk(1, queue.DoCall)
	b.until(says("B 001"))
	p.desk(1, queue.DoUndo)
	b.until(says("B 001 : appel annulé") + ` && document.querySelectorAll("[data-call]").length === 1 && ` + shows("A 001"))
	ask[bool](b, "window.hold = false, window.speaking.onend(), true")
	p.desk(2, queue.DoCall)
	want := []string{"chime A 001", "fr-FR: A, 1. Bureau 1. A 001", "chime C 001", "fr-FR: C, 1. Bureau 3. C 001"}
	b.hears(want...)
	p.desk(2, queue.DoUndo)
	b.until(shows("A 001") + " && " + says("C 001 : appel annulé") + ` && !document.querySelector(".fresh")`)
	p.desk(1, queue.DoCall)
	b.hears(append(want, "chime B 001", "fr-FR: B, 1. Bureau 2. B 001")...)
}

// saysMoreThanItLists: they are all said and shown, one after the other.
func saysMoreThanItLists(t *testing.T, browser context.Context) {
	p := hall(t, 9)
	var want []string
	for n := range 9 {
		if n == 4 {
			continue // it is closed
		}
		p.come(n, "fr", true)
		p.desk(n, queue.DoOpenDesk)
		label := fmt.Sprintf("%c 001", 'A'+n)
		want = append(want, "chime "+label, fmt.Sprintf("fr-FR: %c, 1. Bureau %d. %s", 'A'+n, n+1, label))
	}
	b := screen(t, browser, p.serve()+"/board", true)
	ask[bool](b, "window.hold = true")
	p.desk(0, queue.DoCall)
	b.until(`window.speaking`)
	for n := range 9 {
		if n > 0 && n != 4 {
			p.desk(n, queue.DoCall)
			b.until(says(fmt.Sprintf("%c 001", 'A'+n)))
		}
	}
	ask[bool](b, "window.hold = false, window.speaking.onend(), true")
	b.hears(want...)
	b.until(shows("I 001"))
}

// isSilentUntilTouched: it asks for one touch, and what was called before
// is not said then.
func isSilentUntilTouched(t *testing.T, browser context.Context) {
	p := hall(t, 2)
	for n := range 2 {
		p.come(n, "fr", true)
		p.desk(n, queue.DoOpenDesk)
	}
	b := screen(t, browser, p.serve()+"/board", false)
	b.until(`!document.getElementById("sound").hidden && ` + says("Touchez l'écran une fois pour le son"))
	p.desk(0, queue.DoCall)
	b.until(shows("A 001"))
	b.hears()
	b.do(chromedp.Click(chromedp.CSS("#sound")))
	b.until(`document.getElementById("sound").hidden`)
	p.desk(1, queue.DoCall)
	b.hears("chime A 001", "chime B 001", "fr-FR: B, 1. Bureau 2. B 001") // the first is for the finger
	quiet := screen(t, browser, p.serve()+"/board?silent", false)
	quiet.until(shows("B 001"))
	if ask[bool](quiet, `!document.getElementById("sound").hidden`) {
		t.Error("a silent board asks for a touch")
	}
}

// worksWithoutScripts: it asks again by itself and shows everything.
func worksWithoutScripts(t *testing.T, browser context.Context) {
	p := hall(t, 14)
	for n := range 2 {
		p.come(n, "fr", true)
		p.desk(n, queue.DoOpenDesk, queue.DoCall)
	}
	p.announce(wire.Notice{Phrase: "notice.closing-30"})
	b := phone(t, browser, p.serve()+"/board", size(1280, 720, 1), order(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	b.do(size(1280, 720, 1))
	b.until(shows("B 001") + ` && document.querySelector('meta[http-equiv="refresh"]').content === "5"`)
	for what, count := range map[string]int{".announced div": 1, "tbody": 1, ".mark span": 1, ".last li": 1} {
		if got := ask[int](b, `document.querySelectorAll("`+what+`:not([hidden])").length`); got != count {
			t.Errorf("%d of %s are shown, want %d", got, what, count)
		}
	}
}

// goesOnWhenThereAreTooMany: streams are bounded, boards are not.
func goesOnWhenThereAreTooMany(t *testing.T, browser context.Context) {
	p := hall(t, 2)
	address := p.serve()
	for range 64 {
		p.stream(address + "/board/live").see("Les appels")
	}
	answer, err := http.Get(address + "/board/live")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("the 65th stream: %s", answer.Status)
	}
	b := screen(t, browser, address+"/board", true)
	p.come(0, "fr", true)
	p.desk(0, queue.DoOpenDesk, queue.DoCall)
	b.until(shows("A 001"))
	b.hears("chime A 001", "fr-FR: A, 1. Bureau 1. A 001")
}
