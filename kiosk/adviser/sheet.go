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
	languages  sheet = "languages"  // spoken at the desk
	closing    sheet = "closing"    // what becomes of those put aside
	reasons    sheet = "reasons"    // why somebody is transferred
	fits       sheet = "fits"       // whom to call, by language or question
	came       sheet = "came"       // who is here after all
	why        sheet = "why"        // the queue is in this order
	farFrom    sheet = "far-from"   // for which service somebody is helped at a distance
	distance   sheet = "distance"   // how
	minutes    sheet = "minutes"    // that it took
	persons    sheet = "persons"    // in the group
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
	case cmdDistance:
		r.openDistance()
	case cmdFits:
		r.sheet = fits
	case cmdBack:
		r.sheet = came
	case cmdWhy:
		r.sheet = why
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
	idLanguages = "languages"
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
		r.chosen = ticked(r.view().state.Services)
	case idLanguages:
		r.sheet = languages
		if v := r.view(); v.state.State != "closed" {
			r.spoken = ticked(v.state.Languages)
		}
	case idCloseDesk:
		r.closeDesk()
	case idCloseYes:
		r.ask(queue.Ask{Do: queue.DoCloseDesk})
	}
}

func ticked(keys []string) map[string]bool {
	on := map[string]bool{}
	for _, k := range keys {
		on[k] = true
	}
	return on
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
	r.ask(queue.Ask{Do: queue.DoOpenDesk, Services: keys, Languages: ticks(r.spoken)})
}

// closeDesk asks first what becomes of each who was put aside.
func (r *Role) closeDesk() {
	v := r.view()
	r.going = false
	switch {
	case v.busy():
		r.warn(string(queue.DeskBusy))
	case len(v.state.Parked) > 0:
		r.sheet, r.going = closing, true
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
	case "speak":
		r.spoken = maps.Clone(r.spoken)
		r.spoken[key] = !r.spoken[key]
	case "from":
		r.sheet, r.picked = walkIn, key
	case "far-from":
		r.sheet, r.picked = distance, key
	case "to":
		r.sheet, r.picked = reasons, key
	case "told":
		r.sheet, r.mode, r.typed = minutes, key, ""
	case "many":
		r.sheet, r.mode, r.typed = persons, key, ""
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
		r.finish(key)
	case "because":
		r.ask(queue.Ask{Do: queue.DoTransfer, Service: r.picked, Reason: key})
	case "speaking":
		r.call(queue.Ask{Language: key})
	case "about":
		r.call(queue.Ask{Question: key})
	case "came":
		r.ask(queue.Ask{Do: queue.DoReinstate, Ticket: queue.TicketID(key)})
	case "over":
		r.ask(queue.Ask{Do: queue.DoFinish, Ticket: queue.TicketID(key)})
	case "gone":
		r.ask(queue.Ask{Do: queue.DoGiveUp, Ticket: queue.TicketID(key)})
	case "begin":
		r.ask(queue.Ask{Do: queue.DoBeginContact, Service: r.picked, Mode: key})
	case "email":
		r.ask(queue.Ask{Do: queue.DoContact, Service: r.picked, Mode: queue.ModeEmail})
	case "took":
		r.tell(key)
	case "with":
		r.ask(queue.Ask{Do: queue.DoReceive, Service: r.picked, Question: key})
	case "pause":
		r.ask(queue.Ask{Do: queue.DoPauseDesk, Reason: key})
	case "call":
		r.call(queue.Ask{Ticket: queue.TicketID(key)})
	case "resume":
		r.ask(queue.Ask{Do: queue.DoResume, Ticket: queue.TicketID(key)})
	}
}

// saveLanguages tells the hub what an open desk speaks; before it is open they
// are told when it opens.
func (r *Role) saveLanguages() {
	v := r.view()
	if v.state.State == "closed" {
		r.sheet = noSheet
		return
	}
	r.ask(queue.Ask{Do: queue.DoOpenDesk, Services: v.state.Services, Languages: ticks(r.spoken)})
}

// call calls somebody who need not be next.
func (r *Role) call(a queue.Ask) {
	r.struck, a.Do = time.Now(), queue.DoCall
	r.ask(a)
}

// finish ends the interview, or the contact, with a topic.
func (r *Role) finish(topic string) {
	if r.view().state.Contact != nil {
		r.ask(queue.Ask{Do: queue.DoEndContact, Topic: topic})
		return
	}
	r.ask(queue.Ask{Do: queue.DoFinish, Topic: topic})
}

// enter goes on without a choice where a sheet allows that.
func (r *Role) enter() bool {
	switch r.Screen() {
	case string(topics):
		r.askAbout("topic", "")
	case string(walkIn):
		r.askAbout("with", "")
	case string(reasons):
		r.askAbout("because", "")
	case string(minutes), string(persons):
		r.tell(r.typed)
	case string(languages):
		r.saveLanguages()
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
	case r.sheet == distance && len(r.view().state.Services) > 1:
		r.sheet = farFrom
	case r.sheet == reasons:
		r.sheet = transfer
	case r.sheet == minutes, r.sheet == persons:
		r.sheet = distance
	case r.sheet != noSheet:
		r.sheet, r.picked, r.going = noSheet, "", false
	case r.view().state.State == "closed":
		r.leaveDesk()
	}
	r.scroll.Top = 0
}

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
