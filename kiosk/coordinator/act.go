package coordinator

import (
	"slices"
	"strings"
	"unicode"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// Targets of the key line and the dialogs.
const (
	idOpen  = "open"
	idClose = "close"
	idDay   = "day"
	idYes   = "yes"
)

// Act does what a target stands for.
func (r *Role) Act(id string) {
	if kind, key, ok := strings.Cut(id, ":"); ok {
		switch kind {
		case "service":
			r.service = key
		case "page":
			r.turn(page(key))
		}
		return
	}
	switch id {
	case idOpen, idClose, idDay:
		r.ask(id)
	case screen.IDHelp:
		r.dialog = help
	case screen.IDBack:
		r.dialog = noDialog
	case idYes:
		r.confirm()
	}
}

// Key moves the choice, and answers keys that cannot be used now with the reason.
func (r *Role) Key(k screen.Key) bool {
	if r.dialog != noDialog {
		return false
	}
	switch k.Code {
	case screen.KeyUp:
		r.choose(-1)
	case screen.KeyDown:
		r.choose(1)
	case screen.KeyRune:
		id := keyOf(k.Rune)
		if id != "" {
			r.ask(id)
		}
		return id != ""
	default:
		return false
	}
	return true
}

// keyOf finds the command of a key; the keys are the same in every language.
func keyOf(key rune) string {
	switch unicode.ToUpper(key) {
	case 'O':
		return idOpen
	case 'F':
		return idClose
	case 'J':
		return idDay
	}
	return ""
}

func (r *Role) turn(p page) {
	r.page = p
}

// choose moves the choice along the services.
func (r *Role) choose(by int) {
	all := r.opt.Site.Services
	for i, s := range all {
		if s.Key == r.service {
			r.service = all[max(0, min(i+by, len(all)-1))].Key
			return
		}
	}
}

// ask opens the dialog that asks before a command is carried out, or says why it
// cannot be.
func (r *Role) ask(id string) {
	v := r.view()
	if why := v.hinders(id); why != "" {
		if v.hub && v.asking == "" && v.doubtful == "" { // else the screen says so
			r.note = staff.Say(r.opt.Say.Say(why), true)
		}
		return
	}
	r.dialog = map[string]dialog{idOpen: openService, idClose: closeService, idDay: closeDay}[id]
}

// confirm carries out what the dialog asked about.
func (r *Role) confirm() {
	a := queue.Ask{Service: r.service}
	switch r.dialog {
	case openService:
		a.Do = queue.DoOpenService
	case closeService:
		a.Do = queue.DoCloseService
	case closeDay:
		a = queue.Ask{Do: queue.DoCloseDay}
	default:
		return
	}
	r.dialog = noDialog
	if r.view().blocked() == "" && r.asks.Send(a) {
		r.note = staff.Note{}
	}
}

// done says what was carried out.
func (r *Role) done(a queue.Ask, _ wire.Reply) {
	text := r.opt.Say.Say("coordinator.done." + string(a.Do))
	if a.Service != "" {
		text = r.view().pole(a.Service) + " : " + text
	}
	r.note = staff.Say(text, false)
}

// refused says why something was not carried out.
func (r *Role) refused(_ queue.Ask, why queue.Refusal) {
	r.note = staff.Say(r.opt.Say.Say(string(why)), true)
}

// blocked is the phrase of what keeps anything from being asked now, "" when
// nothing does.
func (v *view) blocked() string {
	switch {
	case v.asking != "":
		return "adviser.why.asking"
	case v.doubtful != "":
		return "adviser.why.doubt"
	case !v.hub || !v.known:
		return "refused.not-connected"
	case v.floor.Closed:
		return string(queue.DayIsClosed)
	}
	return ""
}

// hinders is the phrase of what keeps a command from being done now.
func (v *view) hinders(id string) string {
	if why := v.blocked(); why != "" || id == idDay {
		return why
	}
	row, known := v.row(v.service)
	switch {
	case !known:
		return string(queue.UnknownPlace)
	case id == idOpen && row.Open, id == idClose && !row.Open:
		return string(queue.NothingToDo)
	}
	return ""
}

// row is a service's row.
func (v *view) row(service string) (wire.Row, bool) {
	i := slices.IndexFunc(v.floor.Services, func(r wire.Row) bool { return r.Service == service })
	if i < 0 {
		return wire.Row{}, false
	}
	return v.floor.Services[i], true
}
