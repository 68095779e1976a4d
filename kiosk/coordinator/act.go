package coordinator

import (
	"slices"
	"strconv"
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
	idMute     = "mute"
	idYes      = "yes"
)

// Act does what a target stands for.
func (r *Role) Act(id string) { r.turning(func() { r.act(id) }) }

// turning ends what was said about the screen that is left; what is said on the way
// to the next belongs to that.
func (r *Role) turning(do func()) {
	before, from := r.note, r.Screen()
	if do(); r.Screen() != from && r.note == before {
		r.note = staff.Note{}
	}
}

func (r *Role) act(id string) {
	if text, ok := screen.Typed(id); ok {
		for _, char := range text {
			r.letterOf(char)
		}
		return
	}
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
	case idAll:
		r.loadAll(0)
	case idUndo:
		r.undo()
	case idTake:
		r.take(string(r.ticket))
	case idSearch:
		r.search()
	case idBack:
		r.about(queue.Ask{Do: queue.DoReinstate})
	case idGone:
		r.about(queue.Ask{Do: queue.DoLeave})
	default:
		r.ask(id)
	}
}

// pick takes one thing of several.
func (r *Role) pick(kind, key string) {
	switch kind {
	case "service":
		r.service, r.page = key, queues // on a large screen another page may be open beside them
	case "page":
		r.turn(page(key))
	case "late":
		r.take(key)
	case "level":
		level, _ := strconv.Atoi(key)
		r.about(queue.Ask{Do: queue.DoLevel, Level: level})
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
	case noDialog:
		r.page = queues
	default:
		r.dialog = noDialog
	}
}

// turn opens a page.
func (r *Role) turn(p page) {
	r.list, r.scrolls.overdue = list{}, screen.Scroll{}
	if p == today && r.page == today {
		p = footfall
	}
	r.page = p
}

// Key moves the choice, and answers keys that cannot be used now with the reason.
func (r *Role) Key(k screen.Key) (taken bool) {
	r.turning(func() { taken = r.key(k) })
	return taken
}

func (r *Role) key(k screen.Key) bool {
	switch r.dialog {
	case noDialog:
	case typing:
		return r.typed(k)
	case announce:
		return r.digit(k)
	case find:
		return r.typeTicket(k)
	case moveTo:
		if k.Code == screen.KeyEnter {
			r.confirm()
			return true
		}
		return false
	case openService, closeService, byCalendar, openDay, closeDay:
		if k.Code != screen.KeyEnter {
			return false
		}
		r.back() // the button that stands out is the way back
		return true
	default:
		return false
	}
	switch k.Code {
	case screen.KeyUp:
		return r.choose(-1)
	case screen.KeyDown:
		return r.choose(1)
	case screen.KeyEscape:
		if r.page == queues {
			return false
		}
		r.back()
	case screen.KeyEnter:
		if _, ok := r.view().chosen(); r.page != overdue || !ok {
			return false
		}
		r.take(string(r.ticket))
	case screen.KeyRune:
		return r.letter(k.Rune)
	default:
		return false
	}
	return true
}

// letter answers the key of a command.
func (r *Role) letter(key rune) bool {
	switch id := keyOf(key); {
	case id == "":
		return false
	case id == idMute:
		r.mute()
	case id == idUndo:
		r.undo()
	default:
		r.ask(id)
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
	case 'M':
		return idMute
	case 'Z':
		return idUndo
	case 'C':
		return idFind
	}
	return ""
}

// choose moves the choice along the services, or along those who wait too long; on
// the other pages, where neither is in sight, it scrolls.
func (r *Role) choose(by int) bool {
	switch r.page {
	case queues:
		r.moveService(by)
	case overdue:
		r.moveTicket(by)
	case devices:
		r.scrolls.devices.Top = max(0, r.scrolls.devices.Top+by)
	default:
		return false
	}
	return true
}

func (r *Role) moveService(by int) {
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
	r.scrolls.sheet, r.wanted = screen.Scroll{}, ""
	r.dialog = map[string]dialog{
		idOpen: openService, idClose: closeService, idCalendar: byCalendar, idDay: closeDay,
		idAnnounce: announce, idSilence: silence, idMove: moveDesk, idFind: find,
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
func (r *Role) done(a queue.Ask, reply wire.Reply) {
	switch {
	case a.Do == wire.DoOverdue:
		r.listed(reply)
		return
	case a.Do == queue.DoFind && reply.Ticket != nil:
		r.foundTicket(*reply.Ticket)
		return
	case reply.Ticket != nil:
		r.settled(a, *reply.Ticket)
		return
	}
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

// row is a service's row.
func (v *view) row(service string) (wire.Row, bool) {
	i := slices.IndexFunc(v.floor.Services, func(r wire.Row) bool { return r.Service == service })
	if i < 0 {
		return wire.Row{}, false
	}
	return v.floor.Services[i], true
}
