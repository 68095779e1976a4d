package queue

import (
	"slices"
	"time"
)

// decideTicket reads Ticket, and Reason to leave and to void, Service and
// Question to correct, Level, Persons or Minutes to delay, Desk to reinstate where
// a desk does it.
func (d *Day) decideTicket(a Ask, now time.Time) ([]Fact, error) {
	t := d.tickets[a.Ticket]
	if t == nil {
		return nil, UnknownTicket
	}
	switch a.Do {
	case DoDelay:
		return d.decideDelay(a, t, now)
	case DoReinstate:
		return d.decideReinstate(a, t, now)
	case DoCorrect:
		return d.decideCorrect(a, t)
	case DoLevel:
		return d.decideLevel(a, t)
	case DoTakeBack:
		return d.decideTakeBack(t, now)
	case DoVoid:
		if t.Now().State != Waiting {
			return nil, NotWaiting
		}
		if !slices.Contains(VoidReasons(), a.Reason) {
			return nil, BadRequest
		}
		return []Fact{{Kind: Voided, Ticket: t.ID, Reason: a.Reason}}, nil
	}
	if from, _, _ := Left.step(); !slices.Contains(from, t.Now().State) {
		return nil, NotWaiting
	}
	return []Fact{{Kind: Left, Ticket: t.ID, Reason: a.Reason}}, nil
}

func (d *Day) decideReinstate(a Ask, t *Ticket, now time.Time) ([]Fact, error) {
	switch s := t.Now(); {
	case s.State != NoShow:
		return nil, NotMissed
	case now.Sub(s.Ended) > d.rules.reinstate():
		return nil, BackTooLate
	}
	return []Fact{{Kind: Reinstated, Ticket: t.ID, Desk: a.Desk}}, nil
}

func (r Rules) reinstate() time.Duration {
	if r.Reinstate > 0 {
		return r.Reinstate
	}
	return ReinstateWithin
}

// Missed are those who did not come when called to one of the services and may
// still come back, the latest first.
func (d *Day) Missed(service string, now time.Time) (missed []*Ticket) {
	for _, t := range slices.Backward(d.order) {
		s := t.Now()
		if s.State == NoShow && s.Service == service && now.Sub(s.Ended) <= d.rules.reinstate() {
			missed = append(missed, t)
		}
	}
	slices.SortStableFunc(missed, func(a, b *Ticket) int { return b.Now().Ended.Compare(a.Now().Ended) })
	return missed
}

func (d *Day) decideCorrect(a Ask, t *Ticket) ([]Fact, error) {
	switch {
	case d.rules.Letters[a.Service] == "":
		return nil, UnknownPlace
	case t.Now().State != Waiting:
		return nil, NotWaiting
	case t.Now().Service == a.Service:
		return nil, NothingToDo
	}
	return []Fact{{Kind: Corrected, Ticket: t.ID, Service: a.Service, Question: a.Question}}, nil
}

func (d *Day) decideLevel(a Ask, t *Ticket) ([]Fact, error) {
	switch {
	case t.Now().State != Waiting:
		return nil, NotWaiting
	case t.Level == a.Level:
		return nil, NothingToDo
	}
	return []Fact{{Kind: Leveled, Ticket: t.ID, Level: a.Level}}, nil
}

func (d *Day) decideTakeBack(t *Ticket, now time.Time) ([]Fact, error) {
	last, ok := d.LastActOn(t.ID)
	switch {
	case !ok:
		return nil, NothingToUndo
	case now.After(last.Until):
		return nil, UndoTooLate
	}
	return []Fact{{Kind: Undone, Ticket: t.ID, Of: last.No}}, nil
}

// decideService reads Service.
func (d *Day) decideService(a Ask) ([]Fact, error) {
	if d.rules.Letters[a.Service] == "" {
		return nil, UnknownPlace
	}
	kind := map[Deed]Kind{DoOpenService: ServiceOpened, DoCloseService: ServiceClosed, DoByCalendar: ServiceByCalendar}[a.Do]
	if kind == ServiceByCalendar && d.Override(a.Service) == ByCalendar {
		return nil, NothingToDo
	}
	return []Fact{{Kind: kind, Service: a.Service, Reason: a.Reason}}, nil
}

func (d *Day) decideDay(a Ask) ([]Fact, error) {
	if a.Do == DoCloseDay {
		return []Fact{{Kind: DayClosed}}, nil
	}
	if !d.Closed {
		return nil, NothingToDo
	}
	return []Fact{{Kind: DayOpened}}, nil
}
