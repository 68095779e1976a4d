package adviser

import (
	"strings"

	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

const (
	// panelRows is the height of the panel: half a row of edge, the step, a free
	// row, the label, half a row of edge.
	panelRows = 9
	// textRoom is the least width for words beside the large label.
	textRoom = 26
)

// drawPanel draws the next step as the largest thing on the screen; the whole
// panel is the space bar's target.
func (v *view) drawPanel(c *screen.Canvas, r screen.Rect, p panel) {
	ground := v.panelGround(c, p)
	edge := screen.Style{Fg: ground.Bg, Bg: c.Theme().Paper}
	c.Fill(r, ground)
	c.FillWith(screen.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}, edge, "▄")
	c.FillWith(screen.Rect{X: r.X, Y: r.Bottom() - 1, W: r.W, H: 1}, edge, "▀")
	in := screen.Rect{X: r.X + 2, Y: r.Y + 1, W: r.W - 4, H: r.H - 2}
	v.stepLine(c, in, ground, p)
	_, in = in.Top(2)
	v.panelWords(c, in, ground, p)
	c.Target(screen.Target{ID: cmdNext, Rect: r, Keys: []rune{' '}, Hint: p.step, Kind: screen.Staff,
		Disabled: v.off() || v.hinders(cmdNext) != ""})
}

func (v *view) panelGround(c *screen.Canvas, p panel) screen.Style {
	th := c.Theme()
	switch {
	case p.plain:
		return screen.Style{Fg: th.Ink, Bg: th.Panel, Bold: true}
	case c.Pressed(cmdNext):
		return th.Loud().Invert()
	}
	return th.Loud()
}

// stepLine says which key does what, and for which service.
func (v *view) stepLine(c *screen.Canvas, r screen.Rect, ground screen.Style, p panel) {
	x := r.X
	if !p.plain {
		cap := ground.Invert()
		x += c.Text(x, r.Y, 0, cap, " "+v.say.Say("staff.key.space")+" ") + 2
	}
	used := c.Text(x, r.Y, r.Right()-x, ground, p.step)
	if p.service == "" {
		return
	}
	mark := c.Theme().Mark(p.service).String()
	room := r.Right() - x - used - 3
	name := staff.Fitting(room, mark+"  "+v.pole(p.service), mark)
	c.TextRight(r.Right(), r.Y, room, weak(ground), name)
}

// panelWords draws the label large and the words beside it, or below it when
// the label is a long one.
func (v *view) panelWords(c *screen.Canvas, r screen.Rect, ground screen.Style, p panel) {
	if p.ticket == nil {
		c.Wrap(r, weak(ground), p.lines[0])
		return
	}
	label := string(p.ticket.Label)
	wide, _ := screen.BigSize(label)
	if words := (screen.Rect{X: r.X + wide + 3, Y: r.Y, W: r.W - wide - 3, H: 5}); words.W >= textRoom {
		c.Big(r.X, r.Y, ground, label)
		v.beside(c, words, ground, p)
		return
	}
	v.above(c, screen.Rect{X: r.X, Y: r.Y - 1, W: r.W, H: 1}, ground, p)
	if wide <= r.W {
		c.Big(r.X, r.Y, ground, label)
		return
	}
	c.Text(r.X, r.Y+2, r.W, ground, v.labels(*p.ticket))
}

// beside writes the words beside the label: the question, in its short form
// where the long one would push out the rest.
func (v *view) beside(c *screen.Canvas, r screen.Rect, ground screen.Style, p panel) {
	lines := p.lines
	if alias := p.ticket.Alias; alias != "" {
		lines = append(lines[:len(lines):len(lines)], v.say.Say("adviser.or", "Label", string(alias)))
	}
	question := v.question(p.ticket.Question)
	if len(screen.Lines(question, r.W))+len(lines) > r.H {
		question = v.shortQuestion(p.ticket.Question)
	}
	y := r.Y + c.Wrap(r, ground, question)
	for _, line := range lines {
		y += c.Wrap(screen.Rect{X: r.X, Y: y, W: r.W, H: r.Bottom() - y}, weak(ground), line)
	}
}

// above writes the words in one row above a label that leaves no room beside it:
// as many as fit, the question last to go.
func (v *view) above(c *screen.Canvas, r screen.Rect, ground screen.Style, p panel) {
	words := []string{v.say.Say("staff.quoted", "Text", v.shortQuestion(p.ticket.Question))}
	if alias := p.ticket.Alias; alias != "" {
		words = append(words, v.say.Say("adviser.or", "Label", string(alias)))
	}
	words = append(words, p.lines...)
	for len(words) > 1 && screen.Width(strings.Join(words, " · ")) > r.W {
		words = words[:len(words)-1]
	}
	c.Text(r.X, r.Y, r.W, ground, strings.Join(words, " · "))
}

// weak is the same text without weight.
func weak(s screen.Style) screen.Style { s.Bold = false; return s }
