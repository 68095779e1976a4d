package coordinator

import (
	"math"
	"strconv"

	"accueil/kiosk/screen"
)

// chartRows are the fewest rows of today's curve, its title and the free row below it counted.
const chartRows = 8

// drawCurve draws the tickets of each hour today against those of a usual day.
func (v *view) drawCurve(c *screen.Canvas, r screen.Rect) {
	head, rest := r.Top(1)
	title := v.say.Say("coordinator.curve")
	if len(v.floor.Usual) > 0 {
		title += "   ─ " + v.say.Say("coordinator.curve.usual")
	}
	c.Text(head.X+2, head.Y, head.W-2, c.Theme().Soft(), title)
	rest, _ = rest.Top(min(10, rest.H-1))
	rest.X, rest.W = rest.X+2, rest.W-2
	c.BarChart(rest, screen.Style{Fg: c.Theme().PanelQuiet, Bg: c.Theme().Paper}, v.curve())
}

func (v *view) curve() (bars []screen.Bar) {
	first, last := v.hours()
	for h, usual := range v.floor.Usual {
		if usual >= 0.5 {
			first, last = min(first, h), max(last, h)
		}
	}
	for h := first; h <= last; h++ {
		b := screen.Bar{Label: strconv.Itoa(h), Value: v.floor.Footfall[h].Tickets, Now: h == v.now.Hour()}
		if len(v.floor.Usual) > h {
			b.Usual = int(math.Round(v.floor.Usual[h]))
		}
		bars = append(bars, b)
	}
	return bars
}
