package uplink

import (
	"fmt"
	"slices"
	"sync"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// views are the newest whole views. A view is replaced by any of another
// journal or of a fact at least as new.
type views struct {
	mu          sync.Mutex
	stamps      map[string]wire.Stamp // by topic; what a next view must not be older than
	public      *wire.Public
	services    map[string]wire.Service
	coordinator *wire.Coordinator
	older       bool // the last beat was older than a view
}

func newViews() *views {
	return &views{stamps: map[string]wire.Stamp{}, services: map[string]wire.Service{}}
}

// fresh says whether a view may replace what its topic shows, and notes it.
func (v *views) fresh(topic string, next wire.Stamp) bool {
	have, known := v.stamps[topic]
	if known && have.Journal == next.Journal && next.Fact < have.Fact {
		return false
	}
	v.stamps[topic] = next
	return true
}

func (v *views) takePublic(topic string, next wire.Public) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.fresh(topic, next.Stamp) {
		return false
	}
	v.public = &next
	return true
}

func (v *views) takeService(topic string, next wire.Service) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.fresh(topic, next.Stamp) {
		return false
	}
	v.services[next.Key] = next
	return true
}

func (v *views) takeCoordinator(topic string, next wire.Coordinator) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.fresh(topic, next.Stamp) {
		return false
	}
	v.coordinator = &next
	return true
}

// trustNext lets the next view of every topic in, however old its number: after
// a reconnection the broker sends what it keeps, and after its start the hub
// says everything again, perhaps restored to an earlier fact.
func (v *views) trustNext() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.stamps)
}

// beat holds the views against the hub's pulse: those of another journal are a
// former hub's and go. Two beats in a row older than a view say that the hub was
// restored; one alone may have been overtaken by the view.
func (v *views) beat(b wire.Beat) (changed bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	changed = v.dropOthers(b.Journal)
	older := false
	for _, s := range v.stamps {
		older = older || s.Fact > b.Fact
	}
	if older && v.older {
		clear(v.stamps)
	}
	v.older = older
	return changed
}

func (v *views) dropOthers(journal string) (dropped bool) {
	if v.public != nil && v.public.Stamp.Journal != journal {
		v.public, dropped = nil, true
	}
	if v.coordinator != nil && v.coordinator.Stamp.Journal != journal {
		v.coordinator, dropped = nil, true
	}
	for key, s := range v.services {
		if s.Stamp.Journal != journal {
			delete(v.services, key)
			dropped = true
		}
	}
	for topic, s := range v.stamps {
		if s.Journal != journal {
			delete(v.stamps, topic)
		}
	}
	return dropped
}

// Public is the latest public view, false before the first. Views are shared:
// they are for reading.
func (u *Uplink) Public() (wire.Public, bool) {
	u.views.mu.Lock()
	defer u.views.mu.Unlock()
	if u.views.public == nil {
		return wire.Public{}, false
	}
	return *u.views.public, true
}

// Service is the latest view of one service, false before the first.
func (u *Uplink) Service(key string) (wire.Service, bool) {
	u.views.mu.Lock()
	defer u.views.mu.Unlock()
	v, known := u.views.services[key]
	return v, known
}

// Coordinator is the latest coordinator's view, false before the first.
func (u *Uplink) Coordinator() (wire.Coordinator, bool) {
	u.views.mu.Lock()
	defer u.views.mu.Unlock()
	if u.views.coordinator == nil {
		return wire.Coordinator{}, false
	}
	return *u.views.coordinator, true
}

// What follows is the edge: a view whose keys or labels are not of their form
// is not let in, whoever published it.

var errView = fmt.Errorf("%w: a view with a key or label out of form", wire.ErrMessage)

func soundStamp(s wire.Stamp) bool {
	return queue.ValidKey(s.Journal) && s.Day.Valid() && !s.At.IsZero()
}

func soundPublic(v wire.Public) bool {
	return soundStamp(v.Stamp) && len(v.Calls) <= wire.MaxCalls &&
		all(v.Services, soundLine) && all(v.Calls, soundCall) &&
		(v.PCs == nil || v.PCs.Free >= 0 && v.PCs.Free <= v.PCs.All)
}

func soundLine(l wire.Line) bool { return queue.ValidKey(l.Service) && l.Waiting >= 0 && l.Desks >= 0 }

func soundCall(c wire.Call) bool {
	return c.Label.Valid() && maybe(c.Alias, queue.Label.Valid) && queue.ValidKey(c.Desk) && maybe(c.Service, queue.ValidKey)
}

func soundService(v wire.Service) bool {
	return soundStamp(v.Stamp) && queue.ValidKey(v.Key) && v.Waiting >= 0 &&
		len(v.Tickets) <= wire.MaxTickets && all(v.Tickets, soundTicket) && all(v.Desks, soundDesk)
}

func soundTicket(t wire.Ticket) bool {
	return queue.ValidKey(string(t.ID)) && t.Label.Valid() && maybe(t.Alias, queue.Label.Valid) &&
		all([]string{t.Service, t.Question, t.Language, t.Desk}, maybeKey)
}

func soundDesk(d wire.Desk) bool {
	return queue.ValidKey(d.Key) && all(d.Services, queue.ValidKey) && all(d.Parked, soundTicket) &&
		(d.Ticket == nil || soundTicket(*d.Ticket))
}

func soundCoordinator(v wire.Coordinator) bool {
	return soundStamp(v.Stamp) && all(v.Desks, soundDesk) && (len(v.Usual) == 0 || len(v.Usual) == len(v.Footfall)) &&
		all(v.Services, func(r wire.Row) bool { return soundLine(r.Line) }) &&
		all(v.Terminals, func(t wire.Terminal) bool { return queue.ValidKey(t.Role) && queue.ValidKey(t.Name) }) &&
		all(v.Sensors, func(s wire.Sensor) bool { return queue.ValidKey(s.Name) }) &&
		len(v.Overdue) <= wire.MaxOverdue && all(v.Overdue, soundOverdue)
}

func soundOverdue(t wire.Overdue) bool {
	return queue.ValidKey(string(t.ID)) && t.Label.Valid() && maybe(t.Alias, queue.Label.Valid) &&
		queue.ValidKey(t.Service) && maybeKey(t.Language)
}

func maybeKey(s string) bool { return maybe(s, queue.ValidKey) }

func maybe[S ~string](s S, valid func(S) bool) bool { return s == "" || valid(s) }

func all[T any](list []T, sound func(T) bool) bool {
	return !slices.ContainsFunc(list, func(t T) bool { return !sound(t) })
}
