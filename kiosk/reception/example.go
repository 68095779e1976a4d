package reception

import (
	"context"
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/staff"
	"accueil/kiosk/uplink"
)

// Screens are the screens that Example shows.
func Screens() []string {
	return []string{"ready", "given", "own", "bears", "persons", "language", "groups", "class", "find", "ticket", "missed", "served",
		"correct", "level", "void", "voided", "help", "refused", "away", "never", "paper-low", "paper-out"}
}

// Example is the role at one of its screens, with made-up tickets on a fixed
// morning; false when it has no such screen. It asks nobody anything.
func Example(name string, s *site.Site, say phrases.Speaker) (*Role, bool) {
	if !slices.Contains(Screens(), name) || len(s.Services) == 0 {
		return nil, false
	}
	sc := &scene{site: s, hub: true, now: time.Date(2026, time.November, 24, 10, 43, 0, 0, zoneOf(s))}
	r := New(Options{Site: s, Say: say, Line: sc, Printer: sc, Post: func(func()) bool { return false }})
	service := s.Services[min(3, len(s.Services)-1)]
	r.stage(name, service, sc)
	return r, true
}

// stage sets the role for a screen.
func (r *Role) stage(name string, s site.Service, sc *scene) {
	given := &handed{service: s.Key, order: order{level: 1, persons: 3}, Ticket: uplink.Ticket{
		ID: "example-46", Code: "7K3F9QXD", Label: queue.HubLabel(s.Letter, 46), Ahead: 2, Wait: &wire.Interval{Low: 10, High: 25},
	}}
	if name != "ready" && name != "never" {
		r.last = given
	}
	r.found = &wire.Ticket{
		ID: "example-42", Label: queue.HubLabel(s.Letter, 42), Service: s.Key, Language: "es", State: "waiting", Arrived: sc.now.Add(-12 * time.Minute),
	}
	for q := range sc.site.AllQuestions() {
		if q.Service == s.Key && len(q.Children) == 0 {
			r.found.Question = q.Key
			break
		}
	}
	switch name {
	case "own":
		given.Own, given.Label, given.Wait = true, queue.OwnLabel(s.Letter, "BK", 7), nil
	case "bears":
		r.next = order{level: 2, persons: 4, language: "ar"}
		for range 3 {
			r.counted = append(r.counted, welcome{sc.now, queue.ModePasserBy, 1})
		}
	case "class":
		r.sheet, r.picked, r.typed = persons, queue.ModeClass, "24"
	case "find":
		r.sheet, r.typed = find, "C42"
	case "missed", "served":
		r.sheet = ticket
		r.found.State = map[string]string{"missed": "no-show", "served": "served"}[name]
	case "voided":
		r.sheet, r.found.State = ticket, "void"
		r.found.Undo = &wire.Undo{Act: queue.Voided, Label: r.found.Label, Until: sc.now.Add(time.Minute)}
		r.say("reception.done.void", "Label", string(r.found.Label))
	case "refused":
		r.note = staff.Say(r.opt.Say.Say(string(queue.UnknownTicket)), true)
	case "paper-low":
		r.opt.Paper = func() string { return wire.PaperLow }
	case "paper-out":
		r.opt.Paper = func() string { return wire.PaperOut }
	case "away":
		sc.hub = false
	case "never":
		sc.hub, sc.silent = false, true
	case "persons", "language", "groups", "ticket", "correct", "level", "void", "help":
		r.sheet = sheet(name)
	}
}

// scene is a made-up moment of a floor; it is the line of an example.
type scene struct {
	site        *site.Site
	now         time.Time
	hub, silent bool
}

func (sc *scene) Ask(context.Context, queue.Ask) (wire.Reply, error) {
	return wire.Reply{}, uplink.NotConnected
}

func (sc *scene) Issue(context.Context, uplink.Order) (uplink.Ticket, error) {
	return uplink.Ticket{}, uplink.ErrNotReady
}

func (sc *scene) Public() (wire.Public, bool) {
	v := wire.Public{V: wire.Version, Stamp: wire.Stamp{At: sc.now}}
	for i, s := range sc.site.Services {
		l := wire.Line{Service: s.Key, Open: i != 4, Desks: 1, Waiting: (i * 3) % 5}
		if l.Waiting > 0 {
			l.Wait = &wire.Interval{Low: 5 * i, High: 15 + 10*i}
		}
		v.Services = append(v.Services, l)
	}
	return v, !sc.silent
}

func (sc *scene) Print(context.Context, Slip) error { return nil }
func (sc *scene) Welcomed(string, int)              {}
func (sc *scene) Hub() bool                         { return sc.hub }
func (sc *scene) Age() time.Duration                { return 95 * time.Second }
func (sc *scene) Now() time.Time                    { return sc.now }
