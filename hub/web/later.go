package web

import (
	"html/template"

	"accueil/internal/later"
	"accueil/internal/phrases"
)

// cannotWait is what helps somebody who cannot wait, or has just left.
type cannotWait struct {
	Heading  string
	Quiet    string
	Open     string // before the openings
	Openings []string
	Ways     []distance
	Ask      string
}

// distance is a way to ask without coming. URL may call a number, which no template
// lets pass by itself; content is checked for being what it says.
type distance struct {
	later.Way
	URL template.URL
}

// closed says to whom the day was closed over that they need not wait any more, and
// when the service opens again: no earlier than tomorrow, whatever its hours say.
func (s *Server) closed(at stand, speak phrases.Speaker) []string {
	lines := []string{speak.Say("page.closed")}
	service, ok := s.site.Service(at.service)
	if !ok {
		return lines
	}
	if next := s.almanac.Opens(service, at.seen, true); !next.IsZero() {
		lines = append(lines, speak.Say("page.closed-next", "When", speak.When(next.In(s.zone), at.seen.In(s.zone))))
	}
	return lines
}

func (s *Server) cannotWait(at stand, speak phrases.Speaker) *cannotWait {
	service, ok := s.site.Service(at.service)
	if !ok {
		return nil
	}
	quiet := at.quiet[:]
	for len(quiet) > 0 && quiet[len(quiet)-1].To == 0 {
		quiet = quiet[:len(quiet)-1]
	}
	advice := later.For(s.site, s.almanac, speak, service, quiet, at.seen)
	c := &cannotWait{Heading: speak.Say("later.cannot-wait"), Quiet: advice.Quiet, Open: speak.Say("later.open"), Openings: advice.Openings, Ask: advice.Ask}
	if at.closed { // they would have waited, and today is over
		c.Heading, c.Quiet = speak.Say("later.title"), ""
	}
	for _, w := range advice.Ways {
		c.Ways = append(c.Ways, distance{w, template.URL(w.Link)})
	}
	return c
}
