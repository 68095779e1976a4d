package visitor

import (
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// noTicket says that no ticket could be given, and what to do instead.
type noTicket struct {
	page
	title, why string
	opens      string
	reception  string
	choices    []choice
}

func (r *Role) trouble(here stop) noTicket {
	service, _ := r.opt.Site.Service(here.service)
	n := noTicket{page: r.page("")}
	n.where = n.in(service.Pole)
	n.title = n.say.Say("visitor.trouble-" + string(here.trouble))
	n.why = n.say.Say("visitor.trouble-text-" + string(here.trouble))
	read := choice{id: doBrowse, label: []string{n.say.Say("visitor.read")}}
	retry := choice{id: doTake, label: []string{n.say.Say("visitor.retry")}, main: true, busy: r.visit.busy}
	n.choices = []choice{retry, read}
	n.reception = n.in(r.opt.Site.Texts[site.TextReception])
	if here.trouble == troubleClosed {
		st := r.standing(service)
		n.choices = []choice{n.comeBack(), read, {id: doReception, label: []string{n.say.Say("visitor.ask-reception")}}}
		if !st.open && !st.next.IsZero() {
			n.opens = n.say.Say("visitor.next-opening", "When", n.say.When(st.next, n.now))
		}
	}
	return n
}

func (n noTicket) draw(c *screen.Canvas) {
	body := row(c, n.page.draw(c), n.choices)
	if body.H >= 14 {
		_, body = body.Top(2)
	}
	body, _ = body.Left(min(body.W, 90))
	flow(c, body,
		para{text: n.title, style: c.Theme().Strong()},
		para{text: n.why, style: n.page.text(c), above: 2},
		para{text: n.opens, style: c.Theme().Strong(), above: 1},
		para{text: n.reception, style: c.Theme().Strong(), above: 1},
	)
}
