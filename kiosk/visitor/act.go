package visitor

import (
	"slices"
	"strings"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// What a target does stands before the colon of its name, on what after it.
const (
	doWake      = "wake"
	doSpeak     = "speak"    // :language
	doAsk       = "ask"      // :question
	doGeneral   = "general"  // the question of this screen, none of those below it
	doTake      = "take"     // a ticket
	doTicket    = "ticket"   // see it again
	doBrowse    = "browse"   // what there is to read on the question here
	doTheme     = "theme"    // :service, what there is to read there
	doShelf     = "shelf"    // :shelf
	doResource  = "resource" // :resource
	doWorkshop  = "workshop" // :workshop
	doTalk      = "talk"     // :service, to someone there
	doThemes    = "themes"
	doWifi      = "wifi"
	doRoom      = "room"
	doPrograms  = "programs"
	doWork      = "work"   // :program
	doWorked    = "worked" // ready, erase it all
	doReception = "reception"
	doQuestions = "questions"
	doOthers    = "others"   // the questions below the one of this screen
	doMeant     = "meant"    // :question, what was said in one's own words
	doPrint     = "print"    // the ticket in hand
	doLater     = "later"    // what helps who cannot wait
	doDistance  = "distance" // :way to ask from a distance
	doDone      = "done"
	doStay      = "stay"
)

// Act implements screen.Role.
func (r *Role) Act(id string) {
	v := r.visit
	switch {
	case r.left > 0:
		if id == screen.IDBack {
			r.end()
		}
	case v.busy: // the ticket comes in a moment: nothing else counts until then
	case !r.actBar(id):
		verb, on, _ := strings.Cut(id, ":")
		r.act(verb, on)
	}
	r.visit.forgetTyped()
}

// actBar acts on the bottom bar.
func (r *Role) actBar(id string) bool {
	switch id {
	case screen.IDBack:
		r.back()
	case screen.IDHelp:
		r.toggle(atHelp)
	case screen.IDLanguage:
		r.toggle(atLanguage)
	case screen.IDSound:
		r.toggleSound()
	case screen.IDSize:
		r.visit.large = !r.visit.large
	case screen.IDContrast:
		r.contrast(!r.visit.contrast)
	default:
		return false
	}
	return true
}

func (r *Role) act(verb, on string) {
	here := r.visit.here()
	if text, ok := screen.Typed(verb + ":" + on); ok {
		r.visit.typeText(text)
		return
	}
	switch verb {
	case doWake:
		r.begin(r.visit.lang)
	case doSpeak:
		r.speak(on)
	case doAsk:
		r.ask(on)
	case doMeant:
		r.meant(on)
	case doGeneral:
		r.general(here.question)
	case doTake:
		r.take()
	case doPrint:
		r.print()
	case doDone:
		r.leave()
	case doWork:
		r.work(on)
	case doWorked:
		r.end()
	default:
		r.actWay(here, verb, on)
	}
}

// actWay acts on the targets that only lead to another screen.
func (r *Role) actWay(here stop, verb, on string) {
	v := r.visit
	switch verb {
	case doTicket:
		v.goTo(v.held.stop())
	case doBrowse:
		v.goTo(r.shelves(stop{at: atBrowse, question: here.question, service: here.service}))
	case doTheme:
		v.goTo(r.shelves(stop{at: atBrowse, service: on}))
	case doShelf:
		here.shelf, here.scroll = shelf(on), nil
		v.replace(here)
	case doResource:
		v.goTo(stop{at: atResource, question: here.question, service: here.service, item: on})
	case doWorkshop:
		v.goTo(stop{at: atWorkshop, question: here.question, service: here.service, item: on})
	case doLater:
		v.goTo(stop{at: atLater, question: here.question, service: here.service})
	case doDistance:
		v.goTo(stop{at: atDistance, question: here.question, service: here.service, item: on})
	case doTalk:
		v.goTo(stop{at: atAnswer, question: here.question, service: on})
	case doThemes:
		v.goTo(stop{at: atThemes})
	case doPrograms:
		v.workEnded, v.workFailed = false, false
		v.goTo(stop{at: atPrograms})
	case doWifi:
		v.goTo(stop{at: atWifi})
	case doRoom:
		v.goTo(stop{at: atRoom})
	case doReception:
		v.goTo(stop{at: atReception})
	case doQuestions:
		v.goTo(stop{at: atQuestions})
	case doOthers:
		v.goTo(stop{at: atQuestion, question: here.question, service: here.service})
	}
}

// begin starts a visit in a language.
func (r *Role) begin(lang string) {
	r.visit.begun, r.visit.lang = true, lang
	r.visit.goTo(stop{at: atQuestions})
	r.rest()
	r.opt.Line.Began(lang)
}

// speak changes the language: on the attract screen it begins the visit, from
// the list of languages it goes back to where the visitor was.
func (r *Role) speak(lang string) {
	if !slices.Contains(r.opt.Site.Languages, lang) {
		return
	}
	if !r.visit.begun {
		r.begin(lang)
		return
	}
	r.visit.lang = lang
	r.back()
}

// ask follows a question to its children or to where it leads.
func (r *Role) ask(question string) {
	q, ok := r.opt.Site.Question(question)
	if !ok {
		return
	}
	if q.Leads == site.LeadsWords {
		r.visit.goTo(stop{at: atWords, question: q.Key})
		return
	}
	if len(q.Children) > 0 {
		r.visit.goTo(stop{at: atQuestion, question: q.Key, service: q.Service})
		return
	}
	r.lead(q)
}

// general follows a question that has children to its own service: none of
// them was the visitor's.
func (r *Role) general(question string) {
	if q, ok := r.opt.Site.Question(question); ok && q.Service != "" {
		r.lead(q)
	}
}

func (r *Role) lead(q site.Question) {
	r.opt.Line.Asked(q.Key, r.visit.lang)
	switch {
	case q.Leads == site.LeadsReception:
		r.visit.goTo(stop{at: atReception, question: q.Key})
	case q.Leads == site.LeadsBrowse:
		r.visit.goTo(stop{at: atThemes, question: q.Key})
	default:
		r.visit.goTo(stop{at: atAnswer, question: q.Key, service: q.Service})
	}
}

// back goes one stop back; from the first it ends the visit.
func (r *Role) back() {
	v := r.visit
	if len(v.way) <= 1 {
		r.leave()
		return
	}
	v.way = v.way[:len(v.way)-1]
}

// toggle opens a screen of the bottom bar, or closes it again.
func (r *Role) toggle(at place) {
	if r.visit.here().at == at {
		r.back()
		return
	}
	r.visit.goTo(stop{at: at})
}

func (r *Role) contrast(on bool) {
	r.visit.contrast = on
	r.opt.SetTheme(r.theme())
}

// leave ends the visit, unless a program runs: that takes more than a way back.
func (r *Role) leave() {
	if r.visit.work != nil {
		r.visit.way = r.visit.way[:0]
		r.visit.goTo(stop{at: atWork})
		return
	}
	r.end()
}

// end forgets the visitor and returns to the attract screen.
func (r *Role) end() {
	if r.visit.contrast {
		r.contrast(false)
	}
	r.left = 0
	r.hush()
	r.quit()
	if s := r.next; s != nil {
		if almanac, err := s.Almanac(); err == nil { // Renew has tried it
			r.opt.Site, r.almanac = s, almanac
		}
		r.next = nil
	}
	if r.visit.held != nil {
		r.opt.Keep(nil)
	}
	r.visit = newVisit(r.opt.Site)
}
