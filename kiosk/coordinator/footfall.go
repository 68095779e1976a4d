package coordinator

import (
	"strconv"

	"accueil/internal/queue"
	"accueil/kiosk/screen"
)

// The hours shown when nothing happened outside them.
const (
	firstHour = 9
	lastHour  = 19
)

// series is one count of the footfall.
type series struct {
	key   string
	value func(queue.Footfall) int
}

func allSeries() []series {
	return []series{
		{"visits", func(f queue.Footfall) int { return f.Visits }},
		{"questions", func(f queue.Footfall) int { return f.Questions }},
		{"tickets", func(f queue.Footfall) int { return f.Tickets }},
		{"in", func(f queue.Footfall) int { return f.In }},
		{"out", func(f queue.Footfall) int { return f.Out }},
	}
}

// Widths beside the hours.
const (
	seriesWidth = 18
	totalWidth  = 7
)

// drawFootfall draws each count by the hour: bars against its own largest hour,
// the number below, the day's total at the right.
func (v *view) drawFootfall(c *screen.Canvas, r screen.Rect) {
	first, last := v.hours()
	n := last - first + 1
	width := min(8, (r.W-seriesWidth-totalWidth)/n)
	for width < 4 && n > 1 { // more hours than there is room for: the earliest go
		first, n = first+1, n-1
		width = (r.W - seriesWidth - totalWidth) / n
	}
	v.hourLine(c, screen.Rect{X: r.X + seriesWidth, Y: r.Y, W: n * width, H: 1}, first, width)
	total := v.say.Say("coordinator.column.total")
	c.TextRight(r.X+seriesWidth+n*width+totalWidth, r.Y, totalWidth, c.Theme().Soft(), total)
	rows := min(4, (r.H-1)/len(allSeries()))
	for i, s := range allSeries() {
		at := screen.Rect{X: r.X, Y: r.Y + 1 + i*rows, W: r.W, H: rows}
		v.drawSeries(c, at, s, first, n, width)
	}
}

// hours are the first and the last hour to show.
func (v *view) hours() (first, last int) {
	first, last = firstHour, lastHour
	for h, f := range v.floor.Footfall {
		if f != (queue.Footfall{}) {
			first, last = min(first, h), max(last, h)
		}
	}
	return first, last
}

func (v *view) hourLine(c *screen.Canvas, r screen.Rect, first, width int) {
	for i := range r.W / width {
		s := c.Theme().Soft()
		if first+i == v.now.Hour() {
			s = c.Theme().Strong().Underlined()
		}
		c.TextRight(r.X+(i+1)*width, r.Y, width, s, strconv.Itoa(first+i))
	}
}

// drawSeries draws one count: bars in the rows above its numbers, a free row
// below where there are more than two.
func (v *view) drawSeries(c *screen.Canvas, r screen.Rect, s series, first, n, width int) {
	numbers := r.Y + r.H - 1
	if r.H > 2 {
		numbers--
	}
	c.Text(r.X+1, numbers, seriesWidth-2, c.Theme().Text(), v.say.Say("coordinator.footfall."+s.key))
	counted := s.key == "in" || s.key == "out"
	if counted && len(v.floor.Sensors) == 0 {
		c.Text(r.X+seriesWidth+2, numbers, n*width-2, c.Theme().Soft(), v.say.Say("coordinator.no-sensor"))
		return
	}
	top, total := 1, 0
	for _, f := range v.floor.Footfall {
		top, total = max(top, s.value(f)), total+s.value(f)
	}
	for i := range n {
		value := s.value(v.floor.Footfall[first+i])
		x := r.X + seriesWidth + i*width
		if rows := numbers - r.Y; rows > 0 {
			v.bar(c, screen.Rect{X: x + 1, Y: r.Y, W: width - 1, H: rows}, value, top)
		}
		v.number(c, x+width, numbers, width, first+i, value)
	}
	c.TextRight(r.X+seriesWidth+n*width+totalWidth, numbers, totalWidth, c.Theme().Strong(), v.say.Number(total))
}

// number writes an hour's count; an hour that has not begun has none.
func (v *view) number(c *screen.Canvas, right, y, width, hour, value int) {
	switch {
	case value > 0:
		c.TextRight(right, y, width, c.Theme().Text(), strconv.Itoa(value))
	case hour <= v.now.Hour():
		c.TextRight(right, y, width, c.Theme().Soft(), "0")
	}
}

// bar fills the area from below, in eighths of a row.
func (v *view) bar(c *screen.Canvas, r screen.Rect, value, top int) {
	full := (value*r.H*8 + top - 1) / top
	s := screen.Style{Fg: c.Theme().PanelQuiet, Bg: c.Theme().Paper}
	for row := range r.H {
		part := min(8, full-8*row)
		if part > 0 {
			c.FillWith(screen.Rect{X: r.X, Y: r.Bottom() - 1 - row, W: r.W, H: 1}, s, string([]rune("▁▂▃▄▅▆▇█")[part-1]))
		}
	}
}
