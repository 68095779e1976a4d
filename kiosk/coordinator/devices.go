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

// drawDevices lists the terminals, those offline first, and the people counters
// with when they were last heard.
func (v *view) drawDevices(c *screen.Canvas, r screen.Rect) {
	foot, above := r.Foot(2)
	sensors := min(len(v.floor.Sensors), 4) + 1
	low, top := above.Foot(sensors)
	_, top = top.Foot(1)
	v.drawTerminals(c, top)
	v.drawSensors(c, low)
	v.drawOdds(c, screen.Rect{X: foot.X, Y: foot.Y + 1, W: foot.W, H: 1})
}

func (v *view) drawTerminals(c *screen.Canvas, r screen.Rect) {
	t := screen.Table{Scroll: &v.scrolls.terminals, Empty: v.say.Say("coordinator.no-terminal"), Columns: []screen.Column{
		{Title: v.say.Say("coordinator.column.terminal"), Width: 11},
		{Title: v.say.Say("coordinator.column.name")},
		{Title: v.say.Say("coordinator.column.state"), Width: 12},
		{Title: v.say.Say("coordinator.column.unsent"), Width: 9, Right: true},
	}}
	if r.W < 70 {
		t.Columns[0].Width, t.Columns[3].Title, t.Columns[3].Width = 9, "", 4
	}
	room := r.W - 1 - 8 - t.Columns[0].Width - t.Columns[2].Width - t.Columns[3].Width
	for _, term := range v.terminals() {
		t.Rows = append(t.Rows, v.terminalRow(term, room))
	}
	c.Table(r, t)
}

// terminals are sorted: offline first, then with facts not sent, then by name.
func (v *view) terminals() []wire.Terminal {
	all := slices.Clone(v.floor.Terminals)
	slices.SortStableFunc(all, func(a, b wire.Terminal) int {
		return cmp.Or(cmp.Compare(trouble(b), trouble(a)), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// trouble is how much a terminal asks for attention.
func trouble(t wire.Terminal) int {
	switch {
	case !t.Online:
		return 2
	case t.Unsent > 0, t.Paper == wire.PaperOut, t.Paper == wire.PaperTrouble:
		return 1
	}
	return 0
}

func (v *view) terminalRow(t wire.Terminal, room int) screen.Row {
	state := v.say.Say("coordinator.online")
	if !t.Online {
		state = "▲ " + v.say.Say("coordinator.offline", "Time", v.clock(t.Since))
	}
	if t.Online && t.Work == wire.WorkBusy {
		state = v.say.Say("coordinator.occupied")
	}
	paper := v.paper(t)
	if paper != "" {
		state = paper
	}
	unsent := ""
	if t.Unsent > 0 {
		unsent = strconv.Itoa(t.Unsent)
	}
	name := []rune(t.Name)
	if len(name) > room { // names come from outside
		name = append(name[:max(0, room-1)], '…')
	}
	return screen.Row{Cells: []string{v.role(t.Role), string(name), state, unsent}, Strong: trouble(t) > 0 && t.Unsent == 0 || !t.Online, Quiet: trouble(t) == 0 && paper == ""}
}

// paper says how a terminal's printer is, "" when nobody has to see to it.
func (v *view) paper(t wire.Terminal) string {
	if !t.Online {
		return ""
	}
	switch t.Paper {
	case wire.PaperLow:
		return v.say.Say("coordinator.paper.low")
	case wire.PaperOut, wire.PaperTrouble:
		return "▲ " + v.say.Say("coordinator.paper."+t.Paper)
	}
	return ""
}

// role names a kind of terminal.
func (v *view) role(key string) string {
	switch key {
	case wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleCoordinator, wire.RoleBoard:
		return v.say.Say("coordinator.role." + key)
	}
	return staff.Fitting(9, key, "?")
}

// drawSensors lists the people counters. One that says nothing is unknown, not
// zero.
func (v *view) drawSensors(c *screen.Canvas, r screen.Rect) {
	t := screen.Table{Empty: v.say.Say("coordinator.no-sensor"), Columns: []screen.Column{
		{Title: v.say.Say("coordinator.column.sensor"), Width: min(20, r.W/3)},
		{Title: v.say.Say("coordinator.column.heard")},
	}}
	for _, s := range v.floor.Sensors {
		heard := v.say.Say("coordinator.heard", "Duration", staff.Short(v.say, v.since(s.At)))
		silent := v.since(s.At) > silentAfter
		if silent {
			heard = "▲ " + v.say.Say("coordinator.silent", "Duration", v.say.Minutes(v.since(s.At)))
		}
		t.Rows = append(t.Rows, screen.Row{Cells: []string{cutName(s.Name, t.Columns[0].Width), heard}, Strong: silent, Quiet: !silent})
	}
	c.Table(r, t)
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

// drawAlarms sums up in one row what asks for attention elsewhere.
func (v *view) drawAlarms(c *screen.Canvas, r screen.Rect) {
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
	if len(words) == 0 {
		return
	}
	c.Text(r.X+2, r.Y, r.W-2, c.Theme().Strong(), "▲ "+strings.Join(words, " · "))
}
