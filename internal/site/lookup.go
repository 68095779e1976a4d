package site

import (
	"cmp"
	"iter"
	"slices"
)

// Service is the service with the key.
func (s *Site) Service(key string) (Service, bool) {
	return find(s.Services, func(v *Service) bool { return v.Key == key })
}

// Desk is the desk with the key.
func (s *Site) Desk(key string) (Desk, bool) {
	return find(s.Desks, func(v *Desk) bool { return v.Key == key })
}

// Resource is the resource with the key.
func (s *Site) Resource(key string) (Resource, bool) {
	return find(s.Resources, func(v *Resource) bool { return v.Key == key })
}

// Question is the question with the key, on either level.
func (s *Site) Question(key string) (Question, bool) {
	q, _, ok := s.question(key)
	return q, ok
}

// Topic is the topic of a service.
func (s Service) Topic(key string) (Topic, bool) {
	return find(s.Topics, func(v *Topic) bool { return v.Key == key })
}

// ServiceOf is the service a question leads to; false if it leads elsewhere.
func (s *Site) ServiceOf(question string) (Service, bool) {
	q, _, ok := s.question(question)
	if !ok || q.Leads != "" {
		return Service{}, false
	}
	return s.Service(q.Service)
}

// DesksOf are the desks that can serve a service, in the order of the site.
func (s *Site) DesksOf(service string) []Desk {
	return filter(s.Desks, func(d *Desk) bool { return slices.Contains(d.Services, service) })
}

// AllQuestions gives every question, each parent before its children.
func (s *Site) AllQuestions() iter.Seq[Question] {
	return func(yield func(Question) bool) {
		for _, q := range s.Questions {
			if !yield(q) {
				return
			}
			for _, child := range q.Children {
				if !yield(child) {
					return
				}
			}
		}
	}
}

// ResourcesFor are the resources of a question, nearest first: its own, then those
// of the questions below it, of the one above it, and of the service it leads to.
func (s *Site) ResourcesFor(question string) []Resource {
	return nearest(s.Resources, s.circles(question), func(r *Resource, c circle) bool {
		return slices.Contains(r.Questions, c.question) || slices.Contains(r.Services, c.service)
	})
}

// ResourcesOf are the resources of a service, in the order of the site.
func (s *Site) ResourcesOf(service string) []Resource {
	return filter(s.Resources, func(r *Resource) bool { return slices.Contains(r.Services, service) })
}

// WorkshopsFor are the workshops of a question, nearest first, as ResourcesFor.
func (s *Site) WorkshopsFor(question string) []Workshop {
	return nearest(s.Workshops, s.circles(question), func(w *Workshop, c circle) bool {
		return c.question != "" && slices.Contains(w.Questions, c.question) ||
			c.service != "" && w.Service == c.service
	})
}

// WorkshopsOf are the workshops of a service, in the order of the site.
func (s *Site) WorkshopsOf(service string) []Workshop {
	return filter(s.Workshops, func(w *Workshop) bool { return w.Service == service })
}

// question finds a question and the one it stands under.
func (s *Site) question(key string) (q, parent Question, ok bool) {
	for _, q := range s.Questions {
		if q.Key == key {
			return q, Question{}, true
		}
		for _, child := range q.Children {
			if child.Key == key {
				return child, q, true
			}
		}
	}
	return Question{}, Question{}, false
}

// circle is one ring of nearness around a question: a question or a service.
type circle struct{ question, service string }

func (s *Site) circles(question string) []circle {
	q, parent, ok := s.question(question)
	if !ok {
		return nil
	}
	circles := []circle{{question: q.Key}}
	for _, child := range q.Children {
		circles = append(circles, circle{question: child.Key})
	}
	if parent.Key != "" {
		circles = append(circles, circle{question: parent.Key})
	}
	if q.Service != "" {
		circles = append(circles, circle{service: q.Service})
	}
	return circles
}

func nearest[T any](all []T, circles []circle, belongs func(*T, circle) bool) []T {
	var found []T
	taken := make([]bool, len(all))
	for _, c := range circles {
		for i := range all {
			if !taken[i] && belongs(&all[i], c) {
				taken[i] = true
				found = append(found, all[i])
			}
		}
	}
	return found
}

func find[T any](all []T, is func(*T) bool) (T, bool) {
	for i := range all {
		if is(&all[i]) {
			return all[i], true
		}
	}
	var none T
	return none, false
}

func filter[T any](all []T, is func(*T) bool) []T {
	var found []T
	for i := range all {
		if is(&all[i]) {
			found = append(found, all[i])
		}
	}
	return found
}

// Typed are the languages one is asked to type a text in: the site's first, then
// English or French, which many of the staff can write, then the others.
func (s *Site) Typed() []string {
	all := slices.Clone(s.Languages)
	slices.SortStableFunc(all[1:], func(a, b string) int { return cmp.Compare(rare(a), rare(b)) })
	return all
}

func rare(lang string) int {
	if lang == "en" || lang == "fr" {
		return 0
	}
	return 1
}
