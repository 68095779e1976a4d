package adviser

import (
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// drawDesks asks which desk this is.
func (v *view) drawDesks(c *screen.Canvas, body screen.Rect) {
	title, rest := body.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("adviser.title.desks"))
	rows := (len(v.site.Desks) + 2) / 3
	c.List(rest, v.scroll, rows, 3, 1, func(row int, place screen.Rect) {
		for col, at := range place.Columns(3, 2) {
			if i := row*3 + col; i < len(v.site.Desks) {
				v.deskTile(c, at, v.site.Desks[i])
			}
		}
	})
	staff.Keys(c, []screen.KeyHint{{ID: screen.IDHelp, Key: "?", Label: v.say.Say("adviser.do.help")}})
}

// deskTile is one desk; a label of one sign is its key, too.
func (v *view) deskTile(c *screen.Canvas, r screen.Rect, d site.Desk) {
	b := screen.Button{
		Target: screen.Target{ID: "at:" + d.Key, Rect: r, Kind: screen.Staff},
		Label:  v.deskName(d.Key) + "  " + v.marks(c.Theme(), d.Services), Note: v.deskNote(v.desks[d.Key]),
		Mark: c.Theme().Mark(firstOf(d.Services)),
	}
	if key := []rune(d.Label); len(key) == 1 {
		b.Keys = key
	}
	c.Button(b)
}

func firstOf(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}

// deskNote says whether somebody is at the desk.
func (v *view) deskNote(d wire.Desk) string {
	switch d.State {
	case "open", "paused":
		return v.say.Say("state."+d.State) + " · " + v.clock(d.Since)
	}
	return v.say.Say("state.closed")
}

// drawTakeOver asks before a desk is taken that is open already.
func (v *view) drawTakeOver(c *screen.Canvas) {
	d := v.desks[v.picked]
	text := v.say.Say("adviser.taken", "Time", v.clock(d.Since), "Served", v.say.Say("adviser.served", "Count", d.Served))
	if d.Ticket != nil {
		text += " " + v.say.Say("adviser.taken-by", "Label", string(d.Ticket.Label))
	}
	c.Dialog(screen.Dialog{
		Title: v.say.Say("adviser.title.taken", "Desk", v.deskName(v.picked)), Text: text + "\n" + v.say.Say("adviser.taken-ask"),
		Buttons: []screen.Button{
			{Target: screen.Target{ID: screen.IDBack}, Label: v.say.Say("adviser.another-desk")},
			{Target: screen.Target{ID: idTakeOver, Keys: []rune{'1'}}, Label: v.say.Say("adviser.take-over"), Main: true},
		},
	})
}

// drawOpening asks for which services the desk is open; those it usually serves
// are ticked.
func (v *view) drawOpening(c *screen.Canvas, body screen.Rect) {
	var list []staff.Choice
	for _, s := range v.site.Services {
		ch := v.serviceChoice("tick:", s)
		if ch.On = v.chosen[s.Key]; ch.On {
			ch.Label = "✓ " + ch.Label
		}
		list = append(list, ch)
	}
	title, rest := body.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("adviser.title.opening", "Desk", v.deskName(v.desk.Key)))
	foot, above := rest.Foot(4)
	v.tiles(c, above, 2, list)
	gap := 0
	if above.H <= 11 { // the tiles take all of it
		gap = 1
	}
	open := screen.Rect{X: foot.X, Y: above.Bottom() + gap, W: (body.W - 2) / 2, H: 3}
	c.Button(screen.Button{
		Target: screen.Target{ID: idOpenDesk, Rect: open, Keys: []rune{' '}, Disabled: v.off(), Kind: screen.Staff},
		Label:  v.openLabel(), Main: true, Busy: v.asking != "",
	})
	tongues := screen.Rect{X: open.Right() + 2, Y: open.Y, W: open.W, H: 3}
	if v.sheet != services {
		c.Button(screen.Button{
			Target: screen.Target{ID: idLanguages, Rect: tongues, Keys: []rune{'l', 'L'}, Kind: screen.Staff},
			Label:  "L  " + v.say.Say("adviser.languages"), Note: v.languages(ticks(v.tongues)),
		})
	}
	staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
}

// ticks are the languages ticked.
func ticks(spoken map[string]bool) (tags []string) {
	for _, tag := range staff.Languages() {
		if spoken[tag] {
			tags = append(tags, tag)
		}
	}
	return tags
}

func (v *view) openLabel() string {
	if v.sheet == services {
		return v.say.Say("staff.key.space") + "  " + v.say.Say("adviser.save-services")
	}
	return v.say.Say("staff.key.space") + "  " + v.say.Say("adviser.open")
}

// drawParticular asks before somebody is called who is not next.
func (v *view) drawParticular(c *screen.Canvas) {
	t, waits := v.waiting(v.picked)
	text, label := v.say.Say("refused.not-waiting"), ""
	if waits {
		label = string(t.Label)
		text = v.question(t.Question) + "\n" + v.about(t)
		if next := v.next(); next.ID != t.ID {
			text += "\n" + v.say.Say("adviser.not-next", "Label", string(next.Label))
		}
	}
	free := v.hindersFree()
	if waits && free != "" {
		text += "\n" + v.say.Say(free)
	}
	c.Dialog(screen.Dialog{
		Title: v.say.Say("adviser.title.particular", "Label", label), Text: text,
		Buttons: []screen.Button{
			{Target: screen.Target{ID: screen.IDBack}, Label: v.say.Say("say.back")},
			{Target: screen.Target{ID: "call:" + v.picked, Keys: []rune{' '}, Disabled: v.off() || free != "" || !waits},
				Label: v.say.Say("adviser.call-this", "Label", label), Main: true},
		},
	})
}

// drawHelp lists every key, in two columns.
func (v *view) drawHelp(c *screen.Canvas, body screen.Rect) {
	title, rest := body.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("adviser.title.help"))
	lines := [][2]string{{v.say.Say("staff.key.space"), v.say.Say("adviser.help.next")}}
	for _, cmd := range commands() {
		lines = append(lines, [2]string{string(cmd.key), v.say.Say("adviser.help." + cmd.id)})
	}
	lines = append(lines,
		[2]string{"1 – 9", v.say.Say("adviser.help.numbers")},
		[2]string{"↑ ↓ " + v.say.Say("staff.key.enter"), v.say.Say("adviser.help.particular")},
		[2]string{v.say.Say("staff.key.escape"), v.say.Say("adviser.help.back")})
	half := (len(lines) + 1) / 2
	for i, column := range rest.Columns(2, 2) {
		y := column.Y
		for _, l := range lines[i*half : min(len(lines), (i+1)*half)] {
			c.Text(column.X, y, 10, c.Theme().Strong(), l[0])
			y += c.Wrap(screen.Rect{X: column.X + 11, Y: y, W: column.W - 11, H: column.Bottom() - y}, c.Theme().Text(), l[1])
		}
	}
	staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
}
