package adviser

import (
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// draw paints the frame that never moves, and the screen inside it.
func (v *view) draw(c *screen.Canvas) {
	v.header(c)
	v.body(c, staff.Body(c))
	text, loud := v.news()
	staff.Notice(c, staff.Note{Text: text, Loud: loud})
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
	case string(minutes), string(persons):
		v.drawNumber(c, body)
	case string(why):
		v.drawWhy(c, body)
	case string(particular):
		v.drawWork(c, body)
		v.drawParticular(c)
	case string(topics), string(transfer), string(reasons), string(walkFrom), string(walkIn), string(deskMenu), string(closing),
		string(fits), string(came), string(languages), string(farFrom), string(distance):
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
	c.TopLine(v.where(c.Theme(), w-2*staff.Margin-screen.Width(right)-2), right)
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
	return staff.Fitting(room, name+" · "+v.poles(keys), name+" · "+v.marks(t, keys), name)
}

// news is the most important thing to say now.
func (v *view) news() (text string, loud bool) {
	switch {
	case !v.known:
		return v.say.Say("staff.never"), true
	case !v.hub:
		return v.say.Say("staff.away", "Duration", staff.Short(v.say, v.age)), true
	case v.doubtful != "":
		return v.say.Say("adviser.doubt."+string(v.doubtful)) + " " + v.say.Say("adviser.doubt.wait"), true
	case v.note.Text != "":
		return v.note.Text, v.note.Loud
	case v.closed:
		return v.say.Say("adviser.day-closed"), false
	case v.evening():
		return v.say.Say("adviser.evening", "Count", len(v.state.Parked)), false
	}
	return "", false
}

// evening tells whether the hours of all the desk's services are over while
// somebody is still aside.
func (v *view) evening() bool {
	for _, key := range v.state.Services {
		if v.lines[key].Open {
			return false
		}
	}
	return len(v.state.Parked) > 0 && v.sheet == noSheet
}

// off tells whether nothing can be asked now.
func (v *view) off() bool { return v.blocked() != "" }
