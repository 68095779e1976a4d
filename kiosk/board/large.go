package board

import (
	"accueil/kiosk/screen"
)

// layout is how the newest call is set in its place.
type layout struct {
	labels int  // scale of the labels
	desk   int  // scale of arrow and desk
	two    bool // both labels are large
	full   bool // the panel takes the whole width, the list a row below it
}

const (
	listRoom  = 24 // columns the list needs beside the panel
	stripRows = 2  // rows it takes below it
	padX      = 3  // columns free inside the panel
)

// layout chooses the largest characters that fit, and among equals both labels
// large, a large desk, and the list beside the panel unless that has to be full.
func (v *view) layout(r screen.Rect, full bool) layout {
	for scale, free := 4, 2; scale > 0; scale-- {
		if scale == 1 {
			free = 0
		}
		for _, l := range layouts(scale) {
			if (l.full || !full) && v.fits(l, r, free) {
				return l
			}
		}
	}
	return layout{labels: 1, desk: 1, full: true}
}

// layouts are the layouts of one scale, best first.
func layouts(scale int) (all []layout) {
	for _, full := range []bool{false, true} {
		for _, two := range []bool{true, false} {
			for _, desk := range []int{scale, max(1, scale-1)} {
				all = append(all, layout{scale, desk, two, full})
			}
		}
	}
	return all
}

// fits tells whether a layout has room, with so many rows free.
func (v *view) fits(l layout, r screen.Rect, free int) bool {
	need := v.need(l)
	if l.two && v.large.Alias == "" {
		return false
	}
	if l.full {
		return need.w <= r.W && need.h+free <= r.H-stripRows
	}
	return need.w+3+listRoom <= r.W && need.h+free <= r.H
}

// need is the room of a layout.
func (v *view) need(l layout) size {
	label := bigSize(string(v.large.Label), l.labels)
	alias := bigSize(string(v.large.Alias), l.labels)
	desk := v.deskSize(l.desk)
	n := size{max(label.w, alias.w, desk.w) + 2*padX, label.h + 1 + desk.h}
	if l.two {
		n.h += 1 + alias.h
	}
	return n
}

// deskSize is the room of arrow and desk side by side.
func (v *view) deskSize(scale int) size {
	a, d := arrowSize(scale), bigSize(v.desk(v.large.Desk), scale)
	return size{a.w + 3*scale + d.w, d.h}
}

// drawLarge draws the call that everybody must see. While it is fresh its ground
// is loud and breathes: every other second it is a little smaller.
func (v *view) drawLarge(c *screen.Canvas, r screen.Rect, l layout) {
	th := c.Theme()
	s := screen.Style{Fg: th.Accent, Bg: th.Panel, Bold: true}
	if v.fresh {
		s = th.Loud()
	}
	need := v.need(l)
	v.ground(c, r, s, r.H-need.h >= 2)
	y := r.Y + (r.H-need.h)/2
	x := r.X + padX
	label, other := string(v.large.Label), string(v.large.Alias)
	if other != "" && !l.two && v.swap { // the two take turns
		label, other = other, label
	}
	c.BigScale(x, y, l.labels, s, label)
	y += 5*l.labels + 1
	switch {
	case l.two:
		c.BigScale(x, y, l.labels, s, other)
		y += 5*l.labels + 1
	case other != "":
		c.Text(x, y-1, r.W-2*padX, s, v.say.Say("board.or", "Label", other))
	}
	in := screen.Rect{X: x, Y: y, W: r.Right() - padX - x, H: 5 * l.desk}
	words := v.drawDesk(c, in, l.desk, s)
	if !v.drawPlace(c, screen.Rect{X: x, Y: in.Bottom(), W: in.W, H: r.Bottom() - in.Bottom()}, s) {
		v.drawPlaceBeside(c, words, s)
	}
}

// drawPlace writes where the desk is below it, where there is room left for it, and
// tells whether there was.
func (v *view) drawPlace(c *screen.Canvas, r screen.Rect, s screen.Style) bool {
	place := v.place()
	if place == "" || r.H < 3 || screen.Width(place) > r.W {
		return false
	}
	c.Text(r.X, r.Y+1, r.W, s, place)
	return true
}

// drawPlaceBeside writes it above the words beside the desk, if they leave a row free
// between.
func (v *view) drawPlaceBeside(c *screen.Canvas, r screen.Rect, s screen.Style) {
	place := v.place()
	if place != "" && r.W >= leastPlace && len(screen.Lines(place, r.W)) < r.H {
		c.Wrap(r, s, place)
	}
}

// leastPlace is the columns in which a place is not torn into single words.
const leastPlace = 14

func (v *view) place() string {
	desk, _ := v.site.Desk(v.large.Desk)
	return desk.Place.In(v.say.Lang())
}

// ground paints the panel; breathing in, it loses half a row above and below
// where the text leaves room.
func (v *view) ground(c *screen.Canvas, r screen.Rect, s screen.Style, roomy bool) {
	if v.fresh && !v.beat {
		r = r.Inset(2, 0)
	}
	c.Fill(r, s)
	if v.fresh && !v.beat && roomy {
		edge := screen.Style{Fg: s.Bg, Bg: c.Theme().Paper}
		c.FillWith(screen.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}, edge, "▄")
		c.FillWith(screen.Rect{X: r.X, Y: r.Bottom() - 1, W: r.W, H: 1}, edge, "▀")
	}
}

// drawDesk draws the arrow and the desk, and beside them what the number is; it returns
// the area left above those words.
func (v *view) drawDesk(c *screen.Canvas, r screen.Rect, scale int, s screen.Style) screen.Rect {
	desk := v.desk(v.large.Desk)
	arrow(c, r.X, r.Y, scale, s)
	x := r.X + arrowSize(scale).w + 3*scale
	x += c.BigScale(x, r.Y, scale, s, desk) + 3
	words := screen.Rect{X: x, Y: r.Y, W: r.Right() - x, H: r.H}
	quiet := s
	quiet.Bold = false
	lines := v.deskWords()
	if v.drawWordsLarge(c, words, quiet, lines) {
		_, above := words.Foot(len(lines) * screen.LetterRows)
		return above
	}
	y := words.Bottom() - len(lines)
	for i, line := range lines {
		if screen.Width(line) <= words.W {
			c.Text(words.X, y+i, words.W, quiet, line)
		}
	}
	_, above := words.Foot(len(lines))
	return above
}

// drawWordsLarge writes lines in large letters, one below the other, if they all
// fit.
func (v *view) drawWordsLarge(c *screen.Canvas, r screen.Rect, s screen.Style, lines []string) bool {
	if len(lines)*screen.LetterRows > r.H {
		return false
	}
	for _, line := range lines {
		if broken, ok := screen.LetterLines(line, r.W); !ok || len(broken) > 1 {
			return false
		}
	}
	foot, _ := r.Foot(len(lines) * screen.LetterRows)
	c.Letters(foot, s, lines)
	return true
}

// deskWords say in two languages that the number is a desk, and how often it was
// called.
func (v *view) deskWords() []string {
	var lines []string
	if v.large.Times > 1 {
		lines = append(lines, v.say.Say("board.again", "Count", v.large.Times))
	}
	for _, say := range v.pair {
		lines = append(lines, say.Say("board.desk-word"))
	}
	return lines
}
