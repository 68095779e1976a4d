package adviser

import (
	"context"
	"fmt"
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/staff"
)

// Screens are the screens that Example shows, in the order of a day.
func Screens() []string {
	return []string{"desks", "taken", "opening", "free", "two", "alias", "own", "nobody", "called", "serving", "asking", "particular",
		"topics", "transfer", "reasons", "walk-from", "walk-in", "fits", "came", "why", "far-from", "distance", "minutes", "persons",
		"contact", "desk", "services", "languages", "paused", "closing", "evening", "help", "refused", "doubt", "away", "never"}
}

// Example is the role at one of its screens, with made-up tickets on a fixed
// morning; false when it has no such screen. It asks nobody anything.
func Example(name string, s *site.Site, say phrases.Speaker) (*Role, bool) {
	if !slices.Contains(Screens(), name) || len(s.Services) == 0 || len(s.Desks) == 0 {
		return nil, false
	}
	return newScene(s).example(name, say), true
}

// Crowded is Example with so many people waiting in each queue of the desk.
func Crowded(name string, waiting int, s *site.Site, say phrases.Speaker) (*Role, bool) {
	if !slices.Contains(Screens(), name) || len(s.Services) == 0 || len(s.Desks) == 0 {
		return nil, false
	}
	sc := newScene(s)
	service, _ := s.Service(sc.own[0])
	for i := len(sc.waiting[service.Key]); i < waiting; i++ {
		sc.waiting[service.Key] = append(sc.waiting[service.Key], sc.ticket(service, 42+i, i, 1))
	}
	return sc.example(name, say), true
}

// example is the role at one of its screens, before the scene.
func (sc *scene) example(name string, say phrases.Speaker) *Role {
	r := New(Options{Site: sc.site, Say: say, Line: sc, Post: func(func()) bool { return false }})
	if name != "desks" && name != "taken" {
		r.choose(sc.desk.Key)
	}
	sc.stage(name)
	r.stage(name, sc)
	sc.publish()
	return r
}

// scene is a made-up moment of a floor; it is the Line of an example.
type scene struct {
	site     *site.Site
	now      time.Time
	hub      bool
	age      time.Duration
	silent   bool
	evening  bool     // the hours are over
	own      []string // services of the desk
	desk     wire.Desk
	other    wire.Desk
	waiting  map[string][]wire.Ticket
	services map[string]wire.Service
}

func newScene(s *site.Site) *scene {
	sc := &scene{site: s, hub: true, waiting: map[string][]wire.Ticket{}, services: map[string]wire.Service{}}
	sc.now = time.Date(2026, time.November, 24, 10, 43, 0, 0, zoneOf(s))
	service := s.Services[min(3, len(s.Services)-1)]
	desks := s.DesksOf(service.Key)
	if len(desks) == 0 {
		desks = s.Desks
	}
	sc.own = []string{service.Key}
	sc.desk = wire.Desk{Key: desks[0].Key, State: "open", Services: sc.own, Since: sc.ago(45), Served: 6, Languages: []string{"es", "fr"}}
	talk := sc.ticket(service, 39, 2, 38)
	talk.State, talk.Started, talk.Desk = "serving", sc.ago(18), desks[len(desks)-1].Key
	sc.other = wire.Desk{Key: talk.Desk, State: "open", Services: sc.own, Since: sc.ago(41), Served: 3, Ticket: &talk}
	for i, minutes := range []int{12, 8, 5, 2} {
		t := sc.ticket(service, 42+i, i, minutes)
		sc.waiting[service.Key] = append(sc.waiting[service.Key], t)
	}
	return sc
}

func (sc *scene) ago(minutes int) time.Time { return sc.now.Add(-time.Duration(minutes) * time.Minute) }

func (sc *scene) ticket(s site.Service, n, question, minutes int) wire.Ticket {
	t := wire.Ticket{
		ID: queue.TicketID(fmt.Sprintf("example-%d", n)), Label: queue.HubLabel(s.Letter, n), Service: s.Key,
		Language: []string{"fr", "es", "fr", "en"}[n%4], State: "waiting", Arrived: sc.ago(minutes),
	}
	if all := questionsOf(sc.site, s.Key); len(all) > 0 {
		t.Question = all[question%len(all)].Key
	}
	return t
}

// stage sets the floor for a screen.
func (sc *scene) stage(name string) {
	service, _ := sc.site.Service(sc.own[0])
	mine := sc.ticket(service, 41, 0, 16)
	mine.Desk, mine.Calls, mine.Called = sc.desk.Key, 1, sc.now.Add(-40*time.Second)
	switch name {
	case "opening", "desks":
		sc.desk = wire.Desk{}
	case "nobody":
		sc.waiting = nil
	case "own":
		mine.State, mine.Label = "called", queue.OwnLabel(service.Letter, "BKM", 108)
		sc.desk.Ticket = &mine
	case "called", "refused":
		mine.State = "called"
		sc.desk.Ticket = &mine
	case "serving", "topics", "transfer", "reasons":
		mine.State, mine.Started, mine.Persons = "serving", sc.ago(14), 2
		sc.desk.Ticket = &mine
		sc.desk.Undo = &wire.Undo{Act: queue.Started, Label: mine.Label, Until: sc.now.Add(time.Minute)}
	case "contact":
		sc.desk.Contact = &wire.Contact{Service: sc.own[0], Mode: queue.ModePhone, Persons: 1, Since: sc.ago(9)}
	case "evening":
		sc.evening = true
	case "paused":
		sc.desk.State, sc.desk.Since = "paused", sc.ago(7)
	case "away":
		sc.hub, sc.age = false, 95*time.Second
	case "never":
		sc.hub, sc.silent = false, true
	case "two", "walk-from", "far-from", "why", "fits":
		sc.addQueue()
	case "alias":
		sc.alias()
	}
	if name != "nobody" && name != "opening" && name != "desks" {
		sc.park(service)
	}
}

// park puts two people aside.
func (sc *scene) park(s site.Service) {
	for i, minutes := range []int{6, 19} {
		t := sc.ticket(s, 36-i, 3+i, minutes+20)
		t.State, t.Called, t.Started, t.Desk = "parked", sc.ago(minutes+9), sc.ago(minutes+8), sc.desk.Key
		sc.desk.Parked = append(sc.desk.Parked, t)
	}
}

// addQueue makes the desk serve a second service, with somebody of priority.
func (sc *scene) addQueue() {
	s := sc.site.Services[0]
	sc.own = append(sc.own, s.Key)
	sc.desk.Services = sc.own
	for i, minutes := range []int{10, 7, 3} {
		t := sc.ticket(s, 117+i, i, minutes)
		t.Level = i % 2
		sc.waiting[s.Key] = append(sc.waiting[s.Key], t)
	}
}

// alias lets the first ticket have two labels, and one a kiosk's own.
func (sc *scene) alias() {
	waiting := sc.waiting[sc.own[0]]
	s, _ := sc.site.Service(sc.own[0])
	waiting[0].Alias = queue.OwnLabel(s.Letter, "BK", 7)
	waiting[2].Label = queue.OwnLabel(s.Letter, "RZ", 12)
}

// publish makes the views of the floor.
func (sc *scene) publish() {
	for _, s := range sc.site.Services {
		v := wire.Service{V: wire.Version, Stamp: wire.Stamp{At: sc.now}, Key: s.Key, Open: true}
		v.Tickets = sc.waiting[s.Key]
		v.Waiting = len(v.Tickets)
		if s.Key == sc.own[0] {
			missed := sc.ticket(s, 38, 1, 44)
			missed.State, missed.Ended = "no-show", sc.ago(6)
			v.Missed = []wire.Ticket{missed}
		}
		for _, d := range []wire.Desk{sc.desk, sc.other} {
			if d.Key != "" && slices.Contains(d.Services, s.Key) {
				v.Desks = append(v.Desks, d)
			}
		}
		sc.services[s.Key] = v
	}
}

// stage opens the sheet of a screen.
func (r *Role) stage(name string, sc *scene) {
	switch name {
	case "taken":
		r.sheet, r.picked = takeOver, sc.desk.Key
	case "topics", "transfer", "walk-from", "desk", "closing", "help", "fits", "came", "why", "far-from", "languages":
		r.sheet = sheet(name)
	case "walk-in", "distance":
		r.sheet, r.picked = sheet(name), sc.own[0]
	case "reasons":
		r.sheet, r.picked = reasons, sc.site.Services[0].Key
	case "minutes":
		r.sheet, r.picked, r.mode, r.typed = minutes, sc.own[0], queue.ModePhone, "25"
	case "persons":
		r.sheet, r.picked, r.mode = persons, sc.own[0], queue.ModeGroup
	case "particular":
		r.sheet, r.picked = particular, string(sc.waiting[sc.own[0]][1].ID)
	case "services":
		r.sheet = services
	case "asking":
		r.pretend = func(v *view) { v.asking = queue.DoCall }
	case "doubt":
		r.pretend = func(v *view) { v.doubtful = queue.DoCall }
	case "refused":
		r.pretend = func(v *view) { v.note = staff.Say(v.say.Say("refused.not-saved"), true) }
	}
}

// The scene is the line of an example.

func (sc *scene) Ask(context.Context, queue.Ask) (wire.Reply, error) {
	return wire.Reply{}, refusedAway
}

func (sc *scene) Public() (wire.Public, bool) {
	v := wire.Public{V: wire.Version, Stamp: wire.Stamp{At: sc.now}}
	if sc.silent {
		return v, false
	}
	for i, s := range sc.site.Services {
		l := wire.Line{Service: s.Key, Open: i != 4 && !sc.evening, Desks: 1, Waiting: (i * 3) % 5}
		v.Services = append(v.Services, l)
	}
	return v, true
}

func (sc *scene) Service(key string) (wire.Service, bool) {
	v, ok := sc.services[key]
	return v, ok && !sc.silent
}

func (sc *scene) Hub() bool          { return sc.hub }
func (sc *scene) Age() time.Duration { return sc.age }
func (sc *scene) Now() time.Time     { return sc.now }
