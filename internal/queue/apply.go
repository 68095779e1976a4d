package queue

import (
	"slices"
	"time"
)

// Apply folds one fact into the day. It never fails: a fact that does not fit
// changes nothing and is noted among the odds.
func (d *Day) Apply(f Fact) {
	if why := d.apply(f); why != "" {
		d.odds = append(d.odds, Odd{No: f.No, Kind: f.Kind, Why: why})
		return
	}
	if f.Request != "" {
		d.requests[f.Request] = f.Ticket
	}
	if when := f.When(); when.After(d.Last) {
		d.Last = when
	}
}

// apply returns why the fact does not fit, "" if it does.
func (d *Day) apply(f Fact) string {
	switch f.Kind {
	case Joined, Announced, Silenced:
		return ""
	case Began, Asked, Counted:
		return d.applyFootfall(f)
	case Issued:
		return d.applyIssued(f)
	case DeskOpened, DeskPaused, DeskClosed, DeskMoved:
		return d.applyDesk(f)
	case Contacted, ContactBegan, ContactEnded:
		return d.applyContact(f)
	case Welcomed:
		return d.applyWelcomed(f)
	case Undone:
		return d.applyUndone(f)
	case ServiceOpened:
		d.services[f.Service] = ForcedOpen
	case ServiceClosed:
		d.services[f.Service] = ForcedClosed
	case ServiceByCalendar:
		delete(d.services, f.Service)
	case Restored:
		d.Restored = f.When()
		d.leap(d.Restored)
	case DayOpened:
		d.open(f.When())
	case DayClosed:
		d.close(f.When())
	default:
		return d.applyTicket(f)
	}
	return ""
}

func (d *Day) applyTicket(f Fact) string {
	t := d.tickets[f.Ticket]
	if t == nil {
		return "unknown ticket"
	}
	switch f.Kind {
	case Numbered:
		return d.applyNumbered(t, f)
	case Handed:
		return d.applyHanded(t, f)
	}
	var a act
	can := undoable(f, t)
	apart := !can && undoableApart(f)
	if can || apart {
		a = act{no: f.No, kind: f.Kind, at: f.When(), ticket: t, before: *t.Now()}
	}
	if apart {
		a.bore = t.bears()
	}
	if why := d.applyMove(t, f); why != "" {
		return why
	}
	if f.Kind != Recalled { // a recall belongs to its call
		t.Now().moved = f.No
	}
	switch {
	case can:
		d.did(f.Desk, a)
	case apart:
		d.apart[t.ID] = &a
	}
	return ""
}

// applyMove moves a ticket.
func (d *Day) applyMove(t *Ticket, f Fact) string {
	switch f.Kind {
	case Called, Recalled:
		return d.applyCall(t, f)
	case Transferred:
		return d.applyTransfer(t, f)
	case Reinstated:
		return d.applyReinstated(t)
	case Delayed:
		return d.applyDelayed(t, f)
	case Corrected:
		return d.applyCorrected(t, f)
	case Leveled:
		return d.applyLeveled(t, f)
	}
	return d.applyStage(t, f)
}

func (d *Day) applyIssued(f Fact) string {
	if d.tickets[f.Ticket] != nil {
		return "ticket issued twice"
	}
	if d.codes[f.Code] != nil {
		return "code used twice"
	}
	t := &Ticket{
		ID: f.Ticket, Code: f.Code, Own: f.Label, Question: f.Question, Language: f.Language,
		Level: f.Level, Persons: max(1, f.Persons), Arrived: f.When(), series: f.Service,
	}
	d.order = append(d.order, t)
	d.tickets[t.ID], d.codes[t.Code] = t, t
	if t.Own != "" {
		d.labels[t.Own] = t
	}
	d.book(f.Service).Issued++
	d.enter(t, f.Service, t.Arrived)
	t.Now().WalkIn = f.Reason == ReasonWalkIn
	d.hour(f.When()).Tickets++
	return ""
}

func (d *Day) applyNumbered(t *Ticket, f Fact) string {
	if t.Number != "" {
		return "ticket numbered twice"
	}
	// A label is one person's: the paper of the first keeps it.
	if other := d.labels[f.Label]; other != nil && other != t {
		return "label given twice"
	}
	t.Number, t.Low, t.High = f.Label, f.Low, f.High
	delete(d.apart, t.ID) // what it bore before is not what it bears now
	d.labels[f.Label] = t
	d.numbers[t.series] = max(d.numbers[t.series], f.Label.Number())
	return ""
}

func (d *Day) applyHanded(t *Ticket, f Fact) string {
	if t.Printed != "" {
		return "ticket handed over twice"
	}
	// Usually one of its own two; a hub restored from an older backup has
	// numbered the ticket anew, and still the label on the paper wins.
	if other := d.labels[f.Label]; other != nil && other != t {
		return "handed over under the label of another ticket"
	}
	for _, l := range []Label{t.Own, t.Number} {
		if l != f.Label && d.labels[l] == t {
			delete(d.labels, l)
		}
	}
	t.Printed, d.labels[f.Label] = f.Label, t
	if !f.Label.Own() {
		d.numbers[t.series] = max(d.numbers[t.series], f.Label.Number())
	}
	return ""
}

func (d *Day) applyCall(t *Ticket, f Fact) string {
	s, desk := t.Now(), d.desk(f.Desk)
	if f.Kind == Called {
		if s.State != Waiting {
			return "called while " + s.State.String()
		}
		if desk.Busy() {
			return "called to a desk that has another ticket"
		}
		d.move(t, InCall, f.When())
		s.Desk, desk.Ticket = f.Desk, t.ID
	} else if s.State != InCall || s.Desk != f.Desk {
		return "recalled while " + s.State.String()
	}
	s.Called = f.When()
	s.Calls++
	d.calls = append(d.calls, Call{Ticket: t.ID, Label: t.Label(), Desk: f.Desk, Service: s.Service, At: f.When(), Again: f.Kind == Recalled, no: f.No})
	return ""
}

func (d *Day) applyTransfer(t *Ticket, f Fact) string {
	s := t.Now()
	if s.State.Ended() {
		return "transferred while " + s.State.String()
	}
	d.move(t, MovedOn, f.When())
	s.Reason = f.Reason
	if s.interviewed() {
		d.desk(s.Desk).Served++
	}
	d.book(f.Service).TransferredIn++
	d.enter(t, f.Service, f.When())
	return ""
}

// step says from which states a fact may move a stage, and where to.
func (k Kind) step() (from []State, to State, atDesk bool) {
	switch k {
	case Started:
		return []State{InCall}, Serving, true
	case Finished:
		return []State{Serving}, Served, true
	case Missed:
		return []State{InCall}, NoShow, true
	case Parked:
		return []State{InCall, Serving}, OnPark, true
	case Resumed:
		return []State{OnPark}, Serving, true
	case Left:
		return []State{Waiting, InCall, OnPark}, Gone, false
	case Voided:
		return []State{Waiting, InCall, OnPark}, Void, false
	}
	return nil, 0, false
}

func (d *Day) applyStage(t *Ticket, f Fact) string {
	from, to, atDesk := f.Kind.step()
	s := t.Now()
	if f.Kind == Voided && s.State == Void {
		return "" // hub and kiosk both void a ticket of a closed day
	}
	if !slices.Contains(from, s.State) {
		return string(f.Kind) + " while " + s.State.String()
	}
	if atDesk && s.Desk != f.Desk {
		return string(f.Kind) + " at another desk"
	}
	if f.Kind == Resumed && d.desk(f.Desk).Busy() {
		return "resumed at a desk that has another ticket"
	}
	when := f.When()
	d.move(t, to, when)
	switch f.Kind {
	case Started:
		s.Started = when
	case Parked:
		s.parkedAt = when
	case Resumed:
		d.resume(t, when)
	case Finished:
		s.Topic = f.Topic
		d.desk(f.Desk).Served++
	}
	s.Reason = f.Reason
	return ""
}

func (d *Day) resume(t *Ticket, when time.Time) {
	s := t.Now()
	if s.Started.IsZero() { // parked before the interview had begun
		s.Started = when
	} else {
		s.Aside += max(0, when.Sub(s.parkedAt))
	}
	d.desk(s.Desk).Ticket = t.ID
}

// enter puts t at its place in a queue as a new stage.
func (d *Day) enter(t *Ticket, service string, when time.Time) {
	t.Stages = append(t.Stages, Stage{Service: service, Entered: when})
	d.book(service).Stages[Waiting]++
	d.queueUp(t)
}

// move is the only place where a stage changes state: it keeps the queue, the
// desk and the book in step with it.
func (d *Day) move(t *Ticket, to State, when time.Time) {
	s := t.Now()
	book := d.book(s.Service)
	book.Stages[s.State]--
	book.Stages[to]++
	if s.State == Waiting {
		d.unqueue(t)
	}
	if (to.Ended() || to == OnPark) && s.Desk != "" {
		if desk := d.desk(s.Desk); desk.Ticket == t.ID {
			desk.Ticket = ""
		}
	}
	s.State = to
	if to.Ended() {
		s.Ended = when
	}
	d.shelve(t)
}

// shelve keeps the list of those put aside in step with a ticket's state.
func (d *Day) shelve(t *Ticket) {
	i := slices.Index(d.aside, t)
	switch parked := t.Now().State == OnPark; {
	case parked && i < 0:
		d.aside = append(d.aside, t)
	case !parked && i >= 0:
		d.aside = slices.Delete(d.aside, i, i+1)
	}
}

func (d *Day) book(service string) *Book {
	b := d.books[service]
	if b == nil {
		b = &Book{}
		d.books[service] = b
	}
	return b
}

func (d *Day) desk(key string) *Desk {
	desk := d.desks[key]
	if desk == nil {
		desk = &Desk{Key: key}
		d.desks[key] = desk
	}
	return desk
}

func (d *Day) hour(t time.Time) *Footfall { return &d.footfall[t.In(d.rules.Zone).Hour()] }
