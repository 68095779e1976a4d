package coordinator

import (
	"slices"
	"strconv"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// drawQueues draws the services as they are now, what asks for attention, and as
// far as there is room those who wait too long, the day so far and its curve.
func (v *view) drawQueues(c *screen.Canvas, r screen.Rect) {
	rows := len(v.site.Services)
	now, rest := r.Top(rows + 1)
	v.drawNow(c, now)
	_, rest = rest.Top(1)
	if used := v.drawAttention(c, rest); used > 0 {
		if _, n, _ := v.overdue(); n > 0 || rest.H != used+rows+2 { // else the day has room without a free row
			used++
		}
		_, rest = rest.Top(used)
	}
	if shown, _, _ := v.overdue(); len(shown) > 0 {
		if n := v.worstRows(c, rest.H-2, len(shown)); n > 0 {
			var worst screen.Rect
			worst, rest = rest.Top(n + 1)
			v.overdueTable(c, worst, shown[:n])
			_, rest = rest.Top(1)
		}
	}
	if rest.H >= rows+2 {
		day, rest := rest.Top(rows + 2)
		v.drawDay(c, day)
		if _, rest = rest.Top(1); rest.H >= chartRows {
			v.drawCurve(c, rest)
		}
	}
}

// worstSeen is how many of those who wait too long stand below the queues where
// there is room for something else, too.
const worstSeen = 5

// worstRows is how many of them are shown in so many rows. A screen that shows
// everything has the day and its curve first: they have no page of their own there.
func (v *view) worstRows(c *screen.Canvas, room, n int) int {
	below := len(v.site.Services) + 3
	if isRich(c) {
		return max(0, min(n, worstSeen, room-below-chartRows-1))
	}
	if room-below >= min(n, worstSeen) {
		return min(n, worstSeen)
	}
	return max(0, min(n, room+1))
}

// drawToday draws what became of the day's tickets and its curve before a usual
// one's, which always has room; and the footfall where there is more.
func (v *view) drawToday(c *screen.Canvas, r screen.Rect) {
	rows := len(v.site.Services) + 2
	day, rest := r.Top(min(rows, max(4, r.H-chartRows-1)))
	v.drawDay(c, day)
	_, rest = rest.Top(1)
	if rest.H > 2*chartRows+footfallRows-3 {
		var foot screen.Rect
		foot, rest = rest.Foot(footfallRows)
		v.drawFootfall(c, foot)
	}
	v.drawCurve(c, rest)
}

// drawNow is a row a service: state, waiting, longest wait, promise, desks.
func (v *view) drawNow(c *screen.Canvas, r screen.Rect) {
	promise := 11
	if r.W < 90 { // without its unit, so that the services have room for their names
		promise = 7
	}
	cols := []screen.Column{
		{Title: v.say.Say("coordinator.column.service")},
		{Title: v.say.Say("coordinator.column.state"), Width: 8},
		{Title: v.say.Say("coordinator.column.waiting"), Width: 7, Right: true},
		{Title: v.say.Say("coordinator.column.longest"), Width: 7, Right: true},
		{Title: v.say.Say("coordinator.column.past"), Width: 6, Right: true},
		{Title: v.say.Say("coordinator.column.promise"), Width: promise, Right: true},
		{Title: v.say.Say("coordinator.column.desks"), Width: 5, Right: true},
	}
	name := v.names(open(r.W, cols))
	t := screen.Table{Columns: cols, Scroll: &v.scrolls.queues, Marks: true}
	if v.page == queues {
		t.Selected = "service:" + v.service
	}
	for _, s := range v.site.Services {
		row, known := v.row(s.Key)
		t.Rows = append(t.Rows, screen.Row{
			ID: "service:" + s.Key, Cells: v.nowCells(name(s.Key), row, known, promise),
			Mark: c.Theme().Mark(s.Key), Quiet: !row.Open, Warn: len(row.Warn) > 0,
		})
	}
	c.Table(r, t)
}

// open is the width of the column that takes what the others leave.
func open(width int, cols []screen.Column) int {
	width -= 4 - 2 // sign and mark of the row; there is one gap fewer than columns
	for _, col := range cols {
		width -= col.Width + 2
	}
	return width
}

func (v *view) nowCells(name string, row wire.Row, known bool, room int) []string {
	if !known {
		return []string{name, "?"}
	}
	cells := []string{name, v.state(row), strconv.Itoa(row.Waiting), "—", "·", "—", strconv.Itoa(row.Desks)}
	if !row.Oldest.IsZero() && row.Waiting > 0 {
		cells[3] = v.say.Minutes(v.since(row.Oldest))
	}
	if slices.Contains(row.Warn, wire.WarnWaiting) {
		cells[2] = "▲" + cells[2]
	}
	if slices.Contains(row.Warn, wire.WarnLongest) {
		cells[3] = "▲" + cells[3]
	}
	if row.Past > 0 {
		cells[4] = strconv.Itoa(row.Past)
	}
	if row.Wait != nil && row.Open {
		span := strconv.Itoa(row.Wait.Low) + "–" + strconv.Itoa(row.Wait.High)
		cells[5] = staff.Fitting(room, v.say.Say("coordinator.promise", "Low", row.Wait.Low, "High", row.Wait.High), span)
	}
	return cells
}

// state is open or closed, with a star where the coordinator's word goes against
// the calendar.
func (v *view) state(row wire.Row) string {
	word := v.say.Say("state.closed")
	switch {
	case row.Full:
		word = v.say.Say("coordinator.full.short")
	case row.Open:
		word = v.say.Say("state.open")
	}
	if row.Override != "" {
		word += " *"
	}
	return word
}

// forced tells whether anything was opened or closed by hand.
func (v *view) forced() bool {
	for _, row := range v.floor.Services {
		if row.Override != "" {
			return true
		}
	}
	return false
}
