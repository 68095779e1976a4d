package reception

import (
	"strconv"
	"time"

	"accueil/internal/queue"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// welcome is somebody counted here who takes no ticket, and not taken back.
type welcome struct {
	at      time.Time // site time
	mode    string
	persons int
}

// passersBy are how many of them were passers-by.
func passersBy(all []welcome) (n int) {
	for _, w := range all {
		if w.mode == queue.ModePasserBy {
			n++
		}
	}
	return n
}

// welcomed counts somebody who takes no ticket.
func (r *Role) welcomed(mode string, persons int) {
	r.opt.Line.Welcomed(mode, persons)
	r.counted = append(r.counted, welcome{r.opt.Line.Now(), mode, persons})
}

// passer counts a passer-by.
func (r *Role) passer() {
	r.welcomed(queue.ModePasserBy, 1)
	r.say("reception.done.passer", "Count", passersBy(r.counted))
}

// group counts a group or a class that came, by how many they are.
func (r *Role) group(persons int) {
	if persons < 2 || persons > queue.MaxPersons {
		r.warn("adviser.why.persons")
		return
	}
	r.welcomed(r.picked, persons)
	r.say(doneGroup(r.picked), "Count", persons)
	r.leave()
}

// doneGroup is the phrase that somebody of this mode was counted.
func doneGroup(mode string) string {
	if mode == queue.ModeClass {
		return "reception.done.class"
	}
	return "reception.done.group"
}

// takeBack takes the last of them back while its hour lasts: later the hour has
// been counted.
func (r *Role) takeBack() {
	n, now := len(r.counted), r.opt.Line.Now()
	if n == 0 || !r.counted[n-1].at.Truncate(time.Hour).Equal(now.Truncate(time.Hour)) {
		r.warn("reception.why.no-passer")
		return
	}
	last := r.counted[n-1]
	r.counted = r.counted[:n-1]
	r.opt.Line.Welcomed(last.mode, -last.persons)
	if last.mode != queue.ModePasserBy {
		r.say(doneGroup(last.mode)+"-back", "Count", last.persons)
		return
	}
	r.say("reception.done.taken-back", "Count", passersBy(r.counted))
}

// noUndo says why nothing that was done to a ticket can be taken back.
const noUndo = "staff.no-undo"

// undo takes back what was done last to the ticket found.
func (r *Role) undo() {
	switch {
	case !r.view().undoable():
		r.warn(noUndo)
	default:
		r.askAbout(queue.Ask{Do: queue.DoTakeBack})
	}
}

// undoable tells whether the last thing done to the ticket found can be taken back.
func (v *view) undoable() bool {
	return v.found != nil && v.found.Undo != nil && !v.now.After(v.found.Undo.Until)
}

func (v *view) ticketKeys() []screen.KeyHint {
	return []screen.KeyHint{
		{ID: idUndo, Key: "Z", Label: v.say.Say("reception.do.undo"), Disabled: v.off() || !v.undoable()},
		staff.Back(v.say),
	}
}

// levelChoices are the levels of priority, the ticket's own ticked.
func (v *view) levelChoices() (list []staff.Choice) {
	for level := range v.levels + 1 {
		list = append(list, staff.Choice{
			ID: "level:" + strconv.Itoa(level), Label: v.levelName(level), Off: v.off(),
			On: v.found != nil && v.found.Level == level,
		})
	}
	return list
}

func (v *view) levelName(level int) string {
	if level == 0 {
		return v.say.Say("reception.no-level")
	}
	return v.say.Say("reception.level", "Level", level)
}
