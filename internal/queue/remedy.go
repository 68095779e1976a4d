package queue

import "time"

// What is put right about a ticket.

// applyReinstated lets somebody who came after all wait again, at the place that
// their arrival gives them. The next call says how long they waited.
func (d *Day) applyReinstated(t *Ticket) string {
	s := t.Now()
	if s.State != NoShow {
		return "reinstated while " + s.State.String()
	}
	book := d.book(s.Service)
	book.Stages[NoShow]--
	book.Stages[Waiting]++
	s.State, s.Desk, s.Reason, s.Called, s.Ended = Waiting, "", "", time.Time{}, time.Time{}
	s.Missed++
	d.queueUp(t)
	return ""
}

// applyCorrected moves a waiting ticket to the service it should have been
// issued for. That is no transfer: it never was in the other queue. What was
// promised there is no promise here.
func (d *Day) applyCorrected(t *Ticket, f Fact) string {
	s := t.Now()
	if s.State != Waiting {
		return "corrected while " + s.State.String()
	}
	d.unqueue(t)
	d.book(s.Service).Stages[Waiting]--
	d.book(f.Service).Stages[Waiting]++
	d.rebook(t, s.Service, f.Service)
	if len(t.Stages) == 1 {
		t.Low, t.High = f.Low, f.High
	}
	s.Service = f.Service
	if f.Question != "" {
		t.Question = f.Question
	}
	d.queueUp(t)
	return ""
}

// rebook lets a ticket have come in for another service than the books say.
func (d *Day) rebook(t *Ticket, service, now string) {
	from, to := d.book(service), d.book(now)
	if len(t.Stages) == 1 {
		from.Issued--
		to.Issued++
		return
	}
	from.TransferredIn--
	to.TransferredIn++
}

// applyLeveled gives a waiting ticket another head start.
func (d *Day) applyLeveled(t *Ticket, f Fact) string {
	if t.Now().State != Waiting {
		return "leveled while " + t.Now().State.String()
	}
	d.unqueue(t)
	t.Level = f.Level
	d.queueUp(t)
	return ""
}
