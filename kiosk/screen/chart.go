package screen

import "strconv"

// eighths are the parts of a cell filled from below.
const eighths = " ▁▂▃▄▅▆▇█"

// eighth returns the character that fills n eighths of a cell.
func eighth(n int) string { return string([]rune(eighths)[clamp(n, 0, 8)]) }

// Sparkline draws one column a value, one row high, against top (or the
// largest value, when top is 0); it returns the columns used.
func (c *Canvas) Sparkline(x, y int, s Style, values []int, top int) int {
	top = ceiling(values, top)
	for i, v := range values {
		c.block(x+i, y, s, eighth((max(0, v)*8+top-1)/top))
	}
	return len(values)
}

// Bar is one column of a chart.
type Bar struct {
	Label string // below, at most as wide as the column
	Value int
	Usual int  // what would be usual, drawn as a line; 0 draws none
	Now   bool // the column of the present hour, drawn strong
}

// BarChart draws the bars side by side from the area's foot, against the
// largest value, each with its label below and its number above.
func (c *Canvas) BarChart(r Rect, s Style, bars []Bar) {
	if len(bars) == 0 || r.H < 3 {
		return
	}
	top := 1
	for _, b := range bars {
		top = max(top, b.Value, b.Usual)
	}
	width := max(2, min(8, r.W/len(bars)))
	for i, b := range bars {
		c.bar(Rect{r.X + i*width, r.Y, width - 1, r.H}, s, b, top)
	}
}

func (c *Canvas) bar(r Rect, s Style, b Bar, top int) {
	rows := r.H - 2 // number above, label below
	full := (max(0, b.Value)*rows*8 + top - 1) / top
	for row := range rows {
		if n := full - row*8; n > 0 {
			for x := r.X; x < r.Right(); x++ {
				c.block(x, r.Bottom()-2-row, s, eighth(n))
			}
		}
	}
	if b.Usual > 0 {
		row := (b.Usual*rows - 1) / top
		line := c.theme.Soft()
		if full > row*8 { // within the bar
			line = s.Invert()
		}
		c.FillWith(Rect{r.X, r.Bottom() - 2 - row, r.W, 1}, line, "─")
	}
	label := c.theme.Soft()
	if b.Now {
		label = c.theme.Strong().Underlined()
	}
	c.TextCenter(r, r.Bottom()-1, label, b.Label)
	if b.Value > 0 {
		number := strconv.Itoa(b.Value)
		if len(number)+2 <= r.W {
			number = " " + number + " " // off the line of what is usual
		}
		c.TextCenter(r, r.Bottom()-2-(full+7)/8, c.theme.Text(), number)
	}
}

func ceiling(values []int, top int) int {
	for _, v := range values {
		if top <= 0 || v > top {
			top = max(top, v)
		}
	}
	return max(1, top)
}
