package adviser

import (
	"slices"
	"strings"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// drawWork is the screen of a desk that is present: the next step large, the
// queue below it, who is put aside and what the neighbours do.
func (v *view) drawWork(c *screen.Canvas, body screen.Rect) {
	if body.H < 20 { // the panel's edge takes the place of a free row
		body.Y, body.H = body.Y-1, body.H+1
	}
	top, rest := body.Top(panelRows)
	v.drawPanel(c, top, v.panel())
	_, rest = rest.Top(1)
	if body.W >= 116 {
		if len(v.topics()) > 0 {
			var foot screen.Rect
			foot, rest = rest.Foot(2)
			v.drawTopics(c, screen.Rect{X: foot.X, Y: foot.Y, W: foot.W, H: 1})
		}
		left, right := rest.Left(body.W - sideWidth - 3)
		_, right = right.Left(3)
		v.drawQueue(c, left)
		v.drawSide(c, right)
	} else {
		v.drawStacked(c, rest)
	}
	staff.Keys(c, v.workKeys())
}

// drawStacked puts those put aside and the neighbours below the queue.
func (v *view) drawStacked(c *screen.Canvas, r screen.Rect) {
	if r.H >= 10 {
		_, r = r.Foot(1)
	}
	foot, above := r.Foot(2)
	if r.H >= 8 {
		_, above = above.Foot(1)
	}
	v.drawQueue(c, above)
	aside, next := foot.Top(1)
	v.drawAside(c, aside)
	if len(v.topics()) > 0 {
		v.drawTopics(c, next)
		return
	}
	v.drawNeighbours(c, next)
}

// workKeys are the keys of the work screen; those that cannot be used now stay
// in their places.
func (v *view) workKeys() []screen.KeyHint {
	var hints []screen.KeyHint
	for _, cmd := range commands() {
		if cmd.rare {
			continue
		}
		hints = append(hints, screen.KeyHint{
			ID: cmd.id, Key: string(cmd.key), Label: v.say.Say("adviser.do." + cmd.id), Disabled: v.hinders(cmd.id) != "",
		})
	}
	return hints
}

// panel is what the space bar's target says.
type panel struct {
	step    string       // what the space bar does
	ticket  *wire.Ticket // about whom
	service string
	lines   []string // below the question, most important first
	plain   bool     // nothing to be done: no accent
}

// panel chooses what comes next.
func (v *view) panel() panel {
	p := v.step()
	switch {
	case v.asking != "":
		p.step = "◌ " + v.say.Say("adviser.asking")
	case v.off() || v.hinders(cmdNext) != "":
		p.plain = true
	}
	return p
}

func (v *view) step() panel {
	switch v.screen() {
	case "paused":
		return panel{step: v.say.Say("adviser.step.paused"), lines: []string{v.say.Say("adviser.paused", "Duration", staff.Short(v.say, v.since(v.state.Since)))}}
	case "called":
		return v.calledPanel(v.state.Ticket)
	case "serving":
		return v.servingPanel(v.state.Ticket)
	case "contact":
		return v.contactPanel()
	}
	switch t := v.state.Ticket; { // below a dialog
	case t != nil && t.State == "serving":
		return v.servingPanel(t)
	case t != nil:
		return v.calledPanel(t)
	case v.state.Contact != nil:
		return v.contactPanel()
	}
	return v.freePanel()
}

func (v *view) freePanel() panel {
	t := v.next()
	if t == nil {
		return panel{step: v.say.Say("adviser.step.nobody"), lines: []string{v.say.Say("adviser.nobody")}}
	}
	return panel{
		step: v.say.Say("adviser.step.call"), ticket: t, service: t.Service,
		lines: []string{v.about(*t), v.why(*t)},
	}
}

// about says language and wait; what is not known is left out.
func (v *view) about(t wire.Ticket) string {
	words := []string{v.waits(t)}
	if t.Language != "" {
		words = slices.Insert(words, 0, v.tongue(t.Language))
	}
	if t.Persons > 1 {
		words = append(words, v.say.Say("adviser.persons", "Count", t.Persons))
	}
	return strings.Join(words, " · ")
}

// tongue is a language, with a mark when the desk speaks it.
func (v *view) tongue(tag string) string {
	if v.speaks(tag) {
		return v.language(tag) + " " + v.say.Say("adviser.you-speak")
	}
	return v.language(tag)
}

func (v *view) calledPanel(t *wire.Ticket) panel {
	ago := v.say.Say("adviser.called", "Count", t.Calls, "Duration", staff.Short(v.say, v.since(t.Called)))
	return panel{step: v.say.Say("adviser.step.start"), ticket: t, service: t.Service, lines: v.spoken(t, ago)}
}

// spoken puts the language first, when it is known.
func (v *view) spoken(t *wire.Ticket, lines ...string) []string {
	if t.Language == "" {
		return lines
	}
	first := v.tongue(t.Language)
	if t.Persons > 1 {
		first += " · " + v.say.Say("adviser.persons", "Count", t.Persons)
	}
	return slices.Insert(lines, 0, first)
}

func (v *view) servingPanel(t *wire.Ticket) panel {
	took := v.say.Say("adviser.serving", "Duration", staff.Short(v.say, v.since(t.Started)))
	return panel{step: v.say.Say("adviser.step.finish"), ticket: t, service: t.Service, lines: v.spoken(t, took)}
}
