package visitor

import (
	"strconv"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// choice is something to touch: a number that is also its key, the words, and
// below them perhaps a quieter line. Of each text there may be several, the
// longest first: the first that fits is shown.
type choice struct {
	id    string
	label []string
	note  []string
	of    site.Service // gives the colour, and letter and shape before the note
	main  bool         // the next step
	busy  bool
}

// Sizes of choices in cells.
const (
	smallHeight = 3
	roomyHeight = 5
	tallHeight  = 7
	columnGap   = 2
	numberWidth = 3
)

// grid draws choices in reading order, numbered from first, in as many columns
// as suit the area; what does not fit is scrolled to.
func grid(c *screen.Canvas, r screen.Rect, large bool, s *screen.Scroll, choices []choice) {
	cols, rows := shape(r, len(choices), large)
	if cols == 1 && r.H < rows*(smallHeight+1)-1 {
		scrolled(c, r, s, choices)
		return
	}
	h := clamp((r.H+1)/max(1, rows)-1, smallHeight, tallHeight)
	h -= 1 - h%2 // an odd height has a middle row
	gap := 1
	if h > smallHeight && r.H-rows*h >= 2*(rows-1) {
		gap = 2
	}
	places := screen.Rect{X: r.X, Y: r.Y, W: r.W, H: rows*(h+gap) - gap}.Grid(cols, rows, columnGap, gap)
	drawAll(c, places[:len(choices)], 1, choices)
}

// shape is the columns and rows of a grid of n choices.
func shape(r screen.Rect, n int, large bool) (cols, rows int) {
	single := n*(roomyHeight+1)-1 <= r.H
	if large || n <= 3 || single && (n <= 4 || r.W < 2*r.H) {
		return 1, n
	}
	return 2, (n + 1) / 2
}

// gridHeight is the fewest rows a grid of n choices needs without scrolling.
func gridHeight(r screen.Rect, n int, large bool) int {
	_, rows := shape(r, n, large)
	return rows*(smallHeight+1) - 1
}

// scrolled draws choices one under the other, those that are visible numbered.
func scrolled(c *screen.Canvas, r screen.Rect, s *screen.Scroll, choices []choice) {
	h := smallHeight
	if r.H > 4*(roomyHeight+1) {
		h = roomyHeight
	}
	number := 0
	c.List(r, s, len(choices), h, 1, func(i int, place screen.Rect) {
		number++
		choices[i].draw(c, place, number, choices[i].rows(place))
	})
}

// row draws choices side by side at the foot of an area and returns the area
// above, a free row left between.
func row(c *screen.Canvas, r screen.Rect, choices []choice) screen.Rect {
	if len(choices) == 0 {
		return r
	}
	h := smallHeight
	if r.H >= 22 {
		h = roomyHeight
	}
	foot, rest := r.Foot(h)
	drawAll(c, foot.Columns(len(choices), columnGap), 1, choices)
	_, rest = rest.Foot(1)
	return rest
}

// drawAll draws choices at their places; their first lines are on one height.
func drawAll(c *screen.Canvas, places []screen.Rect, first int, choices []choice) {
	rows := 0
	for i, b := range choices {
		rows = max(rows, b.rows(places[i]))
	}
	for i, b := range choices {
		b.draw(c, places[i], first+i, rows)
	}
}

// inner is where the words go: right of bar and number.
func (b choice) inner(r screen.Rect) screen.Rect {
	return screen.Rect{X: r.X + 2 + numberWidth, Y: r.Y, W: r.W - 3 - numberWidth, H: r.H}
}

// lines returns the label as it fits, and how many lines that is.
func (b choice) lines(in screen.Rect) (label string, lines int) {
	room := in.H
	if len(b.note) > 0 {
		room--
	}
	label = fitting(in.W, room, b.label)
	return label, min(room, len(screen.Lines(label, in.W)))
}

// rows is how many rows the words take.
func (b choice) rows(r screen.Rect) int {
	_, lines := b.lines(b.inner(r))
	if len(b.note) > 0 {
		lines++
	}
	return lines
}

// draw draws the choice with its words in the middle rows of its area.
func (b choice) draw(c *screen.Canvas, r screen.Rect, number, rows int) {
	digit := digitOf(number)
	t := screen.Target{ID: b.id, Rect: r, Keys: []rune(digit), Hint: b.label[0]}
	in := b.inner(r)
	label, lines := b.lines(in)
	if b.busy {
		c.Button(screen.Button{Target: t, Label: label, Busy: true})
		return
	}
	c.Button(screen.Button{Target: t, Mark: screen.Mark{Color: markOf(c.Theme(), b.of).Color}, Main: b.main})
	s := b.style(c)
	y := in.Y + max(0, (in.H-rows)/2)
	c.Text(in.X-numberWidth, y, 1, s, digit)
	c.Wrap(screen.Rect{X: in.X, Y: y, W: in.W, H: lines}, s, label)
	b.drawNote(c, screen.Rect{X: in.X, Y: y + lines, W: in.W, H: 1}, s)
}

// digitOf is the key of a choice; beyond nine there is none.
func digitOf(number int) string {
	if number > 9 {
		return ""
	}
	return strconv.Itoa(number)
}

// style is how its words are written in its present state.
func (b choice) style(c *screen.Canvas) screen.Style {
	t := c.Theme()
	switch {
	case c.Pressed(b.id):
		return screen.Style{Fg: t.OnHeld, Bg: t.Held, Bold: true}
	case b.main:
		return screen.Style{Fg: t.OnAccent, Bg: t.Accent, Bold: true}
	}
	return screen.Style{Fg: t.Ink, Bg: t.Panel, Bold: true}
}

// drawNote writes letter and shape in the service's colour, and the quieter line.
func (b choice) drawNote(c *screen.Canvas, r screen.Rect, s screen.Style) {
	if len(b.note) == 0 {
		return
	}
	mark, quiet := markOf(c.Theme(), b.of), s
	quiet.Bold = false
	if !b.main && !c.Pressed(b.id) {
		quiet.Fg, s.Fg = c.Theme().Quiet, mark.Color
	}
	if mark.Letter != "" {
		used := c.Text(r.X, r.Y, r.W, s, mark.String()) + 2
		r.X, r.W = r.X+used, r.W-used
	}
	c.Text(r.X, r.Y, r.W, quiet, fitting(r.W, 1, b.note))
}

func clamp(v, low, high int) int { return max(low, min(v, high)) }
