package web

import (
	"net/http"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/wire"
)

// boardEvery is how often, in seconds, a board without scripts asks again.
const boardEvery = 5

// board is what the waiting room's page draws.
type board struct {
	page
	Clock    string
	Newest   *boardCall // nil before the first call
	Calls    []boardCall
	Services []boardLine
	Closed   string
	Shows    []string // workshops
	Away     string   // what is said when the hub is away, "…" standing for how long
}

type boardCall struct{ Label, Alias, Desk, Place, Again string }

type boardLine struct{ Name, Shape, State, Wait string }

// board is the waiting room's page, for any screen with a browser.
func (s *Server) board(w http.ResponseWriter, r *http.Request) {
	var public wire.Public
	if err := s.look(r.Context(), func(sight floor.Sight) { public = sight.Public() }); err != nil {
		s.say(w, r, http.StatusServiceUnavailable, "page.away")
		return
	}
	s.render(w, http.StatusOK, "board.html", s.boardOf(public, s.speaker(r, s.site.Languages[0])))
}

func (s *Server) boardOf(public wire.Public, speak phrases.Speaker) board {
	b := board{page: s.frame(speak), Clock: speak.Clock(public.Stamp.At.In(s.zone)), Away: speak.Say("board.away", "Duration", "…")}
	b.Title, b.Heading, b.Refresh = b.Centre, speak.Say("board.last"), boardEvery
	for i, c := range public.Calls {
		call := s.boardCall(c, speak)
		if i == 0 {
			b.Newest = &call
			continue
		}
		b.Calls = append(b.Calls, call)
	}
	for _, l := range public.Services {
		b.Services = append(b.Services, s.boardLine(l, speak))
	}
	for _, n := range public.Notices {
		b.Notices = append(b.Notices, s.noticeText(n, speak))
	}
	for _, shop := range s.site.Workshops[:min(len(s.site.Workshops), 2)] {
		b.Shows = append(b.Shows, shop.Title.In(b.Lang)+" · "+shop.When.In(b.Lang)+" · "+shop.Where.In(b.Lang))
	}
	switch {
	case public.Closed:
		b.Closed, b.Newest = speak.Say("board.closed"), nil
	case b.Newest == nil:
		b.Closed = speak.Say("board.empty")
	}
	return b
}

func (s *Server) boardCall(c wire.Call, speak phrases.Speaker) boardCall {
	desk, _ := s.site.Desk(c.Desk)
	call := boardCall{Label: string(c.Label), Desk: speak.Say("board.desk", "Desk", desk.Label), Place: desk.Place.In(speak.Lang())}
	if speak.RightToLeft() {
		call.Place = beforeMinus(call.Place)
	}
	if c.Alias != "" {
		call.Alias = speak.Say("board.or", "Label", string(c.Alias))
	}
	if c.Times > 1 {
		call.Again = speak.Say("board.again", "Count", c.Times)
	}
	return call
}

func (s *Server) boardLine(l wire.Line, speak phrases.Speaker) boardLine {
	service, _ := s.site.Service(l.Service)
	line := boardLine{Name: service.Name.In(speak.Lang()), Shape: service.Shape, State: speak.Say("state.closed")}
	if !l.Open {
		return line
	}
	line.State = speak.Say("board.nobody")
	if l.Waiting > 0 {
		line.State = speak.Say("board.waiting", "Count", l.Waiting)
	}
	line.Wait = speak.Say("board.unknown")
	if l.Wait != nil {
		line.Wait = speak.Between(minutes(l.Wait.Low), minutes(l.Wait.High))
	}
	return line
}
