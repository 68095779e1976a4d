package queue

import (
	"fmt"
	"slices"
)

// Check counts the day again from its tickets and says where the books, the
// queues or the desks disagree with them; nil when all balances.
func (d *Day) Check() []error {
	var wrong []error
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	recount := map[string]*Book{}
	book := func(service string) *Book {
		if recount[service] == nil {
			recount[service] = &Book{}
		}
		return recount[service]
	}
	waiting := map[string]int{}
	labels := map[Label]TicketID{}
	held := map[string]TicketID{}
	for _, t := range d.order {
		for i, s := range t.Stages {
			b := book(s.Service)
			b.Stages[s.State]++
			if i == 0 {
				b.Issued++
			} else {
				b.TransferredIn++
			}
			if last := i == len(t.Stages)-1; last != (s.State != MovedOn) {
				say("ticket %s: stage %d of %d is %s", t.ID, i+1, len(t.Stages), s.State)
			}
		}
		s := t.Now()
		if s.State == Waiting {
			waiting[s.Service]++
		}
		if s.State == InCall || s.State == Serving {
			if other := held[s.Desk]; other != "" {
				say("desk %s has two tickets, %s and %s", s.Desk, other, t.ID)
			}
			held[s.Desk] = t.ID
		}
		if s.State != Void {
			if other, twice := labels[t.Label()]; twice {
				say("label %s was given to %s and %s", t.Label(), other, t.ID)
			}
			labels[t.Label()] = t.ID
		}
	}
	for service, b := range d.books {
		if !b.Balanced() {
			say("books of %s: %d issued + %d transferred in do not equal the states %v", service, b.Issued, b.TransferredIn, b.Stages)
		}
		if *b != *book(service) {
			say("books of %s say %v, its tickets say %v", service, *b, *recount[service])
		}
		if n := len(d.waiting[service]); n != waiting[service] {
			say("queue of %s holds %d, but %d wait", service, n, waiting[service])
		}
	}
	for _, t := range d.order {
		if parked := t.Now().State == OnPark; parked != slices.Contains(d.aside, t) {
			say("ticket %s is %s, and the list of those put aside says otherwise", t.ID, t.Now().State)
		}
	}
	for key, desk := range d.desks {
		if desk.Ticket != held[key] {
			say("desk %s says it has %q, its ticket says %q", key, desk.Ticket, held[key])
		}
		if desk.Ticket != "" && desk.Contact != nil {
			say("desk %s has a ticket and a contact", key)
		}
	}
	return wrong
}
