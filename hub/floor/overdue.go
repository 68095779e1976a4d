package floor

import (
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// overdue are all who wait longer than their tickets announced, those furthest
// over first, and how many they are by service.
func (f *Floor) overdue(now time.Time) (all []*queue.Ticket, count map[string]int) {
	count = map[string]int{}
	for _, s := range f.site.Services {
		for _, t := range f.day.Waiting(s.Key) {
			if due := t.Due(); !due.IsZero() && now.After(due) {
				all = append(all, t)
				count[s.Key]++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *queue.Ticket) int { return a.Due().Compare(b.Due()) })
	return all, count
}

// unpromised are how many wait without an announced wait, and the arrival of who of
// them came first.
func (f *Floor) unpromised() (n int, oldest time.Time) {
	for _, s := range f.site.Services {
		for _, t := range f.day.Waiting(s.Key) {
			if !t.Due().IsZero() {
				continue
			}
			if n++; oldest.IsZero() || t.Arrived.Before(oldest) {
				oldest = t.Arrived
			}
		}
	}
	return n, oldest
}

// maxOverdueParts is more than a day ever has.
const maxOverdueParts = 1000

// overduePart is one part of the whole list. A part beyond its end is empty: the
// queue has become shorter meanwhile.
func (f *Floor) overduePart(part int) *wire.OverdueList {
	all, _ := f.overdue(f.time())
	from := min(len(all), part*wire.OverduePart)
	return &wire.OverdueList{Part: part, All: len(all), Tickets: asOverdue(all[from:min(len(all), from+wire.OverduePart)])}
}

func asOverdue(tickets []*queue.Ticket) []wire.Overdue {
	seen := make([]wire.Overdue, 0, len(tickets))
	for _, t := range tickets {
		seen = append(seen, wire.NewOverdue(t))
	}
	return seen
}

// Overdue are all who wait longer than their tickets announced, those furthest
// over first.
func (s Sight) Overdue() []wire.Overdue {
	all, _ := s.floor.overdue(s.Stamp.At)
	return asOverdue(all)
}
