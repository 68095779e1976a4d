package rehearsal

import (
	"time"

	"accueil/internal/queue"
)

// Of what goes on beside the queue, on average: for each desk and hour, and out
// of a hundred of those who did not come.
const (
	emailsAnHour = 0.5
	callsAnHour  = 0.25
	videosAnHour = 0.08
	groupsAnHour = 0.02
	comeAfterAll = 25
)

// open opens the desk, or goes on after a pause, with the languages spoken there.
func (d *desk) open() {
	d.ask(queue.Ask{Do: queue.DoOpenDesk, Desk: d.shift.Desk, Services: d.shift.Services, Languages: d.tongues()})
}

// tongues are French and perhaps another language, the same all year.
func (d *desk) tongues() []string {
	c := d.model.chance("speaks", d.shift.Desk)
	other := []string{"en", "es", "ar", "pt", "uk", ""}[c.IntN(6)]
	if other == "" {
		return []string{"fr"}
	}
	return []string{other, "fr"}
}

// elsewhere plans what the desk does without tickets: it is told of afterwards.
func (d *desk) elsewhere() {
	c := d.model.chance("elsewhere", d.shift.Desk, string(d.day.Date))
	long := d.shift.Close.Sub(d.shift.Open)
	for _, kind := range []struct {
		mode   string
		anHour float64
	}{{queue.ModeEmail, emailsAnHour}, {queue.ModePhone, callsAnHour}, {queue.ModeVideo, videosAnHour}, {queue.ModeGroup, groupsAnHour}} {
		for range c.poisson(kind.anHour * long.Hours()) {
			a := queue.Ask{Do: queue.DoContact, Desk: d.shift.Desk, Mode: kind.mode, Service: d.shift.Services[0]}
			switch kind.mode {
			case queue.ModePhone, queue.ModeVideo:
				a.Minutes = int(c.between(5*time.Minute, 40*time.Minute) / time.Minute)
				a.Topic = d.model.topic(c, a.Service)
			case queue.ModeGroup:
				a.Persons = 4 + c.IntN(15)
			}
			d.at(d.shift.Open.Add(c.between(0, long)), func() {
				if d.here {
					d.ask(a)
				}
			})
		}
	}
}

// comesAfterAll lets some of those who did not come when called wait again.
func (d *desk) comesAfterAll(t *queue.Ticket) {
	c := d.model.chance("after all", d.people[t.ID])
	if t.Now().State != queue.NoShow || !c.percent(comeAfterAll) {
		return
	}
	d.after(c.between(2*time.Minute, 15*time.Minute), func() {
		if d.ask(queue.Ask{Do: queue.DoReinstate, Ticket: t.ID}) != nil {
			d.wake(t.Now().Service)
		}
	})
}
