package web

import (
	"fmt"
	"math"
	"strings"

	"accueil/internal/wire"
)

// curve is the day's tickets by the hour before those of a usual day, as a drawing
// made here: pages draw nothing by themselves.
type curve struct {
	Name          string // for who cannot see it
	Width, Height int
	Hours         []curveHour
	Usual         string // points of a line; "" when it is not known yet
}

// curveHour is one hour's bar. Y counts from above; the count stands over the bar.
type curveHour struct {
	X, Y, Over, Width, Height, Middle, Foot int
	Label, Count                            string
}

// Measures of the drawing, in its own units.
const (
	hourWidth  = 56
	hourHeight = 120
	hourFoot   = 20
)

// curveOf draws the hours between the first and the last in which anything
// happened or usually happens; nil when there is none.
func curveOf(view wire.Coordinator, name string) *curve {
	first, last, top := 24, -1, 1.0
	for h := range 24 {
		n, usual := float64(view.Footfall[h].Tickets), usualAt(view, h)
		if n > 0 || usual > 0 {
			first, last = min(first, h), h
		}
		top = math.Max(top, math.Max(n, usual))
	}
	if last < 0 {
		return nil
	}
	c := &curve{Name: name, Width: (last - first + 1) * hourWidth, Height: hourHeight + 2*hourFoot}
	var points []string
	for h := first; h <= last; h++ {
		n, x := view.Footfall[h].Tickets, (h-first)*hourWidth
		high := int(float64(n) / top * hourHeight)
		c.Hours = append(c.Hours, curveHour{
			X: x + 8, Y: hourFoot + hourHeight - high, Over: hourFoot + hourHeight - high - 4, Width: hourWidth - 16, Height: high, Middle: x + hourWidth/2,
			Foot: c.Height - 4, Label: fmt.Sprintf("%02d", h), Count: fmt.Sprint(n),
		})
		points = append(points, fmt.Sprintf("%d,%d", x+hourWidth/2, hourFoot+hourHeight-int(usualAt(view, h)/top*hourHeight)))
	}
	if len(view.Usual) > 0 {
		c.Usual = strings.Join(points, " ")
	}
	return c
}

func usualAt(view wire.Coordinator, hour int) float64 {
	if hour < len(view.Usual) {
		return view.Usual[hour]
	}
	return 0
}
