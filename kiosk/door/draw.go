package door

import (
	"strings"
	"time"

	"accueil/kiosk/screen"
)

// Draw implements screen.Role.
func (r *Role) Draw(c *screen.Canvas) {
	say := r.opt.Say
	c.TopLine(say.Say("door.title"), "")
	body := c.Body()
	body.H++ // there is no bottom bar
	foot, above := body.Foot(3)
	_, above = above.Foot(1)
	if r.open {
		r.drawOpen(c, above, foot)
		return
	}
	r.drawShut(c, above, foot)
}

// drawShut asks for the PIN.
func (r *Role) drawShut(c *screen.Canvas, above, foot screen.Rect) {
	say, now := r.opt.Say, r.opt.Now()
	pad, words := above, above
	pad.W = 30
	pad.X, pad.H = above.Right()-pad.W, min(above.H, 12)
	words.W = above.W - pad.W - 3
	used := c.Wrap(words, c.Theme().Text(), say.Say("door.ask"))
	_, rest := words.Top(used + 1)
	c.Text(rest.X, rest.Y, rest.W, c.Theme().Strong(), strings.Repeat("● ", len(r.typed))+"▁")
	_, rest = rest.Top(2)
	switch wait := r.opt.Lock.Wait(now); {
	case wait > 0:
		c.Wrap(rest, c.Theme().Strong(), say.Say("door.wait", "Duration", say.Minutes((wait+time.Minute-1).Truncate(time.Minute))))
	case r.wrong:
		c.Wrap(rest, c.Theme().Strong(), say.Say("door.wrong"))
	}
	c.Keyboard(pad, screen.Keys{Rows: []string{"123", "456", "789", "0⌫"}})
	buttons(c, foot, []screen.Button{
		{Target: screen.Target{ID: screen.IDBack}, Label: say.Say("say.back")},
		{Target: screen.Target{ID: doOpen, Disabled: r.typed == ""}, Label: say.Say("door.open"), Main: true},
	})
}

// drawOpen shows how the terminal is.
func (r *Role) drawOpen(c *screen.Canvas, above, foot screen.Rect) {
	say, look := r.opt.Say, c.Theme()
	for _, f := range r.opt.Facts() {
		line, rest := above.Top(1)
		style := look.Text()
		text := f.Text
		if f.Bad {
			style, text = look.Strong(), "▲ "+text
		}
		label, value := line.Left(min(24, line.W/3))
		c.Text(label.X, label.Y, label.W-1, look.Soft(), f.Label)
		c.Text(value.X, value.Y, value.W, style, text)
		above = rest
	}
	_, above = above.Top(1)
	c.Wrap(above, look.Soft(), say.Say("door.relock"))
	buttons(c, foot, []screen.Button{
		{Target: screen.Target{ID: screen.IDBack, Keys: []rune{'1'}}, Label: "1  " + say.Say("door.shut"), Main: true},
		{Target: screen.Target{ID: doSound, Keys: []rune{'2'}}, Label: "2  " + say.Say("door.sound")},
		{Target: screen.Target{ID: doAgain, Keys: []rune{'3'}}, Label: "3  " + say.Say("door.again")},
		{Target: screen.Target{ID: doLeave, Keys: []rune{'4'}}, Label: "4  " + say.Say("door.leave")},
	})
}

// buttons spreads buttons over a row.
func buttons(c *screen.Canvas, r screen.Rect, all []screen.Button) {
	for i, place := range r.Columns(len(all), 2) {
		b := all[i]
		b.Rect = place
		c.Button(b)
	}
}
