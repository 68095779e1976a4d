package web_test

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"accueil/hub/floor"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// asked names requests: how many have been made.
var asked atomic.Int64

// as asks the floor in the name of a role.
func (p *pages) as(role string, a queue.Ask) {
	p.t.Helper()
	a.ID = fmt.Sprint(a.Do, "-as-", asked.Add(1))
	done := make(chan wire.Reply, 1)
	p.floor.Ask(role, wire.Request{V: 1, Ask: a}, func(r wire.Reply) { done <- r })
	if r := <-done; r.Refused != "" {
		p.t.Fatalf("%s: %s", a.Do, r.Refused)
	}
}

// id is the ticket of a code.
func (p *pages) id(code queue.Code) (id queue.TicketID) {
	p.t.Helper()
	p.look(func(sight floor.Sight) { id = sight.Day.ByCode(code).ID })
	return id
}

// TestThePageComesBackWithTheTicket: whoever is brought back by the staff is told and
// called on the page that was open all the while; without scripts the page asks again.
func TestThePageComesBackWithTheTicket(t *testing.T) {
	p := open(t)
	code := p.issue("fr")
	s := p.stream(p.serve() + "/t/" + string(code) + "/live")
	s.see(`data-state="waiting"`)
	id, desk := p.id(code), p.site.DesksOf("creer")[0].Key
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoLeave, Ticket: id})
	s.see("a quitté la file")
	p.see("/t/"+string(code), `http-equiv="refresh" content="15"`, "/live?lang=fr", "/ticket.js")
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoTakeBack, Ticket: id})
	s.see(`data-state="waiting"`)
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoVoid, Ticket: id, Reason: queue.VoidReasons()[0]})
	s.see(`data-state="void"`)
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoTakeBack, Ticket: id})
	s.see(`data-state="waiting"`)
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	p.ask(queue.DoNoShow)
	s.see(`data-state="no-show"`)
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoReinstate, Ticket: id})
	s.see(`data-state="waiting"`)
	p.as(wire.RoleAdviser, queue.Ask{Do: queue.DoCall, Desk: desk})
	s.see(`data-state="called"`)
	p.ask(queue.DoStart)
	p.ask(queue.DoFinish)
	s.see(`data-state="served"`)
	p.as(wire.RoleAdviser, queue.Ask{Do: queue.DoUndo, Desk: desk})
	s.see(`data-state="serving"`)
	p.as(wire.RoleAdviser, queue.Ask{Do: queue.DoFinish, Desk: desk})
	s.see(`data-state="served"`)
	p.ahead.Store(int64(6 * time.Minute))
	p.issue("fr") // something happens
	s.see("data-over")
	if _, err := io.ReadAll(s.in); err != nil {
		t.Errorf("the stream of a visit that is over: %v", err)
	}
	if _, body, _ := p.get("/t/" + string(code)); !strings.Contains(body, "terminée") || strings.Contains(body, "http-equiv") {
		t.Errorf("a visit that is long over still refreshes:\n%s", body)
	}
}

// TestAPhoneRingsAgainAfterComingBack also where the page was opened while its ticket
// was out of the queue; out of the Wi-Fi nobody who has left is told so.
func TestAPhoneRingsAgainAfterComingBack(t *testing.T) {
	browser, p := browse(t), open(t)
	code := p.issue("fr")
	id := p.id(code)
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoLeave, Ticket: id})
	b := phone(t, browser, p.serve()+"/t/"+string(code))
	b.until(says("a quitté la file") + ` && window.heard > 0 && !document.getElementById("ring").checkVisibility()`)
	ask[bool](b, `window.cried = false, new MutationObserver(() => { window.cried = true; }).observe(document.getElementById("stale"), {attributes: true}), window.passed = 55000, true`)
	b.until(`window.began === 2`)
	if ask[bool](b, `window.cried`) {
		t.Error("who has left is told that there is no connection")
	}
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoTakeBack, Ticket: id})
	b.until(`document.body.className === "waiting" && document.getElementById("ring").checkVisibility()`)
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	b.until(says("C'est à vous") + " && window.rang === 1")
}

// TestTheDayIsClosedOverWhoWaits: they did not leave and cannot take a ticket; they are
// told when the service opens again, and wait again when the day goes on.
func TestTheDayIsClosedOverWhoWaits(t *testing.T) {
	p := open(t)
	gone, code := p.issue("fr"), p.issue("fr")
	p.as(wire.RoleReception, queue.Ask{Do: queue.DoLeave, Ticket: p.id(gone)})
	s := p.stream(p.serve() + "/t/" + string(code) + "/live")
	s.see(`data-state="waiting"`)
	p.as(wire.RoleCoordinator, queue.Ask{Do: queue.DoCloseDay})
	s.see("Nous avons fermé pour aujourd&#39;hui avant votre tour")
	for lang, when := range map[string]string{"fr": "demain 10:00", "en": "tomorrow 10:00", "es": "mañana 10:00", "pt": "amanhã 10:00", "zh": "明天 10:00", "uk": "завтра 10:00", "ar": "غدًا 10:00"} {
		p.see("/t/"+string(code)+"?lang="+lang, when, `class="later"`, "http-equiv")
	}
	if _, body, _ := p.get("/t/" + string(code)); strings.Contains(body, "a quitté la file") || strings.Contains(body, "nouveau ticket") || strings.Contains(body, "Je ne peux pas attendre") {
		t.Errorf("they did not leave:\n%s", body)
	}
	p.see("/t/"+string(gone), "a quitté la file")
	p.as(wire.RoleCoordinator, queue.Ask{Do: queue.DoOpenDay})
	s.see(`data-state="waiting"`)
}
