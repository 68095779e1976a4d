package adviser

import (
	"strconv"
	"strings"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// sideWidth is the width of the column at the right of wide screens.
const sideWidth = 38

// drawQueue is the queue of all the desk's services, next first.
func (v *view) drawQueue(c *screen.Canvas, r screen.Rect) {
	wide := r.W >= 84
	t := screen.Table{Columns: v.queueColumns(wide), Empty: "   —", Scroll: v.scroll, Marks: true}
	next := v.next()
	for _, ticket := range v.queue {
		t.Rows = append(t.Rows, screen.Row{
			ID: "who:" + string(ticket.ID), Cells: v.queueCells(ticket, wide),
			Mark: c.Theme().Mark(ticket.Service), Strong: next != nil && ticket.ID == next.ID, Quiet: ticket.Back.After(v.now),
		})
	}
	if more := v.total - len(v.queue); more > 0 {
		t.Rows = append(t.Rows, screen.Row{Cells: []string{"", "", v.say.Say("adviser.more", "Count", more)}, Quiet: true})
	}
	c.Table(r, t)
}

func (v *view) queueColumns(wide bool) []screen.Column {
	label := 8
	for _, t := range v.queue {
		label = max(label, screen.Width(v.rowLabel(t)))
	}
	cols := []screen.Column{
		{Title: v.say.Say("adviser.column.queue"), Width: label},
		{Title: v.say.Say("adviser.column.wait"), Width: 8, Right: true},
		{Title: v.say.Say("adviser.column.question")},
	}
	if !wide {
		return append(cols, screen.Column{Width: 4})
	}
	return append(cols,
		screen.Column{Title: v.say.Say("adviser.column.language"), Width: 10},
		screen.Column{Title: v.say.Say("adviser.column.arrived"), Width: 7, Right: true})
}

// rowLabel is the label in the table; a head start in the queue is marked.
func (v *view) rowLabel(t wire.Ticket) string {
	if t.Level > 0 {
		return v.labels(t) + " ▴"
	}
	return v.labels(t)
}

func (v *view) queueCells(t wire.Ticket, wide bool) []string {
	question := v.shortQuestion(t.Question)
	if t.Back.After(v.now) {
		question = v.say.Say("adviser.back", "Time", v.clock(t.Back))
	}
	cells := []string{v.rowLabel(t), v.say.Minutes(v.since(t.Arrived)), question}
	if !wide {
		return append(cells, v.heard(t, strings.ToUpper(t.Language)))
	}
	return append(cells, v.heard(t, v.language(t.Language)), v.clock(t.Arrived))
}

// heard marks a language that the desk speaks.
func (v *view) heard(t wire.Ticket, name string) string {
	if v.speaks(t.Language) {
		return name + " ✓"
	}
	return name
}

// drawTopics is one row with the topics that a digit finishes with; those that
// have no room are on the sheet, and their digits do the same.
func (v *view) drawTopics(c *screen.Canvas, r screen.Rect) {
	rest := v.rowTitle(c, r, v.say.Say("adviser.topic"))
	var hints []screen.KeyHint
	room := rest.W
	for i, topic := range v.topics()[:min(len(v.topics()), 9)] {
		h := screen.KeyHint{ID: "topic:" + topic.Key, Key: strconv.Itoa(i + 1), Label: topic.Text.In(v.say.Lang()), Disabled: v.off()}
		if room -= screen.Width(h.Label) + 6; room < 0 {
			break
		}
		hints = append(hints, h)
	}
	c.KeyLine(rest, hints)
}

// asideHints are those put aside, each with the number that takes them back.
func (v *view) asideHints() []screen.KeyHint {
	var hints []screen.KeyHint
	for i, t := range v.state.Parked[:min(len(v.state.Parked), 9)] {
		h := screen.KeyHint{
			ID: "resume:" + string(t.ID), Key: strconv.Itoa(i + 1), Label: v.labels(t),
			Disabled: v.hinders(cmdResume) != "",
		}
		if len(v.topics()) > 0 { // the digits are the topics'
			h.Key = "·"
		}
		hints = append(hints, h)
	}
	return hints
}

// drawAside is one row with those put aside; what has no room is counted.
func (v *view) drawAside(c *screen.Canvas, r screen.Rect) {
	title := v.say.Say("adviser.aside")
	rest := v.rowTitle(c, r, title)
	hints := v.asideHints()
	if len(hints) == 0 {
		c.Text(rest.X, rest.Y, rest.W, c.Theme().Soft(), "—")
		return
	}
	room := rest.W - 6
	for i, h := range hints {
		if room -= screen.Width(h.Label) + 6; room < 0 {
			c.TextRight(rest.Right(), rest.Y, 5, c.Theme().Soft(), "+"+strconv.Itoa(len(hints)-i))
			hints = hints[:i]
			break
		}
	}
	c.KeyLine(rest, hints)
}

// rowTitle begins a row and returns the rest of it.
func (v *view) rowTitle(c *screen.Canvas, r screen.Rect, title string) screen.Rect {
	c.Text(r.X+2, r.Y, 12, c.Theme().Soft(), title)
	_, rest := r.Left(14)
	return rest
}

// drawNeighbours is one row with the other desks of the same services.
func (v *view) drawNeighbours(c *screen.Canvas, r screen.Rect) {
	rest := v.rowTitle(c, r, v.say.Say("adviser.neighbours"))
	var words []string
	for _, d := range v.others {
		words = append(words, v.deskName(d.Key)+" · "+v.doing(d))
	}
	if len(words) == 0 {
		words = []string{v.say.Say("adviser.alone")}
	}
	for len(words) > 1 && screen.Width(strings.Join(words, "   ")) > rest.W {
		words = append(words[:len(words)-2], "…")
	}
	c.Text(rest.X, rest.Y, rest.W, c.Theme().Text(), strings.Join(words, "   "))
}

// doing says what another desk is doing.
func (v *view) doing(d wire.Desk) string {
	switch {
	case d.Ticket != nil && d.Ticket.State == "serving":
		return string(d.Ticket.Label) + " · " + staff.Short(v.say, v.since(d.Ticket.Started))
	case d.Ticket != nil:
		return v.say.Say("adviser.neighbour.calls", "Label", string(d.Ticket.Label))
	case d.Contact != nil:
		return v.say.Say("adviser.mode." + d.Contact.Mode)
	case d.State == "paused":
		return v.say.Say("state.paused")
	}
	return v.say.Say("adviser.neighbour.free")
}

// drawSide is the right column of a wide screen.
func (v *view) drawSide(c *screen.Canvas, r screen.Rect) {
	c.Text(r.X, r.Y, r.W, c.Theme().Soft(), v.say.Say("adviser.aside"))
	y := r.Y + 1
	hints := v.asideHints()
	if len(hints) == 0 {
		c.Text(r.X, y, r.W, c.Theme().Soft(), "—")
		y++
	}
	for i, h := range hints {
		c.KeyLine(screen.Rect{X: r.X, Y: y, W: r.W, H: 1}, []screen.KeyHint{h})
		c.Text(r.X+4, y+1, r.W-4, c.Theme().Soft(), v.shortQuestion(v.state.Parked[i].Question))
		y += 2
	}
	y++
	c.Text(r.X, y, r.W, c.Theme().Soft(), v.say.Say("adviser.neighbours"))
	if len(v.others) == 0 {
		c.Text(r.X, y+1, r.W, c.Theme().Text(), v.say.Say("adviser.alone"))
	}
	for i, d := range v.others {
		c.Text(r.X, y+1+i, 12, c.Theme().Strong(), v.deskName(d.Key))
		c.Text(r.X+13, y+1+i, r.W-13, c.Theme().Text(), v.doing(d))
	}
}
