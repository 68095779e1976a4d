package screen

// Column is a column of a table. Width 0 takes what the others leave.
type Column struct {
	Title string
	Width int
	Right bool // numbers end at the right edge
}

// Row is a line of a table.
type Row struct {
	ID            string // its target, "" for a line that cannot be chosen
	Cells         []string
	Mark          Mark // its shape is drawn before the first cell
	Strong, Quiet bool
	Warn          bool // on the warning's ground, unless it is chosen
}

// Table is the dense list of the staff screens.
type Table struct {
	Columns  []Column
	Rows     []Row
	Selected string  // the row shown as chosen
	Scroll   *Scroll // nil shows the first rows only
	Empty    string  // written instead of rows when there are none
	Marks    bool    // keeps room for the rows' marks
}

// Table draws header and rows; each row is a target of kind Staff.
func (c *Canvas) Table(r Rect, t Table) {
	head, body := r.Top(1)
	xs := c.columns(head, t)
	for i, col := range t.Columns {
		c.cellText(xs[i], head.Y, col, c.theme.Soft(), col.Title)
	}
	if len(t.Rows) == 0 {
		c.Text(body.X+1, body.Y, body.W-1, c.theme.Soft(), t.Empty)
		return
	}
	first := c.tableTop(body, t)
	for i, row := range t.Rows[first:min(len(t.Rows), first+body.H)] {
		c.tableRow(Rect{body.X, body.Y + i, body.W, 1}, t, xs, row)
	}
}

// tableTop returns the first row shown and makes the table scroll.
func (c *Canvas) tableTop(body Rect, t Table) int {
	if t.Scroll == nil || len(t.Rows) <= body.H {
		return 0
	}
	c.scrolls = append(c.scrolls, scrollArea{c.onGlass(body), t.Scroll, len(t.Rows), body.H, 1})
	return clamp(t.Scroll.Top, 0, len(t.Rows)-body.H)
}

// span is where a column lies.
type span struct{ x, w int }

// columns shares the width: two free columns between them, the rest to those of
// width 0.
func (c *Canvas) columns(r Rect, t Table) []span {
	free, open := r.W+1, 0
	if t.Marks {
		free -= 3
	}
	for _, col := range t.Columns {
		free -= col.Width + 2
		if col.Width == 0 {
			open++
		}
	}
	spans, x := make([]span, len(t.Columns)), r.X+1
	if t.Marks {
		x += 3
	}
	for i, col := range t.Columns {
		w := col.Width
		if w == 0 {
			w = max(1, free/max(1, open))
		}
		spans[i] = span{x, w}
		x += w + 2
	}
	return spans
}

func (c *Canvas) cellText(s span, y int, col Column, style Style, text string) {
	if col.Right {
		c.TextRight(s.x+s.w, y, s.w, style, text)
		return
	}
	c.Text(s.x, y, s.w, style, text)
}

func (c *Canvas) tableRow(r Rect, t Table, xs []span, row Row) {
	s, sign := c.rowStyle(t, row)
	c.Fill(r, s)
	c.set(r.X, r.Y, sign, s)
	if m := row.Mark; m != (Mark{}) {
		ms := s.Strong()
		if s.Bg == c.theme.Paper {
			ms.Fg = m.Color
		}
		c.Text(r.X+2, r.Y, 1, ms, m.Shape)
	}
	for i, text := range row.Cells[:min(len(row.Cells), len(xs))] {
		c.cellText(xs[i], r.Y, t.Columns[i], s, text)
	}
	c.Target(Target{ID: row.ID, Rect: r, Kind: Staff})
}

// rowStyle is the row's style and the sign at its left edge.
func (c *Canvas) rowStyle(t Table, row Row) (Style, string) {
	s := c.theme.Text()
	if row.Quiet {
		s = c.theme.Soft()
	}
	if row.Warn {
		s = c.theme.Alert()
	}
	s.Bold = row.Strong
	switch {
	case c.Pressed(row.ID):
		return Style{Fg: c.theme.OnHeld, Bg: c.theme.Held, Bold: true}, "█"
	case row.ID != "" && row.ID == t.Selected:
		if s.Bold = true; !row.Warn {
			s = Style{Fg: c.theme.Ink, Bg: c.theme.Panel, Bold: true}
		}
		return s, "▶"
	case c.Focused(row.ID):
		return s.Underlined(), "▸"
	}
	return s, " "
}
