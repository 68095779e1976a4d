package floor

import (
	"errors"
	"time"

	"golang.org/x/text/language"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/safety"
	"accueil/internal/wire"
)

// Refusals of the floor itself.
const (
	notAllowed queue.Refusal = "refused.not-allowed"
	notSaved   queue.Refusal = "refused.not-saved"
	tooLate    queue.Refusal = "refused.too-late"
)

// Ask decides a request of a terminal and answers after what was decided is
// durable. The same id gets the same reply.
func (f *Floor) Ask(role string, r wire.Request, answer func(wire.Reply)) bool {
	reply := wire.Reply{V: wire.Version, ID: r.ID}
	var id queue.TicketID
	return f.enqueue(op{
		decide: func() {
			if r.Do == wire.DoOverdue {
				reply.Refused, reply.Overdue = f.decideOverdue(role, r)
				return
			}
			id, reply.Refused, reply.Content = f.decide(role, r)
		},
		then: func(err error) {
			if errors.Is(err, journal.ErrBroken) {
				return // what was decided may be on the disk: the terminal asks whoever starts anew
			}
			due := f.notices.take(r.ID)
			switch {
			case err != nil:
				id, reply.Refused = f.undone(r)
			case due:
				reply.Refused = f.post(r)
			}
			if reply.Refused == "" {
				f.tell(&reply, id, r.Desk)
			}
			reply.At = f.time()
			answer(reply)
		},
	})
}

// undone is the answer to a request of a commit that failed: what became of it
// in an earlier one, else that nothing was saved. That is remembered, so that
// the request is not carried out when it comes once more.
func (f *Floor) undone(r wire.Request) (queue.TicketID, queue.Refusal) {
	if id, done := f.day.Answered(r.ID); done {
		return id, ""
	}
	if r.Do != wire.DoContent {
		f.refusals.keep(r.ID, notSaved)
	}
	return "", notSaved
}

// tell says in a reply how the ticket and the desk it was about are now.
func (f *Floor) tell(reply *wire.Reply, id queue.TicketID, desk string) {
	if t := f.day.Ticket(id); t != nil {
		seen := wire.NewTicket(t)
		if last, ok := f.day.LastActOn(id); ok && !f.time().After(last.Until) {
			seen.Undo = &wire.Undo{Act: last.Kind, Label: t.Label(), Until: last.Until}
		}
		reply.Ticket = &seen
	}
	if desk != "" {
		seen := f.desk(f.day.Desk(desk), f.parked())
		reply.Desk = &seen
	}
}

// decideOverdue reads Part.
func (f *Floor) decideOverdue(role string, r wire.Request) (queue.Refusal, *wire.OverdueList) {
	switch {
	case !mayDo(role, r.Do):
		return notAllowed, nil
	case r.Validate() != nil || r.Part < 0 || r.Part > maxOverdueParts:
		return queue.BadRequest, nil
	}
	return "", f.overduePart(r.Part)
}

func (f *Floor) decide(role string, r wire.Request) (queue.TicketID, queue.Refusal, *wire.Content) {
	if r.Do == wire.DoContent {
		part, refused := f.content.part(r)
		return "", refused, part
	}
	if r.Validate() != nil {
		return "", queue.BadRequest, nil
	}
	if !mayDo(role, r.Do) {
		f.log.Warn("a request was refused by right", "role", role, "do", r.Do)
		return "", notAllowed, nil
	}
	if r.Do == queue.DoFind {
		t := f.day.Find(r.Code, r.Label)
		if t == nil {
			return "", queue.UnknownTicket, nil
		}
		return t.ID, "", nil
	}
	if id, refused, done := f.decided(r.ID); done {
		return id, refused, nil
	}
	if f.late(r) {
		return "", tooLate, nil
	}
	id, refused := f.carryOut(role, r)
	if refused != "" {
		f.refusals.keep(r.ID, refused)
	}
	return id, refused, nil
}

// late says whether a request comes too late to be carried out: long after it
// was pressed, or after a new start of the hub. The hub before may have refused
// it, and refusals are not written down.
func (f *Floor) late(r wire.Request) bool {
	if r.Until.IsZero() || safety.Off(safety.Until) {
		return false
	}
	pressed := r.Until.Add(-time.Duration(float64(wire.AskGood) * f.speed))
	return f.time().After(r.Until) || !f.latest.IsZero() && pressed.Before(f.started)
}

// decided is what was answered to a request that came before.
func (f *Floor) decided(request string) (queue.TicketID, queue.Refusal, bool) {
	if safety.Off(safety.Once) {
		return "", "", false
	}
	if id, done := f.day.Answered(request); done {
		return id, "", true
	}
	refused, done := f.refusals.find(request)
	return "", refused, done
}

func (f *Floor) carryOut(role string, r wire.Request) (queue.TicketID, queue.Refusal) {
	if r.Do == wire.DoAnnounce || r.Do == wire.DoSilence {
		return "", f.announce(role, r)
	}
	a := r.Ask
	if refused := f.known(a); refused != "" {
		return "", refused
	}
	facts, err := f.day.Decide(a, f.time())
	var refused queue.Refusal
	if errors.As(err, &refused) {
		return "", refused
	}
	var id queue.TicketID
	for _, fact := range facts {
		if fact.Kind == queue.Issued {
			id = queue.NewTicketID(f.source.Journal, f.heads[f.source]+1)
			fact.Code = queue.NewCode()
		}
		if fact.Ticket == "" {
			fact.Ticket = id
		}
		fact.Role = role
		id = f.record(fact).Ticket
	}
	return id, ""
}

// known refuses what the site does not have, so that no key that means nothing
// reaches the journal.
func (f *Floor) known(a queue.Ask) queue.Refusal {
	if _, ok := f.site.Desk(a.Desk); a.Desk != "" && !ok {
		return queue.UnknownDesk
	}
	if _, ok := f.site.Question(a.Question); a.Question != "" && !ok {
		return queue.BadRequest
	}
	if a.Topic != "" && !f.knownTopic(a.Topic) {
		return queue.BadRequest
	}
	for _, tag := range append(a.Languages, a.Language) {
		if _, err := language.Parse(tag); tag != "" && err != nil {
			return queue.BadRequest
		}
	}
	return ""
}

func (f *Floor) knownTopic(key string) bool {
	for _, s := range f.site.Services {
		if _, ok := s.Topic(key); ok {
			return true
		}
	}
	return false
}

// refusals remembers the last refusals, so that a request sent again is not
// carried out after its terminal was told that it was not.
type refusals struct {
	said map[string]queue.Refusal
	ring []string
	next int
}

// maxRefusals is how many are remembered: far more than terminals can have
// under way.
const maxRefusals = 4096

func (r *refusals) find(id string) (queue.Refusal, bool) {
	said, ok := r.said[id]
	return said, ok
}

func (r *refusals) keep(id string, refused queue.Refusal) {
	if r.said == nil {
		r.said, r.ring = map[string]queue.Refusal{}, make([]string, maxRefusals)
	}
	delete(r.said, r.ring[r.next])
	r.said[id], r.ring[r.next] = refused, id
	r.next = (r.next + 1) % maxRefusals
}
