package visitor

import (
	"context"
	"fmt"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/printer"
	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
)

// Scene is what an example is made of. Size and theme are the canvas's.
type Scene struct {
	Site     *site.Site
	Book     *phrases.Book
	Language string        // "" is the site's first
	Large    bool          // large print
	Notices  []wire.Notice // what the staff announce
}

// Screens names every screen that Example can show.
func Screens() []string {
	return []string{"attract", "announced", "questions", "question", "answer", "answer-closed", "answer-full", "later", "later-closed", "later-all", "distance", "unreachable", "issuing",
		"ticket", "ticket-own", "ticket-paper", "ticket-no-paper", "not-ready", "turned-away", "not-saved", "too-late", "themes", "browse", "resource", "workshop",
		"room", "wifi", "reception", "words", "language", "help", "idle", "sound", "sound-missing", "programs", "work", "work-called"}
}

// Example is a kiosk that shows one of Screens with example content, on a
// Tuesday at 10:42. It needs no hub; it is for pictures and tests.
func Example(name string, s Scene) (*Role, error) {
	line, err := newSample(s.Site)
	if err != nil {
		return nil, err
	}
	line.public.Notices = s.Notices
	r, err := New(context.Background(), Options{Site: s.Site, Book: s.Book, Line: line,
		Post: func(func()) bool { return false }, SetTheme: func(screen.Theme) {}, Clock: func() time.Time { return time.Unix(0, 0) }})
	if err != nil {
		return nil, err
	}
	e := example{r, line}
	if name == "attract" {
		return r, nil
	}
	r.Act(doWake)
	r.visit.large = s.Large
	if s.Language != "" {
		r.visit.lang = s.Language
	}
	if !e.show(name) {
		return nil, fmt.Errorf("no screen %q", name)
	}
	return r, nil
}

// working shows a documentation PC with two programs.
func (e example) working(name string) {
	e.opt.Workplace = &Workplace{
		Allows:   func([]string) bool { return true },
		Start:    func([]string) (Session, error) { return still(e.ctx.Done()), nil },
		Occupied: func(bool) {},
	}
	e.opt.Name = "pc-07"
	e.Act(doPrograms)
	if name == "programs" {
		return
	}
	e.visit.work = &work{program: e.programs()[0], session: still(nil), until: e.opt.Clock().Add(25 * time.Minute)}
	e.visit.goTo(stop{at: atWork})
	if name == "work-called" {
		e.visit.held = &held{Ticket: e.line.ticket(e.opt.Site.Services[0], false), service: e.opt.Site.Services[0].Key, at: e.now()}
		e.visit.called = &wire.Call{Label: e.visit.held.Label, Desk: e.opt.Site.Desks[0].Key, At: e.now()}
	}
}

// still is a program that stays open.
type still <-chan struct{}

func (s still) Done() <-chan struct{} { return s }
func (still) Err() error              { return nil }
func (still) End()                    {}

// quiet is the voice of an example.
type quiet speech.State

func (quiet) Read(...speech.Piece)  {}
func (quiet) Hush()                 {}
func (q quiet) State() speech.State { return speech.State(q) }

// example leads a kiosk to a screen.
type example struct {
	*Role
	line *sample
}

// show goes to a screen; false if there is no such.
func (e example) show(name string) bool {
	switch name {
	case "announced":
		e.line.public.Notices = []wire.Notice{{ID: "a", Phrase: "notice.workshop", Until: e.line.now.Add(time.Hour)}}
	case "questions":
	case "question":
		e.parent()
	case "language":
		e.Act(screen.IDLanguage)
	case "help":
		e.Act(screen.IDHelp)
	case "idle":
		e.IdleWarn(warnTime)
	case "programs", "work", "work-called":
		e.working(name)
	case "sound":
		e.opt.Voice = quiet(speech.Ready)
		e.Act(screen.IDSound)
	case "sound-missing":
		e.Act(screen.IDSound)
	default:
		return e.showAnswer(name) || e.showReading(name)
	}
	return true
}

func (e example) showAnswer(name string) bool {
	switch name {
	case "answer":
		e.answered(true)
	case "answer-closed":
		e.answered(false)
	case "answer-full":
		e.line.now = e.line.now.Add(7 * time.Hour) // 17:42, and it closes at 18:00
		for i := range e.line.public.Services {
			e.line.public.Services[i].Full = true
		}
		e.answered(true)
	case "later", "distance":
		e.answered(true)
		e.Act(doLater)
		if name == "distance" {
			e.Act(doDistance + ":" + e.linked())
		}
	case "later-all":
		e.led(site.LeadsReception, doReception)
		e.Act(doLater)
	case "later-closed":
		e.answered(false)
		e.Act(doLater)
	case "unreachable":
		e.line.hub = false
		e.answered(true)
	case "issuing":
		e.answered(true)
		e.visit.busy = true
	case "ticket", "ticket-own":
		e.issued(name == "ticket-own")
	case "ticket-paper", "ticket-no-paper":
		e.issued(false)
		e.onPaper(name)
	case "not-ready", "turned-away", "not-saved":
		e.line.turnedAway = name == "turned-away"
		e.line.hub = !e.line.turnedAway
		e.answered(true)
		here := e.visit.here()
		e.visit.goTo(stop{at: atTrouble, question: here.question, service: here.service, trouble: trouble(name)})
	case "too-late":
		e.answered(false)
		here := e.visit.here()
		e.visit.goTo(stop{at: atTrouble, question: here.question, service: here.service, trouble: troubleClosed})
	default:
		return false
	}
	return true
}

func (e example) showReading(name string) bool {
	switch name {
	case "themes":
		e.led(site.LeadsBrowse, doThemes)
	case "browse":
		e.answered(true)
		e.Act(doBrowse)
	case "resource":
		e.Act(doTheme + ":" + e.opt.Site.Services[0].Key)
		e.Act(doResource + ":" + e.address())
	case "workshop":
		e.Act(doTheme + ":" + e.opt.Site.Services[0].Key)
		if w := e.opt.Site.Workshops; len(w) > 0 {
			e.Act(doWorkshop + ":" + w[0].Key)
		}
	case "room", "wifi":
		if name == "wifi" {
			connected := *e.opt.Site
			connected.Wifi = site.Wifi{Name: "Cite-des-metiers", Password: "bienvenue"}
			e.opt.Site = &connected
		}
		e.led(site.LeadsBrowse, doThemes)
		e.Act(doRoom)
		if name == "wifi" {
			e.Act(doWifi)
		}
	case "words":
		e.visit.goTo(stop{at: atWords, question: e.ownWords()})
		e.visit.typeText(e.say().Say("visitor.words-sample"))
	case "reception":
		e.led(site.LeadsReception, doReception)
	default:
		return false
	}
	return true
}

// parent opens the first question that has others below it.
func (e example) parent() {
	for _, q := range e.opt.Site.Questions {
		if len(q.Children) > 0 {
			e.Act(doAsk + ":" + q.Key)
			return
		}
	}
}

// answered goes through the first questions that lead to a service which is
// open or not, or to any service.
func (e example) answered(open bool) {
	var found site.Question
	for q := range e.opt.Site.AllQuestions() {
		service, ok := e.opt.Site.Service(q.Service)
		if !ok || len(q.Children) > 0 {
			continue
		}
		found = q
		if e.standing(service).open == open {
			break
		}
	}
	e.lead(found)
}

// issued hands a ticket over.
func (e example) issued(own bool) {
	e.answered(true)
	here := e.visit.here()
	service, _ := e.opt.Site.Service(here.service)
	e.line.hub = !own
	e.visit.held = &held{Ticket: e.line.ticket(service, own), service: here.service, question: here.question, at: e.now()}
	e.visit.goTo(e.visit.held.stop())
}

// onPaper gives the terminal a printer, and shows what came of it.
func (e example) onPaper(name string) {
	e.opt.Printer = idlePrinter{}
	if name == "ticket-no-paper" {
		e.visit.paper = printing{trouble: printer.PaperOut}
	}
}

// idlePrinter is the printer of an example.
type idlePrinter struct{}

func (idlePrinter) Print(context.Context, printer.Slip) error { return nil }

// address is the key of a resource with an address to take along.
func (e example) address() string {
	for _, res := range e.opt.Site.ResourcesOf(e.opt.Site.Services[0].Key) {
		if res.URL != "" {
			return res.Key
		}
	}
	return ""
}

// linked is the key of a way from a distance with an address.
func (e example) linked() string {
	for _, d := range e.opt.Site.Distance {
		if d.Link() != "" {
			return d.Key
		}
	}
	return ""
}

// ownWords is the question that is answered in one's own words, "" for none.
func (e example) ownWords() string {
	for q := range e.opt.Site.AllQuestions() {
		if q.Leads == site.LeadsWords {
			return q.Key
		}
	}
	return ""
}

// led asks the first question that leads somewhere but to a service; without
// one it acts.
func (e example) led(where, act string) {
	for q := range e.opt.Site.AllQuestions() {
		if q.Leads == where {
			e.lead(q)
			return
		}
	}
	e.Act(act)
}
