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
	here    []choice // things to read or do meanwhile
}

func (r *Role) ticket() ticket {
	h := *r.visit.held
	service, _ := r.opt.Site.Service(h.service)
	t := ticket{page: r.page(""), held: h, service: service, url: r.opt.Site.TicketURL(string(h.Code))}
	t.where = t.say.Say("visitor.your-ticket")
	for _, key := range service.Meanwhile {
		if res, ok := r.opt.Site.Resource(key); ok {
			t.here = append(t.here, choice{id: doResource + ":" + key, label: []string{t.in(res.Title)}, note: []string{t.in(res.Where)}})
		}
	}
	t.choices = []choice{
		{id: doDone, label: []string{t.say.Say("visitor.noted")}, main: true},
		{id: doBrowse, label: []string{t.say.Say("visitor.meanwhile")}, note: titles(t.here)},
	}
	if b, ok := r.printChoice(); ok {
		t.withPrinter(b)
		if words, calm := r.paperWords(); words != "" && r.visit.called == nil {
			t.banner, t.calm = words, calm
		}
	}
	return t
}

// withPrinter puts the tile that prints between the others, which say what they
// do in a word where there is room for no more.
func (t *ticket) withPrinter(b choice) {
	noted, read := t.choices[0], t.choices[1]
	noted.label = append(noted.label, t.say.Say("paper.short.noted"))
	read.label, read.note = append(read.label, t.say.Say("paper.short.read")), nil
	t.choices = []choice{noted, b, read}
}

// titles are what is offered to those who wait, in as many words as fit.
func titles(here []choice) []string {
	var all []string
	for _, b := range here {
		all = append(all, b.label[0])
	}
	if len(all) == 0 {
		return nil
	}
	return []string{strings.Join(all, " · "), all[0]}
}

// address is how the address is written for people.
func (t ticket) address() string {
	_, address, _ := strings.Cut(t.url, "://")
	return address
}

// ticketBody is the rows from which on a body has room for buttons below the
// code and its address.
const ticketBody = 25

func (t ticket) draw(c *screen.Canvas) {
	w, _ := c.Size()
	least := ticketBody
	if t.large {
		least += 10
	}
	if t.banners() && len(t.choices) > 2 {
		least += 2 // its row, and the buttons are a row higher with one line each
	}
	small := c.Body().H < least
	if small {
		t.where += " · " + t.address()
		t.tellOwn() // below, its long label may leave no room for it
	}
	body := t.page.draw(c)
	switch {
	case w < narrow:
		t.drawTall(c, body)
	case small:
		t.drawSmall(c, body)
	default:
		body = row(c, body, t.choices)
		left, code := drawCode(c, body, t.url)
		t.drawAddress(c, screen.Rect{X: code.X, Y: code.Bottom(), W: code.W, H: body.Bottom() - code.Bottom()})
		t.drawHere(c, t.drawWords(c, t.drawLabel(c, left)))
	}
}

// tellOwn says above a ticket of this terminal's own what to do without a call.
func (t *ticket) tellOwn() {
	switch {
	case !t.held.Own:
	case t.banner == t.say.Say("line.lost"):
		t.banner = t.say.Say("visitor.own-uncalled")
	case t.banner == "": // the line is back
		t.banner, t.calm = t.say.Say("visitor.ask-any-time"), true
	}
}

// drawTall has one below the other: label, words, code and its address.
func (t ticket) drawTall(c *screen.Canvas, r screen.Rect) {
	r = row(c, r, t.choices)
	address := []para{{text: t.say.Say("visitor.by-phone"), style: t.soft(c)}, {text: t.address(), style: c.Theme().Strong()}}
	codeBelow(c, t.drawLabel(c, r), t.url, address, func(r screen.Rect) screen.Rect { return t.drawWords(c, r) })
}

// wordRows is the fewest rows left for words above a code.
const wordRows = 8

// codeBelow has words written at the top of an area, and draws a code below them
// with its caption where there is room for it.
func codeBelow(c *screen.Canvas, r screen.Rect, url string, caption []para, write func(screen.Rect) screen.Rect) {
	w, h, err := screen.QRSize(url)
	foot := h + height(caption, r.W)
	if url == "" || err != nil || w > r.W || r.H < foot+wordRows {
		write(r)
		return
	}
	_, above := r.Foot(foot + 1)
	rest := write(above)
	if code, err := c.QR(r.X, rest.Y+1, url); err == nil {
		flow(c, screen.Rect{X: r.X, Y: code.Bottom(), W: r.W, H: foot - h}, caption...)
	}
}

// drawHere offers things to read or do here, where there is much room.
func (t ticket) drawHere(c *screen.Canvas, r screen.Rect) {
	foot, above := r.Foot(smallHeight)
	if len(t.here) == 0 || above.H < 3 || r.W < wideBody {
		return
	}
	c.Text(r.X, foot.Y-1, r.W, t.soft(c), t.say.Say("visitor.here"))
	drawAll(c, columns(foot, len(t.here)), len(t.choices)+1, t.here)
}

// drawAddress writes below the code where it leads.
func (t ticket) drawAddress(c *screen.Canvas, r screen.Rect) {
	address := para{text: fitting(r.W, 1, []string{t.address(), string(t.held.Code)}), style: c.Theme().Strong()}
	phone := para{text: t.say.Say("visitor.by-phone"), style: t.soft(c)}
	if r.H < 2 {
		phone.text = ""
	}
	flow(c, r, phone, address)
}

// threeWide is the columns from which on three choices have room for sentences.
const threeWide = 56

// drawSmall has the code beside everything else: it is as high as the body.
func (t ticket) drawSmall(c *screen.Canvas, r screen.Rect) {
	left, _ := drawCode(c, screen.Rect{X: r.X, Y: r.Y, W: r.W + 1, H: r.H + 1}, t.url)
	left.H--
	choices := make([]choice, len(t.choices))
	for i, b := range t.choices {
		b.note = nil
		if len(t.choices) > 2 && left.W < threeWide {
			b.label = b.label[len(b.label)-1:] // so many have room for a word each
		}
		choices[i] = b
	}
	left = line(c, left, 1, sized(c, choices))
	t.drawWords(c, t.drawLabel(c, left))
}

// drawCode draws a QR code in the upper right corner and returns the area left
// of it and its own, which is empty when the code is too large for the area.
func drawCode(c *screen.Canvas, r screen.Rect, url string) (left, code screen.Rect) {
	w, h, err := screen.QRSize(url)
	if url == "" || err != nil || h > r.H || w > r.W/2+3 {
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
	for i, line := range lines {
		if i > 0 {
			_, r = r.Top(1)
		}
		c.BigScale(r.X, r.Y, scale, style, line)
		_, r = r.Top(scale * h)
	}
	return r
}

// drawWords writes where to go, how long it takes, and what to do if that was
// wrong.
func (t ticket) drawWords(c *screen.Canvas, r screen.Rect) screen.Rect {
	text, strong := t.text(c), c.Theme().Strong()
	paras := []para{{text: t.in(t.service.Place), style: strong, big: t.large}}
	how := []para{
		{text: t.ahead(), style: text, above: 1},
		{text: fitting(r.W, 1, t.wait()), style: text},
		{text: t.advice(), style: text, above: 1},
	}
	if t.held.Own { // nothing was promised: the label and the place come first
		paras = withRoom(r, paras, how...)
	} else {
		paras = append(paras, how...)
	}
	name := para{text: t.in(t.service.Name), style: strong}
	if all := append([]para{name}, paras...); flowHeight(r.W, all...) < r.H {
		paras = all
	}
	if height(paras, r.W) < r.H {
		_, r = r.Top(1)
	}
	called := para{text: t.say.Say("visitor.called-where"), style: t.soft(c), above: 1}
	return flow(c, r, withRoom(r, paras, called)...)
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

func (t ticket) wait() []string {
	switch i := t.held.Wait; {
	case i == nil && t.held.Own:
		return nil
	case i == nil:
		return []string{promise(t.say, nil)}
	default:
		return []string{promise(t.say, i), t.say.Say("wait.promise", "Interval", between(t.say, *i))}
	}
}

// advice says what to do when no call comes.
func (t ticket) advice() string {
	if t.held.Wait == nil {
		return t.say.Say("visitor.ask-any-time")
	}
	latest := t.held.at.Add(time.Duration(t.held.Wait.High) * time.Minute)
	if t.now.After(latest) {
		return t.say.Say("page.overdue")
	}
	return t.say.Say("page.if-not-called", "Time", t.say.Clock(latest))
}
