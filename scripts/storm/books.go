package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

// books are the hub's facts, folded by the domain and read once more without it.
type books struct {
	byID   map[queue.TicketID]*queue.Ticket
	byCode map[queue.Code]*queue.Ticket
	facts  []queue.Fact
	odds   []queue.Odd
}

func readBooks(path string, rules queue.Rules) (b books, err error) {
	j, err := journal.Open(path, journal.Options{ReadOnly: true})
	if err != nil {
		return b, err
	}
	defer j.Close()
	days, err := j.Days()
	if err != nil {
		return b, err
	}
	b.byID, b.byCode = map[queue.TicketID]*queue.Ticket{}, map[queue.Code]*queue.Ticket{}
	for _, date := range days {
		day := queue.NewDay(date, rules)
		if err := j.Day(date, func(f queue.Fact) error {
			day.Apply(f)
			b.facts = append(b.facts, f)
			return nil
		}); err != nil {
			return b, err
		}
		for _, t := range day.Tickets() {
			b.byID[t.ID], b.byCode[t.Code] = t, t
		}
		b.odds = append(b.odds, day.Odds()...)
	}
	slices.SortFunc(b.facts, func(a, b queue.Fact) int { return cmp.Compare(a.No, b.No) })
	return b, nil
}

// lost are the tickets that people hold and the hub does not have alive under
// the label they bear.
func (b books) lost(l *ledger) (wrong []string) {
	for _, h := range l.held {
		t := b.byCode[h.code]
		switch {
		case t == nil:
			wrong = append(wrong, fmt.Sprintf("%s of %s, %s, is not in the books", h.label, h.kiosk, h.id))
		case t.Now().State == queue.Void:
			wrong = append(wrong, fmt.Sprintf("%s of %s, %s, is void: %s", h.label, h.kiosk, h.id, t.Now().Reason))
		case t.Printed == "" || h.label != "" && t.Printed != h.label:
			wrong = append(wrong, fmt.Sprintf("%s of %s, %s, is in the books as %q", h.label, h.kiosk, h.id, t.Printed))
		}
	}
	return wrong
}

// twice are labels in two people's hands, or on two tickets in the books.
func (b books) twice(l *ledger) (wrong []string) {
	hands := map[queue.Label]queue.Code{}
	for _, h := range l.held {
		if other, known := hands[h.label]; known && other != h.code && h.label != "" {
			wrong = append(wrong, fmt.Sprintf("%s is in two people's hands, the last got it at %s", h.label, h.kiosk))
		}
		hands[h.label] = h.code
	}
	alive := map[queue.Label]queue.TicketID{}
	for _, f := range b.facts { // in the order of the journal, so that the words are the same each time
		t := b.byID[f.Ticket]
		if f.Kind != queue.Issued || t == nil || t.Now().State == queue.Void {
			continue
		}
		if other, known := alive[t.Label()]; known && other != t.ID {
			wrong = append(wrong, fmt.Sprintf("%s and %s are both %s in the books", other, t.ID, t.Label()))
		}
		alive[t.Label()] = t.ID
	}
	return wrong
}

// early are tickets of people who are said to have come before the centre was open.
func (b books) early(opened time.Time) (wrong []string) {
	for id, t := range b.byID {
		if t.Arrived.Before(opened.Add(-2 * time.Hour)) {
			wrong = append(wrong, fmt.Sprintf("%s, %s, is said to have come at %s", t.Label(), id, t.Arrived))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// orphans are tickets nobody was given that still stand in a queue.
func (b books) orphans() (wrong []string) {
	for id, t := range b.byID {
		if t.Printed == "" && t.Now().State == queue.Waiting && len(t.Stages) == 1 && !t.Stages[0].WalkIn {
			wrong = append(wrong, fmt.Sprintf("%s was never handed over and waits", id))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// atTwoDesks reads the facts without the domain: who is at a desk is at no
// other, and a source's facts follow one another without a gap.
func (b books) atTwoDesks() (wrong []string) {
	at, last := map[queue.TicketID]string{}, map[queue.Source]uint64{}
	for _, f := range b.facts {
		if f.Seq != last[f.Source]+1 {
			wrong = append(wrong, fmt.Sprintf("after fact %d of %s comes %d", last[f.Source], f.Source, f.Seq))
		}
		last[f.Source] = f.Seq
		switch f.Kind {
		case queue.Called:
			if desk := at[f.Ticket]; desk != "" {
				wrong = append(wrong, fmt.Sprintf("%s was called to %s while it was at %s", f.Ticket, f.Desk, desk))
			}
			at[f.Ticket] = f.Desk
		case queue.Finished, queue.Missed, queue.Parked, queue.Transferred, queue.Left, queue.Voided:
			delete(at, f.Ticket)
		}
	}
	return wrong
}

// tooLate is how long after it was pressed nothing may be carried out any more,
// with some room for clocks: see wire.AskGood.
const tooLate = 25 * time.Second

// told holds what advisers were told against what was done.
func (b books) told(l *ledger) (wrong []string) {
	acts := map[string][]queue.Fact{}
	for _, f := range b.facts {
		if f.Request != "" {
			acts[f.Request] = append(acts[f.Request], f)
		}
	}
	for id, a := range l.asks {
		facts := acts[id]
		for i, f := range facts {
			if slices.ContainsFunc(facts[:i], func(other queue.Fact) bool { return other.Kind == f.Kind }) {
				wrong = append(wrong, fmt.Sprintf("%s at %s, pressed once, was done twice", a.do, a.desk))
			}
		}
		switch {
		case a.outcome == "done" && len(facts) == 0:
			wrong = append(wrong, fmt.Sprintf("%s at %s was said to be done and is not in the books", a.do, a.desk))
		case a.outcome == "done" && a.ticket != "" && facts[0].Ticket != a.ticket:
			wrong = append(wrong, fmt.Sprintf("%s at %s was said to be about %s and was about %s", a.do, a.desk, a.ticket, facts[0].Ticket))
		case a.outcome == "refused" && len(facts) > 0:
			wrong = append(wrong, fmt.Sprintf("%s at %s was refused (%s) and is in the books", a.do, a.desk, a.why))
		case len(facts) > 0 && facts[0].At.Sub(a.at) > tooLate:
			wrong = append(wrong, fmt.Sprintf("%s at %s was carried out %v after it was pressed", a.do, a.desk, facts[0].At.Sub(a.at)))
		}
	}
	slices.Sort(wrong)
	return wrong
}
