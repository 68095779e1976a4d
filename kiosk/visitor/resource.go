package visitor

import (
	"strings"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// item is the detail of a resource or a workshop: what it is, where to find it,
// and its address to take along.
type item struct {
	page
	kind, title, by, about string
	facts                  []fact
	url                    string // "" for none
	wifi                   bool   // the code joins the network, and is no address
	address, addressLabel  string // in plain letters; made of the url where empty
	aim                    string // what the code is for, where it is no page to take along
	choices                []choice
}

// fact is a labelled line.
type fact struct{ label, text string }

func (r *Role) resource(here stop) item {
	res, _ := r.opt.Site.Resource(here.item)
	i := item{page: r.page(""), by: res.By, url: qrAddress(res.URL)}
	i.kind, i.title, i.about = i.say.Say("visitor.kind-"+res.Kind), i.in(res.Title), i.in(res.About)
	i.where = i.kind
	i.facts = []fact{{i.say.Say("visitor.where"), i.in(res.Where)}}
	if res.URL == "" {
		i.facts = append(r.inFrench(i.page, res.Title), i.facts...)
	}
	service := here.service
	if service == "" && len(res.Services) > 0 {
		service = res.Services[0]
	}
	i.choices = r.talk(i.page, service)
	return i
}

func (r *Role) workshop(here stop) item {
	i := item{page: r.page("")}
	for _, w := range r.opt.Site.Workshops {
		if w.Key == here.item {
			i.kind, i.title = i.say.Say("visitor.kind-"+w.Kind), i.in(w.Title)
			i.facts = append(r.inFrench(i.page, w.Title),
				fact{i.say.Say("visitor.when"), i.in(w.When)}, fact{i.say.Say("visitor.where"), i.in(w.Where)})
			i.choices = r.talk(i.page, w.Service)
		}
	}
	i.about = i.say.Say("visitor.workshop-text")
	i.where = i.kind
	return i
}

// inFrench is a title as it stands on the shelf and in the programme, for those who
// read another here.
func (r *Role) inFrench(p page, title site.Text) []fact {
	own := title.In("fr")
	if r.opt.Site.Languages[0] != "fr" || own == p.in(title) {
		return nil
	}
	return []fact{{p.say.Say("visitor.in-french"), own}}
}

// talk offers to speak with someone, to those who came here without having
// been told where.
func (r *Role) talk(p page, service string) []choice {
	s, ok := r.opt.Site.Service(service)
	if !ok || r.visit.held != nil {
		return nil
	}
	for _, stop := range r.visit.way {
		if stop.at == atAnswer {
			return nil
		}
	}
	return []choice{{id: doTalk + ":" + s.Key, label: []string{p.say.Say("visitor.talk")},
		note: []string{p.in(s.Name), p.in(s.Pole)}, of: s}}
}

// qrAddress writes scheme and host in capitals, which makes the code small; the
// path keeps its case, since servers distinguish.
func qrAddress(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		return url
	}
	host, path, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	if path != "" {
		path = "/" + path
	}
	return strings.ToUpper(scheme+"://"+host) + path
}

func (i item) draw(c *screen.Canvas) {
	if w, _ := c.Size(); w < narrow {
		body := row(c, i.page.draw(c), i.choices)
		caption := []para{{text: i.caption(), style: i.soft(c)}}
		codeBelow(c, body, i.url, caption, func(r screen.Rect) screen.Rect { return i.drawFacts(c, i.drawTitle(c, r)) })
		return
	}
	_, h, err := screen.QRSize(i.url)
	high := err == nil && h > c.Body().H && h <= c.Body().Bottom()
	if high { // the code needs the rows of clock and banner too
		i.bare, i.banner = true, ""
	}
	body := i.page.draw(c)
	area := screen.Rect{X: body.X, Y: body.Y, W: body.W, H: c.Body().Bottom() - body.Y}
	if high {
		area.Y, area.H = 0, c.Body().Bottom()
	}
	left, code := drawCode(c, area, i.url)
	left = screen.Rect{X: body.X, Y: body.Y, W: min(left.W, 90), H: body.H}
	if caption := (screen.Rect{X: code.X, Y: code.Bottom(), W: code.W, H: 3}); code.W > 0 && caption.Bottom() <= body.Bottom() {
		c.Wrap(caption, i.soft(c), i.caption())
	}
	i.drawFacts(c, i.drawTitle(c, row(c, left, i.choices)))
}

// caption says what the code is for.
func (i item) caption() string {
	switch {
	case i.wifi:
		return i.say.Say("visitor.wifi-join")
	case i.aim != "":
		return i.aim
	}
	return i.say.Say("visitor.take-along")
}

// drawTitle writes what it is and returns the area below.
func (i item) drawTitle(c *screen.Canvas, r screen.Rect) screen.Rect {
	r = flow(c, r,
		para{text: i.title, style: c.Theme().Strong()},
		para{text: i.by, style: i.soft(c)},
		para{text: i.about, style: i.text(c), above: 1},
	)
	_, r = r.Top(1)
	return r
}

// drawFacts writes where and when, and the address in plain letters, and returns
// the area below.
func (i item) drawFacts(c *screen.Canvas, r screen.Rect) screen.Rect {
	strong := c.Theme().Strong()
	var facts []para
	for _, f := range i.facts {
		facts = append(facts, para{label: f.label, text: f.text, style: strong, above: 1})
	}
	if i.url != "" && !i.wifi {
		address := para{label: i.say.Say("visitor.address"), text: plainAddress(i.url), style: strong, above: 1}
		if i.address != "" {
			address.label, address.text = i.addressLabel, i.address
		}
		if i.address != "" && labelWidth(append(facts, address))+screen.Width(address.text) > r.W { // the label makes way
			_, r = flow(c, r, facts...).Top(min(1, len(present(facts))))
			return flow(c, r, para{text: address.text, style: strong})
		}
		facts = append(facts, address)
	}
	return flow(c, r, facts...)
}

// plainAddress is how an address is written for people.
func plainAddress(url string) string {
	_, address, _ := strings.Cut(url, "://")
	host, path, ok := strings.Cut(address, "/")
	if ok {
		path = "/" + path
	}
	return strings.ToLower(host) + path
}
