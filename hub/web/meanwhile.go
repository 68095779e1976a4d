package web

import (
	"slices"
	"strings"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
)

// What a page offers to those who wait, at most: it has to stay short.
const (
	maxReading = 3
	maxShows   = 3
)

// meanwhile adds what somebody who waits can read, nearest to their question first,
// and the workshops they can join.
func (s *Server) meanwhile(p *page, at stand, speak phrases.Speaker) {
	p.Heading, p.ShowsHeading = speak.Say("page.meanwhile"), speak.Say("page.workshops")
	for _, res := range s.reading(at) {
		p.Reading = append(p.Reading, readable{res.Title.In(p.Lang), res.Where.In(p.Lang), res.URL})
	}
	for _, o := range s.shows(at) {
		when := o.When.In(p.Lang)
		if !o.Begins.IsZero() {
			when = speak.When(o.Begins.In(s.zone), at.seen.In(s.zone))
		}
		p.Shows = append(p.Shows, readable{o.Title.In(p.Lang), strings.Trim(when+" · "+o.Where.In(p.Lang), " ·"), ""})
	}
}

// reading is what is read about a question, then what the service offers to all.
func (s *Server) reading(at stand) []site.Resource {
	all := s.site.ResourcesFor(at.question)
	service, _ := s.site.Service(at.service)
	for _, key := range service.Meanwhile {
		res, ok := s.site.Resource(key)
		if ok && !slices.ContainsFunc(all, func(r site.Resource) bool { return r.Key == key }) {
			all = slices.Insert(all, min(len(all), maxReading-1), res) // one of them at least
		}
	}
	return all[:min(len(all), maxReading)]
}

// shows are workshops: those of today that one can still join, whoever gives them,
// since they are soon over; then those about the question, and those of the service.
// Of each part those nearest to the question come first.
func (s *Server) shows(at stand) []site.Occasion {
	near := s.site.WorkshopsFor(at.question)
	for _, w := range s.site.WorkshopsOf(at.service) {
		if !has(near, w) {
			near = append(near, w)
		}
	}
	var today, other, later []site.Occasion
	for _, o := range s.almanac.Soon(at.seen) {
		switch {
		case o.Begins.IsZero() || !sameDay(o.Begins.In(s.zone), at.seen.In(s.zone)):
		case has(near, o.Workshop):
			today = append(today, o)
		default:
			other = append(other, o)
		}
	}
	today = append(today, other...)
	for _, w := range near {
		if !slices.ContainsFunc(today, func(o site.Occasion) bool { return o.Key == w.Key }) {
			later = append(later, site.Occasion{Workshop: w})
		}
	}
	all := append(today, later...)
	return all[:min(len(all), maxShows)]
}

func has(all []site.Workshop, w site.Workshop) bool {
	return slices.ContainsFunc(all, func(other site.Workshop) bool { return other.Key == w.Key })
}

func sameDay(a, b time.Time) bool { return a.YearDay() == b.YearDay() && a.Year() == b.Year() }
