package rehearsal

import (
	"strconv"
	"sync"
	"time"
)

// Lively is the year for a rehearsal that people watch: the same centre, with
// interviews short enough that something always happens.
func (v Volumes) Lively() Volumes {
	const shorter = 0.4
	services := make(map[string]Service, len(v.Services))
	for key, s := range v.Services {
		s.Minutes = max(4, s.Minutes*shorter)
		services[key] = s
	}
	v.Services = services
	v.Visits, v.Entries = 2*v.Visits, 2*v.Entries
	return v
}

// Crowd says, step by step, who comes next in a rehearsal that answers to what
// happens in it: when many wait fewer come, so that queues stay between empty
// and endless whatever the desks do. It is safe for concurrent use.
type Crowd struct {
	model *Model
	mu    sync.Mutex
	c     chance
	n     int
}

// Crowd makes the crowd of a rehearsal.
func (m *Model) Crowd() *Crowd { return &Crowd{model: m, c: m.chance("crowd")} }

// pull says how much more, or less, people come than desks can receive.
func pull(waiting int) float64 {
	switch {
	case waiting < 2:
		return 3
	case waiting < 4:
		return 1.4
	case waiting < 6:
		return 0.9
	case waiting < 8:
		return 0.4
	}
	return 0
}

// Arrivals is how many people come for a service within a step of site time.
func (k *Crowd) Arrivals(service string, waiting, desks int, step time.Duration) int {
	if desks == 0 {
		return 0
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	each := time.Duration(k.model.Service(service).Minutes*float64(time.Minute)) + 90*time.Second
	return min(3, k.c.poisson(pull(waiting)*float64(desks)*float64(step)/float64(each)))
}

// Rush is how many wait for a service before its doors open.
func (k *Crowd) Rush(desks int) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return desks + 2 + k.c.IntN(3)
}

// minutes the centre is open in a year, roughly: what the volumes are shared out over.
const yearMinutes = 250 * 8 * 60

// Others is how many touch a kiosk within a step without taking a ticket.
func (k *Crowd) Others(step time.Duration) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.c.poisson(float64(k.model.volumes.Visits) / yearMinutes * step.Minutes())
}

// Passes is how many go in and out past a people counter within a step.
func (k *Crowd) Passes(step time.Duration) (in, out int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	mean := float64(k.model.volumes.Entries) / yearMinutes * step.Minutes()
	return k.c.poisson(mean), k.c.poisson(mean * 0.9)
}

// Visit draws the next visit: for a service, or for none when it is "".
func (k *Crowd) Visit(service string) Visit {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.n++
	v := Visit{Name: "crowd/" + strconv.Itoa(k.n), Kiosk: k.c.IntN(k.model.Kiosks())}
	v.Want = k.model.Want(service, v.Name)
	return v
}

// Think is how long an adviser takes before the next call.
func (k *Crowd) Think() time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.c.between(10*time.Second, time.Minute)
}

// Chance is true p times out of 100.
func (k *Crowd) Chance(p float64) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.c.percent(p)
}
