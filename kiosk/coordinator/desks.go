package coordinator

import (
	"slices"
	"strconv"
	"strings"

	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// drawDesks is a row a desk: for whom it is open and whom it receives. A narrow
// column leaves out what can be told from the rest.
func (v *view) drawDesks(c *screen.Canvas, r screen.Rect) {
	wide := r.W >= 70
	had := v.say.Say("coordinator.column.interviews")
	if !wide {
		had = v.say.Say("coordinator.column.interviews.short")
	}
	cols := []screen.Column{
		{Title: v.say.Say("coordinator.column.desk"), Width: 9},
		{Title: v.say.Say("coordinator.column.doing")},
		{Title: had, Width: max(6, screen.Width(had)), Right: true},
	}
	if wide {
		cols = slices.Insert(cols, 1,
			screen.Column{Title: v.say.Say("coordinator.column.since"), Width: 7},
			screen.Column{Title: v.say.Say("coordinator.column.queues"), Width: 8})
		cols = append(cols, screen.Column{Title: v.say.Say("coordinator.column.parked"), Width: 7, Right: true})
	}
	t := screen.Table{Columns: cols, Scroll: &v.scrolls.desks}
	r, foot := r.Top(min(r.H, len(v.site.Desks)+1))
	v.drawCalls(c, foot)
	room := open(r.W+3, cols) // its rows have no marks
	for _, d := range v.site.Desks {
		now := v.desk(d.Key)
		t.Rows = append(t.Rows, screen.Row{Cells: v.deskCells(d, now, room, wide), Quiet: now.State == "closed"})
	}
	c.Table(r, t)
}

// drawCalls lists the last calls where there is room for them.
func (v *view) drawCalls(c *screen.Canvas, r screen.Rect) {
	if r.H < 3 || len(v.calls) == 0 {
		return
	}
	_, r = r.Top(1)
	c.Text(r.X+1, r.Y, r.W-1, c.Theme().Soft(), v.say.Say("coordinator.last-calls"))
	for i, call := range v.calls[:min(len(v.calls), r.H-1)] {
		text := string(call.Label) + "  →  " + v.deskName(call.Desk) + " · " + staff.Short(v.say, v.since(call.At))
		if call.Times > 1 {
			text += " · ×" + strconv.Itoa(call.Times)
		}
		c.Text(r.X+1, r.Y+1+i, r.W-1, c.Theme().Text(), text)
	}
}

// desk is a desk as it is now; one not heard of today is closed.
func (v *view) desk(key string) wire.Desk {
	i := slices.IndexFunc(v.floor.Desks, func(d wire.Desk) bool { return d.Key == key })
	if i < 0 {
		return wire.Desk{Key: key, State: "closed"}
	}
	return v.floor.Desks[i]
}

func (v *view) deskCells(d site.Desk, now wire.Desk, room int, wide bool) []string {
	cells := []string{v.say.Say("staff.desk", "Desk", d.Label), v.doing(room, now), strconv.Itoa(now.Served)}
	if now.State == "closed" && now.Served == 0 {
		cells[2] = "·"
	}
	if !wide {
		return cells
	}
	since := "·"
	if now.State != "closed" {
		since = v.clock(now.Since)
	}
	parked := "·"
	if n := len(now.Parked); n > 0 {
		parked = strconv.Itoa(n)
	}
	return append(slices.Insert(cells, 1, since, v.letters(now.Services)), parked)
}

// letters are the letters of several services.
func (v *view) letters(keys []string) string {
	var all []string
	for _, key := range keys {
		all = append(all, v.letter(key))
	}
	return strings.Join(all, " ")
}

// doing says what happens at a desk.
func (v *view) doing(room int, d wire.Desk) string {
	t := d.Ticket
	switch {
	case t != nil && t.State == "serving":
		took := staff.Short(v.say, v.since(t.Started))
		return staff.Fitting(room, v.say.Say("coordinator.doing.serves", "Label", string(t.Label), "Duration", took), string(t.Label)+" · "+took)
	case t != nil:
		ago := staff.Short(v.say, v.since(t.Called))
		return staff.Fitting(room, v.say.Say("coordinator.doing.calls", "Label", string(t.Label), "Duration", ago), string(t.Label)+" · "+ago)
	case d.State == "paused":
		return v.say.Say("coordinator.doing.paused", "Duration", staff.Short(v.say, v.since(d.Since)))
	case d.State == "open":
		return v.say.Say("adviser.neighbour.free")
	}
	return v.say.Say("state.closed")
}
