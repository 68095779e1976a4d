package queue

import "time"

func (d *Day) applyDesk(f Fact) string {
	desk := d.desk(f.Desk)
	if f.Kind != DeskOpened && desk.State == DeskIsClosed {
		return string(f.Kind) + " while closed"
	}
	if f.Kind == DeskClosed && desk.Busy() {
		return "closed with a ticket at the desk"
	}
	switch f.Kind {
	case DeskOpened:
		desk.State, desk.Services, desk.Languages = DeskIsOpen, f.Services, f.Languages
	case DeskMoved:
		desk.Services = f.Services
		return ""
	case DeskPaused:
		desk.State = DeskIsPaused
	case DeskClosed:
		desk.State = DeskIsClosed
		delete(d.acts, f.Desk)
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
		s.cut = s.State
		d.move(t, to, when)
		s.Reason = ReasonDayClosed
	}
	for _, desk := range d.desks {
		if desk.State != DeskIsClosed {
			desk.State, desk.Since = DeskIsClosed, when
		}
		if desk.Contact != nil {
			desk.Contact.Ended, desk.Contact = when, nil // how long it took nobody knows
		}
	}
	clear(d.acts)
	clear(d.apart)
	d.Closed = true
}

// open opens the day, or lets it go on after it was closed: whoever was sent
// home waits again, also who had been called, since no desk is present; who was
// put aside is still that. An interview that was cut off is over.
func (d *Day) open(when time.Time) {
	if d.Closed {
		d.Reopened = when
		for _, t := range d.order {
			if s := t.Now(); s.State == Gone && s.Reason == ReasonDayClosed {
				d.readmit(t)
			}
		}
	}
	d.Opened, d.Closed = true, false
}

func (d *Day) readmit(t *Ticket) {
	s := t.Now()
	to := Waiting
	if s.cut == OnPark {
		to = OnPark
	}
	book := d.book(s.Service)
	book.Stages[Gone]--
	book.Stages[to]++
	s.State, s.Reason, s.Ended = to, "", time.Time{}
	d.shelve(t)
	if to == Waiting {
		s.Desk, s.Called = "", time.Time{}
		d.queueUp(t)
	}
}
