package board

import (
	"slices"
	"strings"
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

// page is the services that are shown at once, where they cannot be all.
type page struct {
	services []site.Service
	number   int // from 0
	count    int
	rows     int // of the fullest page, with the row of marks
}

// page is the one whose turn it is, of pages as even as can be with so many rows.
func (v *view) page(room, spacing int) page {
	all := v.site.Services
	if len(all)*spacing <= room {
		return page{services: all, count: 1, rows: len(all) * spacing}
	}
	fit := max(1, (room-1)/spacing)
	count := (len(all) + fit - 1) / fit
	n := nth(v.says, v.turn, count)
	return page{
		services: all[n*len(all)/count : (n+1)*len(all)/count], number: n, count: count,
		rows: (len(all)+count-1)/count*spacing + 1,
	}
}

// drawServices draws one line a service: whether it is open, how many wait, how
// long it takes. The last row has a dot a page, where there are several.
func (v *view) drawServices(c *screen.Canvas, r screen.Rect, p page, spacing int) {
	for i, s := range p.services {
		v.drawService(c, screen.Rect{X: r.X, Y: r.Y + i*spacing, W: min(r.W, servicesWidth), H: 1}, s)
	}
	if p.count > 1 {
		dots := slices.Repeat([]string{"○"}, p.count)
		dots[p.number] = "●"
		c.Text(r.X+5, r.Bottom()-1, r.W-5, c.Theme().Soft(), strings.Join(dots, " "))
	}
}

func (v *view) drawService(c *screen.Canvas, r screen.Rect, s site.Service) {
	th := c.Theme()
	l, known := v.line(s.Key)
	name, words := th.Strong(), th.Text()
	if !known || !l.Open {
		name, words = th.Soft(), th.Soft()
	}
	m := th.MarkAs(s.Key, s.Letter, s.Shape, screen.Color(s.RGB()))
	c.Text(r.X, r.Y, 4, screen.Style{Fg: m.Color, Bg: th.Paper, Bold: true}, m.String())
	waiting, interval := waitingWidth(r.W), intervalWidth(r.W)
	room := waiting + 2 + interval
	c.Text(r.X+5, r.Y, r.W-5-room-2, name, s.Pole.In(v.say.Lang()))
	switch {
	case !known:
	case !l.Open:
		c.TextRight(r.Right(), r.Y, room, words, staff.Fitting(room, v.shut(s)...))
	case l.Full:
		c.TextRight(r.Right(), r.Y, room, words, staff.Fitting(room, v.full(l.Waiting)...))
	default:
		c.TextRight(r.Right()-interval-2, r.Y, waiting, words, v.waiting(waiting, l.Waiting))
		c.TextRight(r.Right(), r.Y, interval, words, v.interval(interval, l))
	}
}

// shut says of a service that it is closed, and when it opens again where that is
// known. The longest comes first.
func (v *view) shut(s site.Service) []string {
	closed, again := v.say.Say("state.closed"), v.opens(s)
	if again.IsZero() {
		return []string{closed}
	}
	opens := v.say.Say("state.opens", "When", v.say.When(again, v.now))
	return []string{closed + " · " + opens, opens, closed}
}

// full says that whoever came now could not be received any more, and how many
// still wait. The longest comes first.
func (v *view) full(waiting int) []string {
	long, short := v.say.Say("state.full"), v.say.Say("state.full-short")
	if waiting == 0 {
		return []string{long, short}
	}
	people, few := v.say.Say("wait.people", "Count", waiting), v.say.Say("board.waiting", "Count", waiting)
	return []string{people + " · " + long, few + " · " + long, few + " · " + short, short}
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
