package web

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// overviewEvery is how often, in seconds, the coordinator's page asks again.
const overviewEvery = 10

// overview is what the coordinator's pages draw.
type overview struct {
	page
	speak   phrases.Speaker
	Clock   string
	Day     queue.Date
	Closed  bool
	Rows    []overviewRow
	Desks   []overviewDesk
	Calls   []string
	Up      []upNotice
	Full    []string // why a service gives no more tickets today
	Late    []overdueRow
	LateAll int      // how many wait longer than announced, also those not listed
	LateSay string   // in a sentence
	NoTime  string   // how many wait to whom nothing was announced, "" for nobody
	Back    string   // the ticket whose last act can be taken back
	Devices []device // the troubled first
	InOrder string   // how many of each kind of them are
	Odds    string
	Ready   []way    // ready-made announcements
	Typed   []string // languages in which one can be typed
	Limit   int      // characters of one
	Curve   *curve
}

// T is a phrase of the staff.
func (o overview) T(key string) string { return o.speak.Say(key) }

// ID names the next request; every form has one of its own.
func (o overview) ID() string { return "web-" + strings.ToLower(rand.Text()) }

// Moves says whether there is a desk that could be moved.
func (o overview) Moves() bool {
	return slices.ContainsFunc(o.Desks, func(d overviewDesk) bool { return d.Present })
}

type overviewRow struct {
	Key, Name, Shape        string
	Open, Forced            bool
	State, Longest, Promise string
	Waiting, Past, Desks    int
	ManyWait, LongWait      bool
	Day                     []int  // its tickets, in the order of dayColumns
	Closing                 string // what closing it does
}

type overviewDesk struct {
	Key, Name, Doing string
	Since            string // of its presence or pause
	Aside            int    // put aside there
	Present          bool
	Served           int
	Services         []tick
}

// tick is a service that a desk receives for, or does not.
type tick struct {
	Key, Name string
	On        bool
}

type upNotice struct{ ID, Text, Until string }

// overview shows the whole floor; it changes nothing and so may ask again by itself.
func (s *Server) overview(w http.ResponseWriter, r *http.Request) { s.show(w, r, "coordinator.html") }

// acts is the page on which the coordinator changes something. It keeps still
// while somebody fills it in.
func (s *Server) acts(w http.ResponseWriter, r *http.Request) { s.show(w, r, "acts.html") }

func (s *Server) show(w http.ResponseWriter, r *http.Request, name string) {
	var view wire.Coordinator
	var public wire.Public
	var late []wire.Overdue
	err := s.look(r.Context(), func(sight floor.Sight) {
		view, public, late = sight.Coordinator(), sight.Public(), sight.Overdue()
	})
	if err != nil {
		s.tell(w, r, http.StatusServiceUnavailable, "page.away")
		return
	}
	o := s.overviewOf(view, public, s.staffSpeaker(r))
	o.LateAll, o.LateSay = len(late), o.speak.Say("coordinator.overdue", "Count", len(late))
	if r.URL.Query().Get("late") != "all" {
		late = late[:min(len(late), mostOverdue)]
	}
	o.Late = s.overdueRows(late, view.Stamp.At, o.speak)
	if said := r.URL.Query().Get("said"); isOutcome(said) {
		o.Said = o.speak.Say(said)
	}
	if back := r.URL.Query().Get("back"); queue.ValidKey(back) {
		o.Back = back
	}
	s.render(w, http.StatusOK, name, o)
}

func (s *Server) overviewOf(view wire.Coordinator, public wire.Public, speak phrases.Speaker) overview {
	now := view.Stamp.At
	o := overview{
		page: s.frame(speak), speak: speak, Clock: speak.Day(now.In(s.zone)) + "  " + speak.Clock(now.In(s.zone)),
		Day: view.Stamp.Day, Closed: view.Closed, Typed: s.site.Typed(), Limit: wire.MaxNoticeText,
	}
	o.Title, o.Refresh = speak.Say("coordinator.title"), overviewEvery
	for _, row := range view.Services {
		o.Rows = append(o.Rows, s.overviewRow(row, now, speak))
		if row.Full {
			o.Full = append(o.Full, s.fullText(row, now, speak))
		}
	}
	for _, d := range s.site.Desks {
		i := slices.IndexFunc(view.Desks, func(now wire.Desk) bool { return now.Key == d.Key })
		seen := wire.Desk{Key: d.Key, State: queue.DeskIsClosed.String()}
		if i >= 0 {
			seen = view.Desks[i]
		}
		o.Desks = append(o.Desks, s.overviewDesk(seen, now, speak))
	}
	for _, c := range public.Calls {
		desk, _ := s.site.Desk(c.Desk)
		o.Calls = append(o.Calls, string(c.Label)+" → "+speak.Say("staff.desk", "Desk", desk.Label)+" · "+speak.Minutes(now.Sub(c.At)))
	}
	for _, n := range public.Notices {
		o.Up = append(o.Up, upNotice{n.ID, s.noticeText(n, speak), speak.Say("coordinator.until", "Time", speak.Clock(n.Until.In(s.zone)))})
	}
	for _, key := range wire.ReadyNotices() {
		o.Ready = append(o.Ready, way{Text: speak.Say(key), Value: key})
	}
	o.Devices, o.InOrder = s.devices(view, speak)
	if n := view.Unpromised; n > 0 {
		o.NoTime = speak.Say("coordinator.unpromised", "Count", n, "Duration", speak.Minutes(now.Sub(view.UnpromisedOldest)))
	}
	o.Odds = speak.Say("coordinator.no-odds")
	if view.Odds > 0 {
		o.Odds = "▲ " + speak.Say("coordinator.odds", "Count", view.Odds)
	}
	o.Curve = curveOf(view, speak.Say("coordinator.curve"))
	return o
}

func (s *Server) overviewRow(row wire.Row, now time.Time, speak phrases.Speaker) overviewRow {
	service, _ := s.site.Service(row.Service)
	r := overviewRow{
		Key: row.Service, Name: service.Pole.In(speak.Lang()), Shape: service.Shape, Open: row.Open, Forced: row.Override != "",
		State: speak.Say("state.closed"), Waiting: row.Waiting, Past: row.Past, Desks: row.Desks, Longest: "—", Promise: "—",
		ManyWait: slices.Contains(row.Warn, wire.WarnWaiting), LongWait: slices.Contains(row.Warn, wire.WarnLongest),
		Day:     dayOf(row),
		Closing: speak.Say("coordinator.close.text"),
	}
	if row.Waiting > 0 {
		r.Closing += " " + speak.Say("coordinator.close.waiting", "Count", row.Waiting)
	}
	switch {
	case row.Full:
		r.State = speak.Say("coordinator.full.short")
	case row.Open:
		r.State = speak.Say("state.open")
	}
	if !row.Oldest.IsZero() {
		r.Longest = speak.Minutes(now.Sub(row.Oldest))
	}
	if row.Wait != nil && row.Open {
		r.Promise = speak.Say("coordinator.promise", "Low", row.Wait.Low, "High", row.Wait.High)
	}
	return r
}

func (s *Server) overviewDesk(d wire.Desk, now time.Time, speak phrases.Speaker) overviewDesk {
	desk, _ := s.site.Desk(d.Key)
	o := overviewDesk{Key: d.Key, Name: speak.Say("staff.desk", "Desk", desk.Label), Present: d.State != queue.DeskIsClosed.String(), Served: d.Served, Aside: len(d.Parked)}
	if o.Present {
		o.Since = speak.Clock(d.Since.In(s.zone))
	}
	for _, service := range s.site.Services {
		o.Services = append(o.Services, tick{service.Key, service.Pole.In(speak.Lang()), slices.Contains(d.Services, service.Key)})
	}
	switch t := d.Ticket; {
	case t != nil && t.State == "serving":
		o.Doing = speak.Say("coordinator.doing.serves", "Label", string(t.Label), "Duration", speak.Minutes(now.Sub(t.Started)))
	case t != nil:
		o.Doing = speak.Say("coordinator.doing.calls", "Label", string(t.Label), "Duration", speak.Minutes(now.Sub(t.Called)))
	case d.State == queue.DeskIsPaused.String():
		o.Doing = speak.Say("coordinator.doing.paused", "Duration", speak.Minutes(now.Sub(d.Since)))
	case o.Present:
		o.Doing = speak.Say("adviser.neighbour.free")
	default:
		o.Doing = speak.Say("state.closed")
	}
	return o
}

// More are the languages whose fields are folded away.
func (o overview) More() []string { return o.Typed[min(2, len(o.Typed)):] }

// First are those whose fields are in sight.
func (o overview) First() []string { return o.Typed[:min(2, len(o.Typed))] }

// LanguageName is a language in the words of the staff.
func (o overview) LanguageName(lang string) string { return o.speak.Say("staff.language." + lang) }

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// isOutcome says whether a key is one of those a page can be told after an act,
// and nothing that comes from outside.
func isOutcome(key string) bool {
	if done, ok := strings.CutPrefix(key, "coordinator.done."); ok {
		return slices.Contains(coordinatorDeeds(), queue.Deed(done))
	}
	return strings.HasPrefix(key, "refused.") && slices.Contains(coordinatorRefusals(), queue.Refusal(key))
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
