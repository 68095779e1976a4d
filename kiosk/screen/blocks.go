package screen

import "image"

// span8 is a stretch in eighths of a cell.
type span8 struct{ from, to int }

// part is a filled part of a cell.
type part struct{ x, y span8 }

// blockOf returns the parts of a block element, U+2580 to U+259F. A font would
// leave seams between them, and a QR code does not survive seams.
func blockOf(r rune) ([]part, bool) {
	all, upper, lower, left, right := span8{0, 8}, span8{0, 4}, span8{4, 8}, span8{0, 4}, span8{4, 8}
	switch {
	case r == '▀':
		return []part{{all, upper}}, true
	case r >= '▁' && r <= '█':
		return []part{{all, span8{8 - int(r-'▀'), 8}}}, true
	case r == '▌':
		return []part{{left, all}}, true
	case r == '▐':
		return []part{{right, all}}, true
	case r == '▏':
		return []part{{span8{0, 1}, all}}, true
	}
	quarters := []part{{left, upper}, {right, upper}, {left, lower}, {right, lower}}
	mask, ok := quadrants()[r]
	if !ok {
		return nil, false
	}
	var parts []part
	for i, q := range quarters {
		if mask[i] == '1' {
			parts = append(parts, q)
		}
	}
	return parts, true
}

// quadrants gives upper left, upper right, lower left, lower right.
func quadrants() map[rune]string {
	return map[rune]string{
		'▘': "1000", '▝': "0100", '▖': "0010", '▗': "0001", '▚': "1001",
		'▞': "0110", '▛': "1110", '▜': "1101", '▙': "1011", '▟': "0111",
	}
}

// arms are the lines of a box character from the middle of its cell: 0 for
// none, 1 light, 2 heavy, 3 heavy and broken.
type arms struct{ up, right, down, left int }

// lineOf returns the lines of the box characters the painters use, so that
// they join across cells.
func lineOf(r rune) (arms, bool) {
	a, ok := map[rune]arms{
		'─': {0, 1, 0, 1}, '│': {1, 0, 1, 0}, '━': {0, 2, 0, 2}, '┃': {2, 0, 2, 0}, '┊': {3, 0, 3, 0},
		'└': {1, 1, 0, 0}, '┘': {1, 0, 0, 1},
		'┏': {0, 2, 2, 0}, '┓': {0, 0, 2, 2}, '┗': {2, 2, 0, 0}, '┛': {2, 0, 0, 2},
	}[r]
	return a, ok
}

func (p *picture) lines(x, y int, a arms, c Color) {
	midX, midY := x*cellWidth+cellWidth/2, y*cellHeight+cellHeight/2
	if t := thickness(a.up); t > 0 {
		p.vertical(midX, y*cellHeight, midY+t/2, t, a.up == 3, c)
	}
	if t := thickness(a.down); t > 0 {
		p.vertical(midX, midY-t/2, (y+1)*cellHeight, t, a.down == 3, c)
	}
	if t := thickness(a.left); t > 0 {
		p.fill(image.Rect(x*cellWidth, midY-t/2, midX+t/2, midY+(t+1)/2), c)
	}
	if t := thickness(a.right); t > 0 {
		p.fill(image.Rect(midX-t/2, midY-t/2, (x+1)*cellWidth, midY+(t+1)/2), c)
	}
}

// vertical draws one arm, in dashes of four pixels when it is broken.
func (p *picture) vertical(mid, from, to, t int, broken bool, c Color) {
	for y := from; y < to; y++ {
		if !broken || y/4%2 == 0 {
			p.fill(image.Rect(mid-t/2, y, mid+(t+1)/2, y+1), c)
		}
	}
}

func thickness(arm int) int { return []int{0, 2, 4, 4}[arm] }
