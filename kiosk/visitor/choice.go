package visitor

import (
	"strconv"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// choice is something to touch: a number that is also its key, the words, and
// below them perhaps a quieter line. Of each text there may be several, the
// longest first. The first label that fits is shown; the quieter lines of
// choices drawn together are all said in the first way that fits everywhere.
type choice struct {
	id    string
	label []string
	note  []string
	keys  []rune       // besides its number
	of    site.Service // gives the colour, and letter and shape before the note
	main  bool         // the next step
	busy  bool
	over  bool // it was done, or cannot be any more
	large bool // drawn in large print
}

// Sizes of choices in cells.
const (
	smallHeight = 3
	roomyHeight = 5
	tallHeight  = 7
	columnGap   = 2
	markWidth   = 5 // letter, shape, and the columns between
	numberWidth = 3
)

// grid draws choices in reading order, numbered, in as many columns as suit the
// area; what does not fit is scrolled to.
func grid(c *screen.Canvas, r screen.Rect, large bool, s *screen.Scroll, choices []choice) {
	cols, rows := shape(r, len(choices), large)
	if large {
		scrolled(c, r, large, s, 1, choices)
		return
	}
	if r.H < rows*(smallHeight+1)-1 {
		scrolled(c, r, large, s, 1, choices)
		return
	}
	h, gap := choiceHeight(r.H, rows), 1
	if cols == 1 {
		h = min(h, roomyHeight)
	}
	if words := rowsOf(places(r, cols, rows, h, gap)[:len(choices)], choices); (h-words)%2 != 0 && h > max(words, smallHeight) {
		h-- // as much free above the words as below
	}
	if h > smallHeight && r.H-rows*h >= 2*(rows-1) {
		gap = 2
	}
	drawAll(c, places(r, cols, rows, h, gap)[:len(choices)], 1, choices)
}

// places are the areas of a grid, from the top of an area.
func places(r screen.Rect, cols, rows, h, gap int) []screen.Rect {
	var places []screen.Rect
	for range rows {
		line, below := r.Top(h)
		places = append(places, columns(line, cols)...)
		_, r = below.Top(gap)
	}
	return places
}

// columns cuts an area into columns; the last takes what does not divide evenly,
// so that all right edges stand one below the other.
func columns(r screen.Rect, n int) []screen.Rect {
	places := r.Columns(n, columnGap)
	last := &places[n-1]
	last.W = r.Right() - last.X
	return places
}

// choiceHeight is how high choices in so many rows can be.
func choiceHeight(room, rows int) int {
	return clamp((room+1)/max(1, rows)-1, smallHeight, tallHeight)
}

// shape is the columns and rows of a grid of n choices.
func shape(r screen.Rect, n int, large bool) (cols, rows int) {
	single := n*(roomyHeight+1)-1 <= r.H
	if large || r.W < narrow-12 || n <= 3 || single && (n <= 4 || r.W < 2*r.H) {
		return 1, n
	}
	return 2, (n + 1) / 2
}

// gridHeight is the fewest rows a grid of n choices needs without scrolling.
func gridHeight(r screen.Rect, n int, large bool) int {
	if large {
		return 2*(2*screen.LetterRows+1) - 1
	}
	_, rows := shape(r, n, large)
	return rows*(smallHeight+1) - 1
}

// roomyGrid is the rows of a grid whose choices are of a good height.
func roomyGrid(r screen.Rect, n int) int {
	_, rows := shape(r, n, false)
	return rows*(roomyHeight+1) - 1
}

// below is the area below a head of so many rows, with one left free unless the
// choices would be less high for it.
func below(r screen.Rect, used, n int, large bool) screen.Rect {
	_, rows := shape(r, n, large)
	if room := r.H - used; choiceHeight(room-1, rows) == choiceHeight(room, rows) && room > rows*(smallHeight+1)-1 {
		used++
	}
	_, rest := r.Top(used)
	return rest
}

// scrolled draws choices one under the other, numbered from first: all of them
// if there are few, so that a choice keeps its number, or else the visible ones.
func scrolled(c *screen.Canvas, r screen.Rect, large bool, s *screen.Scroll, first int, choices []choice) {
	choices = sized(c, choices)
	h := smallHeight
	switch {
	case large:
		h = largeHeight(r, choices)
	case r.H > 4*(roomyHeight+1):
		h = roomyHeight
	}
	var places []screen.Rect
	var shown []choice
	keeps, top := first+len(choices) <= 10, 0
	c.List(r, s, len(choices), h, 1, func(i int, place screen.Rect) {
		if len(shown) == 0 {
			top = i
		}
		places, shown = append(places, place), append(shown, choices[i])
	})
	if keeps {
		unseen(c, first, choices, top, len(shown))
		first += top
	}
	way := wayOf(places, shown)
	for i, b := range shown {
		rows := b.rows(places[i])
		if large {
			rows = 0 // each from its own top
		}
		b.draw(c, places[i], first+i, max(rows, b.rows(places[i])), way)
	}
}

// unseen has the numbers of choices act that a list does not show: who cannot see
// well remembers them.
func unseen(c *screen.Canvas, first int, choices []choice, top, shown int) {
	for i, b := range choices {
		if i < top || i >= top+shown {
			c.Unseen(screen.Target{ID: b.id, Keys: []rune(digitOf(first + i)), Disabled: b.busy || b.over})
		}
	}
}

// row draws choices side by side at the foot of an area and returns the area
// above, a free row left between. On a narrow screen, and in large print where
// it fits, the first has a row of its own.
func row(c *screen.Canvas, r screen.Rect, choices []choice) screen.Rect {
	if len(choices) == 0 {
		return r
	}
	choices = sized(c, choices)
	w, _ := c.Size()
	first := choices[0]
	big := first.main && first.letters(screen.Rect{W: r.W, H: screen.LetterRows}) != nil
	if len(choices) > 1 && (w < narrow || big) {
		return line(c, line(c, r, 2, choices[1:]), 1, choices[:1])
	}
	return line(c, r, 1, choices)
}

// line draws choices side by side, numbered from first.
func line(c *screen.Canvas, r screen.Rect, first int, choices []choice) screen.Rect {
	foot, _ := r.Foot(rowHeight(r, choices))
	drawAll(c, columns(foot, len(choices)), first, choices)
	rest, _ := r.Top(r.H - foot.H - 1)
	return rest
}

// rowHeight is how high choices side by side are: what suits the height of the
// area, with as much free above the words as below.
func rowHeight(r screen.Rect, choices []choice) int {
	foot, _ := r.Foot(smallHeight)
	h := smallHeight
	switch words := rowsOf(columns(foot, len(choices)), choices); {
	case len(choices) == 1 && choices[0].large && choices[0].main:
		return choices[0].largeRow(r)
	case r.H < roomyBody:
		return h
	case r.H > 30 && r.W >= narrow:
		h = tallHeight - (tallHeight-words)%2
	default:
		h = roomyHeight - (roomyHeight-words)%2
	}
	return h
}

// drawAll draws choices at their places, numbered from first; their first lines
// are on one height.
func drawAll(c *screen.Canvas, places []screen.Rect, first int, choices []choice) {
	rows, way := rowsOf(places, choices), wayOf(places, choices)
	for i, b := range choices {
		b.draw(c, places[i], first+i, rows, way)
	}
}

// rowsOf is the most rows the words of a choice take.
func rowsOf(places []screen.Rect, choices []choice) int {
	rows := 0
	for i, b := range choices {
		rows = max(rows, b.rows(places[i]))
	}
	return rows
}

// wayOf is the first way of saying all quieter lines that fits everywhere.
func wayOf(places []screen.Rect, choices []choice) int {
	way := 0
	for i, b := range choices {
		room := b.inner(places[i]).W
		if b.large {
			room -= bigNumber - numberWidth
		}
		if b.of.Letter != "" {
			room -= markWidth
		}
		for way < len(b.note)-1 && screen.Width(b.note[way]) > room {
			way++
		}
	}
	return way
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
	if lines := len(b.letters(r)) * screen.LetterRows; lines > 0 {
		return lines + min(r.H-lines, min(1, len(b.note)))
	}
	_, lines := b.lines(b.inner(r))
	if len(b.note) > 0 {
		lines++
	}
	return lines
}

// draw draws the choice with its words in the middle rows of its area.
func (b choice) draw(c *screen.Canvas, r screen.Rect, number, rows, way int) {
	digit := digitOf(number)
	t := screen.Target{ID: b.id, Rect: r, Keys: append([]rune(digit), b.keys...), Hint: b.aloud()}
	in := b.inner(r)
	label, lines := b.lines(in)
	if b.busy {
		c.Button(screen.Button{Target: t, Label: label, Busy: true})
		return
	}
	if b.over {
		t.Disabled = true
		c.Button(screen.Button{Target: t, Label: label})
		return
	}
	c.Button(screen.Button{Target: t, Mark: screen.Mark{Color: markOf(c.Theme(), b.of).Color}, Main: b.main})
	s := b.style(c)
	y := in.Y + max(0, (in.H-rows)/2)
	if big := b.letters(r); big != nil {
		b.drawLetters(c, screen.Rect{X: r.X, Y: y, W: r.W, H: r.Bottom() - y}, big, digit, way)
		return
	}
	c.Text(in.X-numberWidth, y, 1, s, digit)
	c.Wrap(screen.Rect{X: in.X, Y: y, W: in.W, H: lines}, s, label)
	b.drawNote(c, screen.Rect{X: in.X, Y: y + lines, W: in.W, H: 1}, s, way)
}

// aloud is the choice in full, for reading aloud.
func (b choice) aloud() string {
	if len(b.note) == 0 {
		return b.label[0]
	}
	return b.label[0] + ". " + b.note[0]
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
func (b choice) drawNote(c *screen.Canvas, r screen.Rect, s screen.Style, way int) {
	if len(b.note) == 0 {
		return
	}
	mark, quiet := markOf(c.Theme(), b.of), s
	quiet.Bold = false
	if !b.main && !c.Pressed(b.id) {
		quiet.Fg, s.Fg = c.Theme().PanelQuiet, mark.Color
	}
	if mark.Letter != "" {
		c.Text(r.X, r.Y, r.W, s, mark.String())
		_, r = r.Left(markWidth)
	}
	c.Text(r.X, r.Y, r.W, quiet, b.note[min(way, len(b.note)-1)])
}

func clamp(v, low, high int) int { return max(low, min(v, high)) }
