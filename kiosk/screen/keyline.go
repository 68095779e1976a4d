package screen

// KeyHint is one key of a staff screen's key line, touchable too.
type KeyHint struct {
	ID       string
	Key      string // as printed on the key: "R", "Espace"
	Runes    []rune // what it sends; "R" alone needs none
	Label    string
	Disabled bool
}

// KeyLine writes the keys into the area, as many rows as it takes, from the
// bottom row upwards when there is one row only; it returns the rows used.
func (c *Canvas) KeyLine(r Rect, hints []KeyHint) int {
	x, y := r.X, r.Y
	for _, h := range hints {
		w := Width(h.Key) + Width(h.Label) + 3
		if x > r.X && x+w > r.Right() {
			x, y = r.X, y+1
		}
		if y >= r.Bottom() {
			c.cut(Rect{x, y, w, 1}, h.Label, false)
			return r.H
		}
		c.keyHint(Rect{x, y, min(w, r.Right()-x), 1}, h)
		x += w + 2
	}
	return y - r.Y + 1
}

func (c *Canvas) keyHint(r Rect, h KeyHint) {
	key, label := c.theme.Loud(), c.theme.Text()
	face := " " + h.Key + " "
	switch {
	case h.Disabled:
		key, label = c.theme.Soft(), c.theme.Soft()
	case c.Pressed(h.ID):
		label = c.theme.Text().Invert().Strong()
	case c.Focused(h.ID):
		face, label = "▶"+h.Key+"◀", c.theme.Strong().Underlined()
	}
	used := c.Text(r.X, r.Y, 0, key, face)
	c.Text(r.X+used, r.Y, r.W-used, label, " "+h.Label)
	c.Target(Target{ID: h.ID, Rect: r, Keys: h.runes(), Hint: h.Label, Disabled: h.Disabled, Kind: Staff})
}

// runes are the characters that act on the hint: both cases of a single letter.
func (h KeyHint) runes() []rune {
	if len(h.Runes) > 0 {
		return h.Runes
	}
	if key := []rune(h.Key); len(key) == 1 {
		return bothCases(key[0])
	}
	return nil
}
