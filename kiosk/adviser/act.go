package adviser

import (
	"strings"
	"time"

	"accueil/internal/queue"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

const (
	// strikeGap is how long the space bar rests between two steps. A held key
	// repeats after 0.66 s at most; it must not run from call to start to finish.
	strikeGap = 800 * time.Millisecond
	// recallAfter is how long a person is given to come before the next call.
	recallAfter = 5 * time.Second
)

// Act does what a target stands for.
func (r *Role) Act(id string) {
	if kind, key, ok := strings.Cut(id, ":"); ok {
		r.actOn(kind, key)
		return
	}
	switch id {
	case cmdNext:
		r.next()
	case screen.IDBack:
		r.back()
	case idEnter:
		r.enter()
	case idOpenDesk, idTakeOver, idServices, idLanguages, idCloseDesk, idCloseYes:
		r.actOnDesk(id)
	default:
		r.command(id)
	}
}

// Key answers the keys of commands that cannot be done now, with the reason,
// and Enter where a sheet has a way on without a choice.
func (r *Role) Key(k screen.Key) bool {
	switch {
	case k.Code == screen.KeyEnter:
		return r.enter()
	case r.sheet == minutes || r.sheet == persons:
		return staff.TypeNumber(&r.typed, k)
	}
	if k.Code != screen.KeyRune || r.desk == "" || r.sheet != noSheet || r.view().state.State == "closed" {
		return false
	}
	if topic := int(k.Rune - '1'); topic >= 0 && topic < min(9, len(r.view().topics())) {
		r.actOn("topic", r.view().topics()[topic].Key)
		return true
	}
	id, ok := commandOf(k.Rune)
	switch {
	case k.Rune == ' ':
		id, ok = cmdNext, true
	case k.Rune >= '1' && int(k.Rune-'0') <= len(r.view().state.Parked):
		id, ok = cmdResume, true // the line of those aside does it where it can be done
	}
	if ok {
		r.command(id)
	}
	return ok
}

// command carries out a command of the work screen, or says why it cannot.
func (r *Role) command(id string) {
	v := r.view()
	if why := v.hinders(id); why != "" {
		r.explain(v, why)
		return
	}
	switch id {
	case cmdNext:
		r.next()
	case cmdRecall:
		r.send(queue.Ask{Do: queue.DoRecall})
	case cmdStart:
		r.send(queue.Ask{Do: queue.DoStart})
	case cmdAbsent:
		r.send(queue.Ask{Do: queue.DoNoShow})
	case cmdPark:
		r.send(queue.Ask{Do: queue.DoPark})
	case cmdUndo:
		r.send(queue.Ask{Do: queue.DoUndo})
	default:
		r.open(id)
	}
}

// explain says what keeps something from being done, unless the screen says so
// already.
func (r *Role) explain(v *view, why string) {
	if v.hub && v.asking == "" && v.doubtful == "" {
		r.warn(why)
	}
}

// next takes the step under the space bar: call, start, finish, or go on after
// a pause.
func (r *Role) next() {
	rested := time.Since(r.struck) >= strikeGap
	r.struck = time.Now()
	v := r.view()
	if why := v.hinders(cmdNext); why != "" {
		r.explain(v, why)
		return
	}
	if !rested {
		return
	}
	switch v.screen() {
	case "paused":
		r.send(queue.Ask{Do: queue.DoOpenDesk, Services: v.state.Services, Languages: v.state.Languages})
	case "free":
		r.send(queue.Ask{Do: queue.DoCall})
	case "called":
		r.send(queue.Ask{Do: queue.DoStart})
	case "serving":
		r.send(queue.Ask{Do: queue.DoFinish})
	case "contact":
		r.send(queue.Ask{Do: queue.DoEndContact})
	}
}
