package board

import (
	"slices"
	"time"

	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// intervalWidth is the width of the last column of the services.
func intervalWidth(all int) int {
	if all < servicesWidth {
		return 17
	}
	return 24 // in Arabic words are longer
}

// waitingWidth is the width of the column before it.
func waitingWidth(all int) int {
	if all < servicesWidth {
		return 12
	}
	return 22
}

// servicesWidth is as wide as a line needs to be; a wider one would lose the eye.
const servicesWidth = 90

// drawServices draws one line a service: whether it is open, how many wait, how
// long it takes.
func (v *view) drawServices(c *screen.Canvas, r screen.Rect, spacing int) {
	for i, s := range v.site.Services {
		v.drawService(c, screen.Rect{X: r.X, Y: r.Y + i*spacing, W: min(r.W, servicesWidth), H: 1}, s)
	}
}

func (v *view) drawService(c *screen.Canvas, r screen.Rect, s site.Service) {
	th := c.Theme()
	l, known := v.line(s.Key)
	name, words := th.Strong(), th.Text()
	if !known || !l.Open {
		name, words = th.Soft(), th.Soft()
	}
	m := th.Mark(s.Key)
	c.Text(r.X, r.Y, 4, screen.Style{Fg: m.Color, Bg: th.Paper, Bold: true}, m.String())
	c.Text(r.X+5, r.Y, r.W-5-waitingWidth(r.W)-intervalWidth(r.W)-4, name, s.Pole.In(v.say.Lang()))
	switch {
	case !known:
		return
	case !l.Open:
		c.TextRight(r.Right(), r.Y, intervalWidth(r.W), words, v.say.Say("state.closed"))
		return
	}
	c.TextRight(r.Right()-intervalWidth(r.W)-2, r.Y, waitingWidth(r.W), words, v.waiting(waitingWidth(r.W), l.Waiting))
	c.TextRight(r.Right(), r.Y, intervalWidth(r.W), words, v.interval(intervalWidth(r.W), l))
}

func (v *view) line(service string) (wire.Line, bool) {
	i := slices.IndexFunc(v.services, func(l wire.Line) bool { return l.Service == service })
	if i < 0 {
		return wire.Line{}, false
	}
	return v.services[i], true
}

func (v *view) waiting(room, n int) string {
	if n == 0 {
		return staff.Fitting(room, v.say.Say("wait.nobody"), v.say.Say("board.nobody"))
	}
	return staff.Fitting(room, v.say.Say("wait.people", "Count", n), v.say.Say("board.waiting", "Count", n))
}

// interval is how long somebody who came now would wait; where there is little room
// and the language is wordy, at most.
func (v *view) interval(room int, l wire.Line) string {
	if l.Wait == nil {
		return v.say.Say("board.unknown")
	}
	low, high := time.Duration(l.Wait.Low)*time.Minute, time.Duration(l.Wait.High)*time.Minute
	return staff.Fitting(room, v.say.Between(low, high), v.say.Say("time.less-than", "High", v.say.Minutes(high)))
}
