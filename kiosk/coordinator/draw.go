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
	case v.dialog == find:
		v.drawFind(c, staff.Body(c))
	case sheet:
		v.drawSheet(c, staff.Body(c), title, list)
	case rich && v.page != overdue && v.page != devices:
		v.drawAll(c, v.body(c))
	default:
		v.drawPage(c, v.body(c))
	}
	news := v.news()
	if v.dialog == noDialog && news.Text == "" {
		v.drawNotices(c)
	}
	switch v.dialog {
	case noDialog:
		staff.Keys(c, v.keys(c))
	case announce:
		staff.Keys(c, []screen.KeyHint{v.silenceKey(), staff.Back(v.say)})
	case help, until, silence, moveDesk, overdueTicket:
		staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
	case find:
		staff.Keys(c, v.findKeys())
	case typing:
		next := screen.KeyHint{ID: idNext, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("coordinator.do.next")}
		staff.Keys(c, []screen.KeyHint{next, staff.Back(v.say)})
	case moveTo:
		staff.Keys(c, v.moveKeys())
	default:
		v.drawDialog(c)
	}
	staff.Notice(c, news)
}

// isRich tells whether everything has room on one screen.
func isRich(c *screen.Canvas) bool {
	w, h := c.Size()
	return w >= 130 && h >= 40
}

// header says where one is, how many people are in the house, and the time.
func (v *view) header(c *screen.Canvas) {
	w, _ := c.Size()
	clock := v.say.Clock(v.now)
	right := v.say.Day(v.now) + "  " + clock
	if v.known {
		all := v.sum()
		crowd := v.crowd(all, waiting, called, serving, parked)
		room := w - 2*staff.Margin - screen.Width(v.say.Say("coordinator.title")) - 2
		right = staff.Fitting(room, crowd+" · "+right, crowd+" · "+clock, v.crowd(all, waiting)+" · "+right)
	}
	room := w - 2*staff.Margin - screen.Width(right) - 2
	name := v.say.Say("coordinator.title")
	c.TopLine(staff.Fitting(room, name+" · "+v.site.Name.In(v.say.Lang()), name), right)
}

// drawPage draws the page that is open.
func (v *view) drawPage(c *screen.Canvas, r screen.Rect) {
	switch v.page {
	case overdue:
		v.drawOverdue(c, r)
	case today:
		v.drawToday(c, r)
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
	if left.H >= len(v.site.Services)*2+chartRows+footfallRows+8 {
		var foot screen.Rect
		foot, left = left.Foot(footfallRows)
		v.drawFootfall(c, foot)
	}
	v.drawQueues(c, left)
	top, foot := right.Top(min(right.H-12, len(v.site.Desks)+2+callRows))
	desks, _ := top.Top(top.H - 1)
	v.drawDesks(c, desks)
	v.drawDevices(c, foot)
}

// keys are those of the page. A small screen names only what its page is about;
// the others work all the same, and are on the help.
func (v *view) keys(c *screen.Canvas) []screen.KeyHint {
	w, _ := c.Size()
	turn := v.turns(isRich(c))
	all := map[string]screen.KeyHint{
		idOpen:        {Key: "O", Label: v.say.Say("coordinator.do.open")},
		idClose:       {Key: "F", Label: v.say.Say("coordinator.do.close")},
		idCalendar:    {Key: "H", Label: v.say.Say("coordinator.do.calendar")},
		idAnnounce:    {Key: "A", Label: v.say.Say("coordinator.do.announce")},
		idSilence:     v.silenceKey(),
		idFind:        {Key: "C", Label: v.say.Say("reception.do.find")},
		idMove:        {Key: "D", Label: v.say.Say("coordinator.do.move")},
		idDay:         {Key: "J", Label: v.dayKey()},
		screen.IDHelp: {Key: "?", Label: v.say.Say("reception.do.help")},
	}
	var hints []screen.KeyHint
	for _, id := range v.named(w < 100) {
		h := all[id]
		h.ID, h.Disabled = id, id != screen.IDHelp && v.hinders(id) != ""
		hints = append(hints, h)
	}
	if v.page == overdue {
		hints = slices.Concat(v.overdueKeys(), hints)
	}
	return slices.Concat(turn, hints)
}

// named are the commands that the key line names.
func (v *view) named(small bool) []string {
	switch {
	case v.page == overdue:
		return []string{idFind, screen.IDHelp}
	case !small && v.page == queues:
		return []string{idOpen, idClose, idCalendar, idAnnounce, idSilence, idMove, idFind, idDay, screen.IDHelp}
	case !small:
		return []string{idAnnounce, idSilence, idMove, idFind, idDay, screen.IDHelp}
	case v.page == queues:
		return []string{idOpen, idClose, idCalendar, idAnnounce, idDay, screen.IDHelp}
	case v.page == desks:
		return []string{idMove, idAnnounce, idDay, screen.IDHelp}
	}
	return []string{idAnnounce, idDay, screen.IDHelp}
}

// turns are the keys of the pages.
func (v *view) turns(rich bool) (hints []screen.KeyHint) {
	for _, p := range pages(rich) {
		key := strconv.Itoa(slices.Index(pages(false), p) + 1)
		hints = append(hints, screen.KeyHint{ID: "page:" + string(p), Key: key, Label: v.tab(p), Disabled: p == v.page && p != today})
	}
	return hints
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
	if p == today && v.page == today {
		p = footfall // the same key turns on
	}
	name, n := v.say.Say("coordinator.page."+string(p)), 0
	switch p {
	case overdue:
		_, n, _ = v.overdue()
	case devices:
		n = v.alarms()
	}
	if n > 0 {
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
		{"D", "coordinator.help.move"}, {"J", "coordinator.help.day"}, {"C", "coordinator.help.find"}, {"Z", "coordinator.help.undo"}, {"1 – 5", "coordinator.help.pages"}, {v.say.Say("staff.key.escape"), "adviser.help.back"},
		{v.say.Say("coordinator.column.past"), "coordinator.help.past"}, {"M", "coordinator.help.mute"}, {"▲", "coordinator.help.alarm"},
	} {
		c.Text(rest.X, y, 8, c.Theme().Strong(), l[0])
		y += c.Wrap(screen.Rect{X: rest.X + 9, Y: y, W: rest.W - 9, H: rest.Bottom() - y}, c.Theme().Text(), v.say.Say(l[1]))
	}
}

// drawDialog asks before something is done. Enter is the way back: what is asked about
// needs a key of its own.
func (v *view) drawDialog(c *screen.Canvas) {
	yes := screen.Button{Target: screen.Target{ID: idYes, Disabled: v.unable() != ""}}
	d := screen.Dialog{}
	row, _ := v.row(v.service)
	switch v.dialog {
	case openService:
		d.Title, d.Text = v.say.Say("coordinator.open.title", "Service", v.pole(v.service)), v.say.Say("coordinator.open.text")
		yes.Label, yes.Keys = "O  "+v.say.Say("coordinator.open.yes"), []rune{'o', 'O'}
	case closeService:
		d.Title = v.say.Say("coordinator.close.title", "Service", v.pole(v.service))
		d.Text = v.say.Say("coordinator.close.text") + "\n" + v.say.Say("coordinator.close.waiting", "Count", row.Waiting)
		yes.Label, yes.Keys = "F  "+v.say.Say("coordinator.close.yes"), []rune{'f', 'F'}
	case byCalendar:
		d.Title, d.Text = v.say.Say("coordinator.calendar.title", "Service", v.pole(v.service)), v.calendarText()
		yes.Label, yes.Keys = "H  "+v.say.Say("coordinator.calendar.yes"), []rune{'h', 'H'}
	case openDay:
		d.Title, d.Text = v.say.Say("coordinator.day.open-title"), v.say.Say("coordinator.day.open-text")
		yes.Label, yes.Keys = "J  "+v.say.Say("coordinator.day.open-yes"), []rune{'j', 'J'}
	default:
		d.Title, d.Text = v.say.Say("coordinator.day.title"), v.dayText()
		yes.Label, yes.Keys = "9  "+v.say.Say("coordinator.day.yes"), []rune{'9'}
	}
	back := screen.Button{Target: screen.Target{ID: screen.IDBack}, Label: v.say.Say("staff.key.enter") + "  " + v.say.Say("say.back"), Main: true}
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
	all := v.sum()
	text := v.say.Say("coordinator.day.gone", "What", v.crowd(all, waiting, called, parked)) + "\n"
	if all.Serving > 0 {
		text += v.say.Say("coordinator.day.counted", "Count", all.Serving, "What", v.crowd(all, serving)) + "\n"
	}
	return text + v.say.Say("coordinator.day.text")
}
