package reception

import (
	"strconv"
	"strings"

	"accueil/internal/queue"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// draw paints the frame that never moves, and the screen inside it.
func (v *view) draw(c *screen.Canvas) {
	right := v.clock(v.now)
	if v.passers > 0 {
		right = v.say.Say("reception.passers", "Count", v.passers) + " · " + right
	}
	c.TopLine(v.say.Say("reception.title"), right)
	v.body(c, staff.Body(c))
	text, loud := v.news()
	staff.Notice(c, staff.Note{Text: text, Loud: loud})
}

func (v *view) body(c *screen.Canvas, body screen.Rect) {
	switch v.sheet {
	case noSheet:
		v.drawFirst(c, body)
	case persons:
		v.drawPersons(c, body)
	case find:
		v.drawFind(c, body)
	case ticket:
		v.drawTicket(c, body)
	case help:
		v.drawHelp(c, body)
	default:
		v.drawChoices(c, body)
	}
}

const (
	panelRows = 7 // of the last ticket
	textRoom  = 26
)

// drawFirst is the last ticket large, what the next one bears, and a tile for
// each service.
func (v *view) drawFirst(c *screen.Canvas, body screen.Rect) {
	if body.H < 20 { // the notice has the free row above
		body.Y, body.H = body.Y-1, body.H+1
	}
	rows, scale := panelRows, 1
	switch {
	case body.H < 20:
		rows = 6
	case body.H >= 30 && body.W >= 116:
		rows, scale = 13, 2
	}
	top, rest := body.Top(rows)
	v.drawLast(c, top, scale)
	line, rest := rest.Top(1)
	v.drawNext(c, line)
	v.drawServices(c, rest)
	staff.Keys(c, v.keys())
}

// drawLast shows the last ticket given here, to be read across the desk.
func (v *view) drawLast(c *screen.Canvas, r screen.Rect, scale int) {
	if v.last == nil {
		c.Wrap(screen.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: r.H - 1}, c.Theme().Soft(), v.say.Say("reception.ready"))
		return
	}
	label := string(v.last.Label)
	wide, _ := screen.BigSize(label)
	wide *= scale
	at := screen.Rect{X: r.X, Y: r.Y + (r.H-5*scale-1)/2, W: r.W, H: 5 * scale}
	words := screen.Rect{X: r.X + wide + 3, Y: at.Y, W: r.W - wide - 3, H: 5 * scale}
	if words.W < textRoom {
		c.Text(at.X, at.Y, at.W, c.Theme().Strong(), label)
		words = screen.Rect{X: at.X, Y: at.Y + 1, W: at.W, H: 4}
	} else {
		c.BigScale(at.X, at.Y, scale, c.Theme().Strong(), label)
	}
	for i, line := range v.lastLines() {
		style := c.Theme().Text()
		if i == 0 {
			style = c.Theme().Strong()
		}
		if words.H < len(screen.Lines(line, words.W)) {
			break // the least important come last
		}
		used := c.Wrap(words, style, line)
		_, words = words.Top(used)
	}
	c.Target(screen.Target{ID: idLast, Rect: r, Hint: label, Kind: screen.Staff})
}

func (v *view) lastLines() []string {
	mark := v.pole(v.last.service)
	lines := []string{strings.Join(append([]string{mark}, v.bears(v.last.order)...), " · ")}
	switch {
	case v.last.Own:
		lines = append(lines, v.say.Say("reception.own"))
	case v.last.Wait == nil:
		lines = append(lines, v.say.Say("reception.before", "Count", v.last.Ahead))
	default:
		lines = append(lines, v.say.Say("reception.before", "Count", v.last.Ahead)+" · "+v.between(v.last.Wait))
	}
	return append(lines, v.say.Say("reception.code", "Code", string(v.last.Code)), v.say.Say("reception.enter-last"))
}

// drawNext says what the next ticket bears.
func (v *view) drawNext(c *screen.Canvas, r screen.Rect) {
	words := v.bears(v.next)
	if len(words) == 0 {
		c.Text(r.X, r.Y, r.W, c.Theme().Soft(), v.say.Say("reception.next.plain"))
		return
	}
	c.Fill(r, c.Theme().Loud())
	c.Text(r.X+1, r.Y, r.W-2, c.Theme().Loud(), v.say.Say("reception.next.bears", "What", strings.Join(words, " · ")))
}

// drawServices is a tile for each service; its digit gives a ticket.
func (v *view) drawServices(c *screen.Canvas, r screen.Rect) {
	var list []staff.Choice
	for _, s := range v.site.Services {
		list = append(list, staff.Choice{
			ID: "take:" + s.Key, Label: c.Theme().Mark(s.Key).String() + "  " + v.pole(s.Key), Note: v.crowd(s.Key), Service: s.Key,
			Off: v.issuing || v.known && !v.lines[s.Key].Open,
		})
	}
	if r.H > 15 {
		_, r = r.Top(1)
	}
	cols := 2
	if r.W >= 116 {
		cols = 3
	}
	staff.Tiles(c, r, v.scroll, cols, list)
}

func (v *view) keys() (hints []screen.KeyHint) {
	for _, cmd := range commands() {
		off := cmd.id == idTakeBack && !v.countedHere || cmd.id == idPrint && (v.last == nil || !v.printer)
		hints = append(hints, screen.KeyHint{ID: cmd.id, Key: string(cmd.key), Label: v.say.Say("reception.do." + cmd.id), Disabled: off})
	}
	return hints
}

func (v *view) drawPersons(c *screen.Canvas, body screen.Rect) {
	title, usual := v.say.Say("reception.title.persons"), []int{2, 3, 4, 5, 6, 8}
	if v.picked != "" {
		title, usual = v.say.Say("reception.title.group", "Who", v.say.Say("reception.mode."+v.picked)), []int{8, 10, 12, 15, 20, 25}
	}
	staff.Number{
		Title: title, Hint: v.say.Say("staff.number.type"), Typed: v.typed, Usual: usual,
		Name: func(n int) string { return v.say.Say("staff.number.persons", "Count", n) },
		ID:   func(n string) string { return "count:" + n },
	}.Draw(c, body)
	staff.Keys(c, []screen.KeyHint{
		{ID: idEnter, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("staff.number.enter")}, staff.Back(v.say),
	})
}

// drawFind asks for what stands on a ticket.
func (v *view) drawFind(c *screen.Canvas, body screen.Rect) {
	title, rest := body.Top(1)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("reception.title.find"))
	field, rest := rest.Top(2)
	c.Text(field.X, field.Y, field.W, c.Theme().Strong(), v.typed+"_")
	if rest.H > 14 {
		rest, _ = rest.Top(14)
	}
	c.Keyboard(rest, screen.Keys{Rows: []string{"1234567890⌫", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ"}})
	staff.Keys(c, []screen.KeyHint{
		{ID: idEnter, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("reception.do.find"), Disabled: v.off()}, staff.Back(v.say),
	})
}

// drawHelp lists every key.
func (v *view) drawHelp(c *screen.Canvas, body screen.Rect) {
	title, rest := body.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("adviser.title.help"))
	lines := [][2]string{{"1 – " + strconv.Itoa(len(v.site.Services)), v.say.Say("reception.help.take")}}
	for _, cmd := range commands() {
		lines = append(lines, [2]string{string(cmd.key), v.say.Say("reception.help." + cmd.id)})
	}
	lines = append(lines, [2]string{v.say.Say("staff.key.enter"), v.say.Say("reception.help.last")},
		[2]string{"Z", v.say.Say("reception.help.undo")},
		[2]string{v.say.Say("staff.key.escape"), v.say.Say("reception.help.back")})
	for _, l := range lines {
		line, below := rest.Top(1)
		c.Text(line.X, line.Y, 10, c.Theme().Strong(), l[0])
		used := c.Wrap(screen.Rect{X: line.X + 11, Y: line.Y, W: line.W - 11, H: rest.H}, c.Theme().Text(), l[1])
		_, rest = screen.Rect{X: line.X, Y: line.Y, W: line.W, H: below.Bottom() - line.Y}.Top(used)
	}
	staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
}

// drawChoices draws a sheet that asks for one thing of several.
func (v *view) drawChoices(c *screen.Canvas, body screen.Rect) {
	title, list := v.choices()
	head, rest := body.Top(2)
	c.Text(head.X, head.Y, head.W, c.Theme().Strong(), title)
	cols := 2
	if v.sheet == language {
		cols = 3
	}
	staff.Tiles(c, rest, v.scroll, cols, list)
	staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
}

func (v *view) choices() (title string, list []staff.Choice) {
	switch v.sheet {
	case language:
		for _, tag := range staff.Languages() {
			list = append(list, staff.Choice{ID: "speaks:" + tag, Label: staff.Language(v.say, tag), On: v.next.language == tag})
		}
		return v.say.Say("reception.title.language"), list
	case groups:
		for _, mode := range queue.WelcomeModes()[1:] {
			list = append(list, staff.Choice{ID: "group:" + mode, Label: v.say.Say("reception.mode." + mode)})
		}
		return v.say.Say("reception.title.groups"), list
	case levels:
		return v.say.Say("reception.title.level", "Label", v.label()), v.levelChoices()
	case void:
		for _, reason := range queue.VoidReasons() {
			list = append(list, staff.Choice{ID: "because:" + reason, Label: v.say.Say("reception.void." + reason), Off: v.off()})
		}
		return v.say.Say("reception.title.void", "Label", v.label()), list
	}
	for _, s := range v.site.Services {
		if v.found == nil || s.Key != v.found.Service {
			list = append(list, staff.Choice{ID: "to:" + s.Key, Label: v.pole(s.Key), Note: v.crowd(s.Key), Service: s.Key, Off: v.off()})
		}
	}
	return v.say.Say("reception.title.correct", "Label", v.label()), list
}
