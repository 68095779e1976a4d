package site

import (
	"fmt"
	"slices"

	"accueil/internal/calendar"
)

// MaxChoices is how many choices a screen can offer.
const MaxChoices = 8

// services checks services.yaml.
func (c *checker) services() {
	all := c.site.Services
	c.unique("letter", each(all, func(v *Service) *string { return &v.Letter }))
	c.unique("shape", each(all, func(v *Service) *string { return &v.Shape }))
	c.unique("color", each(all, func(v *Service) *string { return &v.Color }))
	for i := range all {
		c.service(&all[i])
	}
	if len(all) > MaxChoices {
		c.say(fmt.Sprintf("there are %d services, more than the %d of a screen", len(all), MaxChoices),
			"join or take out some", &all[MaxChoices].Key)
	}
}

func (c *checker) service(s *Service) {
	owner := called("service", s.Key)
	if l := s.Letter; l != "" && (len(l) != 1 || l[0] < 'A' || l[0] > 'Z') {
		c.say(fmt.Sprintf("%s: the letter is %q", owner, l), "write one capital letter from A to Z without an accent", &s.Letter)
	}
	c.oneOf("shape", &s.Shape, Shapes())
	c.oneOf("color", &s.Color, colorKeys())
	c.refersAll("resource", s.Meanwhile, owner)
	c.headStart(&s.HeadStart)
	c.lastTicket(&s.LastTicket)
	c.warn(&s.Warn)
	c.hours(&s.Hours, owner)
	c.withinCentre(s.Hours.Weekly, owner)
}

// withinCentre finds weekly hours of a service while the centre itself is closed.
func (c *checker) withinCentre(lines []calendar.Weekly, owner string) {
	if len(c.site.Hours.Weekly) == 0 {
		return
	}
	for i := range lines {
		for j, d := range lines[i].Days {
			for k, span := range lines[i].Open {
				if !span.Within(c.centreOn(d)) {
					c.say(fmt.Sprintf("%s opens %s on %s, beyond the hours of the centre", owner, span, d),
						"change these hours, or those in centre.yaml", &lines[i].Open[k], &lines[i].Days[j])
				}
			}
		}
	}
}

func (c *checker) centreOn(d calendar.Weekday) (open []calendar.Span) {
	for _, line := range c.site.Hours.Weekly {
		if slices.Contains(line.Days, d) {
			open = append(open, line.Open...)
		}
	}
	return open
}

// desks checks desks.yaml.
func (c *checker) desks() {
	all := c.site.Desks
	c.unique("label", each(all, func(v *Desk) *string { return &v.Label }))
	for i := range all {
		c.refersAll("service", all[i].Services, called("desk", all[i].Key))
	}
	if !slices.ContainsFunc(c.problems, func(p Problem) bool { return p.File == "desks.yaml" }) {
		c.desksOfAll()
	}
}

// desksOfAll finds services that nobody can serve.
func (c *checker) desksOfAll() {
	for i := range c.site.Services {
		if s := &c.site.Services[i]; s.Key != "" && len(c.site.DesksOf(s.Key)) == 0 {
			c.say(called("service", s.Key)+" has no desk", "add it to the services of a desk in desks.yaml", &s.Key)
		}
	}
}

// resources checks resources.yaml.
func (c *checker) resources() {
	kinds := []string{KindBook, KindEResource, KindWebsite, KindTool, KindPress}
	for i := range c.site.Resources {
		r := &c.site.Resources[i]
		owner := called("resource", r.Key)
		c.oneOf("kind", &r.Kind, kinds)
		c.refersAll("service", r.Services, owner)
		c.refersAll("question", r.Questions, owner)
		c.address(&r.URL, owner)
		if r.Key != "" && len(r.Services)+len(r.Questions) == 0 {
			c.say(owner+" belongs to no service and no question", "add a line services: or questions:", &r.Key)
		}
		if r.Kind == KindWebsite && r.URL == "" {
			c.say(owner+" is a website without an address", "add a line url: https://…", &r.Kind)
		}
	}
}

// workshops checks workshops.yaml.
func (c *checker) workshops() {
	kinds := []string{KindWorkshop, KindEvent, KindDistance}
	for i := range c.site.Workshops {
		w := &c.site.Workshops[i]
		owner := called("workshop", w.Key)
		c.oneOf("kind", &w.Kind, kinds)
		c.refers("service", &w.Service, owner)
		c.refersAll("question", w.Questions, owner)
		c.hours(&w.Hours, owner)
	}
}
