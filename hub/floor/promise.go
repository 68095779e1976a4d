package floor

import (
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/waits"
)

// promises keeps the intervals computed since the floor last changed in a way
// that matters to them, so that a rush of visitors does not pay for each anew.
type promises struct {
	kept     map[place]interval
	finished map[string]history
	at       time.Time
}

type place struct {
	service string
	ahead   int
}

type interval struct{ low, high time.Duration }

// history is what today's interviews of a service teach.
type history struct {
	interviews      []time.Duration
	ways            []time.Duration // from the last call to the start
	noShows, called int
}

// promisesLast is for how long an interval is still true when nothing happens:
// interviews grow longer meanwhile.
const promisesLast = 10 * time.Second

func (p *promises) forget() { *p = promises{} }

// note forgets the intervals when a fact changes how fast people are received.
func (p *promises) note(f queue.Fact) {
	switch f.Kind {
	case queue.Issued, queue.Numbered, queue.Handed, queue.Joined, queue.Began, queue.Asked, queue.Counted, queue.Welcomed:
		return
	}
	p.forget()
}

// stale says that time alone has made the intervals old, and forgets them.
func (p *promises) stale() bool {
	if p.kept == nil || time.Since(p.at) < promisesLast {
		return false
	}
	p.forget()
	return true
}

// promise is the interval of waiting for somebody with so many tickets ahead;
// 0, 0 when it is not known yet.
func (f *Floor) promise(service string, ahead int) (low, high time.Duration) {
	f.reckon()
	key := place{service, ahead}
	kept, known := f.waits.kept[key]
	if !known {
		kept = f.estimate(service, ahead)
		f.waits.kept[key] = kept
	}
	return kept.low, kept.high
}

// reckon begins anew what the intervals stand on when it was forgotten.
func (f *Floor) reckon() {
	if f.waits.kept == nil {
		f.waits = promises{kept: map[place]interval{}, finished: f.histories(), at: time.Now()}
	}
}

func (f *Floor) estimate(service string, ahead int) interval {
	state := f.outlook(service)
	state.Ahead = ahead
	p, known := waits.Estimate(state)
	if !known {
		return interval{}
	}
	return interval{low: p.Low, high: p.High}
}

// outlook is what the waiting intervals of a service are reckoned from, for
// nobody ahead. What it points to is not changed any more.
func (f *Floor) outlook(service string) waits.State {
	now := f.time()
	f.reckon()
	past := f.waits.finished[service]
	state := waits.State{Finished: past.interviews, Ways: past.ways, NoShows: past.noShows, Calls: past.called}
	for _, d := range f.day.Desks() {
		if d.State != queue.DeskIsOpen || !slices.Contains(d.Services, service) {
			continue
		}
		desk := waits.Desk{}
		if c := d.Contact; c != nil {
			desk.Busy, desk.Since = true, max(0, now.Sub(c.Began))
		}
		if t := f.day.Ticket(d.Ticket); t != nil {
			began := t.Now().Started
			desk.Busy, desk.Coming = true, began.IsZero()
			if desk.Coming {
				began = t.Now().Called
			}
			desk.Since = max(0, now.Sub(began))
		}
		state.Desks = append(state.Desks, desk)
	}
	if s, ok := f.site.Service(service); ok {
		if opening := f.calendar.At(s.Hours, now); opening.Open {
			state.UntilClose = opening.Until.Sub(now)
		}
	}
	return state
}

// histories gathers today's interviews by service, in the order of their tickets.
func (f *Floor) histories() map[string]history {
	all := map[string]history{}
	for _, t := range f.day.Tickets() {
		for i := range t.Stages {
			s := &t.Stages[i]
			h := all[s.Service]
			if took, ok := s.Interview(); ok {
				h.interviews = append(h.interviews, took)
			}
			if !s.Started.IsZero() && !s.WalkIn {
				h.ways = append(h.ways, max(0, s.Started.Sub(s.Called)))
			}
			if s.Calls > 0 {
				h.called++
			}
			if s.State == queue.NoShow {
				h.noShows++
			}
			all[s.Service] = h
		}
	}
	return all
}
