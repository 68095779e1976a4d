package coordinator

import "accueil/kiosk/staff"

// alarms are the warnings that have been rung for.
type alarms struct {
	rung  map[string]bool // nil before the first view
	muted bool
}

// Changed rings once for warnings that have begun since the last view. Those that
// are there when the terminal starts are only shown.
func (r *Role) Changed() {
	floor, known := r.opt.Line.Coordinator()
	if !known {
		return
	}
	now, fresh := map[string]bool{}, false
	for _, row := range floor.Services {
		for _, what := range row.Warn {
			key := row.Service + " " + what
			now[key] = true
			fresh = fresh || r.alarms.rung != nil && !r.alarms.rung[key]
		}
	}
	r.alarms.rung = now
	if fresh && !r.alarms.muted && r.opt.Beep != nil {
		r.opt.Beep()
	}
}

// mute turns the sound of warnings off, and on again.
func (r *Role) mute() {
	r.alarms.muted = !r.alarms.muted
	key := "coordinator.sound-on"
	if r.alarms.muted {
		key = "coordinator.sound-off"
	}
	r.note = staff.Say(r.opt.Say.Say(key), false)
}
