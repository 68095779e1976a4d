package rehearsal

import (
	"maps"
	"slices"
	"time"

	"accueil/internal/queue"
)

// overtime is how long a desk goes on for those who still wait when its service closes.
const overtime = 30 * time.Minute

// desk is an adviser at a desk.
type desk struct {
	*play
	shift  Shift
	here   bool // present
	paused bool
	busy   bool // with somebody, or about to call
	pauses []Pause
	back   []*queue.Ticket // put aside, and now back with their documents
	aside  int             // put aside, and not finished yet
}

func (p *play) shifts(shifts []Shift) {
	for _, s := range shifts {
		p.at(s.Open, func() { p.openDesk(s) })
	}
}

// openDesk begins a shift; when the shift before it runs late, after it.
func (p *play) openDesk(s Shift) {
	if d := p.desks[s.Desk]; d != nil && d.here {
		p.after(5*time.Minute, func() { p.openDesk(s) })
		return
	}
	d := &desk{play: p, shift: s, here: true, pauses: s.Pauses}
	p.desks[s.Desk] = d
	d.open()
	d.elsewhere()
	for _, at := range []time.Time{s.Close, s.Close.Add(overtime)} {
		p.at(at, d.look)
	}
	for _, pause := range s.Pauses {
		p.at(pause.From, d.look)
	}
	d.look()
}

// deskList is in the order of their keys, so that the same seed does the same.
func (p *play) deskList() []*desk {
	var list []*desk
	for _, key := range slices.Sorted(maps.Keys(p.desks)) {
		list = append(list, p.desks[key])
	}
	return list
}

// wake lets the desks of a service look at their queue.
func (p *play) wake(service string) {
	for _, d := range p.deskList() {
		if slices.Contains(d.shift.Services, service) {
			d.look()
		}
	}
}

func (d *desk) free() bool { return d.here && !d.paused && !d.busy }

// look does what an adviser does who is free: somebody who is back with a
// document first, then a pause that is due, then the next ticket; at the end
// of the shift they go home.
func (d *desk) look() {
	switch late := d.now.Sub(d.shift.Close); {
	case !d.free():
	case len(d.back) > 0:
		t := d.back[0]
		d.back = d.back[1:]
		d.resume(t)
	case len(d.pauses) > 0 && !d.now.Before(d.pauses[0].From):
		d.pause()
	case late >= 0 && d.aside == 0 && (late >= overtime || d.day.Next(d.shift.Services) == nil):
		d.close()
	case late < overtime && d.day.Next(d.shift.Services) != nil:
		d.busy = true
		d.after(d.chance.between(5*time.Second, 50*time.Second), d.call)
	}
}

// do asks the floor something about this desk.
func (d *desk) do(deed queue.Deed, t *queue.Ticket) *queue.Ticket {
	a := queue.Ask{Do: deed, Desk: d.shift.Desk}
	if t != nil {
		a.Ticket = t.ID
	}
	return d.ask(a)
}

func (d *desk) done() {
	d.busy = false
	d.look()
}

func (d *desk) pause() {
	pause := d.pauses[0]
	d.pauses, d.paused = d.pauses[1:], true
	d.do(queue.DoPauseDesk, nil)
	d.after(pause.For, func() {
		d.paused = false
		d.open()
		d.look()
	})
}

// close ends the shift. Most of those nobody receives any more go home; the
// others are found when the day closes.
func (d *desk) close() {
	d.here = false
	d.do(queue.DoCloseDesk, nil)
	for _, service := range d.shift.Services {
		if d.served(service) {
			continue
		}
		for _, t := range slices.Clone(d.day.Waiting(service)) {
			if d.chance.percent(70) {
				d.ask(queue.Ask{Do: queue.DoLeave, Ticket: t.ID})
			}
		}
	}
}

// served says whether a desk is there for the service.
func (d *desk) served(service string) bool {
	return slices.ContainsFunc(d.deskList(), func(o *desk) bool { return o.here && slices.Contains(o.shift.Services, service) })
}

func (d *desk) call() {
	t := d.do(queue.DoCall, nil)
	if t == nil { // another desk was faster
		d.done()
		return
	}
	person := d.person(t)
	if !person.NoShow {
		d.after(person.Way, func() { d.start(t) })
		return
	}
	d.after(2*time.Minute, func() { d.do(queue.DoRecall, t) })
	d.after(4*time.Minute, func() {
		d.do(queue.DoNoShow, t)
		d.comesAfterAll(t)
		d.done()
	})
}

func (d *desk) person(t *queue.Ticket) Person {
	person := d.model.Person(t.Now().Service, d.people[t.ID])
	person.NoShow = person.NoShow && t.Now().Missed == 0
	return person
}

func (d *desk) start(t *queue.Ticket) {
	d.do(queue.DoStart, t)
	d.serve(t)
}

// serve is the interview from its start on.
func (d *desk) serve(t *queue.Ticket) {
	d.busy = true
	person := d.person(t)
	if person.Park == 0 {
		d.after(person.Interview, func() { d.finish(t, person) })
		return
	}
	d.after(person.Interview/2, func() { d.park(t, person) })
}

func (d *desk) park(t *queue.Ticket, person Person) {
	d.do(queue.DoPark, t)
	d.aside++
	d.after(person.Park, func() {
		d.back = append(d.back, t)
		d.look()
	})
	d.done()
}

func (d *desk) resume(t *queue.Ticket) {
	d.busy = true
	d.aside--
	d.do(queue.DoResume, t)
	person := d.person(t)
	d.after(person.Interview/2, func() { d.finish(t, person) })
}

func (d *desk) finish(t *queue.Ticket, person Person) {
	if person.Transfer != "" && d.receives(person.Transfer) {
		d.ask(queue.Ask{Do: queue.DoTransfer, Desk: d.shift.Desk, Service: person.Transfer, Ticket: t.ID})
		d.busy = false
		d.enter(t, d.people[t.ID]+"+")
		d.look()
		return
	}
	d.ask(queue.Ask{Do: queue.DoFinish, Desk: d.shift.Desk, Ticket: t.ID, Topic: person.Topic})
	d.done()
}

// receives says whether the service can still receive somebody who is sent there.
func (d *desk) receives(service string) bool {
	s, ok := d.model.site.Service(service)
	opening := d.model.calendar.At(s.Hours, d.now)
	return ok && opening.Open && opening.Until.Sub(d.now) > lastTicket
}
