package visitor

import (
	"crypto/rand"
	"slices"
	"time"

	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/uplink"
)

// place is one of the kiosk's screens.
type place string

// The places of a visit.
const (
	atAttract   place = "attract"
	atQuestions place = "questions"
	atQuestion  place = "question" // the second level
	atAnswer    place = "answer"
	atTicket    place = "ticket"
	atTrouble   place = "trouble" // no ticket could be given
	atLater     place = "later"   // for who cannot wait
	atDistance  place = "distance"
	atThemes    place = "themes"
	atBrowse    place = "browse"
	atResource  place = "resource"
	atWorkshop  place = "workshop"
	atWifi      place = "wifi" // how to join the network
	atRoom      place = "room" // what there is to sit, read and work
	atPrograms  place = "programs"
	atWork      place = "work" // beside a program that runs
	atReception place = "reception"
	atLanguage  place = "language"
	atHelp      place = "help"
	atWords     place = "words" // saying it in one's own words
)

// stop is one step of the way through the screens, with all it takes to show
// it again.
type stop struct {
	at       place
	question string // key
	service  string // key
	item     string // key of a resource or a workshop
	shelf    shelf  // the part of the resources that is open
	trouble  trouble
	scroll   *screen.Scroll
}

// name tells one screen from another.
func (s stop) name() string {
	name := string(s.at)
	for _, part := range []string{s.question, s.service, s.item, string(s.shelf), string(s.trouble)} {
		if part != "" {
			name += "/" + part
		}
	}
	return name
}

// visit is everything known of the person in front of the screen. It is thrown
// away whole at the end.
type visit struct {
	begun    bool
	lang     string
	large    bool
	contrast bool
	sound    bool
	read     listening
	way      []stop // the last is shown; empty at the attract screen
	presses  map[string]string
	busy     bool   // a ticket is being issued
	typed    []rune // in the visitor's own words; never leaves their screen
	held     *held
	called   *wire.Call // of the ticket in hand, once it was
	paper    printing   // of the ticket in hand

	work       *work
	workEnded  bool // the program has just ended
	workFailed bool // or would not open
}

// held is a ticket in the visitor's hand, with what was announced on it.
type held struct {
	uplink.Ticket
	service, question string
	at                time.Time
}

// stop is where the ticket is shown.
func (h held) stop() stop { return stop{at: atTicket, question: h.question, service: h.service} }

func newVisit(s *site.Site) *visit {
	return &visit{lang: s.Languages[0], presses: map[string]string{}}
}

// here is the stop that is shown.
func (v *visit) here() stop {
	if len(v.way) == 0 {
		return stop{at: atAttract}
	}
	return v.way[len(v.way)-1]
}

// passed says whether the way leads by a place.
func (v *visit) passed(at place) bool {
	return slices.ContainsFunc(v.way, func(s stop) bool { return s.at == at })
}

// goTo goes one stop further. Going to a place of the way goes back to it, so
// that help and language open once.
func (v *visit) goTo(s stop) {
	if s.scroll == nil {
		s.scroll = &screen.Scroll{}
	}
	if i := slices.IndexFunc(v.way, func(o stop) bool { return o.name() == s.name() }); i >= 0 {
		v.way = v.way[:i+1]
		return
	}
	v.way = append(v.way, s)
}

// replace shows another stop in place of the one that is shown.
func (v *visit) replace(s stop) {
	v.way = v.way[:len(v.way)-1]
	v.goTo(s)
}

// pressFor names the press for a ticket of a service: the same for the whole
// visit, however often the button is pressed.
func (v *visit) pressFor(service string) string {
	if v.presses[service] == "" {
		v.presses[service] = rand.Text()
	}
	return v.presses[service]
}
