package adviser

import (
	"accueil/kiosk/screen"
)

const margin = 2 // columns left free at either side

// draw paints the frame that never moves, and the screen inside it.
func (v *view) draw(c *screen.Canvas) {
	v.header(c)
	w, h := c.Size()
	v.body(c, screen.Rect{X: margin, Y: 3, W: w - 2*margin, H: h - 3 - keyRows})
	v.notice(c)
}

// body paints the screen that is open.
func (v *view) body(c *screen.Canvas, body screen.Rect) {
	switch v.screen() {
	case "desks":
		v.drawDesks(c, body)
	case string(takeOver):
		v.drawDesks(c, body)
		v.drawTakeOver(c)
	case "opening", string(services):
		v.drawOpening(c, body)
	case string(help):
		v.drawHelp(c, body)
	case string(closing):
		v.drawWork(c, body)
		v.drawClosing(c)
	case string(particular):
		v.drawWork(c, body)
		v.drawParticular(c)
	case string(topics), string(transfer), string(walkFrom), string(walkIn), string(deskMenu):
		v.drawChoices(c, body, v.choices())
	default:
		v.drawWork(c, body)
	}
}

// header says which desk this is, since when it is open, and the time.
func (v *view) header(c *screen.Canvas) {
	w, _ := c.Size()
	right := v.clock(v.now)
	if v.state.State == "open" || v.state.State == "paused" {
		since := v.say.Say("adviser.since."+v.state.State, "Time", v.clock(v.state.Since))
		right = since + " · " + v.say.Say("adviser.served", "Count", v.state.Served) + " · " + right
	}
	c.TopLine(v.where(c.Theme(), w-2*margin-screen.Width(right)-2), right)
}

// where is the desk with its services, as far as there is room.
func (v *view) where(t screen.Theme, room int) string {
	if v.desk.Key == "" {
		return v.site.Name.In(v.say.Lang())
	}
	name := v.deskName(v.desk.Key)
	keys := v.state.Services
	if len(keys) == 0 {
		keys = v.desk.Services
	}
	return fitting(room, name+" · "+v.poles(keys), name+" · "+v.marks(t, keys), name)
}

// notice writes what is wrong, or what was just done, into the two rows below
// the header. It comes last: on a small screen its second row covers the edge of
// the panel.
func (v *view) notice(c *screen.Canvas) {
	text, loud := v.news()
	if text == "" {
		return
	}
	s := c.Theme().Soft()
	if loud {
		s, text = c.Theme().Alert().Strong(), "▲ "+text
	}
	w, _ := c.Size()
	room := screen.Rect{X: margin, Y: 1, W: w - 2*margin}
	room.H = min(2, len(screen.Lines(text, room.W)))
	c.Fill(screen.Rect{X: 0, Y: room.Y, W: w, H: room.H}, s)
	c.Wrap(room, s, text)
}

// news is the most important thing to say now.
func (v *view) news() (text string, loud bool) {
	switch {
	case !v.known:
		return v.say.Say("staff.never"), true
	case !v.hub:
		return v.say.Say("staff.away", "Duration", v.short(v.age)), true
	case v.doubtful != "":
		return v.say.Say(doubtPhrase(v.doubtful)) + " " + v.say.Say("adviser.doubt.wait"), true
	case v.note.text != "":
		return v.note.text, v.note.kind == warning
	case v.closed:
		return v.say.Say("adviser.day-closed"), false
	}
	return "", false
}

// keyRows are kept for the key line.
const keyRows = 2

// keys draws the key line at the foot.
func (v *view) keys(c *screen.Canvas, hints []screen.KeyHint) {
	w, h := c.Size()
	c.KeyLine(screen.Rect{X: margin, Y: h - keyRows, W: w - 2*margin, H: keyRows}, hints)
}

// backHint is the way back of every sheet.
func (v *view) backHint() screen.KeyHint {
	return screen.KeyHint{ID: screen.IDBack, Key: v.say.Say("staff.key.escape"), Label: v.say.Say("say.back")}
}

// off tells whether nothing can be asked now.
func (v *view) off() bool { return v.blocked() != "" }
