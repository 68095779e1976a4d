package board

import (
	"fmt"
	"slices"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// Screens are the moments that Example shows.
func Screens() []string {
	return []string{"call", "pulse", "calm", "again", "alias", "own", "withdrawn", "second", "first", "empty", "closed", "announced", "soon", "full", "many", "away", "never"}
}

// Example is the board at one of its moments, with made-up calls on a fixed
// morning, in the first of the languages; false when it has no such moment.
func Example(name string, s *site.Site, says ...phrases.Speaker) (*Role, bool) {
	if !slices.Contains(Screens(), name) || len(s.Services) == 0 || len(s.Desks) == 0 || len(says) == 0 {
		return nil, false
	}
	switch name {
	case "many":
		s = manyServices(s)
	case "soon":
		s = withDates(s)
	}
	r := New(Options{Site: s, Say: says})
	sc := newScene(name, s, r.almanac.Zone())
	r.opt.Line = sc
	r.start = sc.now
	r.frozen = map[string]time.Time{"pulse": r.start.Add(time.Second), "second": r.start.Add(turn)}[name]
	if r.frozen.IsZero() {
		r.frozen = r.start
	}
	if calls := sc.public.Calls; len(calls) > 0 && name != "calm" && name != "away" && name != "withdrawn" {
		r.shows = []show{{calls[0], r.frozen}}
	}
	return r, true
}

// manyServices is a centre with more services than a screen has room for.
func manyServices(s *site.Site) *site.Site {
	many := *s
	many.Services = nil
	for i := range 14 {
		one := s.Services[i%len(s.Services)]
		if i >= len(s.Services) {
			one.Key, one.Letter = fmt.Sprintf("%s-%d", one.Key, i), "ABFGHIJKLMPQRS"[i:i+1]
		}
		many.Services = append(many.Services, one)
	}
	return &many
}

// withDates is a centre that knows when its workshops are.
func withDates(s *site.Site) *site.Site {
	dated := *s
	dated.Workshops = []site.Workshop{{Key: "cv", Hours: calendar.Rules{
		Exceptions: []calendar.Exception{{Date: "2026-11-24", Open: []calendar.Span{{From: 14 * 60, To: 16 * 60}}}},
	}}}
	if len(s.Workshops) > 0 {
		dated.Workshops[0].Title, dated.Workshops[0].Where = s.Workshops[0].Title, s.Workshops[0].Where
	}
	return &dated
}

// scene is a made-up moment; it is the Line of an example.
type scene struct {
	site   *site.Site
	now    time.Time
	public wire.Public
	name   string
}

func newScene(name string, s *site.Site, zone *time.Location) *scene {
	sc := &scene{site: s, name: name, now: time.Date(2026, time.November, 24, 10, 43, 0, 0, zone)}
	sc.public = wire.Public{V: wire.Version, Stamp: wire.Stamp{At: sc.now}, Closed: name == "closed"}
	for i, service := range s.Services {
		l := wire.Line{Service: service.Key, Open: i != 4 && name != "closed", Waiting: (i * 5) % 7, Desks: 1}
		if name == "full" && i < 2 {
			l.Full, l.Waiting = true, 3*i
		}
		if i != 2 {
			l.Wait = &wire.Interval{Low: 5 * (i % 4), High: 15 + 10*i}
		}
		sc.public.Services = append(sc.public.Services, l)
	}
	if name != "empty" && name != "closed" && name != "never" {
		sc.call()
	}
	if name == "announced" {
		sc.public.Notices = []wire.Notice{
			{ID: "a", Phrase: "notice.closing-30", Until: sc.now.Add(time.Hour)},
			{ID: "b", Text: map[string]string{s.Languages[0]: "Café offert au fond de la salle."}, Until: sc.now.Add(time.Hour)},
		}
	}
	if name == "withdrawn" {
		taken := sc.public.Calls[0]
		taken.At = sc.now
		sc.public.Calls, sc.public.Withdrawn = sc.public.Calls[1:], []wire.Call{taken}
	}
	return sc
}

// call makes the last calls, newest first.
func (sc *scene) call() {
	n := wire.MaxCalls
	if sc.name == "first" {
		n = 1
	}
	for i := range n {
		service := sc.site.Services[(3+i)%len(sc.site.Services)]
		c := wire.Call{
			Label: queue.HubLabel(service.Letter, 42-3*i), Service: service.Key, Desk: sc.deskOf(service.Key),
			At: sc.now.Add(-time.Duration(2*i) * time.Minute), Times: 1,
		}
		sc.public.Calls = append(sc.public.Calls, c)
	}
	newest := &sc.public.Calls[0]
	letter := string(newest.Label[:1])
	switch sc.name {
	case "again":
		newest.Times = 2
	case "alias":
		newest.Alias = queue.OwnLabel(letter, "BK", 7)
	case "own":
		newest.Label = queue.OwnLabel(letter, "RZ", 12)
	}
}

// deskOf is the last desk of a service.
func (sc *scene) deskOf(service string) string {
	if desks := sc.site.DesksOf(service); len(desks) > 0 {
		return desks[len(desks)-1].Key
	}
	return sc.site.Desks[0].Key
}

func (sc *scene) Public() (wire.Public, bool) { return sc.public, sc.name != "never" }
func (sc *scene) Hub() bool                   { return sc.name != "away" }
func (sc *scene) Age() time.Duration          { return 95 * time.Second }
func (sc *scene) Now() time.Time              { return sc.now }
