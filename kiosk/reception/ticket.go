package reception

import (
	"strings"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// label is the label of the ticket found.
func (v *view) label() string {
	if v.found == nil {
		return ""
	}
	return string(v.found.Label)
}

// drawTicket shows a ticket that was found, and what can be put right.
func (v *view) drawTicket(c *screen.Canvas, body screen.Rect) {
	t := v.found
	top, rest := body.Top(7)
	label := string(t.Label)
	wide, _ := screen.BigSize(label)
	words := screen.Rect{X: top.X + wide + 3, Y: top.Y, W: top.W - wide - 3, H: 6}
	if words.W < textRoom {
		c.Text(top.X, top.Y, top.W, c.Theme().Strong(), label)
		words = screen.Rect{X: top.X, Y: top.Y + 1, W: top.W, H: 5}
	} else {
		c.Big(top.X, top.Y, c.Theme().Strong(), label)
	}
	for i, line := range v.about(t) {
		style := c.Theme().Text()
		if i == 0 {
			style = c.Theme().Strong()
		}
		used := c.Wrap(words, style, line)
		_, words = words.Top(used)
	}
	list := v.remedies(t)
	switch {
	case len(list) > 0:
	case v.undoable() && !v.off():
		c.Wrap(rest, c.Theme().Soft(), v.say.Say("reception.only-undo"))
	default:
		c.Wrap(rest, c.Theme().Soft(), v.say.Say("reception.nothing-to-do"))
	}
	staff.Tiles(c, rest, v.scroll, 2, list)
	staff.Keys(c, v.ticketKeys())
}

// about says what is known of a ticket.
func (v *view) about(t *wire.Ticket) []string {
	lines := []string{v.pole(t.Service) + " · " + v.say.Say("reception.state."+strings.ReplaceAll(t.State, " ", "-"))}
	if t.Question != "" {
		lines = append(lines, v.question(t.Question))
	}
	who := []string{v.say.Say("reception.arrived", "Time", v.clock(t.Arrived))}
	who = append(who, v.bears(order{level: t.Level, persons: t.Persons, language: t.Language})...)
	lines = append(lines, strings.Join(who, " · "))
	if d, ok := v.site.Desk(t.Desk); ok {
		lines = append(lines, v.say.Say("staff.desk", "Desk", d.Label))
	}
	return lines
}

// remedies are what can be done about a ticket in its state.
func (v *view) remedies(t *wire.Ticket) (list []staff.Choice) {
	add := func(what string, off bool) {
		list = append(list, staff.Choice{
			ID: "do:" + what, Label: v.say.Say("reception.remedy." + what), Note: v.say.Say("reception.remedy." + what + ".note"), Off: off,
		})
	}
	switch t.State {
	case "waiting":
		add("correct", v.off())
		add("leave", v.off())
		add("void", v.off())
		add("level", v.off())
	case "no-show":
		add("reinstate", v.off())
	}
	if v.printer {
		add("print", false)
	}
	return list
}
