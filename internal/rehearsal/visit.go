package rehearsal

import (
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/waits"
)

// answerIn is how long the hub takes to answer a kiosk, and patience how long a
// kiosk waits for it.
const (
	answerIn = 20 * time.Millisecond
	patience = time.Second
	silence  = 4 * time.Second // of a hub that does not answer in time
)

func (p *play) visits(visits []Visit) {
	for _, v := range visits {
		if v.WalkIn {
			p.at(v.At, func() { p.walkIn(v) })
		} else {
			p.at(v.At, func() { p.begun(v, p.kiosk(v.Kiosk)) })
		}
	}
}

// begun is somebody who touches a kiosk.
func (p *play) begun(v Visit, kiosk queue.Source) {
	if p.heads[kiosk] == 0 {
		p.say(kiosk, queue.Fact{Kind: queue.Joined})
	}
	p.say(kiosk, queue.Fact{Kind: queue.Began, Language: v.Language})
	p.goOn(v, kiosk, 0)
}

// goOn chooses the next question of the visit's path, then takes the ticket.
func (p *play) goOn(v Visit, kiosk queue.Source, step int) {
	p.after(v.Steps[step], func() {
		if step < len(v.Path) {
			p.say(kiosk, queue.Fact{Kind: queue.Asked, Question: v.Path[step], Language: v.Language})
			p.goOn(v, kiosk, step+1)
		} else if v.Service != "" {
			p.issue(v, kiosk)
		}
	})
}

// say records a fact that a kiosk wrote just now.
func (p *play) say(kiosk queue.Source, f queue.Fact) queue.Fact {
	f.Source, f.At = kiosk, p.now.Add(-answerIn)
	return p.take(f)
}

// issue takes a ticket: the kiosk writes it, the hub numbers it, the kiosk
// hands it over under the number or, when that comes too late, its own label.
func (p *play) issue(v Visit, kiosk queue.Source) {
	letter := p.rules.Letters[v.Service]
	p.own[kiosk.Terminal+letter]++
	f := queue.Fact{
		Kind: queue.Issued, Source: kiosk, At: p.now, Service: v.Service, Question: v.Path[len(v.Path)-1], Language: v.Language,
		Code: p.code(), Label: queue.OwnLabel(letter, p.series(kiosk), p.own[kiosk.Terminal+letter]),
	}
	if !v.Offline {
		p.after(answerIn, func() { p.heard(v, f) })
		return
	}
	p.after(silence, func() {
		f := p.heard(v, f)
		p.take(queue.Fact{Kind: queue.Handed, Source: kiosk, At: f.At.Add(patience), Ticket: f.Ticket, Label: f.Label})
	})
}

// heard is the hub's part.
func (p *play) heard(v Visit, f queue.Fact) queue.Fact {
	f.Ticket = queue.NewTicketID(f.Source.Journal, p.heads[f.Source]+1)
	f = p.take(f)
	ticket := p.day.Ticket(f.Ticket)
	promise, _ := waits.Estimate(p.state(f.Service, p.day.Ahead(ticket)))
	numbered := p.tell(p.day.Arrive(f, promise.Low, promise.High))
	if !v.Offline {
		p.after(answerIn, func() {
			p.say(f.Source, queue.Fact{Kind: queue.Handed, Ticket: f.Ticket, Label: numbered.Label})
		})
	}
	p.enter(ticket, v.Name)
	return f
}

// enter is a person who now waits in a queue.
func (p *play) enter(t *queue.Ticket, name string) {
	p.people[t.ID] = name
	service := t.Now().Service
	if person := p.model.Person(service, name); person.Patience > 0 {
		stage := len(t.Stages)
		p.after(person.Patience, func() {
			if len(t.Stages) == stage && t.Now().State == queue.Waiting {
				p.ask(queue.Ask{Do: queue.DoLeave, Ticket: t.ID})
			}
		})
	}
	p.wake(service)
}

// walkIn is somebody who goes to a desk; when none is free, to a kiosk.
func (p *play) walkIn(v Visit) {
	for _, d := range p.deskList() {
		if !d.free() || !slices.Contains(d.shift.Services, v.Service) || p.day.Next(d.shift.Services) != nil || p.now.After(d.shift.Close) {
			continue
		}
		question := ""
		if len(v.Path) > 0 {
			question = v.Path[len(v.Path)-1]
		}
		ask := queue.Ask{Do: queue.DoReceive, Desk: d.shift.Desk, Service: v.Service, Question: question, Language: v.Language}
		if t := p.ask(ask); t != nil {
			p.people[t.ID] = v.Name
			d.serve(t)
			return
		}
	}
	p.begun(v, p.kiosk(v.Kiosk))
}

// state is what the hub knows when it promises.
func (p *play) state(service string, ahead int) waits.State {
	s := waits.State{Ahead: ahead}
	for _, d := range p.day.Desks() {
		if d.State == queue.DeskIsOpen && slices.Contains(d.Services, service) {
			s.Desks = append(s.Desks, p.seen(d))
		}
	}
	for _, t := range p.day.Tickets() {
		for i := range t.Stages {
			if t.Stages[i].Service == service {
				learn(&s, &t.Stages[i])
			}
		}
	}
	return s
}

func (p *play) seen(d queue.Desk) waits.Desk {
	t := p.day.Ticket(d.Ticket)
	if t == nil {
		return waits.Desk{}
	}
	began, coming := t.Now().Started, false
	if began.IsZero() {
		began, coming = t.Now().Called, true
	}
	return waits.Desk{Busy: true, Coming: coming, Since: p.now.Sub(began)}
}

func learn(s *waits.State, stage *queue.Stage) {
	if took, ok := stage.Interview(); ok {
		s.Finished = append(s.Finished, took)
	}
	if !stage.Started.IsZero() && !stage.WalkIn {
		s.Ways = append(s.Ways, stage.Started.Sub(stage.Called))
	}
	if stage.Calls > 0 {
		s.Calls++
	}
	if stage.State == queue.NoShow {
		s.NoShows++
	}
}
