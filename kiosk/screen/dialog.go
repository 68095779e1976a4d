package screen

// Dialog is a question over the screen. While it is drawn nothing else can be
// touched, so it needs a way back: give one of its buttons the name IDBack.
type Dialog struct {
	Title, Text string
	Buttons     []Button // their areas are laid out by the dialog, left to right
}

// Dialog draws the dialog in the middle.
func (c *Canvas) Dialog(d Dialog) {
	c.targets, c.unseen, c.scrolls = c.targets[:0], c.unseen[:0], c.scrolls[:0]
	c.forget()
	w := min(c.w-2*margin, 76)
	text, title := Lines(d.Text, w-6), len(Lines(d.Title, w-6))
	big, ok := LetterLines(d.Title, w-6)
	if ok = ok && c.large && len(big)*LetterRows+len(text)+8 <= c.h; ok {
		title = len(big) * LetterRows
	}
	r := c.Area().Center(w, min(c.h, title+len(text)+8))
	c.Fill(r.Inset(-2, -1), c.theme.Text()) // a clear margin sets it off the page
	c.outline(r, c.theme.Text())
	in := r.Inset(3, 1)
	foot, above := in.Foot(3)
	head, rest := above.Top(title)
	if ok {
		c.Letters(head, c.theme.Text(), big)
	} else {
		c.Wrap(head, c.theme.Strong(), d.Title)
	}
	_, rest = rest.Top(1)
	c.Wrap(rest, c.theme.Text(), d.Text)
	c.buttonRow(foot, d.Buttons)
}

// buttonRow spreads buttons over a row of three.
func (c *Canvas) buttonRow(r Rect, buttons []Button) {
	if len(buttons) == 0 {
		return
	}
	for i, place := range r.Columns(len(buttons), 2) {
		b := buttons[i]
		b.Rect = place
		c.Button(b)
	}
}

// outline draws a heavy frame: a dialog must not be taken for the page.
func (c *Canvas) outline(r Rect, s Style) {
	right, bottom := r.Right()-1, r.Bottom()-1
	c.FillWith(Rect{r.X, r.Y, r.W, 1}, s, "━")
	c.FillWith(Rect{r.X, bottom, r.W, 1}, s, "━")
	c.FillWith(Rect{r.X, r.Y, 1, r.H}, s, "┃")
	c.FillWith(Rect{right, r.Y, 1, r.H}, s, "┃")
	c.set(r.X, r.Y, "┏", s)
	c.set(right, r.Y, "┓", s)
	c.set(r.X, bottom, "┗", s)
	c.set(right, bottom, "┛", s)
}
