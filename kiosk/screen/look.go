package screen

// look is how a touch target is painted in its present state. Every state
// differs in a sign too, never in colour alone: the bar at the left edge
// changes its form, focus has corners, what cannot be used has a broken bar.
type look struct {
	ground Style  // label
	quiet  Style  // second line
	bar    Style  // left edge
	sign   string // the bar's character
}

// lookOf chooses the look of a target whose bar has the given colour.
func (c *Canvas) lookOf(t Target, bar Color) look {
	th := c.theme
	l := look{
		ground: Style{Fg: th.Ink, Bg: th.Panel, Bold: true},
		quiet:  Style{Fg: th.PanelQuiet, Bg: th.Panel},
		bar:    Style{Fg: bar, Bg: th.Panel},
		sign:   "┃",
	}
	switch {
	case t.Disabled:
		l.ground = Style{Fg: th.Quiet, Bg: th.Paper}
		l.quiet, l.bar, l.sign = l.ground, l.ground, "┊"
	case c.Pressed(t.ID):
		l.ground = Style{Fg: th.OnHeld, Bg: th.Held, Bold: true}
		l.quiet, l.bar, l.sign = l.ground, l.ground, "▌"
	}
	return l
}

// accent turns the look into that of the main button.
func (l look) accent(th Theme) look {
	l.ground = Style{Fg: th.OnAccent, Bg: th.Accent, Bold: true}
	l.quiet = Style{Fg: th.OnAccent, Bg: th.Accent}
	l.bar, l.sign = l.quiet, " "
	return l
}

// frame paints ground, bar and focus of a target and returns the area inside.
func (c *Canvas) frame(t Target, l look) Rect {
	c.Fill(t.Rect, l.ground)
	left, _ := t.Rect.Left(1)
	c.FillWith(left, l.bar, l.sign)
	if c.Focused(t.ID) {
		c.corners(t.Rect, l.ground)
	}
	return Rect{t.Rect.X + 2, t.Rect.Y, t.Rect.W - 3, t.Rect.H}
}

// corners shows the focus: a corner at each end, and bars along a single row.
func (c *Canvas) corners(r Rect, s Style) {
	s.Bold = true
	if r.H == 1 {
		c.set(r.X, r.Y, "▶", s)
		c.set(r.Right()-1, r.Y, "◀", s)
		return
	}
	c.set(r.X, r.Y, "┏", s)
	c.set(r.X, r.Bottom()-1, "┗", s)
	c.set(r.Right()-1, r.Y, "┓", s)
	c.set(r.Right()-1, r.Bottom()-1, "┛", s)
	for y := r.Y + 1; y < r.Bottom()-1; y++ {
		c.set(r.X, y, "┃", s)
		c.set(r.Right()-1, y, "┃", s)
	}
}
