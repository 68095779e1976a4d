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
	switch rich := isRich(c); {
	case v.dialog == help:
		v.drawHelp(c, staff.Body(c))
	case rich:
		v.drawAll(c, staff.Body(c))
	default:
		v.drawPage(c, staff.Body(c))
	}
	switch v.dialog {
	case noDialog:
		staff.Keys(c, v.keys(c))
	case help:
		staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
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

// drawAll draws everything at once: queues, their day and the footfall at the
// left, desks and devices at the right.
func (v *view) drawAll(c *screen.Canvas, r screen.Rect) {
	left, right := r.Left(r.W - sideWidth - 3)
	_, right = right.Left(3)
	tables := min(left.H, 2*len(v.site.Services)+8)
	top, foot := left.Top(tables)
	v.drawQueues(c, top)
	v.drawFootfall(c, foot)
	top, foot = right.Top(min(right.H-12, len(v.site.Desks)+2))
	v.drawDesks(c, top)
	v.drawDevices(c, foot)
}

// keys are those of the page.
func (v *view) keys(c *screen.Canvas) []screen.KeyHint {
	hints := []screen.KeyHint{
		{ID: idOpen, Key: "O", Label: v.say.Say("coordinator.do.open"), Disabled: v.hinders(idOpen) != ""},
		{ID: idClose, Key: "F", Label: v.say.Say("coordinator.do.close"), Disabled: v.hinders(idClose) != ""},
		{ID: idDay, Key: "J", Label: v.say.Say("coordinator.do.day"), Disabled: v.hinders(idDay) != ""},
		{ID: screen.IDHelp, Key: "?", Label: v.say.Say("adviser.do.help")},
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
		{"J", "coordinator.help.day"}, {"1 – 4", "coordinator.help.pages"}, {v.say.Say("staff.key.escape"), "adviser.help.back"},
		{"*", "coordinator.help.forced"}, {"▲", "coordinator.help.alarm"},
	} {
		c.Text(rest.X, y, 8, c.Theme().Strong(), l[0])
		y += c.Wrap(screen.Rect{X: rest.X + 9, Y: y, W: rest.W - 9, H: rest.Bottom() - y}, c.Theme().Text(), v.say.Say(l[1]))
	}
}

// drawDialog asks before something is done.
func (v *view) drawDialog(c *screen.Canvas) {
	yes := screen.Button{Target: screen.Target{ID: idYes, Disabled: v.blocked() != ""}}
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
	default:
		d.Title, d.Text = v.say.Say("coordinator.day.title"), v.dayText()
		yes.Label, yes.Keys = "9  "+v.say.Say("coordinator.day.yes"), []rune{'9'}
	}
	back := screen.Button{Target: screen.Target{ID: screen.IDBack}, Label: v.say.Say("say.back"), Main: !yes.Main}
	d.Buttons = []screen.Button{back, yes}
	c.Dialog(d)
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
