package queue

import (
	"slices"
	"time"
)

// UndoWithin is for how long a desk can take back what it did last.
const UndoWithin = time.Minute

// maxActs is how many acts of a desk can be taken back, one after the other.
const maxActs = 8

// act is something a desk did, with what it changed as it was before. Taking it
// back puts that in place again, so that the day is as if it had not happened.
type act struct {
	no      uint64 // the fact's
	kind    Kind
	at      time.Time
	ticket  *Ticket // nil for a contact
	before  Stage   // of the ticket
	contact *Contact
	ended   *Contact // what the contact was before it ended
	bore    *bearing // what the ticket bore before an act of no desk
}

// bearing is what can be put right about a ticket besides its stage.
type bearing struct {
	question  string
	level     int
	low, high time.Duration
}

func (t *Ticket) bears() *bearing { return &bearing{t.Question, t.Level, t.Low, t.High} }

// Act is the last act of a desk, or on a ticket, that can be taken back.
type Act struct {
	No     uint64
	Kind   Kind
	At     time.Time
	Until  time.Time // can be taken back until then
	Ticket TicketID  // or "" for a contact
}

// undoable says whether a fact about a ticket is an act of a desk.
func undoable(f Fact, t *Ticket) bool {
	switch f.Kind {
	case Called, Started, Finished, Missed, Parked, Resumed:
		return true
	case Transferred, Left: // not always from a desk
		return f.Desk != "" && t.Now().Desk == f.Desk
	case Reinstated:
		return f.Desk != ""
	}
	return false
}

// undoableApart says whether a fact is an act of the reception, the coordinator or
// the ticket's own person. They have no desk, so that it is found by its ticket.
func undoableApart(f Fact) bool {
	switch f.Kind {
	case Voided:
		return slices.Contains(VoidReasons(), f.Reason)
	case Left, Reinstated, Corrected, Leveled:
		return f.Desk == ""
	}
	return false
}

// acts are the last of a desk, in a ring: each year has a hundred thousand.
type acts struct {
	ring      [maxActs]act
	low, next int // the ring holds those from low up to before next
}

// did remembers an act of a desk.
func (d *Day) did(desk string, a act) {
	l := d.acts[desk]
	if l == nil {
		l = &acts{}
		d.acts[desk] = l
	}
	l.ring[l.next%maxActs] = a
	l.next++
	l.low = max(l.low, l.next-maxActs)
}

// last is the act of a desk that many before its newest, nil if it has none.
func (d *Day) last(desk string, before int) *act {
	l := d.acts[desk]
	if l == nil || l.next-1-before < l.low {
		return nil
	}
	return &l.ring[(l.next-1-before)%maxActs]
}

// sound says whether nobody has built on an act: its ticket has not moved since.
func (a *act) sound() bool { return a.ticket == nil || a.ticket.Now().moved == a.no }

// LastAct is what a desk can take back; false when there is nothing, or when
// somebody has built on it.
func (d *Day) LastAct(desk string) (Act, bool) {
	a := d.last(desk, 0)
	if a == nil || !a.sound() || d.Desk(desk).State == DeskIsClosed {
		return Act{}, false
	}
	return d.actOf(a), true
}

// LastActOn is what can be taken back of what was done to a ticket by no desk;
// false when there is nothing, or when somebody has built on it.
func (d *Day) LastActOn(id TicketID) (Act, bool) {
	a := d.apart[id]
	if a == nil || !a.sound() {
		return Act{}, false
	}
	return d.actOf(a), true
}

func (d *Day) actOf(a *act) Act {
	last := Act{No: a.no, Kind: a.kind, At: a.at, Until: a.at.Add(d.rules.hands(UndoWithin))}
	if a.ticket != nil {
		last.Ticket = a.ticket.ID
	}
	return last
}

func (d *Day) applyUndone(f Fact) string {
	if f.Desk == "" {
		return d.applyTakenBack(f)
	}
	a := d.last(f.Desk, 0)
	switch {
	case a == nil || a.no != f.Of:
		return "undone what is not the last act of the desk"
	case !a.sound():
		return "undone what somebody has built on"
	}
	d.acts[f.Desk].next--
	if a.ticket == nil {
		d.undoContact(f.Desk, a)
		return ""
	}
	d.restore(a, f.When())
	return ""
}

// applyTakenBack takes back what was done to a ticket by no desk.
func (d *Day) applyTakenBack(f Fact) string {
	a := d.apart[f.Ticket]
	switch {
	case a == nil || a.no != f.Of:
		return "undone what is not the last act on the ticket"
	case !a.sound():
		return "undone what somebody has built on"
	}
	delete(d.apart, f.Ticket)
	d.restore(a, f.When())
	return ""
}

// restore puts the stage of an act's ticket back as it was.
func (d *Day) restore(a *act, when time.Time) {
	t := a.ticket
	now := t.Now()
	d.book(now.Service).Stages[now.State]--
	if now.State == Waiting {
		d.unqueue(t)
	}
	if a.kind == Transferred {
		d.book(now.Service).TransferredIn--
		t.Stages = t.Stages[:len(t.Stages)-1]
		now = t.Now()
		d.book(now.Service).Stages[now.State]--
	}
	if a.kind == Corrected {
		d.rebook(t, now.Service, a.before.Service)
	}
	if was := a.bore; was != nil {
		t.Question, t.Level, t.Low, t.High = was.question, was.level, was.low, was.high
	}
	desk, counted := now.Desk, now.interviewed()
	*now = a.before
	d.book(now.Service).Stages[now.State]++
	if now.State == Waiting {
		d.queueUp(t)
	}
	d.seat(desk, t)
	d.shelve(t)
	if a.kind == Called {
		d.withdraw(a, when)
	}
	if counted && !now.interviewed() {
		d.desk(desk).Served--
	}
}

// seat lets a desk have the ticket that its stage says it has.
func (d *Day) seat(key string, t *Ticket) {
	if key == "" {
		return
	}
	s, desk := t.Now(), d.desk(key)
	switch here := s.Desk == key && (s.State == InCall || s.State == Serving); {
	case here:
		desk.Ticket = t.ID
	case desk.Ticket == t.ID:
		desk.Ticket = ""
	}
}

// withdraw takes the calls of an act, the recalls after it too, off the list.
func (d *Day) withdraw(a *act, when time.Time) {
	gone := func(c Call) bool { return c.Ticket == a.ticket.ID && c.no >= a.no }
	i := slices.IndexFunc(d.calls, gone)
	if i < 0 {
		return
	}
	call := d.calls[i]
	d.calls = slices.DeleteFunc(d.calls, gone)
	call.At = when
	d.withdrawn = append(d.withdrawn, call)
}
