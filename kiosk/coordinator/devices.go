package coordinator

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// silentAfter is how long a people counter may say nothing before it counts as
// unknown: the quietest doors move more often than that.
const silentAfter = 30 * time.Minute

// restoredFor is for how long it matters that the hub went on from a copy: then
// whoever still waits really does.
const restoredFor = 2 * time.Hour

// drawDevices sums the devices up, and then lists them all, the troubled first.
func (v *view) drawDevices(c *screen.Canvas, r screen.Rect) {
	used := c.Wrap(screen.Rect{X: r.X + 1, Y: r.Y, W: r.W - 1, H: min(4, r.H)}, c.Theme().Text(), v.summary())
	_, r = r.Top(used + 1)
	foot, above := r.Foot(2)
	v.drawDeviceTable(c, above)
	v.drawScrolled(c, foot, &v.scrolls.devices, len(v.devices()), above.H-1)
	v.drawOdds(c, screen.Rect{X: foot.X, Y: foot.Y + 1, W: foot.W, H: 1})
}

// drawScrolled says that the arrows show more of a list that has no room for all, and
// where in it one is; it keeps the list from being scrolled beyond its end.
func (v *view) drawScrolled(c *screen.Canvas, r screen.Rect, s *screen.Scroll, rows, room int) {
	s.Top = max(0, min(s.Top, rows-room))
	if rows > room && v.page == devices {
		c.Text(r.X+1, r.Y, r.W-1, c.Theme().Soft(), v.say.Say("coordinator.scrolled", "First", s.Top+1, "Last", s.Top+room, "All", rows))
	}
}

// device is one row of the list.
type device struct {
	kind, name, state, paper, unsent string
	trouble                          int
}

// devices are terminals and people counters, the troubled first.
func (v *view) devices() (all []device) {
	for _, t := range v.terminals() {
		all = append(all, v.terminal(t))
	}
	for _, s := range v.floor.Sensors {
		all = append(all, v.sensor(s))
	}
	slices.SortStableFunc(all, func(a, b device) int { return cmp.Compare(b.trouble, a.trouble) })
	return all
}

func (v *view) drawDeviceTable(c *screen.Canvas, r screen.Rect) {
	wide := r.W >= 70
	t := screen.Table{Scroll: &v.scrolls.devices, Empty: v.say.Say("coordinator.no-terminal"), Columns: []screen.Column{
		{Title: v.say.Say("coordinator.column.terminal"), Width: 9},
		{Title: v.say.Say("coordinator.column.name")},
		{Title: v.say.Say("coordinator.column.state"), Width: 15},
		{Title: v.say.Say("coordinator.column.paper"), Width: 13},
		{Title: v.say.Say("coordinator.column.unsent"), Width: 9, Right: true},
	}}
	if !wide { // the printer's trouble stands in the state
		t.Columns = append(t.Columns[:3], screen.Column{Width: 4, Right: true})
	}
	room := r.W + 3 - 4 // its rows have no marks
	for _, col := range t.Columns {
		room -= col.Width + 2
	}
	for _, d := range v.devices() {
		cells := []string{d.kind, cutName(d.name, room), d.state, d.paper, d.unsent}
		if !wide {
			if d.trouble > 0 && d.paper != "" && !strings.HasPrefix(d.state, "▲") {
				cells[2] = d.paper
			}
			cells = slices.Delete(cells, 3, 4)
		}
		t.Rows = append(t.Rows, screen.Row{Cells: cells, Strong: d.trouble > 1, Quiet: d.trouble == 0})
	}
	c.Table(r, t)
}

// roles are the kinds of terminals, in the order of the list.
func roles() []string {
	return []string{wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleBoard, wire.RoleCoordinator}
}

// terminals are sorted by role and name.
func (v *view) terminals() []wire.Terminal {
	all := slices.Clone(v.floor.Terminals)
	slices.SortStableFunc(all, func(a, b wire.Terminal) int {
		return cmp.Or(cmp.Compare(slices.Index(roles(), a.Role), slices.Index(roles(), b.Role)), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// trouble is how much a terminal asks for attention.
func trouble(t wire.Terminal) int {
	switch {
	case !t.Online:
		return 3
	case t.Paper == wire.PaperOut, t.Paper == wire.PaperTrouble:
		return 2
	case t.Unsent > 0, t.Paper == wire.PaperLow:
		return 1
	}
	return 0
}

func (v *view) terminal(t wire.Terminal) device {
	d := device{kind: v.role(t.Role), name: t.Name, state: v.say.Say("coordinator.online"), paper: v.paper(t), trouble: trouble(t)}
	switch {
	case !t.Online:
		d.state = "▲ " + v.say.Say("coordinator.offline", "Time", v.clock(t.Since))
	case t.Work == wire.WorkBusy:
		d.state = v.say.Say("coordinator.occupied")
	}
	if t.Unsent > 0 {
		d.unsent = strconv.Itoa(t.Unsent)
	}
	return d
}

// paper says how a terminal's printer is, "" where there is none or nobody knows.
func (v *view) paper(t wire.Terminal) string {
	if !t.Online || t.Paper == "" {
		return ""
	}
	text := v.say.Say("coordinator.paper." + t.Paper)
	if t.Paper == wire.PaperOut || t.Paper == wire.PaperTrouble {
		text = "▲ " + text
	}
	return text
}

// sensor is a people counter. One that says nothing is unknown, not zero.
func (v *view) sensor(s wire.Sensor) device {
	d := device{kind: v.role(wire.RoleSensor), name: s.Name, state: v.say.Say("coordinator.heard", "Duration", staff.Short(v.say, v.since(s.At)))}
	if v.since(s.At) > silentAfter {
		d.state, d.trouble = "▲ "+v.say.Say("coordinator.silent.short", "Duration", v.say.Minutes(min(v.since(s.At), 99*time.Hour))), 3
	}
	return d
}

// summary says of each kind of device how many of all are in order.
func (v *view) summary() string {
	t := staff.Tally{Mark: "▲\u00a0"}
	for _, term := range v.terminals() {
		t.Add(v.role(term.Role), term.Online)
	}
	for _, term := range v.terminals() {
		if term.Paper != "" {
			t.Add(v.say.Say("coordinator.column.paper"), term.Online && trouble(term) < 2)
		}
	}
	for _, s := range v.floor.Sensors {
		t.Add(v.role(wire.RoleSensor), v.since(s.At) <= silentAfter)
	}
	words := t.String()
	if len(v.floor.Sensors) == 0 {
		words = strings.TrimPrefix(words+" · "+v.say.Say("coordinator.no-sensor"), " · ")
	}
	return v.say.Say("coordinator.in-order", "What", words)
}

// role names a kind of terminal.
func (v *view) role(key string) string {
	switch key {
	case wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleCoordinator, wire.RoleBoard, wire.RoleSensor:
		return v.say.Say("coordinator.role." + key)
	}
	return staff.Fitting(9, key, "?")
}

// cutName shortens a name that comes from outside.
func cutName(name string, room int) string {
	if runes := []rune(name); len(runes) > room {
		return string(runes[:room-1]) + "…"
	}
	return name
}

// drawOdds says how many facts did not fit.
func (v *view) drawOdds(c *screen.Canvas, r screen.Rect) {
	s, text := c.Theme().Soft(), v.say.Say("coordinator.no-odds")
	if n := v.floor.Odds; n > 0 {
		s, text = c.Theme().Strong(), "▲ "+v.say.Say("coordinator.odds", "Count", n)
	}
	c.Text(r.X+1, r.Y, r.W-1, s, text)
}

// alarms counts what asks for attention among the devices.
func (v *view) alarms() int {
	offline, silent := v.troubles()
	n := offline + silent
	if v.floor.Odds > 0 {
		n++
	}
	return n
}

func (v *view) troubles() (offline, silent int) {
	for _, t := range v.floor.Terminals {
		if !t.Online {
			offline++
		}
	}
	for _, s := range v.floor.Sensors {
		if v.since(s.At) > silentAfter {
			silent++
		}
	}
	return offline, silent
}

// alarmText sums up what asks for attention among the devices and in the journal, ""
// when nothing does.
func (v *view) alarmText() string {
	offline, silent := v.troubles()
	var words []string
	if at := v.floor.Restored; !at.IsZero() && v.since(at) < restoredFor {
		words = append(words, v.say.Say("coordinator.alarm.restored", "Time", v.clock(at)))
	}
	if offline > 0 {
		words = append(words, v.say.Say("coordinator.alarm.offline", "Count", offline))
	}
	if silent > 0 {
		words = append(words, v.say.Say("coordinator.alarm.silent", "Count", silent))
	}
	if n := v.floor.Odds; n > 0 {
		words = append(words, v.say.Say("coordinator.odds", "Count", n))
	}
	return strings.Join(words, " · ")
}
