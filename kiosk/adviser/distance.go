package adviser

import (
	"strconv"

	"accueil/internal/queue"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// openDistance skips the question of the service where the desk has only one.
func (r *Role) openDistance() {
	r.sheet = farFrom
	if own := r.view().state.Services; len(own) == 1 {
		r.sheet, r.picked = distance, own[0]
	}
}

func (v *view) farFromChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.far-from")}
	for _, key := range v.state.Services {
		if s, ok := v.site.Service(key); ok {
			ch.list = append(ch.list, v.serviceChoice("far-from:", s))
		}
	}
	return ch
}

// distanceChoices are what can be counted without a ticket. Telephone and video
// can be begun now, or told of afterwards.
func (v *view) distanceChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.distance")}
	add := func(kind, mode, note string, off bool) {
		ch.list = append(ch.list, staff.Choice{
			ID: kind + ":" + mode, Label: v.say.Say("adviser.mode." + mode), Note: v.say.Say("adviser.distance." + note), Off: off,
		})
	}
	busy := v.hindersFree() != ""
	add("begin", queue.ModePhone, "begin", busy)
	add("told", queue.ModePhone, "told", false)
	add("begin", queue.ModeVideo, "begin", busy)
	add("told", queue.ModeVideo, "told", false)
	add("email", queue.ModeEmail, "one", false)
	add("many", queue.ModeGroup, "group", false)
	return ch
}

// tell tells of a contact: how many minutes it took, or how many people came.
// Nothing typed says that nobody knows.
func (r *Role) tell(typed string) {
	n, _ := strconv.Atoi(typed)
	a := queue.Ask{Do: queue.DoContact, Service: r.picked, Mode: r.mode}
	switch {
	case r.mode == queue.ModeGroup && (n < 2 || n > queue.MaxPersons):
		r.warn("adviser.why.persons")
		return
	case r.mode == queue.ModeGroup:
		a.Persons = n
	case n > int(queue.MaxLength.Minutes()):
		r.warn("adviser.why.minutes")
		return
	default:
		a.Minutes = n
	}
	r.ask(a)
}

// drawNumber asks how many minutes, or people.
func (v *view) drawNumber(c *screen.Canvas, body screen.Rect) {
	n := staff.Number{
		Title: v.say.Say("adviser.title.minutes"), Hint: v.say.Say("staff.number.type"), Typed: v.typed, Off: v.off(),
		Usual: []int{5, 10, 15, 20, 30, 45},
		Name:  func(n int) string { return v.say.Say("staff.number.minutes", "Count", n) },
		ID:    func(n string) string { return "took:" + n },
	}
	if v.sheet == persons {
		n.Title, n.Usual = v.say.Say("adviser.title.persons"), []int{2, 3, 5, 8, 12, 20}
		n.Name = func(n int) string { return v.say.Say("staff.number.persons", "Count", n) }
	}
	n.Draw(c, body)
	enter := v.say.Say("adviser.number.none")
	if v.sheet == persons || v.typed != "" {
		enter = v.say.Say("staff.number.enter")
	}
	staff.Keys(c, []screen.KeyHint{{ID: idEnter, Key: v.say.Say("staff.key.enter"), Label: enter, Disabled: v.off()}, staff.Back(v.say)})
}

// contactPanel is the step while somebody is on the line.
func (v *view) contactPanel() panel {
	k := v.state.Contact
	on := v.say.Say("adviser.on-line."+k.Mode, "Duration", staff.Short(v.say, v.since(k.Since)))
	return panel{step: v.say.Say("adviser.step.end-contact"), service: k.Service, lines: []string{on}}
}
