package board

import (
	"accueil/kiosk/screen"
)

// size is the room a drawing takes, in cells.
type size struct{ w, h int }

// bigSize is the room of large characters at a scale.
func bigSize(text string, scale int) size {
	w, h := screen.BigSize(text)
	return size{w * scale, h * scale}
}

// arrowSize is the room of the arrow, which is as high as the characters.
func arrowSize(scale int) size { return size{11 * scale, 5 * scale} }

// arrow draws an arrow to the right. A cell is two pixels high, so that the head
// is a right angle in any scale.
func arrow(c *screen.Canvas, x, y, scale int, s screen.Style) {
	r := arrowSize(scale)
	for row := range r.h {
		for col := range r.w {
			upper, lower := inArrow(col, 2*row, scale), inArrow(col, 2*row+1, scale)
			if char := halves(upper, lower); char != " " {
				c.FillWith(screen.Rect{X: x + col, Y: y + row, W: 1, H: 1}, s, char)
			}
		}
	}
}

// inArrow tells whether a pixel belongs to the arrow: a shaft of four tenths of
// the height, and a head as deep as half of it.
func inArrow(x, y, scale int) bool {
	high, wide := 10*scale, 11*scale
	off := max(2*y+1-high, high-2*y-1) / 2 // from the middle, in pixels
	head := wide - 6*scale
	return x >= head && x < wide-off || x < head && off < 2*scale
}

func halves(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
