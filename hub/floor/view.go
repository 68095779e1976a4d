package floor

import (
	"slices"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/queue"
	"accueil/internal/waits"
	"accueil/internal/wire"
)

// Sight is the day as a reader inside the loop may see it.
type Sight struct {
	Day   *queue.Day
	Stamp wire.Stamp
	floor *Floor
}

// Saves says whether the last commit reached the disk.
func (s Sight) Saves() bool { return s.floor.unsaved == 0 }

// Wait is the interval for somebody with so many ahead; nil when not known yet.
func (s Sight) Wait(service string, ahead int) *wire.Interval {
	return wire.NewInterval(s.floor.promise(service, ahead))
}

// Outlook is what waiting intervals of a service are reckoned from, so that
// whoever needs many does not keep the writer: see [waits.Estimate].
func (s Sight) Outlook(service string) waits.State { return s.floor.outlook(service) }

// Notices are the announcements that are up.
func (s Sight) Notices() []wire.Notice { return s.floor.current(s.Stamp.At) }

// Public is what everybody may see.
func (s Sight) Public() wire.Public { return s.floor.public(s.Stamp) }

// Coordinator is the whole floor, with what is beyond its limit.
func (s Sight) Coordinator() wire.Coordinator {
	v := s.floor.coordinator(s.Stamp)
	s.floor.warn(v.Services, s.Stamp)
	return v
}

// Open says whether a service receives people now.
func (s Sight) Open(service string) bool { return s.floor.open(service, s.Stamp.At) }

// Quiet are the hours to come today in which it is usually clearly quieter at a
// service than now.
func (s Sight) Quiet(service string) []calendar.Span { return s.floor.quiet(service, s.Stamp.At) }

// Terminal is a terminal's last word about itself.
type Terminal struct {
	wire.State
	Heard time.Time // site time
}

func (f *Floor) stamp() wire.Stamp {
	return wire.Stamp{Journal: f.source.Journal, Fact: f.last, At: f.time(), Day: f.day.Date}
}

func (f *Floor) open(service string, now time.Time) bool {
	if f.day.Closed {
		return false
	}
	switch f.day.Override(service) {
	case queue.ForcedOpen:
		return true
	case queue.ForcedClosed:
		return false
	}
	s, ok := f.site.Service(service)
	return ok && f.calendar.At(s.Hours, now).Open
}

// full says that somebody who came now and waited so long could not be received
// before closing. What the coordinator has opened has no closing time.
func (f *Floor) full(service string, now time.Time, wait time.Duration) bool {
	s, ok := f.site.Service(service)
	if !ok || f.day.Override(service) == queue.ForcedOpen {
		return false
	}
	return !f.calendar.At(s.Hours, now).Takes(now, wait, f.site.Margin(service))
}

// public is what everybody may see.
func (f *Floor) public(stamp wire.Stamp) wire.Public {
	v := wire.Public{V: wire.Version, Stamp: stamp, Closed: f.day.Closed, Services: []wire.Line{}, Calls: []wire.Call{},
		Notices: f.current(stamp.At), PCs: f.pcs()}
	for _, s := range f.site.Services {
		line := f.line(s.Key, stamp.At)
		line.Quiet = f.quiet(s.Key, stamp.At)
		v.Services = append(v.Services, line)
	}
	calls := f.day.Calls()
	shown := map[queue.TicketID]bool{}
	for i := len(calls) - 1; i >= 0 && len(v.Calls) < wire.MaxCalls; i-- {
		if c := calls[i]; !shown[c.Ticket] {
			shown[c.Ticket] = true
			v.Calls = append(v.Calls, f.call(c))
		}
	}
	for _, c := range slices.Backward(f.day.Withdrawn()) {
		if stamp.At.Sub(c.At) > time.Duration(f.speed*float64(queue.UndoWithin)) || len(v.Withdrawn) == wire.MaxWithdrawn {
			break
		}
		if f.day.Ticket(c.Ticket).Now().State != queue.Waiting {
			continue // called once more, or gone: there is nothing to wait for
		}
		v.Withdrawn = append(v.Withdrawn, f.call(c))
	}
	v.Fit()
	return v
}

func (f *Floor) call(c queue.Call) wire.Call {
	t := f.day.Ticket(c.Ticket)
	v := wire.Call{Label: t.Label(), Alias: t.Alias(), Service: c.Service, Desk: c.Desk, At: c.At, Times: 1}
	if t.Language != f.site.Languages[0] {
		v.Language = t.Language
	}
	for _, s := range t.Stages {
		if s.Desk == c.Desk && s.Service == c.Service {
			v.Times = s.Calls
		}
	}
	return v
}

func (f *Floor) line(service string, now time.Time) wire.Line {
	waiting := f.day.Book(service).In(queue.Waiting)
	low, high := f.promise(service, waiting)
	l := wire.Line{
		Service: service, Open: f.open(service, now), Waiting: waiting, Wait: wire.NewInterval(low, high),
	}
	l.Full = l.Open && f.full(service, now, (low+high)/2)
	for _, d := range f.day.Desks() {
		if d.State == queue.DeskIsOpen && slices.Contains(d.Services, service) {
			l.Desks++
		}
	}
	return l
}

// service is one queue for its advisers.
func (f *Floor) service(key string, stamp wire.Stamp) wire.Service {
	waiting := f.day.Waiting(key)
	v := wire.Service{
		V: wire.Version, Stamp: stamp, Key: key, Open: f.open(key, stamp.At), Waiting: len(waiting),
		Tickets: []wire.Ticket{}, Desks: []wire.Desk{},
	}
	missed := f.day.Missed(key, stamp.At)
	for _, t := range missed[:min(len(missed), wire.MaxMissed)] {
		v.Missed = append(v.Missed, wire.NewTicket(t))
	}
	parked := f.parked()
	for _, d := range f.day.Desks() {
		if d.State != queue.DeskIsClosed && slices.Contains(d.Services, key) {
			v.Desks = append(v.Desks, f.desk(d, parked))
		}
	}
	room := mostTickets - len(v.Missed)
	for _, d := range v.Desks {
		room -= 1 + len(d.Parked)
	}
	for _, t := range waiting[:min(len(waiting), wire.MaxTickets, max(fewestTickets, room))] {
		v.Tickets = append(v.Tickets, wire.NewTicket(t))
	}
	return v
}

// mostTickets fit into a service view, of at most some 400 bytes each: where
// very many are put aside, it shows fewer of those who wait, but always the next.
const (
	mostTickets   = wire.MaxService / 400
	fewestTickets = 5
)

// parked are the tickets put aside, by desk.
func (f *Floor) parked() map[string][]wire.Ticket {
	aside := map[string][]wire.Ticket{}
	for _, t := range f.day.Parked() {
		aside[t.Now().Desk] = append(aside[t.Now().Desk], wire.NewTicket(t))
	}
	return aside
}

func (f *Floor) desk(d queue.Desk, parked map[string][]wire.Ticket) wire.Desk {
	v := wire.Desk{
		Key: d.Key, State: d.State.String(), Services: d.Services, Since: d.Since, Served: d.Served,
		Parked: parked[d.Key], Languages: d.Languages, Undo: f.undo(d.Key),
	}
	if c := d.Contact; c != nil {
		v.Contact = &wire.Contact{Service: c.Service, Mode: c.Mode, Persons: c.Persons, Since: c.Began}
	}
	if t := f.day.Ticket(d.Ticket); t != nil {
		seen := wire.NewTicket(t)
		v.Ticket = &seen
	}
	return v
}

// undo is what a desk can take back, nil when there is nothing.
func (f *Floor) undo(desk string) *wire.Undo {
	last, ok := f.day.LastAct(desk)
	if !ok || f.time().After(last.Until) {
		return nil
	}
	u := &wire.Undo{Act: last.Kind, Until: last.Until}
	if t := f.day.Ticket(last.Ticket); t != nil {
		u.Label = t.Label()
	}
	return u
}

// coordinator is the whole floor.
func (f *Floor) coordinator(stamp wire.Stamp) wire.Coordinator {
	v := wire.Coordinator{
		V: wire.Version, Stamp: stamp, Closed: f.day.Closed, Services: []wire.Row{}, Desks: []wire.Desk{},
		Sensors: []wire.Sensor{}, Footfall: f.day.Footfall(), Odds: len(f.day.Odds()), Usual: f.usual, Restored: f.day.Restored,
	}
	overdue, past := f.overdue(stamp.At)
	v.Overdue = asOverdue(overdue[:min(len(overdue), wire.MaxOverdue)])
	v.Unpromised, v.UnpromisedOldest = f.unpromised()
	for _, s := range f.site.Services {
		row := f.row(s.Key, stamp.At)
		row.Past = past[s.Key]
		v.Services = append(v.Services, row)
	}
	parked := f.parked()
	for _, d := range f.day.Desks() {
		v.Desks = append(v.Desks, f.desk(d, parked))
	}
	v.Terminals = f.terminals()
	for _, name := range sortedKeys(f.day.Sensors()) {
		at := f.day.Sensors()[name].At
		if heard := f.sensed[name]; heard.After(at) {
			at = heard
		}
		v.Sensors = append(v.Sensors, wire.Sensor{Name: name, At: at})
	}
	fit(&v)
	return v
}

// pcs counts the documentation PCs that are there, nil when there is none.
func (f *Floor) pcs() *wire.PCs {
	var pcs wire.PCs
	for _, t := range f.present[wire.RoleKiosk] {
		if !t.Online || t.Work == "" {
			continue
		}
		pcs.All++
		if t.Work == wire.WorkFree {
			pcs.Free++
		}
	}
	if pcs.All == 0 {
		return nil
	}
	return &pcs
}

// terminals are those heard of, the silent first: they are what somebody must see to.
func (f *Floor) terminals() []wire.Terminal {
	all := []wire.Terminal{}
	for _, role := range sortedKeys(f.present) {
		for _, name := range sortedKeys(f.present[role]) {
			t := f.present[role][name]
			all = append(all, wire.Terminal{Role: role, Name: name, Online: t.Online, Since: t.Heard, Unsent: t.Unsent, Work: t.Work, Paper: t.Paper})
		}
	}
	slices.SortStableFunc(all, func(a, b wire.Terminal) int {
		switch {
		case a.Online == b.Online:
			return 0
		case b.Online:
			return -1
		}
		return 1
	})
	return all[:min(len(all), wire.MaxTerminals)]
}

func (f *Floor) row(service string, now time.Time) wire.Row {
	b := f.day.Book(service)
	r := wire.Row{
		Line: f.line(service, now), Issued: b.Issued, Called: b.In(queue.InCall), Serving: b.In(queue.Serving),
		Parked: b.In(queue.OnPark), Served: b.In(queue.Served), NoShow: b.In(queue.NoShow), Left: b.In(queue.Gone),
		Void: b.In(queue.Void), TransferredIn: b.TransferredIn, TransferredOut: b.In(queue.MovedOn),
	}
	switch f.day.Override(service) {
	case queue.ForcedOpen:
		r.Override = "open"
	case queue.ForcedClosed:
		r.Override = "closed"
	}
	for _, t := range f.day.Waiting(service) {
		if r.Oldest.IsZero() || t.Arrived.Before(r.Oldest) {
			r.Oldest = t.Arrived
		}
	}
	return r
}
