package visitor

import (
	"fmt"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

// answer says which service answers the question, where it is, and how long
// that would take.
type answer struct {
	page
	words    string // the visitor's, "" when it is about the service alone
	service  site.Service
	standing standing
	distance string
	choices  []choice
}

func (r *Role) answer(here stop) answer {
	service, _ := r.opt.Site.Service(here.service)
	a := answer{page: r.page(""), service: service, standing: r.standing(service)}
	a.where = a.say.Say("visitor.answer")
	if q, ok := r.opt.Site.Question(here.question); ok {
		a.words = a.say.Say("visitor.quoted", "Text", a.in(q.Text))
	}
	a.distance = a.in(r.opt.Site.Texts[site.TextDistance])
	a.choices = a.ways(r.visit)
	return a
}

// ways are what the visitor can do next: only what is possible is offered.
func (a answer) ways(v *visit) []choice {
	read := choice{id: doBrowse, label: []string{a.say.Say("visitor.read")}}
	desk := choice{id: doReception, label: []string{a.say.Say("visitor.ask-reception")}}
	leave := choice{id: doLater, label: []string{a.say.Say("later.cannot-wait")}}
	switch {
	case v.held != nil:
		return []choice{{id: doTicket, label: []string{a.say.Say("visitor.my-ticket")}, main: true}, read, leave}
	case a.standing.open && !a.standing.full && !a.standing.long():
		return []choice{{id: doTake, label: []string{a.say.Say("visitor.take")}, main: true, busy: v.busy}, read}
	case a.standing.open && !a.standing.full:
		return []choice{{id: doTake, label: []string{a.say.Say("visitor.take")}, main: true, busy: v.busy}, read, leave}
	}
	return []choice{a.comeBack(), read, desk}
}

// comeBack is the next step where no ticket is given.
func (p page) comeBack() choice {
	return choice{id: doLater, label: []string{p.say.Say("later.title")}, main: true}
}

func (a answer) draw(c *screen.Canvas) {
	body := row(c, a.page.draw(c), a.choices)
	if a.words != "" && (!c.Large() || body.H > tightBody) {
		body = flow(c, body, para{text: a.words, style: a.soft(c)})
		_, body = body.Top(1)
	}
	body = a.drawBand(c, body)
	n, ok := a.number()
	switch {
	case ok && body.W >= wideBody && body.H >= 9:
		left, right := body.Left(body.W - n.width())
		n.draw(c, right, a.soft(c))
		left.W -= columnGap
		a.drawFacts(c, left, true)
	case ok && body.H >= 24 && n.width() <= body.W:
		_, above := body.Foot(numberRows + 2)
		rest := a.drawFacts(c, above, true)
		n.draw(c, screen.Rect{X: body.X, Y: rest.Y + 2, W: body.W, H: numberRows}, a.soft(c))
	default:
		a.drawFacts(c, body, false)
	}
}

// tightBody is the rows up to which in large print only the answer has room.
const tightBody = 12

// drawBand names the service on its own colour and returns the area below: the
// part of the centre in large letters where there is room or large print.
func (a answer) drawBand(c *screen.Canvas, r screen.Rect) screen.Rect {
	mark := markOf(c.Theme(), a.service)
	style := screen.Style{Fg: c.Theme().OnMark, Bg: mark.Color}
	pad := clamp((r.H-10)/4, 0, 1)
	name := para{text: a.in(a.service.Name), style: style.Strong()}
	pole := para{text: a.in(a.service.Pole), style: style}
	paras := []para{name, pole}
	if lines, ok := screen.LetterLines(pole.text, r.W-4-markWidth); ok && len(lines) == 1 && (c.Large() || r.H >= roomyBody) {
		pole.letters = lines
		paras = []para{pole, name}
		if r.H <= tightBody {
			paras = paras[:1]
		}
	}
	band, rest := r.Top(height(paras, r.W-4-markWidth) + 2*pad)
	c.Fill(band, style)
	in := band.Inset(2, pad)
	c.Text(in.X, in.Y+len(pole.letters)*2, markWidth, style.Strong(), mark.String())
	_, in = in.Left(markWidth)
	flow(c, in, paras...)
	if r.H > tightBody-3 {
		_, rest = rest.Top(1)
	}
	return rest
}

// drawFacts writes where, when and how long, but for what is drawn large, and
// returns the area below.
func (a answer) drawFacts(c *screen.Canvas, r screen.Rect, large bool) screen.Rect {
	s, say := a.standing, a.say
	text, strong := a.text(c), c.Theme().Strong()
	hours := para{label: say.Say("visitor.hours"), text: a.hours(), style: text, above: 1}
	paras := []para{{label: say.Say("visitor.where"), text: a.in(a.service.Place), style: strong, big: a.large}}
	if s.open && !s.full || r.H > 3 {
		paras = append(paras, hours)
	}
	if s.full {
		paras = append(paras, para{text: a.late(), style: strong, above: 1, big: a.large})
	}
	if s.open && !s.full && !large {
		paras = append(paras, para{label: say.Say("visitor.waiting"), text: promise(say, s.wait), style: strong, above: 1, big: a.large})
	}
	if !s.open && !large {
		paras = append(paras, para{label: say.Say("visitor.next"), text: a.next(), style: strong, above: 1, big: a.large})
	}
	more := []para{{text: a.late(), style: strong, above: 1}}
	if s.full {
		more = []para{{text: a.distance, style: text, above: 1}}
	}
	if s.known {
		more = append(more, para{label: say.Say("visitor.queue"), text: a.people(), style: text, above: 1})
	}
	if !s.open {
		more = append(more, para{text: a.distance, style: text, above: 1})
	}
	return flow(c, r, withRoom(r, paras, append(more, para{text: a.in(a.service.About), style: a.soft(c), above: 1})...)...)
}

// hours says whether it is open, and until when.
func (a answer) hours() string {
	s := a.standing
	switch {
	case !s.open:
		return a.say.Say("visitor.closed-now")
	case s.until.IsZero():
		return a.say.Say("state.open")
	}
	return a.say.Say("state.open") + " " + a.say.Say("state.closes-at", "Time", a.say.Clock(s.until))
}

// next says in full words when it opens again.
func (a answer) next() string {
	next := a.standing.next
	switch {
	case next.IsZero():
		return ""
	case sameDay(next, a.now):
		return a.say.When(next, a.now)
	}
	return a.say.Say("visitor.day-time", "Day", a.say.LongDay(next), "Time", a.say.Clock(next))
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// people says how many wait.
func (a answer) people() string {
	if a.standing.waiting == 0 {
		return a.say.Say("wait.nobody")
	}
	return a.say.Say("wait.people", "Count", a.standing.waiting)
}

// late warns when the wait may reach beyond the closing time.
func (a answer) late() string {
	s := a.standing
	switch {
	case s.full && s.until.IsZero():
		return a.say.Say("state.full")
	case s.full:
		return a.say.Say("visitor.full", "Time", a.say.Clock(s.until))
	}
	if s.wait == nil || s.until.IsZero() || !a.now.Add(time.Duration(s.wait.High)*time.Minute).After(s.until) {
		return ""
	}
	return a.say.Say("visitor.late", "Time", a.say.Clock(s.until))
}

// promise says an interval of waiting as a sentence.
func promise(say phrases.Speaker, i *wire.Interval) string {
	switch {
	case i == nil:
		return say.Say("wait.unknown-sentence")
	case i.Low < 1 && i.High < 60:
		return say.Say("wait.promise-below", "High", i.High)
	case i.High < 60:
		return say.Say("wait.promise-between", "Low", i.Low, "High", i.High)
	}
	return say.Say("wait.promise", "Interval", between(say, *i))
}

// wideBody is the columns from which on there is room for large digits beside
// the facts.
const wideBody = 92

// numberRows is the rows of a number with the lines above and below it.
const numberRows = 9

// number is what matters most, to be drawn large between two quiet lines.
type number struct{ above, digits, below string }

// number is the wait of a service that is open, or the hour at which it opens.
func (a answer) number() (number, bool) {
	s, say := a.standing, a.say
	switch {
	case s.full:
		return number{}, false
	case s.open && s.wait != nil && s.wait.Low < 1:
		return number{say.Say("visitor.waiting-below"), fmt.Sprint(s.wait.High), say.Say("visitor.minutes")}, true
	case s.open && s.wait != nil:
		return number{say.Say("visitor.waiting-large"), fmt.Sprintf("%d-%d", s.wait.Low, s.wait.High), say.Say("visitor.minutes")}, true
	case s.open || s.next.IsZero():
		return number{}, false
	case sameDay(s.next, a.now):
		return number{say.Say("visitor.opens-today"), say.Clock(s.next), ""}, true
	}
	return number{say.Say("visitor.opens-at", "Day", say.LongDay(s.next)), say.Clock(s.next), ""}, true
}

func (n number) width() int {
	w, _ := screen.BigSize(n.digits)
	return max(w, screen.Width(n.above), screen.Width(n.below))
}

func (n number) draw(c *screen.Canvas, r screen.Rect, quiet screen.Style) {
	_, h := screen.BigSize(n.digits)
	c.Text(r.X, r.Y, r.W, quiet, n.above)
	c.Big(r.X, r.Y+2, c.Theme().Text(), n.digits)
	c.Text(r.X, r.Y+3+h, r.W, quiet, n.below)
}
