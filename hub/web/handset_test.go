package web_test

import (
	"fmt"
	"testing"

	"accueil/internal/queue"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestTheTurnComesOnThePhone: called, the page shows it, says it aloud, changes
// its title and rings once; the place of somebody who uses keys stays.
func TestTheTurnComesOnThePhone(t *testing.T) {
	browser, p := browse(t), open(t)
	first, second := p.issue("fr"), p.issue("fr")
	address := p.serve()
	one := phone(t, browser, address+"/t/"+string(first))
	two := phone(t, browser, address+"/t/"+string(second))
	one.until(says("Vous êtes la prochaine personne"))
	ask[bool](two, `document.querySelectorAll("summary")[1].focus(), document.querySelectorAll("details")[1].open = true`)
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	one.until(`document.body.className === "called" && !document.querySelector(".later").checkVisibility() && ` + says("C'est à vous"))
	one.until(`document.title.startsWith("▶") && window.rang === 1 && document.getElementById("aloud").textContent.includes("C'est à vous")`)
	two.until(says("Vous êtes la prochaine personne"))
	two.until(`document.querySelectorAll("details")[1].open && document.activeElement === document.querySelectorAll("summary")[1] && window.rang === 0`)
	p.ask(queue.DoStart)
	p.ask(queue.DoFinish)
	one.until(says("terminée") + ` && document.getElementById("stale").hidden && window.rang === 1`)
}

// TestAFingerLetsOthersPassAndLeaves presses what a visitor presses.
func TestAFingerLetsOthersPassAndLeaves(t *testing.T) {
	browser, p := browse(t), open(t)
	first, _ := p.issue("fr"), p.issue("fr")
	b := phone(t, browser, p.serve()+"/t/"+string(first))
	b.tap(`summary`)
	b.tap(`button[name="persons"][value="1"]`)
	b.until(says("votre place est plus loin") + " && " + says("1 personne avant vous"))
	b.tap(`#now details:last-of-type summary`)
	b.tap(`form[action*="/leave"] button`)
	b.until(says("a quitté la file") + ` && document.body.className === "left" && !document.querySelector("form")`)
	b.tap(`.later summary`)
	b.until(says("mercredi 25 novembre, de 10:00 à 17:30")) // who has left is told when to come back
}

// TestNewsWaitForTheFinger: what is under it stays until it is lifted, and then is
// what was said meanwhile; a finger that stays holds up nobody's turn.
func TestNewsWaitForTheFinger(t *testing.T) {
	browser, p := browse(t), open(t)
	p.issue("fr")
	b := phone(t, browser, p.serve()+"/t/"+string(p.issue("fr")))
	b.until(says("1 personne avant vous") + " && window.began === 1")
	ask[bool](b, `window.under = document.querySelector("summary"), window.under.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true})), window.heard = 0, window.passed = -60000, true`)
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall) // of the first
	b.until(`window.heard > 0`)
	if !ask[bool](b, `window.under.isConnected && `+says("1 personne avant vous")) {
		t.Error("what is under a finger was replaced")
	}
	ask[bool](b, `window.under.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}))`)
	b.until(says("Vous êtes la prochaine personne"))
	ask[bool](b, `document.querySelector("summary").dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}))`)
	p.ask(queue.DoStart)
	p.ask(queue.DoFinish)
	p.issue("fr") // requests are named after the tickets that there are
	p.ask(queue.DoCall)
	ask[bool](b, `window.passed = 2100, true`)
	b.until(says("C'est à vous"))
}

// TestThePhoneWithoutTheHub keeps what it knew and says so, until the hub is back.
func TestThePhoneWithoutTheHub(t *testing.T) {
	browser, p := browse(t), open(t)
	code := p.issue("fr")
	addr, stop := p.serveAt("127.0.0.1:0")
	b := phone(t, browser, "http://"+addr+"/t/"+string(code))
	b.until(says("Vous êtes la prochaine personne") + ` && document.getElementById("stale").hidden`)
	stop()
	b.until(`!document.getElementById("stale").hidden && ` + says("Pas de connexion") + " && " + says("Vous êtes la prochaine personne"))
	b.until(`/il y a \d+ s\.$/.test(document.getElementById("age").innerText)`)
	ask[bool](b, `window.passed = 3 * 60000, true`)
	b.until(`document.getElementById("age").innerText === "Dernières nouvelles : il y a 3 min."`)
	ask[bool](b, `window.passed = 0, true`)
	_, stop = p.serveAt(addr)
	defer stop()
	b.until(`document.getElementById("stale").hidden && document.getElementById("age").hidden && ` + says("Vous êtes la prochaine personne"))
}

// TestALineThatIsDeadIsTriedAnew also when nobody says that it is.
func TestALineThatIsDeadIsTriedAnew(t *testing.T) {
	browser, p := browse(t), open(t)
	code := p.issue("fr")
	b := phone(t, browser, p.serve()+"/t/"+string(code))
	b.until(says("Vous êtes la prochaine personne") + " && window.began === 1")
	ask[bool](b, `window.passed = 20000, true`)
	if ask[int](b, `new Promise(done => setTimeout(() => done(window.began), 1100))`) != 1 {
		t.Error("a line that was alive a moment ago is given up")
	}
	ask[bool](b, `window.passed = 55000, true`)
	b.until(`window.began === 2 && document.getElementById("stale").hidden`)
}

// TestThePhoneWithoutScripts asks again by itself, and its forms work.
func TestThePhoneWithoutScripts(t *testing.T) {
	browser, p := browse(t), open(t)
	first, _ := p.issue("en"), p.issue("en")
	b := phone(t, browser, p.serve()+"/t/"+string(first), order(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	b.until(says("You are next") + ` && document.querySelector('meta[http-equiv="refresh"]')`)
	if ask[int](b, `performance.getEntriesByType("resource").filter(r => r.name.endsWith("/live")).length`) != 0 {
		t.Error("scripts run")
	}
	b.do(chromedp.Click(chromedp.CSS(`a[href*="open=pass"]`)), chromedp.Click(chromedp.CSS(`#pass button[name="persons"][value="1"]`)))
	b.until(says("1 person before you"))
}

// TestAPanelStaysOpenWithoutScripts: what was opened is not closed again under the
// finger, and after a while the page is live again.
func TestAPanelStaysOpenWithoutScripts(t *testing.T) {
	browser, p := browse(t), open(t)
	first, second := p.issue("en"), p.issue("en")
	address := p.serve()
	b := phone(t, browser, address+"/t/"+string(first), order(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	b.until(says("You are next"))
	if ask[int](b, `[...document.querySelectorAll("summary")].filter(s => s.checkVisibility()).length`) != 0 {
		t.Error("a panel that the next refresh will close")
	}
	b.do(chromedp.Click(chromedp.CSS(`a[href*="open=leave"]`)))
	b.until(`document.querySelector("#leave[open] button") && document.querySelector("#leave button").checkVisibility()`)
	if got := ask[string](b, `document.querySelector('meta[http-equiv="refresh"]').content`); got != "60; url=?lang=en" {
		t.Errorf("with a panel open the page asks again after %q", got)
	}
	b.do(chromedp.Click(chromedp.CSS(`a[href*="open=pass"]`)))
	b.until(`document.querySelector("#pass[open] button") && !document.querySelector("#leave").checkVisibility()`)
	b.do(chromedp.Click(chromedp.CSS(`#pass button[name="persons"][value="1"]`)))
	b.until(says("1 person before you") + ` && document.querySelector('meta[http-equiv="refresh"]').content === "10; url=?lang=en"`)
	b.do(chromedp.Navigate(address + "/t/" + string(second) + "?open=leave"))
	b.until(`document.querySelector("#leave[open]")`)
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	b.do(chromedp.Navigate(address + "/t/" + string(second) + "?open=leave"))
	b.until(says("It is your turn") + ` && !document.querySelector("details") && document.querySelector('meta[http-equiv="refresh"]').content === "10"`)
}

// TestThePhoneWithKeysOnly goes through the page with the tab key and presses.
func TestThePhoneWithKeysOnly(t *testing.T) {
	browser, p := browse(t), open(t)
	code := p.issue("en")
	b := phone(t, browser, p.serve()+"/t/"+string(code))
	b.until(`!document.getElementById("ring").hidden`)
	tab := func(want string) {
		t.Helper()
		b.do(chromedp.KeyEvent(kb.Tab))
		b.until(`document.activeElement.matches('` + want + `') && parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 3`)
	}
	tab("#now details:first-of-type summary")
	tab("#now details:last-of-type summary")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelectorAll("details")[1].open`)
	tab(`form[action*="/leave"] button`)
	tab("details.later summary")
	tab("#ring")
	tab("#share summary")
	tab("footer a")
	ask[bool](b, `document.querySelector('form[action*="/leave"] button').focus(), true`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`document.body.className === "left"`)
}

// fits is false when something sticks out sideways.
const fits = `document.documentElement.scrollWidth <= document.documentElement.clientWidth`

// TestThePhoneInEveryDirectionAndSize: no language and no enlargement to twice
// the size makes the page wider than a phone.
func TestThePhoneInEveryDirectionAndSize(t *testing.T) {
	browser, p := browse(t), open(t)
	p.issue("fr")
	code := p.issue("fr")
	address := p.serve()
	b := phone(t, browser, address+"/t/"+string(code))
	for _, lang := range p.site.Languages {
		b.do(size(360, 740, 1), chromedp.Navigate(address+"/t/"+string(code)+"?lang="+lang))
		b.until(`document.documentElement.lang === "` + lang + `" && !document.getElementById("ring").hidden`)
		if !ask[bool](b, `getComputedStyle(document.body).display === "flex" && document.querySelector("#pass").checkVisibility()`) {
			t.Fatal("the page's own styles do not count, or those for phones without scripts do")
		}
		if rtl := ask[bool](b, `getComputedStyle(document.body).direction === "rtl"`); rtl != (lang == "ar") {
			t.Errorf("%s is written from right to left: %t", lang, rtl)
		}
		ask[bool](b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
		for what, made := range map[string]string{"as it is": "", "with text of twice the size": "200%"} {
			ask[string](b, fmt.Sprintf(`document.documentElement.style.fontSize = %q`, made))
			if !ask[bool](b, fits) {
				t.Errorf("in %s, %s, the page is too wide", lang, what)
			}
		}
		ask[string](b, `document.documentElement.style.fontSize = ""`)
		b.do(size(180, 370, 2))
		b.until(`innerWidth === 180`)
		if !ask[bool](b, fits) {
			t.Errorf("in %s, at 200 %%, the page is too wide", lang)
		}
	}
}
