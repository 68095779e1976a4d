package coordinator

import (
	"slices"
	"strconv"

	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// draw paints a page, or everything at once where there is room for it, and the
// dialog over it.
func (v *view) draw(c *screen.Canvas) {
	v.header(c)
	title, list, sheet := v.sheet()
	switch rich := isRich(c); {
	case v.dialog == help:
		v.drawHelp(c, staff.Body(c))
	case v.dialog == typing:
		v.drawTyping(c, staff.Body(c))
	case sheet:
		v.drawSheet(c, staff.Body(c), title, list)
	case rich:
		v.drawAll(c, staff.Body(c))
	default:
		v.drawPage(c, staff.Body(c))
	}
	if v.dialog == noDialog {
		v.drawNotices(c)
	}
	switch v.dialog {
	case noDialog:
		staff.Keys(c, v.keys(c))
	case announce:
		staff.Keys(c, []screen.KeyHint{v.silenceKey(), staff.Back(v.say)})
	case help, until, silence, moveDesk:
		staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
	case typing:
		next := screen.KeyHint{ID: idNext, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("coordinator.do.next")}
		staff.Keys(c, []screen.KeyHint{next, staff.Back(v.say)})
	case moveTo:
		staff.Keys(c, v.moveKeys())
	default:
		v.drawDialog(c)
	}
	staff.Notice(c, v.news())
}

// isRich tells whether everything has room on one screen.
func isRich(c *screen.Canvas) bool {
	w, h := c.Size()
	return w >= 130 && h >= 40
}

// header says where one is, how many people are in the house, and the time.
func (v *view) header(c *screen.Canvas) {
	waiting, here := 0, 0
	for _, row := range v.floor.Services {
		waiting += row.Waiting
		here += row.Called + row.Serving + row.Parked
	}
	right := v.say.Day(v.now) + "  " + v.say.Clock(v.now)
	if v.known {
		right = v.say.Say("coordinator.crowd", "Waiting", waiting, "Here", here) + " · " + right
	}
	w, _ := c.Size()
	room := w - 2*staff.Margin - screen.Width(right) - 2
	name := v.say.Say("coordinator.title")
	c.TopLine(staff.Fitting(room, name+" · "+v.site.Name.In(v.say.Lang()), name), right)
}

// drawPage draws the page that is open.
func (v *view) drawPage(c *screen.Canvas, r screen.Rect) {
	switch v.page {
	case desks:
		v.drawDesks(c, r)
	case devices:
		v.drawDevices(c, r)
	case footfall:
		v.drawFootfall(c, r)
	default:
		v.drawQueues(c, r)
	}
}

// sideWidth is the width of the right column of a screen that shows everything.
const sideWidth = 46

// callRows are the rows of the last calls there.
const callRows = 7

// footfallRows are those of the footfall below the curve.
const footfallRows = 7

// drawAll draws everything at once: queues, their day and the footfall at the
// left, desks and devices at the right.
func (v *view) drawAll(c *screen.Canvas, r screen.Rect) {
	left, right := r.Left(r.W - sideWidth - 3)
	_, right = right.Left(3)
	tables := min(left.H, 2*len(v.site.Services)+8)
	if left.H-tables >= chartRows+1+footfallRows {
		tables = left.H - footfallRows
	}
	top, foot := left.Top(tables)
	v.drawQueues(c, top)
	v.drawFootfall(c, foot)
	top, foot = right.Top(min(right.H-12, len(v.site.Desks)+2+callRows))
	desks, _ := top.Top(top.H - 1)
	v.drawDesks(c, desks)
	v.drawDevices(c, foot)
}

// keys are those of the page.
func (v *view) keys(c *screen.Canvas) []screen.KeyHint {
	hints := []screen.KeyHint{
		{ID: idOpen, Key: "O", Label: v.say.Say("coordinator.do.open"), Disabled: v.hinders(idOpen) != ""},
		{ID: idClose, Key: "F", Label: v.say.Say("coordinator.do.close"), Disabled: v.hinders(idClose) != ""},
		{ID: idCalendar, Key: "H", Label: v.say.Say("coordinator.do.calendar"), Disabled: v.hinders(idCalendar) != ""},
		{ID: idAnnounce, Key: "A", Label: v.say.Say("coordinator.do.announce"), Disabled: v.hinders(idAnnounce) != ""},
		{ID: idMove, Key: "D", Label: v.say.Say("coordinator.do.move"), Disabled: v.hinders(idMove) != ""},
		{ID: idDay, Key: "J", Label: v.dayKey(), Disabled: v.hinders(idDay) != ""},
		{ID: screen.IDHelp, Key: "?", Label: v.say.Say("reception.do.help")},
	}
	if w, _ := c.Size(); w >= 100 {
		hints = slices.Insert(hints, 4, v.silenceKey())
	}
	if isRich(c) {
		return hints
	}
	var turn []screen.KeyHint
	for i, p := range pages() {
		turn = append(turn, screen.KeyHint{ID: "page:" + string(p), Key: strconv.Itoa(i + 1), Label: v.tab(p), Disabled: p == v.page})
	}
	return slices.Concat(turn, hints)
}

func (v *view) silenceKey() screen.KeyHint {
	return screen.KeyHint{ID: idSilence, Key: "R", Label: v.say.Say("coordinator.do.silence"), Disabled: v.hinders(idSilence) != ""}
}

// dayKey is what can be done with the day.
func (v *view) dayKey() string {
	if v.floor.Closed {
		return v.say.Say("coordinator.do.open-day")
	}
	return v.say.Say("coordinator.do.day")
}

// tab names a page, with how many things there ask for attention.
func (v *view) tab(p page) string {
	name := v.say.Say("coordinator.page." + string(p))
	if n := v.alarms(); p == devices && n > 0 {
		return name + " (" + strconv.Itoa(n) + ")"
	}
	return name
}

// drawHelp lists every key.
func (v *view) drawHelp(c *screen.Canvas, r screen.Rect) {
	title, rest := r.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("adviser.title.help"))
	y := rest.Y
	for _, l := range [][2]string{
		{"↑ ↓", "coordinator.help.choose"}, {"O", "coordinator.help.open"}, {"F", "coordinator.help.close"},
		{"H", "coordinator.help.calendar"}, {"A", "coordinator.help.announce"}, {"R", "coordinator.help.silence"},
		{"D", "coordinator.help.move"}, {"J", "coordinator.help.day"}, {"1 – 4", "coordinator.help.pages"}, {v.say.Say("staff.key.escape"), "adviser.help.back"},
		{v.say.Say("coordinator.column.past"), "coordinator.help.past"}, {"M", "coordinator.help.mute"}, {"*", "coordinator.help.forced"}, {"▲", "coordinator.help.alarm"},
	} {
		c.Text(rest.X, y, 8, c.Theme().Strong(), l[0])
		y += c.Wrap(screen.Rect{X: rest.X + 9, Y: y, W: rest.W - 9, H: rest.Bottom() - y}, c.Theme().Text(), v.say.Say(l[1]))
	}
}

// drawDialog asks before something is done.
func (v *view) drawDialog(c *screen.Canvas) {
	yes := screen.Button{Target: screen.Target{ID: idYes, Disabled: v.unable() != ""}}
	d := screen.Dialog{}
	row, _ := v.row(v.service)
	switch v.dialog {
	case openService:
		d.Title, d.Text = v.say.Say("coordinator.open.title", "Service", v.pole(v.service)), v.say.Say("coordinator.open.text")
		yes.Label, yes.Main, yes.Keys = v.say.Say("coordinator.open.yes"), true, []rune{'o', 'O'}
	case closeService:
		d.Title = v.say.Say("coordinator.close.title", "Service", v.pole(v.service))
		d.Text = v.say.Say("coordinator.close.text") + "\n" + v.say.Say("coordinator.close.waiting", "Count", row.Waiting)
		yes.Label, yes.Main, yes.Keys = v.say.Say("coordinator.close.yes"), true, []rune{'f', 'F'}
	case byCalendar:
		d.Title, d.Text = v.say.Say("coordinator.calendar.title", "Service", v.pole(v.service)), v.calendarText()
		yes.Label, yes.Main, yes.Keys = v.say.Say("coordinator.calendar.yes"), true, []rune{'h', 'H'}
	case openDay:
		d.Title, d.Text = v.say.Say("coordinator.day.open-title"), v.say.Say("coordinator.day.open-text")
		yes.Label, yes.Main, yes.Keys = v.say.Say("coordinator.day.open-yes"), true, []rune{'j', 'J'}
	default:
		d.Title, d.Text = v.say.Say("coordinator.day.title"), v.dayText()
		yes.Label, yes.Keys = "9  "+v.say.Say("coordinator.day.yes"), []rune{'9'}
	}
	back := screen.Button{Target: screen.Target{ID: screen.IDBack}, Label: v.say.Say("say.back"), Main: !yes.Main}
	d.Buttons = []screen.Button{back, yes}
	c.Dialog(d)
}

// calendarText says what the calendar says of the service now.
func (v *view) calendarText() string {
	s, _ := v.site.Service(v.service)
	cal, err := v.site.Calendar()
	if err == nil && cal.At(s.Hours, v.now).Open {
		return v.say.Say("coordinator.calendar.open")
	}
	return v.say.Say("coordinator.calendar.closed")
}

// dayText says what closing the day does to whoever is still here.
func (v *view) dayText() string {
	waiting, serving := 0, 0
	for _, row := range v.floor.Services {
		waiting += row.Waiting + row.Called + row.Parked
		serving += row.Serving
	}
	return v.say.Say("coordinator.day.waiting", "Count", waiting) + "\n" +
		v.say.Say("coordinator.day.serving", "Count", serving) + "\n" + v.say.Say("coordinator.day.text")
}
