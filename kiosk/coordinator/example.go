package coordinator

import (
	"context"
	"fmt"
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// Screens are the screens that Example shows.
func Screens() []string {
	return []string{"queues", "full", "overdue", "overdue-ticket", "find", "desks", "devices", "today", "footfall", "open-service", "close-service", "by-calendar", "close-day", "open-day",
		"announce", "announce-typed", "announce-until", "silence", "move-desk", "move-to", "announced", "help", "calm", "closed", "doubt", "away", "never"}
}

// Example is the role at one of its screens, on a made-up busy day; false when
// it has no such screen. It asks nobody anything.
func Example(name string, s *site.Site, say phrases.Speaker) (*Role, bool) {
	if !slices.Contains(Screens(), name) || len(s.Services) == 0 || len(s.Desks) == 0 {
		return nil, false
	}
	sc := &scene{name: name}
	r := New(Options{Site: s, Say: say, Line: sc, Post: func(func()) bool { return false }})
	sc.now = time.Date(2026, time.November, 24, 14, 26, 0, 0, r.zone)
	sc.fill(s)
	switch name {
	case "desks", "devices", "footfall", "overdue", "today":
		r.page = page(name)
	case "find":
		r.dialog, r.wanted = find, "C42"
	case "overdue-ticket":
		r.page, r.dialog, r.ticket = overdue, overdueTicket, sc.floor.Overdue[0].ID
	case "open-service", "close-service", "by-calendar", "close-day", "open-day", "announce", "announce-until", "silence", "move-desk", "help":
		r.dialog, r.draft = dialog(name), draft{phrase: "notice.long-wait"}
	case "announce-typed":
		r.dialog, r.draft = typing, draft{texts: map[string][]rune{"fr": []rune("Le pôle Créer est au niveau 0 cet après-midi."), "en": []rune("The start-up hub is")}, at: 1}
	case "move-to":
		r.dialog, r.move = moveTo, move{desk: s.Desks[0].Key, services: []string{s.Services[0].Key, s.Services[1].Key}}
	case "doubt":
		r.pretend = func(v *view) { v.doubtful = queue.DoCloseService }
	}
	if name == "close-service" {
		r.service = s.Services[min(3, len(s.Services)-1)].Key
	}
	return r, true
}

// scene is a made-up moment of a floor; it is the Line of an example.
type scene struct {
	name   string
	now    time.Time
	floor  wire.Coordinator
	public wire.Public
}

func (sc *scene) ago(minutes int) time.Time { return sc.now.Add(-time.Duration(minutes) * time.Minute) }

func (sc *scene) fill(s *site.Site) {
	sc.floor = wire.Coordinator{V: wire.Version, Stamp: wire.Stamp{At: sc.now}, Closed: sc.name == "closed" || sc.name == "open-day"}
	for i, service := range s.Services {
		sc.floor.Services = append(sc.floor.Services, sc.row(i, service.Key))
	}
	for i, d := range s.Desks {
		if i != 2 {
			sc.floor.Desks = append(sc.floor.Desks, sc.desk(s, i, d))
		}
	}
	sc.devices()
	sc.late(s)
	sc.floor.Unpromised, sc.floor.UnpromisedOldest = 3, sc.ago(47)
	sc.tell(s)
	sc.floor.Usual = make([]float64, 24)
	sc.floor.Usual[15], sc.floor.Usual[16], sc.floor.Usual[17] = 11, 8, 3
	for h := 9; h <= 14; h++ {
		n := (h*7)%11 + 4
		sc.floor.Usual[h] = float64(n + h%5 - 2)
		sc.floor.Footfall[h] = queue.Footfall{Visits: 3 * n, Questions: 2*n + 3, Tickets: n, In: 9*n + h, Out: 8 * n}
	}
}

func (sc *scene) row(i int, key string) wire.Row {
	r := wire.Row{
		Line:   wire.Line{Service: key, Open: i != 4, Waiting: (i * 3) % 5, Desks: 2 - i%2, Wait: &wire.Interval{Low: 5 * i, High: 20 + 9*i}},
		Issued: 14 + 7*i, Called: i % 2, Serving: (i + 1) % 2, Parked: i % 3 / 2, NoShow: i % 3, Left: i % 2,
		Void: i % 3 % 2,
	}
	if r.Waiting > 0 {
		r.Oldest = sc.ago(7 * (i + 1))
	}
	switch i {
	case 1:
		r.Past = 2
	case 2:
		r.Wait = nil
	case 0:
		if sc.name == "full" {
			r.Full, r.Waiting, r.Oldest, r.Wait = true, 9, sc.ago(50), &wire.Interval{Low: 70, High: 110}
		}
	case 4:
		r = wire.Row{Line: wire.Line{Service: key}}
	case 3:
		r.Waiting, r.Warn = 13, []string{wire.WarnWaiting}
		if r.Oldest = sc.ago(7 * (i + 1)); sc.name == "announced" {
			r.Oldest, r.Warn = sc.ago(64), []string{wire.WarnWaiting, wire.WarnLongest}
		}
	case 5:
		r.Override = "open"
	}
	switch i {
	case 0:
		r.TransferredIn = 2
	case 3:
		r.TransferredOut = 2
	}
	r.Served = max(0, r.Issued+r.TransferredIn-r.TransferredOut-r.Void-r.Waiting-r.Called-r.Serving-r.Parked-r.NoShow-r.Left)
	return r
}

func (sc *scene) desk(s *site.Site, i int, d site.Desk) wire.Desk {
	service, _ := s.Service(d.Services[0])
	desk := wire.Desk{Key: d.Key, State: "open", Services: d.Services, Since: sc.ago(250 - i), Served: 4 + i*3%7}
	t := &wire.Ticket{Label: queue.HubLabel(service.Letter, 40+i), Service: service.Key, State: "serving", Started: sc.ago(9 + 4*i)}
	switch i % 4 {
	case 0, 1:
		desk.Ticket = t
	case 2:
		desk.State, desk.Since = "paused", sc.ago(11)
	}
	if i == 1 {
		t.State, t.Called = "called", sc.now.Add(-35*time.Second)
		desk.Parked = []wire.Ticket{*t}
	}
	return desk
}

func (sc *scene) devices() {
	for i := range 12 {
		t := wire.Terminal{Role: wire.RoleKiosk, Name: fmt.Sprintf("doc-%02d", i+1), Online: true, Since: sc.ago(i)}
		if i < 3 {
			t.Paper = wire.PaperOK
		}
		if i == 2 && sc.name != "calm" {
			t.Paper = wire.PaperOut
		}
		if i == 6 && sc.name != "calm" {
			t.Online, t.Unsent, t.Since = false, 3, sc.ago(18)
		}
		sc.floor.Terminals = append(sc.floor.Terminals, t)
	}
	for _, role := range []string{wire.RoleBoard, wire.RoleAdviser, wire.RoleReception} {
		sc.floor.Terminals = append(sc.floor.Terminals, wire.Terminal{Role: role, Name: role + "-1", Online: true, Since: sc.ago(40)})
	}
	sc.floor.Sensors = []wire.Sensor{{Name: "porte-nord", At: sc.ago(2)}, {Name: "porte-sud", At: sc.ago(1)}}
	if sc.name != "calm" {
		sc.floor.Sensors[1].At, sc.floor.Odds = sc.ago(47), 2
	}
}

// tell makes what everybody sees: the last calls, and announcements where the
// picture is of them.
func (sc *scene) tell(s *site.Site) {
	for i, d := range s.Desks[:min(len(s.Desks), wire.MaxCalls)] {
		service, _ := s.Service(d.Services[0])
		sc.public.Calls = append(sc.public.Calls, wire.Call{
			Label: queue.HubLabel(service.Letter, 40+i), Service: service.Key, Desk: d.Key, At: sc.ago(2 + 4*i), Times: 1 + i%2,
		})
	}
	if sc.name == "announced" || sc.name == "silence" {
		sc.public.Notices = []wire.Notice{
			{ID: "a", Phrase: "notice.long-wait", Until: sc.ago(-34)},
			{ID: "b", Text: map[string]string{"fr": "Le pôle Créer est au niveau 0 cet après-midi, près de la cafétéria : suivez les flèches."}, Until: sc.ago(-180)},
		}
	}
}

// late lets some wait longer than their tickets announced; nobody on a calm day.
func (sc *scene) late(s *site.Site) {
	if sc.name == "calm" {
		sc.floor.Services[1].Past = 0
		return
	}
	for i, over := range []int{17, 4} {
		service := s.Services[1]
		sc.floor.Overdue = append(sc.floor.Overdue, wire.Overdue{
			ID: queue.TicketID(fmt.Sprint("late-", i)), Label: queue.HubLabel(service.Letter, 31+i), Service: service.Key,
			Language: []string{"es", "fr"}[i], Level: i, Arrived: sc.ago(52 - 6*i), Due: sc.ago(over), Passes: i == 0,
		})
	}
}

// Overdue refuses as Ask does.
func (sc *scene) Overdue(ctx context.Context, a queue.Ask, _ int) (wire.Reply, error) {
	return sc.Ask(ctx, a)
}

// Announce refuses, too.
func (sc *scene) Announce(context.Context, queue.Ask, wire.Notice) (wire.Reply, error) {
	return wire.Reply{}, queue.Refusal("refused.not-connected")
}

// Public is what everybody sees of the made-up floor.
func (sc *scene) Public() (wire.Public, bool) { return sc.public, sc.name != "never" }

// Ask refuses: an example is a picture.
func (sc *scene) Ask(context.Context, queue.Ask) (wire.Reply, error) {
	return wire.Reply{}, queue.Refusal("refused.not-connected")
}

// Coordinator is the made-up floor.
func (sc *scene) Coordinator() (wire.Coordinator, bool) {
	if sc.name == "never" {
		return wire.Coordinator{}, false
	}
	return sc.floor, true
}

// Hub answers except in the pictures where it does not.
func (sc *scene) Hub() bool { return sc.name != "away" && sc.name != "never" }

// Age is how long it has been away there.
func (sc *scene) Age() time.Duration { return 4 * time.Minute }

// Now is a Tuesday afternoon.
func (sc *scene) Now() time.Time { return sc.now }
