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
	a.where = a.in(service.Pole) + a.where
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
	switch {
	case v.held != nil:
		return []choice{{id: doTicket, label: []string{a.say.Say("visitor.my-ticket")}, main: true}, read}
	case a.standing.open:
		return []choice{{id: doTake, label: []string{a.say.Say("visitor.take")}, main: true, busy: v.busy}, read}
	}
	read.main = true
	return []choice{read, desk}
}

func (a answer) draw(c *screen.Canvas) {
	body := row(c, a.page.draw(c), a.choices)
	body = flow(c, body, para{text: a.words, style: a.soft(c)}, para{text: "\u00a0", style: a.soft(c)})
	if a.words == "" {
		_, body = body.Top(0)
	}
	body = a.drawBand(c, body)
	facts := body
	if w, ok := a.drawWait(c, body); ok {
		facts.W -= w + columnGap
		a.drawFacts(c, facts, false)
		return
	}
	a.drawFacts(c, facts, true)
}

// drawBand names the service on its own colour and returns the area below.
func (a answer) drawBand(c *screen.Canvas, r screen.Rect) screen.Rect {
	mark := markOf(c.Theme(), a.service)
	style := screen.Style{Fg: c.Theme().OnMark, Bg: mark.Color}
	name := screen.Lines(a.in(a.service.Name), r.W-8)
	pad := 0
	if r.H >= 13 {
		pad = 1
	}
	band, rest := r.Top(len(name) + 1 + 2*pad)
	c.Fill(band, style)
	in := band.Inset(2, pad)
	c.Text(in.X, in.Y, 4, style.Strong(), mark.String())
	_, in = in.Left(5)
	used := c.Wrap(in, style.Strong(), a.in(a.service.Name))
	c.Text(in.X, in.Y+used, in.W, style, a.in(a.service.Pole))
	_, rest = rest.Top(1)
	return rest
}

// drawFacts writes where, when and how long.
func (a answer) drawFacts(c *screen.Canvas, r screen.Rect, wait bool) {
	s, say := a.standing, a.say
	text, strong := a.text(c), c.Theme().Strong()
	paras := []para{
		{label: say.Say("visitor.where"), text: a.in(a.service.Place), style: strong},
		{label: say.Say("visitor.hours"), text: a.hours(), style: text, above: 1},
	}
	if s.known {
		paras = append(paras, para{label: say.Say("visitor.queue"), text: a.people(), style: text, above: 1})
	}
	if s.open && wait {
		paras = append(paras, para{label: say.Say("visitor.waiting"), text: promise(say, s.wait), style: strong, above: 1})
	}
	paras = append(paras, para{text: a.late(), style: strong, above: 1})
	if !s.open {
		paras = append(paras, para{text: a.distance, style: text, above: 2})
	}
	about := para{text: a.in(a.service.About), style: a.soft(c), above: 2}
	if all := append(paras, about); flowHeight(r.W, all...) <= r.H+3 {
		paras = all
	}
	flow(c, r, paras...)
}

// hours says whether it is open and until when, or when it opens.
func (a answer) hours() string {
	s := a.standing
	switch {
	case s.open && s.until.IsZero():
		return a.say.Say("state.open")
	case s.open:
		return a.say.Say("state.open") + " " + a.say.Say("state.closes-at", "Time", a.say.Clock(s.until))
	}
	return a.say.Say("visitor.closed-now") + opens(a.say, s.next, a.now)
}

// opens says in full words when a closed service opens again.
func opens(say phrases.Speaker, next, now time.Time) string {
	switch {
	case next.IsZero():
		return ""
	case next.Format(time.DateOnly) == now.Format(time.DateOnly):
		return " · " + say.Say("state.opens", "When", say.When(next, now))
	}
	return " · " + say.Say("visitor.opens-on", "Day", say.LongDay(next), "Time", say.Clock(next))
}

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

// drawWait draws the interval in large digits at the right, where there is room
// for them, and returns the columns it takes.
func (a answer) drawWait(c *screen.Canvas, r screen.Rect) (width int, ok bool) {
	i := a.standing.wait
	if i == nil || r.W < 92 || r.H < 9 {
		return 0, false
	}
	digits, above := fmt.Sprintf("%d-%d", i.Low, i.High), a.say.Say("visitor.waiting-large")
	if i.Low < 1 {
		digits, above = fmt.Sprint(i.High), a.say.Say("visitor.waiting-below")
	}
	big, h := screen.BigSize(digits)
	width = max(big, screen.Width(above), screen.Width(a.say.Say("visitor.minutes")))
	x := r.Right() - width
	c.Text(x, r.Y, width, a.soft(c), above)
	c.Big(x, r.Y+2, c.Theme().Text(), digits)
	c.Text(x, r.Y+3+h, width, a.soft(c), a.say.Say("visitor.minutes"))
	return width, true
}
