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
		ch.list = append(ch.list, choice{
			id: kind + ":" + mode, label: v.say.Say("adviser.mode." + mode), note: v.say.Say("adviser.distance." + note), off: off,
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

// maxDigits of a number typed.
const maxDigits = 3

// typeNumber takes a digit, or takes one back.
func (r *Role) typeNumber(k screen.Key) bool {
	switch {
	case k.Code == screen.KeyBackspace && r.typed != "":
		r.typed = r.typed[:len(r.typed)-1]
	case k.Code == screen.KeyRune && k.Rune >= '0' && k.Rune <= '9' && len(r.typed) < maxDigits:
		r.typed += string(k.Rune)
	default:
		return false
	}
	return true
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

// drawNumber asks for a number: the usual ones can be touched.
func (v *view) drawNumber(c *screen.Canvas, body screen.Rect) {
	title, unit, usual := "adviser.title.minutes", "adviser.number.minutes", []int{5, 10, 15, 20, 30, 45}
	if v.sheet == persons {
		title, unit, usual = "adviser.title.persons", "adviser.number.persons", []int{2, 3, 5, 8, 12, 20}
	}
	head, rest := body.Top(2)
	c.Text(head.X, head.Y, head.W, c.Theme().Strong(), v.say.Say(title))
	field, rest := rest.Top(2)
	shown := v.typed + "_"
	used := c.Text(field.X, field.Y, field.W, c.Theme().Strong(), shown)
	c.Text(field.X+used+1, field.Y, field.W-used-1, c.Theme().Soft(), v.say.Say("adviser.number.type"))
	rest, _ = rest.Top(7)
	for i, place := range rest.Rows(2, 1) {
		for j, at := range place.Columns(3, 2) {
			n := usual[3*i+j]
			c.Button(screen.Button{
				Target: screen.Target{ID: "took:" + strconv.Itoa(n), Rect: at, Kind: screen.Staff, Disabled: v.off()},
				Label:  v.say.Say(unit, "Count", n),
			})
		}
	}
	enter := v.say.Say("adviser.number.none")
	if v.sheet == persons || v.typed != "" {
		enter = v.say.Say("adviser.number.enter")
	}
	staff.Keys(c, []screen.KeyHint{{ID: idEnter, Key: v.say.Say("staff.key.enter"), Label: enter, Disabled: v.off()}, staff.Back(v.say)})
}

// contactPanel is the step while somebody is on the line.
func (v *view) contactPanel() panel {
	k := v.state.Contact
	on := v.say.Say("adviser.on-line."+k.Mode, "Duration", staff.Short(v.say, v.since(k.Since)))
	return panel{step: v.say.Say("adviser.step.end-contact"), service: k.Service, lines: []string{on}}
}
