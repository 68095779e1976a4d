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
	idOpen     = "open"
	idClose    = "close"
	idCalendar = "calendar"
	idDay      = "day"
	idAnnounce = "announce"
	idSilence  = "silence"
	idMove     = "move"
	idYes      = "yes"
)

// Act does what a target stands for.
func (r *Role) Act(id string) {
	if kind, key, ok := strings.Cut(id, ":"); ok {
		r.pick(kind, key)
		return
	}
	switch id {
	case screen.IDHelp:
		r.dialog = help
	case screen.IDBack:
		r.back()
	case idYes:
		r.confirm()
	case idTyped:
		r.dialog, r.draft = typing, draft{}
	case idNext:
		r.next()
	default:
		r.ask(id)
	}
}

// pick takes one thing of several.
func (r *Role) pick(kind, key string) {
	switch kind {
	case "service":
		r.service = key
	case "page":
		r.page = page(key)
	case "phrase":
		r.dialog, r.draft = until, draft{phrase: key}
	case "until":
		r.announce(key)
	case "silence":
		r.silence(key)
	case "desk":
		r.dialog, r.move = moveTo, move{desk: key, services: slices.Clone(r.view().desk(key).Services)}
	case "to":
		r.move.tick(key)
	}
}

// back leaves a dialog for what it was opened from.
func (r *Role) back() {
	switch r.dialog {
	case until:
		r.dialog = announce
		if r.draft.phrase == "" {
			r.dialog = typing
		}
	case typing:
		r.dialog = announce
	case moveTo:
		r.dialog = moveDesk
	default:
		r.dialog = noDialog
	}
}

// Key moves the choice, and answers keys that cannot be used now with the reason.
func (r *Role) Key(k screen.Key) bool {
	switch r.dialog {
	case noDialog:
	case typing:
		return r.typed(k)
	case announce:
		return r.digit(k)
	case moveTo:
		if k.Code == screen.KeyEnter {
			r.confirm()
			return true
		}
		return false
	default:
		return false
	}
	switch k.Code {
	case screen.KeyUp:
		r.choose(-1)
	case screen.KeyDown:
		r.choose(1)
	case screen.KeyRune:
		if k.Rune == 'm' || k.Rune == 'M' {
			r.mute()
			return true
		}
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
	case 'H':
		return idCalendar
	case 'J':
		return idDay
	case 'A':
		return idAnnounce
	case 'R':
		return idSilence
	case 'D':
		return idMove
	}
	return ""
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
	r.scrolls.sheet = screen.Scroll{}
	r.dialog = map[string]dialog{
		idOpen: openService, idClose: closeService, idCalendar: byCalendar, idDay: closeDay,
		idAnnounce: announce, idSilence: silence, idMove: moveDesk,
	}[id]
	switch {
	case id == idDay && v.floor.Closed:
		r.dialog = openDay
	case id == idAnnounce && len(v.notices) >= wire.MaxNotices:
		r.dialog, r.note = silence, staff.Say(r.opt.Say.Say("refused.two-notices"), true)
	}
}

// confirm carries out what the dialog asked about.
func (r *Role) confirm() {
	a := queue.Ask{Service: r.service}
	switch r.dialog {
	case openService:
		a.Do = queue.DoOpenService
	case closeService:
		a.Do = queue.DoCloseService
	case byCalendar:
		a.Do = queue.DoByCalendar
	case closeDay:
		a = queue.Ask{Do: queue.DoCloseDay}
	case openDay:
		a = queue.Ask{Do: queue.DoOpenDay}
	case moveTo:
		if len(r.move.services) == 0 {
			r.note = staff.Say(r.opt.Say.Say("adviser.why.no-service"), true)
			return
		}
		a = queue.Ask{Do: queue.DoMoveDesk, Desk: r.move.desk, Services: r.move.services}
	default:
		return
	}
	r.dialog = noDialog
	if r.view().unable() == "" && r.asks.Send(a) {
		r.note = staff.Note{}
	}
}

// done says what was carried out.
func (r *Role) done(a queue.Ask, _ wire.Reply) {
	text := r.opt.Say.Say("coordinator.done." + string(a.Do))
	switch v := r.view(); {
	case a.Service != "":
		text = v.pole(a.Service) + " : " + text
	case a.Desk != "":
		text = v.deskName(a.Desk) + " : " + text
	}
	r.note = staff.Say(text, false)
}

// refused says why something was not carried out.
func (r *Role) refused(_ queue.Ask, why queue.Refusal) {
	r.note = staff.Say(r.opt.Say.Say(string(why)), true)
}

// unable is the phrase of what keeps anything from being asked now, "" when
// nothing does.
func (v *view) unable() string {
	switch {
	case v.asking != "":
		return "adviser.why.asking"
	case v.doubtful != "":
		return "adviser.why.doubt"
	case !v.hub || !v.known:
		return "refused.not-connected"
	}
	return ""
}

// hinders is the phrase of what keeps a command from being done now.
func (v *view) hinders(id string) string {
	if why := v.unable(); why != "" {
		return why
	}
	switch id {
	case idDay:
		return ""
	case idAnnounce:
		return ""
	case idSilence:
		if len(v.notices) == 0 {
			return "coordinator.no-notice"
		}
		return ""
	}
	if v.floor.Closed {
		return string(queue.DayIsClosed)
	}
	if id == idMove {
		if len(v.present()) == 0 {
			return "coordinator.no-desk"
		}
		return ""
	}
	return v.hindersService(id)
}

func (v *view) hindersService(id string) string {
	row, known := v.row(v.service)
	switch {
	case !known:
		return string(queue.UnknownPlace)
	case id == idOpen && row.Open, id == idClose && !row.Open, id == idCalendar && row.Override == "":
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
