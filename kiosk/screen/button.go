package screen

// Button is a target with one label and perhaps a second, quieter line.
type Button struct {
	Target
	Label string
	Note  string
	Mark  Mark // its colour is the bar's; the zero Mark gives the ink's
	Main  bool // the next step: filled with the accent
	Busy  bool // what it started is under way; drawn as such and not touchable
}

// Button draws the button and lays its target. The label is in the middle of
// the height and breaks over the rows there are.
func (c *Canvas) Button(b Button) {
	b.Disabled = b.Disabled || b.Busy
	l := c.lookOf(b.Target, c.barColor(b.Mark))
	if b.Main && !b.Disabled && !c.Pressed(b.ID) {
		l = l.accent(c.theme)
	}
	in := c.frame(b.Target, l)
	label := b.Label
	if b.Busy {
		label = "◌ " + label + " …"
	}
	lines := len(Lines(label, in.W))
	note := 0
	if b.Note != "" {
		note = len(Lines(b.Note, in.W))
	}
	in.Y += max(0, (in.H-lines-note)/2)
	in.H = b.Rect.Bottom() - in.Y
	used := c.Wrap(Rect{in.X, in.Y, in.W, max(0, in.H-note)}, l.ground, label)
	if note > 0 {
		c.Wrap(Rect{in.X, in.Y + used, in.W, in.H - used}, l.quiet, b.Note)
	}
	c.Target(b.Target)
}

func (c *Canvas) barColor(m Mark) Color {
	if m == (Mark{}) {
		return c.theme.Ink
	}
	return m.Color
}

// Tile is one of the choices of a screen: a bar in the service's colour, a
// number that is also its key, the visitor's words, and below them the
// service's line.
type Tile struct {
	Target
	Number string // "1", also claimed as a key
	Label  string
	Note   string // "ouvert · 15 à 30 min"
	Mark   Mark   // bar colour, and letter and shape before the note
}

// Tile draws the tile and lays its target: the label, and the note below its
// second line, so that the notes of neighbours stand level.
func (c *Canvas) Tile(t Tile) {
	for _, r := range t.Number {
		t.Keys = append(t.Keys[:len(t.Keys):len(t.Keys)], r)
	}
	l := c.lookOf(t.Target, c.barColor(t.Mark))
	in := c.frame(t.Target, l)
	noted := t.Note != "" || t.Mark.Shape != ""
	if in.H > 3 {
		_, in = in.Top((in.H - 3) / 2)
	}
	if t.Number != "" {
		c.Text(in.X, in.Y, 2, l.ground, t.Number)
		_, in = in.Left(3)
	}
	foot, words := in.Foot(1)
	if !noted {
		words = in
	}
	used := c.Wrap(words, l.ground, t.Label)
	if noted {
		foot.Y = min(foot.Y, in.Y+max(used, 2))
		c.note(foot, l, t)
	}
	c.Target(t.Target)
}

// note writes letter, shape and the service's line; the mark keeps its colour
// unless the tile is pressed or cannot be used.
func (c *Canvas) note(r Rect, l look, t Tile) {
	if sign := t.Mark.String(); sign != "" {
		used := c.Text(r.X, r.Y, r.W, l.bar.Strong(), sign)
		_, r = r.Left(used + 2)
	}
	if t.Note != "" {
		c.Text(r.X, r.Y, r.W, l.quiet, t.Note)
	}
}
