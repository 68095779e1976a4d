package visitor

import (
	"strings"

	"accueil/internal/calendar"
	"accueil/internal/later"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// comeback is for whoever cannot wait: when it is usually quieter today, when the
// service opens again, and how to ask from a distance.
type comeback struct {
	page
	service site.Service
	advice  later.Advice
	choices []choice
	scroll  *screen.Scroll
}

func (r *Role) comeback(here stop) comeback {
	service, _ := r.opt.Site.Service(here.service)
	b := comeback{page: r.page(""), service: service, scroll: here.scroll}
	b.where = b.say.Say("later.title")
	b.advice = r.advice(service)
	if service.Key == "" { // whoever asks for somebody else
		b.where, b.advice.Openings = b.say.Say("later.all"), []string{b.in(r.opt.Site.Texts[site.TextHours])}
		b.advice.Shortly = b.advice.Openings
	}
	for _, w := range b.advice.Ways {
		b.choices = append(b.choices, choice{id: doDistance + ":" + w.Key, label: []string{w.Name}, note: notes(w)})
	}
	b.choices = append(b.choices, choice{id: doReception, label: []string{b.say.Say("visitor.ask-reception")}})
	return b
}

// notes say what a way is, and where.
func notes(w later.Way) []string {
	if w.Address == "" {
		return []string{w.Kind}
	}
	return []string{w.Kind + " · " + w.Address, w.Kind}
}

// advice is what helps somebody who cannot wait for a service. It stands on this
// kiosk's own content; only the quieter hours are the hub's.
func (r *Role) advice(s site.Service) later.Advice {
	return later.For(r.opt.Site, r.almanac, r.say(), s, r.quiet(s), r.now())
}

// quiet are the quieter hours the hub told of today; those of another day are not
// today's.
func (r *Role) quiet(s site.Service) []calendar.Span {
	view, ok := r.opt.Line.Public()
	if !ok || view.Closed || view.Stamp.Day != queue.DateOf(r.now(), r.almanac.Zone()) {
		return nil
	}
	for _, line := range view.Services {
		if line.Service == s.Key {
			return line.Quiet
		}
	}
	return nil
}

// leastGrid is the rows of choices in large print, of which one is seen at least.
const leastGrid = 2*screen.LetterRows + 1

func (b comeback) draw(c *screen.Canvas) {
	body := b.page.draw(c)
	least, pairs := gridHeight(body, len(b.choices), b.large), false
	switch {
	case b.large && body.H < roomyBody:
		least = leastGrid
	case !b.large && body.H < roomyBody && body.W >= narrow-12 && len(b.choices) == 3:
		least, pairs = 2*(smallHeight+1)-1, true
	}
	head, _ := body.Top(body.H - least - 1)
	head, _ = head.Left(min(head.W, 100))
	rest := flow(c, head, b.paras(c, head)...)
	_, list := body.Top(head.H - rest.H + 1)
	if pairs {
		drawAll(c, places(list, 2, 2, smallHeight, 1)[:len(b.choices)], 1, b.choices)
		return
	}
	grid(c, list, b.large, b.scroll, b.choices)
}

// paras are the sentences that fit above the choices, what helps today before what
// helps tomorrow.
func (b comeback) paras(c *screen.Canvas, r screen.Rect) []para {
	text, strong := b.text(c), c.Theme().Strong()
	quiet := para{label: b.say.Say("later.quieter"), text: b.advice.Quiet, style: strong, big: b.large}
	opens := func(days []string) para {
		return para{label: b.say.Say("later.open"), text: strings.Join(days, "\n"), style: text, above: 1}
	}
	days := b.advice.Openings
	if flowHeight(r.W, quiet, opens(days)) > flowHeight(r.W, quiet)+len(days)+1 {
		days = b.advice.Shortly
	}
	var openings para
	for n := range days {
		if more := opens(days[:n+1]); n == 0 || flowHeight(r.W, quiet, more) <= r.H {
			openings = more
		}
	}
	name := para{text: b.in(b.service.Name), style: b.soft(c)}
	ask := para{text: b.advice.Ask, style: b.soft(c), above: 1}
	paras := []para{quiet, openings}
	quiet.above = 1
	if all := []para{name, quiet, openings}; flowHeight(r.W, all...) <= r.H {
		paras = all
	}
	return withRoom(r, paras, ask)
}

// distance is one way to ask without coming, with its address to take along.
func (r *Role) distance(here stop) item {
	service, _ := r.opt.Site.Service(here.service)
	i := item{page: r.page("")}
	i.choices = []choice{{id: doReception, label: []string{i.say.Say("visitor.ask-reception")}}}
	for _, w := range r.advice(service).Ways {
		if w.Key != here.item {
			continue
		}
		i.where, i.title, i.about, i.address = w.Kind, w.Name, w.About, w.Address
		i.choices[0].main = w.Link == ""
		if i.url = w.Link; !w.Dials && !w.Writes {
			i.url = qrAddress(w.Link)
		}
		i.facts, i.addressLabel = []fact{{i.say.Say("visitor.when"), w.Hours}}, i.say.Say("visitor.address")
		switch {
		case w.Dials:
			i.aim, i.addressLabel = i.say.Say("later.dial"), i.say.Say("later.number")
		case w.Writes:
			i.aim = i.say.Say("later.write")
		}
	}
	return i
}
