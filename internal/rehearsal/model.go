// Package rehearsal plays plausible days: who comes when, with which question
// and language, how long interviews take, who does not come.
//
// Everything follows from a seed. A [Plan] says what people mean to do on a
// day; [House.Day] lets them meet the desks in the domain's own code, at once;
// the demo's live player lets them meet a running hub.
package rehearsal

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/queue"
	"accueil/internal/site"
)

// Model is a centre and its year.
type Model struct {
	site     *site.Site
	volumes  Volumes
	seed     uint64
	calendar calendar.Calendar
	years    map[int]year
}

// year holds the sums of the weights of all days, by which the volumes of a
// year are shared out among them.
type year struct {
	centre   float64
	services map[string]float64
}

// New makes the model of a centre. Only the volumes of its own services count.
func New(s *site.Site, v Volumes, seed uint64) (*Model, error) {
	cal, err := s.Calendar()
	if err != nil {
		return nil, err
	}
	return &Model{site: s, volumes: v, seed: seed, calendar: cal, years: map[int]year{}}, nil
}

// Zone is the time zone of the centre.
func (m *Model) Zone() *time.Location { return m.calendar.Zone() }

// Kiosks is how many kiosks are used.
func (m *Model) Kiosks() int { return max(1, m.volumes.Kiosks) }

// Service is the year of a service.
func (m *Model) Service(key string) Service {
	if s, ok := m.volumes.Services[key]; ok {
		return s
	}
	return usual()
}

// chance for something that has a name.
func (m *Model) chance(names ...string) chance { return newChance(m.seed, names...) }

// noon of a day exists in every zone.
func (m *Model) noon(d queue.Date) time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, m.Zone())
}

// on is a time of day of a day.
func on(noon time.Time, c calendar.Clock) time.Time {
	y, m, d := noon.Date()
	return time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, noon.Location())
}

// Open says whether the centre receives anybody on a day.
func (m *Model) Open(d queue.Date) bool { return len(m.hours(m.site.Hours, m.noon(d))) > 0 }

func (m *Model) hours(rules calendar.Rules, noon time.Time) []calendar.Span {
	return m.calendar.Hours(rules, noon)
}

// busy says how busy the months are, compared with each other.
func busy(month time.Month) float64 {
	return [...]float64{1.1, 1, 1.15, 1, 0.9, 1, 0.7, 0.5, 1.15, 1.25, 1.2, 0.8}[month-1]
}

// weight of a day among the days of its year: its hours, and how busy its month is.
func weight(spans []calendar.Span, noon time.Time) float64 {
	minutes := 0
	for _, s := range spans {
		minutes += int(s.To - s.From)
	}
	return float64(minutes) * busy(noon.Month())
}

func (m *Model) year(n int) year {
	if y, known := m.years[n]; known {
		return y
	}
	y := year{services: map[string]float64{}}
	for noon := time.Date(n, 1, 1, 12, 0, 0, 0, m.Zone()); noon.Year() == n; noon = noon.AddDate(0, 0, 1) {
		y.centre += weight(m.hours(m.site.Hours, noon), noon)
		for _, s := range m.site.Services {
			y.services[s.Key] += weight(m.hours(s.Hours, noon), noon)
		}
	}
	m.years[n] = y
	return y
}

// share of a year's volume that falls on a day.
func share(spans []calendar.Span, noon time.Time, sum float64) float64 {
	if sum == 0 {
		return 0
	}
	return weight(spans, noon) / sum
}

// Person is what somebody will do who wants a service, and what their adviser
// will do with them.
type Person struct {
	Patience  time.Duration // leaves after so long without a call; 0: stays
	NoShow    bool
	Way       time.Duration // from the call to the desk
	Interview time.Duration
	Topic     string        // key, or ""
	Transfer  string        // service they are sent on to, or ""
	Park      time.Duration // fetches a document for so long, half way through; 0: does not
}

// Person is fixed by the seed, the service and a name.
func (m *Model) Person(service, name string) Person {
	c, s := m.chance("person", service, name), m.Service(service)
	p := Person{
		NoShow: c.percent(m.volumes.NoShow), Way: c.between(20*time.Second, 100*time.Second),
		Interview: c.logNormal(time.Duration(s.Minutes*float64(time.Minute)), s.Spread), Topic: m.topic(c, service),
	}
	if c.percent(m.volumes.Leave) {
		p.Patience = c.between(5*time.Minute, 45*time.Minute)
	}
	if c.percent(m.volumes.Transfer) {
		p.Transfer = m.another(c, service)
	} else if c.percent(m.volumes.Park) {
		p.Park = c.between(4*time.Minute, 12*time.Minute)
	}
	return p
}

// topic is told for most interviews, the first ones of the list more often.
func (m *Model) topic(c chance, service string) string {
	s, ok := m.site.Service(service)
	if !ok || len(s.Topics) == 0 || c.percent(15) {
		return ""
	}
	weights := make([]float64, len(s.Topics))
	for i := range weights {
		weights[i] = 1 / float64(i+2)
	}
	return s.Topics[c.weighted(weights)].Key
}

// another service, by how many people it receives in a year.
func (m *Model) another(c chance, service string) string {
	weights := make([]float64, len(m.site.Services))
	for i, s := range m.site.Services {
		if s.Key != service {
			weights[i] = float64(m.Service(s.Key).Interviews)
		}
	}
	if key := m.site.Services[c.weighted(weights)].Key; key != service {
		return key
	}
	return ""
}

// language of a visit, among those of the centre.
func (m *Model) language(c chance) string {
	keys := slices.Sorted(maps.Keys(m.volumes.Languages))
	keys = slices.DeleteFunc(keys, func(k string) bool { return !slices.Contains(m.site.Languages, k) })
	if len(keys) == 0 {
		return m.site.Languages[0]
	}
	weights := make([]float64, len(keys))
	for i, k := range keys {
		weights[i] = m.volumes.Languages[k]
	}
	return keys[c.weighted(weights)]
}

// Want is what a visit of a kiosk is about.
type Want struct {
	Language string
	Path     []string        // questions chosen one after the other; the last one is theirs
	Service  string          // "" when it needs no ticket
	Steps    []time.Duration // before each choice, and one more before the ticket
}

// Want draws what a visitor wants of a service; "" for somebody who only looks
// around. It is fixed by the seed and a name.
func (m *Model) Want(service, name string) Want {
	c := m.chance("want", service, name)
	w := Want{Language: m.language(c), Service: service}
	var paths [][]string
	for _, q := range m.site.Questions {
		for _, child := range q.Children {
			if child.Leads == "" && child.Service == service || service == "" {
				paths = append(paths, []string{q.Key, child.Key})
			}
		}
		if len(q.Children) == 0 && (q.Service == service && q.Leads == "" || service == "") {
			paths = append(paths, []string{q.Key})
		}
	}
	if len(paths) > 0 {
		w.Path = paths[c.IntN(len(paths))]
	}
	if service == "" {
		w.Path = w.Path[:min(len(w.Path), c.IntN(3))] // some only wake the screen
	}
	for range len(w.Path) + 1 {
		w.Steps = append(w.Steps, c.between(4*time.Second, 40*time.Second))
	}
	return w
}

func name(d queue.Date, what string, n int) string {
	return string(d) + "/" + what + "/" + strconv.Itoa(n)
}
