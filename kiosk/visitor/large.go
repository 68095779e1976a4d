package visitor

import (
	"slices"

	"accueil/kiosk/screen"
)

// bigNumber is the columns of a choice's number in large print.
const bigNumber = 6

// sized makes the choices as large as the canvas wants them.
func sized(c *screen.Canvas, choices []choice) []choice {
	all := slices.Clone(choices)
	for i := range all {
		all[i].large = c.Large()
	}
	return all
}

// largeHeight is how high choices in large print are: what the words of the
// longest take, or a row less if one more choice is seen then, and no free rows
// left over.
func largeHeight(r screen.Rect, choices []choice) int {
	r, _ = screen.ListArea(r)
	most, lines := screen.LetterRows+1, 2
	if r.H > 2*roomyBody {
		lines = 3
	}
	for _, b := range choices {
		most = max(most, b.rows(screen.Rect{W: r.W, H: lines*screen.LetterRows + 1}))
	}
	most = min(most, r.H)
	shown := max(1, (r.H+1)/(most+1))
	if (r.H+1)/most > shown && most > 2*screen.LetterRows {
		return most - 1
	}
	return clamp((r.H+1)/min(shown, len(choices))-1, most, most+2)
}

// largeRow is how high a choice in large print is that has a row of its own.
func (b choice) largeRow(r screen.Rect) int {
	if b.rows(screen.Rect{W: r.W, H: screen.LetterRows}) < screen.LetterRows {
		return min(roomyHeight, max(smallHeight, r.H/4))
	}
	if r.H < roomyBody {
		return screen.LetterRows
	}
	return screen.LetterRows + 2
}

// letters returns the label in lines of large letters for an area, nil when there
// is no room for them or the writing has none.
func (b choice) letters(r screen.Rect) []string {
	if !b.large {
		return nil
	}
	for _, label := range b.label {
		if lines, ok := screen.LetterLines(label, r.W-3-bigNumber); ok && len(lines)*screen.LetterRows <= r.H {
			return lines
		}
	}
	return nil
}

// drawLetters draws number and label in large letters, and the quieter line if a
// row is left for it.
func (b choice) drawLetters(c *screen.Canvas, r screen.Rect, label []string, digit string, way int) {
	s := b.style(c)
	in := screen.Rect{X: r.X + 2 + bigNumber, Y: r.Y, W: r.W - 3 - bigNumber, H: r.H}
	if digit != "" {
		c.Letters(screen.Rect{X: r.X + 2, Y: r.Y, W: bigNumber, H: r.H}, s, []string{digit})
	}
	used := c.Letters(in, s, label)
	if in.H > used {
		b.drawNote(c, screen.Rect{X: in.X, Y: in.Y + used, W: in.W, H: 1}, s, way)
	}
}
