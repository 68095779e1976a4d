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
	for _, w := range advice.Ways {
		c.Ways = append(c.Ways, distance{w, template.URL(w.Link)})
	}
	return c
}
