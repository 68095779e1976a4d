package visitor

import (
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// shelf is one part of what there is to read and do.
type shelf string

// The shelves, in the order of the screen.
const (
	shelfBooks     shelf = "books"
	shelfTools     shelf = "tools"
	shelfSites     shelf = "sites"
	shelfWorkshops shelf = "workshops"
)

func shelvesInOrder() []shelf { return []shelf{shelfBooks, shelfTools, shelfSites, shelfWorkshops} }

// shelfOf is where a resource of a kind stands.
func shelfOf(kind string) shelf {
	switch kind {
	case site.KindBook, site.KindPress:
		return shelfBooks
	case site.KindWebsite:
		return shelfSites
	}
	return shelfTools
}

// stock is what there is to read and do on a question or with a service,
// nearest first.
type stock struct {
	resources []site.Resource
	workshops []site.Workshop
}

func (r *Role) stock(question, service string) stock {
	s := r.opt.Site
	if _, ok := s.Question(question); ok {
		return stock{s.ResourcesFor(question), s.WorkshopsFor(question)}
	}
	return stock{s.ResourcesOf(service), s.WorkshopsOf(service)}
}

func (k stock) empty() bool { return len(k.resources)+len(k.workshops) == 0 }

// on returns the resources on a shelf.
func (k stock) on(s shelf) []site.Resource {
	var list []site.Resource
	for _, res := range k.resources {
		if shelfOf(res.Kind) == s {
			list = append(list, res)
		}
	}
	return list
}

// count is how many things stand on a shelf.
func (k stock) count(s shelf) int {
	if s == shelfWorkshops {
		return len(k.workshops)
	}
	return len(k.on(s))
}

// shelves opens the first shelf that holds anything.
func (r *Role) shelves(s stop) stop {
	k := r.stock(s.question, s.service)
	for _, shelf := range shelvesInOrder() {
		if k.count(shelf) > 0 {
			s.shelf = shelf
			return s
		}
	}
	return s
}

// browse is what there is to read and do, one shelf of it open.
type browse struct {
	page
	title   string
	shelves []choice // the open one is marked
	choices []choice
	scroll  *screen.Scroll
}

func (r *Role) browse(here stop) browse {
	b := browse{page: r.page(""), scroll: here.scroll}
	b.where = b.say.Say("visitor.read-all")
	service, _ := r.opt.Site.Service(here.service)
	b.title = b.in(service.Name)
	if q, ok := r.opt.Site.Question(here.question); ok {
		b.title = b.say.Say("visitor.quoted", "Text", b.in(q.Text))
	}
	k := r.stock(here.question, here.service)
	for _, s := range shelvesInOrder() {
		if n := k.count(s); n > 0 {
			b.shelves = append(b.shelves, choice{id: doShelf + ":" + string(s), main: s == here.shelf,
				label: []string{b.say.Say("visitor.shelf-" + string(s))}, note: []string{b.say.Number(n)}})
		}
	}
	b.choices = r.shelved(b.page, k, here.shelf)
	if len(b.shelves) == 0 {
		b.choices = []choice{{id: doThemes, label: []string{b.say.Say("visitor.read-all")}},
			{id: doReception, label: []string{b.say.Say("visitor.ask-reception")}}}
	}
	return b
}

// shelved are the things on a shelf, as choices.
func (r *Role) shelved(p page, k stock, s shelf) []choice {
	var choices []choice
	if s == shelfWorkshops {
		for _, w := range k.workshops {
			service, _ := r.opt.Site.Service(w.Service)
			choices = append(choices, choice{id: doWorkshop + ":" + w.Key, label: []string{p.in(w.Title)},
				note: []string{p.in(w.When)}, of: service})
		}
		return choices
	}
	for _, res := range k.on(s) {
		choices = append(choices, choice{id: doResource + ":" + res.Key, label: []string{p.in(res.Title)}, note: p.spine(res)})
	}
	return choices
}

// spine is what stands below a title in the list: by whom, and where.
func (p page) spine(res site.Resource) []string {
	where := p.in(res.Where)
	if res.By == "" {
		return []string{where}
	}
	return []string{res.By + " · " + where, where}
}

func (b browse) draw(c *screen.Canvas) {
	if c.Body().H < roomyBody {
		b.where, b.title = fitting(b.room(c), 1, []string{b.title, b.where}), ""
	}
	body := b.page.draw(c)
	body = flow(c, body, para{text: b.title, style: c.Theme().Strong()})
	if body.H >= 20 {
		_, body = body.Top(1)
	}
	if len(b.shelves) == 0 {
		body = row(c, body, b.choices)
		flow(c, body, para{text: b.say.Say("visitor.nothing"), style: b.text(c)})
		return
	}
	cols, rows := len(b.shelves), 1
	if w, _ := c.Size(); w < narrow && cols > 2 {
		cols, rows = 2, (cols+1)/2
	}
	shelves, list := body.Top(rows*(smallHeight+1) - 1)
	drawAll(c, places(shelves, cols, rows, smallHeight, 1)[:len(b.shelves)], 1, b.shelves)
	_, list = list.Top(1)
	scrolled(c, list, b.large, b.scroll, len(b.shelves)+1, b.choices)
}
