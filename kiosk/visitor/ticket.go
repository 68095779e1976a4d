package visitor

import (
	"strings"
	"time"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// ticket is the screen of the ticket in the visitor's hand.
type ticket struct {
	page
	held    held
	service site.Service
	url     string // of its page, in capitals
	choices []choice
}

func (r *Role) ticket() ticket {
	h := *r.visit.held
	service, _ := r.opt.Site.Service(h.service)
	t := ticket{page: r.page(""), held: h, service: service, url: r.opt.Site.TicketURL(string(h.Code))}
	t.where = t.say.Say("visitor.your-ticket")
	if h.Own {
		t.banner = t.say.Say("line.lost")
	}
	t.choices = []choice{
		{id: doDone, label: []string{t.say.Say("visitor.noted")}, main: true},
		{id: doBrowse, label: []string{t.say.Say("visitor.meanwhile")}, note: r.meanwhile(t.page, service)},
	}
	return t
}

// meanwhile are the titles to offer those who wait for a service.
func (r *Role) meanwhile(p page, s site.Service) []string {
	var titles []string
	for _, key := range s.Meanwhile {
		if res, ok := r.opt.Site.Resource(key); ok {
			titles = append(titles, p.in(res.Title))
		}
	}
	if len(titles) == 0 {
		return nil
	}
	return []string{strings.Join(titles, " · "), titles[0]}
}

// address is how the address is written for people.
func (t ticket) address() string {
	_, address, _ := strings.Cut(t.url, "://")
	return address
}

func (t ticket) draw(c *screen.Canvas) {
	small := c.Body().H < 22
	if small {
		t.where += " · " + t.address()
	}
	body := t.page.draw(c)
	if small {
		t.drawSmall(c, body)
		return
	}
	body = row(c, body, t.choices)
	left, code := drawCode(c, body, t.url)
	c.Text(code.X, code.Bottom(), code.W, t.text(c), fitting(code.W, 1, []string{t.address(), string(t.held.Code)}))
	t.drawWords(c, t.drawLabel(c, left))
}

// drawSmall has the code beside everything else: it is as high as the body.
func (t ticket) drawSmall(c *screen.Canvas, r screen.Rect) {
	left, _ := drawCode(c, screen.Rect{X: r.X, Y: r.Y, W: r.W + 1, H: r.H + 1}, t.url)
	left.H--
	choices := make([]choice, len(t.choices))
	for i, b := range t.choices {
		b.note = nil
		choices[i] = b
	}
	left = row(c, left, choices)
	t.drawWords(c, t.drawLabel(c, left))
}

// drawCode draws a QR code in the upper right corner and returns the area left
// of it and its own, which is empty when the code is too large for the area.
func drawCode(c *screen.Canvas, r screen.Rect, url string) (left, code screen.Rect) {
	w, h, err := screen.QRSize(url)
	if err != nil || h > r.H || w > r.W {
		return r, screen.Rect{X: r.Right(), Y: r.Y}
	}
	code, err = c.QR(r.Right()-w, r.Y, url)
	if err != nil {
		return r, screen.Rect{X: r.Right(), Y: r.Y}
	}
	gap := 1
	if r.W > 80 {
		gap = 3
	}
	left, _ = r.Left(r.W - w - gap)
	return left, code
}

// drawLabel draws the label large and returns the area below. One that is too
// wide breaks before its number.
func (t ticket) drawLabel(c *screen.Canvas, r screen.Rect) screen.Rect {
	label := string(t.held.Label)
	style := screen.Style{Fg: markOf(c.Theme(), t.service).Color, Bg: c.Theme().Paper}
	lines := []string{label}
	w, h := screen.BigSize(label)
	if i := strings.LastIndexByte(label, ' '); w > r.W && i > 0 {
		lines = []string{label[:i], label[i+1:]}
		w, _ = screen.BigSize(lines[0])
	}
	scale := clamp(min(r.W/max(1, w), (r.H-8)/(h*len(lines))), 1, 2)
	for _, line := range lines {
		c.BigScale(r.X, r.Y, scale, style, line)
		_, r = r.Top(scale * h)
	}
	return r
}

// drawWords writes where to go, how long it takes, and what to do if that was
// wrong.
func (t ticket) drawWords(c *screen.Canvas, r screen.Rect) {
	text, strong := t.text(c), c.Theme().Strong()
	paras := []para{
		{text: t.in(t.service.Place), style: strong},
		{text: t.ahead(), style: text, above: 1},
		{text: t.wait(), style: text},
	}
	advice := para{text: t.advice(), style: text, above: 1}
	if !t.held.Own || flowHeight(r.W, append(paras, advice)...) <= r.H {
		paras = append(paras, advice)
	}
	name := para{text: t.in(t.service.Name), style: strong}
	if all := append([]para{name}, paras...); flowHeight(r.W, all...) < r.H {
		paras = all
	}
	if flowHeight(r.W, paras...) < r.H {
		_, r = r.Top(1)
	}
	called := para{text: t.say.Say("visitor.called-where"), style: t.soft(c), above: 1}
	flow(c, r, withRoom(r, paras, called)...)
}

// ahead says how many are served before, which only the hub knows.
func (t ticket) ahead() string {
	switch {
	case t.held.Own:
		return t.say.Say("visitor.own-label")
	case t.held.Ahead == 0:
		return t.say.Say("wait.ahead-none")
	}
	return t.say.Say("wait.ahead", "Count", t.held.Ahead)
}

func (t ticket) wait() string {
	if t.held.Own && t.held.Wait == nil {
		return ""
	}
	return promise(t.say, t.held.Wait)
}

// advice says what to do when no call comes.
func (t ticket) advice() string {
	if t.held.Wait == nil {
		return t.say.Say("visitor.ask-any-time")
	}
	latest := t.held.at.Add(time.Duration(t.held.Wait.High) * time.Minute)
	return t.say.Say("page.if-not-called", "Time", t.say.Clock(latest))
}
