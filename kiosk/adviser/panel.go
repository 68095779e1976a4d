package adviser

import (
	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

// panelRows is the height of the panel: half a row above and below its text.
func panelRows(body int) int {
	if body < 20 {
		return 8
	}
	return 9
}

// textRoom is the least width for words beside the large label.
const textRoom = 27

// drawPanel draws the next step as the largest thing on the screen; the whole
// panel is the space bar's target.
func (v *view) drawPanel(c *screen.Canvas, r screen.Rect, p panel) {
	ground := v.panelGround(c, p)
	edge := screen.Style{Fg: ground.Bg, Bg: c.Theme().Paper}
	c.Fill(r, ground)
	c.FillWith(screen.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}, edge, "▄")
	c.FillWith(screen.Rect{X: r.X, Y: r.Bottom() - 1, W: r.W, H: 1}, edge, "▀")
	in := screen.Rect{X: r.X + 3, Y: r.Y + 1, W: r.W - 6, H: r.H - 2}
	v.stepLine(c, in, ground, p)
	_, in = in.Top(1)
	if r.H > 8 {
		_, in = in.Top(1)
	}
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
	name := fitting(room, mark+"  "+v.pole(p.service), mark)
	c.TextRight(r.Right(), r.Y, room, weak(ground), name)
}

// panelWords draws the label large and the words beside it, or below it when
// the label is a long one.
func (v *view) panelWords(c *screen.Canvas, r screen.Rect, ground screen.Style, p panel) {
	if p.ticket == nil {
		c.Wrap(screen.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: r.H - 1}, weak(ground), p.lines[0])
		return
	}
	label := string(p.ticket.Label)
	wide, _ := screen.BigSize(label)
	c.Big(r.X, r.Y, ground, label)
	words := screen.Rect{X: r.X + wide + 3, Y: r.Y, W: r.W - wide - 3, H: 5}
	if words.W < textRoom {
		v.narrowWords(c, screen.Rect{X: words.X, Y: r.Y, W: words.W, H: r.H}, ground, *p.ticket)
		return
	}
	y := words.Y
	for i, line := range p.lines {
		s := weak(ground)
		if i == 0 {
			s = ground
		}
		y += c.Wrap(screen.Rect{X: words.X, Y: y, W: words.W, H: words.Bottom() - y}, s, line)
	}
	if alias := p.ticket.Alias; alias != "" {
		c.Wrap(screen.Rect{X: words.X, Y: y, W: words.W, H: words.Bottom() - y}, ground, v.say.Say("adviser.or", "Label", string(alias)))
	}
}

// narrowWords is what has room beside the label of a kiosk's own series.
func (v *view) narrowWords(c *screen.Canvas, r screen.Rect, ground screen.Style, t wire.Ticket) {
	c.Text(r.X, r.Y, r.W, ground, v.say.Minutes(v.since(t.Arrived)))
	if t.Language != "" {
		c.Text(r.X, r.Y+1, r.W, weak(ground), v.language(t.Language))
	}
}

// weak is the same text without weight.
func weak(s screen.Style) screen.Style { s.Bold = false; return s }
