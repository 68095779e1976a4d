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
	case Joined:
		return ""
	case Began, Asked, Counted:
		return d.applyFootfall(f)
	case Issued:
		return d.applyIssued(f)
	case DeskOpened, DeskPaused, DeskClosed:
		return d.applyDesk(f)
	case ServiceOpened:
		d.services[f.Service] = ForcedOpen
	case ServiceClosed:
		d.services[f.Service] = ForcedClosed
	case DayOpened:
		d.Opened, d.Closed = true, false
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
	case Called, Recalled:
		return d.applyCall(t, f)
	case Transferred:
		return d.applyTransfer(t, f)
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
		Level: f.Level, Arrived: f.When(),
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
	d.labels[f.Label] = t
	service := t.Stages[0].Service
	d.numbers[service] = max(d.numbers[service], f.Label.Number())
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
	if service := t.Stages[0].Service; !f.Label.Own() {
		d.numbers[service] = max(d.numbers[service], f.Label.Number())
	}
	return ""
}

func (d *Day) applyCall(t *Ticket, f Fact) string {
	s, desk := t.Now(), d.desk(f.Desk)
	if f.Kind == Called {
		if s.State != Waiting {
			return "called while " + s.State.String()
		}
		if desk.Ticket != "" {
			return "called to a desk that has another ticket"
		}
		d.move(t, InCall, f.When())
		s.Desk, desk.Ticket = f.Desk, t.ID
	} else if s.State != InCall || s.Desk != f.Desk {
		return "recalled while " + s.State.String()
	}
	s.Called = f.When()
	s.Calls++
	d.calls = append(d.calls, Call{Ticket: t.ID, Label: t.Label(), Desk: f.Desk, At: f.When(), Again: f.Kind == Recalled})
	return ""
}

func (d *Day) applyTransfer(t *Ticket, f Fact) string {
	s := t.Now()
	if s.State.Ended() {
		return "transferred while " + s.State.String()
	}
	d.move(t, MovedOn, f.When())
	s.Reason = f.Reason
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
	if f.Kind == Resumed && d.desk(f.Desk).Ticket != "" {
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

func (d *Day) applyDesk(f Fact) string {
	desk := d.desk(f.Desk)
	if f.Kind != DeskOpened && desk.State == DeskIsClosed {
		return string(f.Kind) + " while closed"
	}
	if f.Kind == DeskClosed && desk.Ticket != "" {
		return "closed with a ticket at the desk"
	}
	switch f.Kind {
	case DeskOpened:
		desk.State, desk.Services = DeskIsOpen, f.Services
	case DeskPaused:
		desk.State = DeskIsPaused
	case DeskClosed:
		desk.State = DeskIsClosed
	}
	desk.Since = f.When()
	return ""
}

func (d *Day) applyFootfall(f Fact) string {
	hour := d.hour(f.When())
	switch f.Kind {
	case Began:
		hour.Visits++
	case Asked:
		hour.Questions++
		d.asked[f.Question]++
	case Counted:
		d.count(f, hour)
	}
	return ""
}

// count adds what a counter's cumulative totals say happened since its last
// word. The first word of a counter never seen says nothing about today; a new
// boot starts from nothing; a total that went back without a new boot is a
// reset, and never a negative count.
func (d *Day) count(f Fact, hour *Footfall) {
	last, known := d.sensors[f.Sensor]
	d.sensors[f.Sensor] = Sensor{Boot: f.Boot, In: f.In, Out: f.Out, At: f.When()}
	if !known || f.Reason == ReasonForward {
		return
	}
	if last.Boot != f.Boot || f.In < last.In || f.Out < last.Out {
		last.In, last.Out = 0, 0
	}
	hour.In += int(f.In - last.In)
	hour.Out += int(f.Out - last.Out)
}

// close ends the day: whoever is still in the house has left, except who sits
// at a desk and is being served.
func (d *Day) close(when time.Time) {
	for _, t := range d.order {
		s := t.Now()
		if s.State.Ended() {
			continue
		}
		to := Gone
		if s.State == Serving {
			to = Served
		}
		d.move(t, to, when)
		s.Reason = ReasonDayClosed
	}
	for _, desk := range d.desks {
		if desk.State != DeskIsClosed {
			desk.State, desk.Since = DeskIsClosed, when
		}
	}
	d.Closed = true
}

// enter puts t at its place in a queue as a new stage.
func (d *Day) enter(t *Ticket, service string, when time.Time) {
	t.Stages = append(t.Stages, Stage{Service: service, Entered: when})
	d.book(service).Stages[Waiting]++
	queue := d.waiting[service]
	i, _ := slices.BinarySearchFunc(queue, t, d.compare)
	d.waiting[service] = slices.Insert(queue, i, t)
}

// move is the only place where a stage changes state: it keeps the queue, the
// desk and the book in step with it.
func (d *Day) move(t *Ticket, to State, when time.Time) {
	s := t.Now()
	book := d.book(s.Service)
	book.Stages[s.State]--
	book.Stages[to]++
	if s.State == Waiting {
		queue := d.waiting[s.Service]
		if i, found := slices.BinarySearchFunc(queue, t, d.compare); found {
			d.waiting[s.Service] = slices.Delete(queue, i, i+1)
		}
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
