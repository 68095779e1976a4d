package screen

import "strings"

// bigRows is the height of the big characters at scale 1.
const bigRows = 5

// Big writes digits, capital letters, spaces and hyphens five rows high and
// returns the columns used; other characters are left out.
func (c *Canvas) Big(x, y int, s Style, text string) int { return c.BigScale(x, y, 1, s, text) }

// BigScale writes big characters scale times larger. They stand from left to
// right in every language: labels and numbers do.
func (c *Canvas) BigScale(x, y, scale int, s Style, text string) int {
	c.hear(x, y, text)
	w, h := BigSize(text)
	r := Rect{x, y, w * scale, h * scale}
	c.checkFree(r, text)
	c.LeftToRight(r, func(r Rect) { c.big(r.X, r.Y, scale, s, text) })
	c.checkBig(r, text)
	return r.W
}

func (c *Canvas) big(x, y, scale int, s Style, text string) {
	for _, r := range strings.ToUpper(text) {
		if glyph, ok := glyphOf(r); ok {
			c.glyph(x, y, scale, s, glyph)
			x += scale * (glyphWidth(glyph) + bigGap)
		}
	}
}

// checkBig records big text that runs over the canvas.
func (c *Canvas) checkBig(r Rect, text string) {
	if r.Intersect(c.Area()) != r {
		c.cut(r, text, false)
	}
}

// BigSize returns the columns and rows of big text at scale 1.
func BigSize(text string) (w, h int) {
	for _, r := range strings.ToUpper(text) {
		if glyph, ok := glyphOf(r); ok {
			w += glyphWidth(glyph) + bigGap
		}
	}
	return max(0, w-bigGap), bigRows
}

// glyph draws one character. A glyph's pixel is one column wide and half a row
// high, so any scale comes out of the same drawing.
func (c *Canvas) glyph(x, y, scale int, s Style, glyph [bigRows]string) {
	pixels := pixelsOf(glyph)
	for row := range bigRows * scale {
		for col := range len(pixels[0]) * scale {
			upper := pixels[row*2/scale][col/scale]
			lower := pixels[(row*2+1)/scale][col/scale]
			c.block(x+col, y+row, s, half(upper, lower))
		}
	}
}

// block writes a block character. A full one has its ground in its own colour:
// fonts often leave a seam between rows, which would show.
func (c *Canvas) block(x, y int, s Style, char string) {
	if char == "█" {
		s.Bg = s.Fg
	}
	c.set(x, y, char, s)
}

func half(upper, lower bool) string {
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

// pixelsOf turns the drawing into rows of pixels, two for each of its rows.
func pixelsOf(glyph [bigRows]string) [2 * bigRows][]bool {
	var pixels [2 * bigRows][]bool
	for i, row := range glyph {
		for _, r := range row {
			pixels[2*i] = append(pixels[2*i], r == '█' || r == '▀')
			pixels[2*i+1] = append(pixels[2*i+1], r == '█' || r == '▄')
		}
	}
	return pixels
}

func glyphWidth(glyph [bigRows]string) int { return len([]rune(glyph[0])) }
