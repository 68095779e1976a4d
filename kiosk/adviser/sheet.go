package adviser

import (
	"maps"
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// sheet is what lies over the work screen; its value is the screen's name.
type sheet string

const (
	noSheet    sheet = ""
	takeOver   sheet = "taken"      // the desk is open already
	topics     sheet = "topics"     // what the interview was about
	transfer   sheet = "transfer"   // to which service
	walkFrom   sheet = "walk-from"  // which service somebody without a ticket wants
	walkIn     sheet = "walk-in"    // and with which question
	deskMenu   sheet = "desk"       // pause, services, close
	services   sheet = "services"   // of an open desk
	closing    sheet = "closing"    // although somebody is put aside
	particular sheet = "particular" // call somebody who is not next
	help       sheet = "help"
)

// open opens the sheet of a command.
func (r *Role) open(id string) {
	r.scroll.Top, r.note = 0, staff.Note{}
	switch id {
	case cmdFinish:
		r.sheet = topics
	case cmdTransfer:
		r.sheet = transfer
	case cmdWalkIn:
		r.openWalkIn()
	case cmdDesk:
		r.sheet = deskMenu
	case screen.IDHelp:
		r.sheet = help
	}
}

// Targets of the sheets.
const (
	idEnter     = "enter"
	idOpenDesk  = "open-desk"
	idTakeOver  = "take-over"
	idServices  = "services"
	idCloseDesk = "close-desk"
	idCloseYes  = "close-yes"
)

// actOnDesk acts on a target of the sheets about the desk itself.
func (r *Role) actOnDesk(id string) {
	switch id {
	case idOpenDesk:
		r.struck = time.Now() // the space bar that opened the desk must not call too
		r.openDesk()
	case idTakeOver:
		r.choose(r.picked)
	case idServices:
		r.sheet = services
		r.chosen = map[string]bool{}
		for _, s := range r.view().state.Services {
			r.chosen[s] = true
		}
	case idCloseDesk:
		r.closeDesk()
	case idCloseYes:
		r.ask(queue.Ask{Do: queue.DoCloseDesk})
	}
}

// openWalkIn skips the question of the service where the desk has only one.
func (r *Role) openWalkIn() {
	r.sheet = walkFrom
	if own := r.view().state.Services; len(own) == 1 {
		r.sheet, r.picked = walkIn, own[0]
	}
}

// openDesk opens the desk for the services ticked, in the order of the site.
func (r *Role) openDesk() {
	var keys []string
	for _, s := range r.opt.Site.Services {
		if r.chosen[s.Key] {
			keys = append(keys, s.Key)
		}
	}
	if len(keys) == 0 {
		r.warn("adviser.why.no-service")
		return
	}
	r.ask(queue.Ask{Do: queue.DoOpenDesk, Services: keys})
}

// closeDesk asks again when somebody put aside would be forgotten.
func (r *Role) closeDesk() {
	v := r.view()
	switch {
	case v.state.Ticket != nil:
		r.warn(string(queue.DeskBusy))
	case len(v.state.Parked) > 0:
		r.sheet = closing
	default:
		r.ask(queue.Ask{Do: queue.DoCloseDesk})
	}
}

// ask sends unless something keeps the desk from asking.
func (r *Role) ask(a queue.Ask) {
	if v := r.view(); v.off() {
		r.explain(v, v.blocked())
		return
	}
	r.send(a)
}

// send asks the hub about this desk.
func (r *Role) send(a queue.Ask) {
	a.Desk = r.desk
	if r.asks.Send(a) {
		r.note = staff.Note{}
	}
}

// actOn acts on one thing of a list.
func (r *Role) actOn(kind, key string) {
	switch kind {
	case "at":
		r.chooseOrAsk(key)
	case "tick":
		r.chosen = maps.Clone(r.chosen)
		r.chosen[key] = !r.chosen[key]
	case "from":
		r.sheet, r.picked = walkIn, key
	case "who":
		r.sheet, r.picked = particular, key
	default:
		r.askAbout(kind, key)
	}
}

// chooseOrAsk takes a desk, or asks first when it is open already.
func (r *Role) chooseOrAsk(desk string) {
	if d := r.view().desks[desk]; d.State == "open" || d.State == "paused" {
		r.sheet, r.picked = takeOver, desk
		return
	}
	r.choose(desk)
}

// askAbout asks the hub about one thing of a list.
func (r *Role) askAbout(kind, key string) {
	switch kind {
	case "topic":
		r.ask(queue.Ask{Do: queue.DoFinish, Topic: key})
	case "to":
		r.ask(queue.Ask{Do: queue.DoTransfer, Service: key})
	case "with":
		r.ask(queue.Ask{Do: queue.DoReceive, Service: r.picked, Question: key})
	case "pause":
		r.ask(queue.Ask{Do: queue.DoPauseDesk, Reason: key})
	case "call":
		r.struck = time.Now()
		r.ask(queue.Ask{Do: queue.DoCall, Ticket: queue.TicketID(key)})
	case "resume":
		r.ask(queue.Ask{Do: queue.DoResume, Ticket: queue.TicketID(key)})
	}
}

// enter goes on without a choice where a sheet allows that.
func (r *Role) enter() bool {
	switch r.Screen() {
	case string(topics):
		r.askAbout("topic", "")
	case string(walkIn):
		r.askAbout("with", "")
	default:
		return false
	}
	return true
}

// back closes the sheet, or lets another desk be chosen before this one is open.
func (r *Role) back() {
	switch {
	case r.sheet == walkIn && len(r.view().state.Services) > 1:
		r.sheet = walkFrom
	case r.sheet != noSheet:
		r.sheet, r.picked = noSheet, ""
	case r.view().state.State == "closed":
		r.leaveDesk()
	}
	r.scroll.Top = 0
}

// pauseReasons are the reasons offered for a pause. Journals keep them: a
// reason is never renamed.
func pauseReasons() []string { return []string{"break", "lunch", "meeting", "remote"} }

// questionsOf are the questions that lead to a service, the second level where
// there is one.
func questionsOf(s *site.Site, service string) []site.Question {
	var found []site.Question
	for _, q := range s.Questions {
		below := slices.DeleteFunc(slices.Clone(q.Children), func(child site.Question) bool {
			to, ok := s.ServiceOf(child.Key)
			return !ok || to.Key != service
		})
		if to, ok := s.ServiceOf(q.Key); len(below) == 0 && ok && to.Key == service {
			below = []site.Question{q}
		}
		found = append(found, below...)
	}
	return found
}
