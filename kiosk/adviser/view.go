package adviser

import (
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// view is all that one frame shows. Drawing reads nothing else and changes
// nothing.
type view struct {
	say  phrases.Speaker
	site *site.Site
	zone *time.Location

	now    time.Time     // the site's time, in its zone
	hub    bool          // it answers
	age    time.Duration // since it was last heard, real time
	known  bool          // it was heard at all
	closed bool          // the day is over
	lines  map[string]wire.Line

	desk   site.Desk // the zero desk before one is chosen
	desks  map[string]wire.Desk
	state  wire.Desk // of the desk
	others []wire.Desk
	queue  []wire.Ticket // in the order in which the hub would call them
	missed []wire.Ticket // who did not come when called and may still come back
	total  int           // waiting, which may be more than the queue lists

	sheet    sheet
	picked   string
	chosen   map[string]bool
	tongues  map[string]bool // languages ticked for the desk
	typed    string          // a number being typed
	mode     string          // of the contact that the sheet is about
	asking   queue.Deed
	doubtful queue.Deed // the deed whose outcome is unknown
	tooSoon  bool       // to recall
	note     staff.Note
	scroll   *screen.Scroll
}

// view gathers what is known at this moment.
func (r *Role) view() *view {
	v := &view{
		say: r.opt.Say, site: r.opt.Site, zone: r.zone,
		now: r.opt.Line.Now().In(r.zone), hub: r.opt.Line.Hub(), age: r.opt.Line.Age(),
		sheet: r.sheet, picked: r.picked, chosen: r.chosen, tongues: r.spoken, typed: r.typed, mode: r.mode, scroll: r.scroll, note: r.note.Now(),
		tooSoon: time.Since(r.calledAt) < recallAfter, asking: r.asks.Asking(), doubtful: r.asks.Doubtful(),
	}
	services := r.hear(v)
	v.desk, _ = v.site.Desk(r.desk)
	v.state = r.state(v.desks[r.desk])
	v.queue, v.total = v.merge(services)
	v.others = v.neighbours(services)
	for _, key := range v.state.Services {
		v.missed = append(v.missed, services[key].Missed...)
	}
	v.tidy()
	if r.pretend != nil {
		r.pretend(v)
	}
	return v
}

// hear takes the hub's views.
func (r *Role) hear(v *view) map[string]wire.Service {
	public, ok := r.opt.Line.Public()
	v.known, v.closed, v.lines = ok, ok && public.Closed, map[string]wire.Line{}
	for _, l := range public.Services {
		v.lines[l.Service] = l
	}
	services := make(map[string]wire.Service, len(v.site.Services))
	for _, s := range v.site.Services {
		if sv, ok := r.opt.Line.Service(s.Key); ok {
			services[s.Key], v.known = sv, true
		}
	}
	v.desks = desksOf(services)
	return services
}

// desksOf collects the desks of all services, each as the newest view has it. A
// desk in no view is closed.
func desksOf(services map[string]wire.Service) map[string]wire.Desk {
	desks, newest := map[string]wire.Desk{}, map[string]time.Time{}
	for _, s := range services {
		for _, d := range s.Desks {
			if _, seen := desks[d.Key]; !seen || s.Stamp.At.After(newest[d.Key]) {
				desks[d.Key], newest[d.Key] = d, s.Stamp.At
			}
		}
	}
	return desks
}

// state is the desk as it is now: as the views show it, or as the hub's last
// answer says while they do not yet.
func (r *Role) state(shown wire.Desk) wire.Desk {
	if shown.State == "" {
		shown.Key, shown.State = r.desk, "closed"
	}
	if s := r.settled; s.desk.Key == r.desk && !s.over(shown, time.Now()) {
		return s.desk
	}
	return shown
}

// merge is the queue of all the desk's services in the order in which the hub
// would call: by arrival less the head start of the level, as queue.Day does.
func (v *view) merge(services map[string]wire.Service) (tickets []wire.Ticket, total int) {
	for _, key := range v.state.Services {
		tickets = append(tickets, services[key].Tickets...)
		total += services[key].Waiting
	}
	slices.SortStableFunc(tickets, func(a, b wire.Ticket) int {
		return v.standing(a).Compare(v.standing(b))
	})
	return tickets, total
}

func (v *view) standing(t wire.Ticket) queue.Standing {
	rules := queue.Rules{HeadStart: v.site.Heads(t.Service)}
	stands := t.Arrived
	if !t.Stands.IsZero() {
		stands = t.Stands
	}
	return queue.Standing{ID: t.ID, Arrived: stands, Head: rules.Head(t.Service, t.Level)}
}

// neighbours are the other desks present for the same services, in the order of
// the site.
func (v *view) neighbours(services map[string]wire.Service) (others []wire.Desk) {
	for _, d := range v.site.Desks {
		seen := slices.ContainsFunc(v.state.Services, func(key string) bool {
			return slices.ContainsFunc(services[key].Desks, func(o wire.Desk) bool { return o.Key == d.Key })
		})
		if seen && d.Key != v.desk.Key {
			others = append(others, v.desks[d.Key])
		}
	}
	return others
}

// tidy takes the desk's own ticket off the queue while the views lag behind.
func (v *view) tidy() {
	own := v.state.Ticket
	if own == nil {
		return
	}
	if i := slices.IndexFunc(v.queue, func(t wire.Ticket) bool { return t.ID == own.ID }); i >= 0 {
		v.queue = slices.Delete(v.queue, i, i+1)
		v.total--
	}
}

// screen names what is shown.
func (v *view) screen() string {
	switch {
	case v.sheet != noSheet:
		return string(v.sheet)
	case v.desk.Key == "":
		return "desks"
	case v.state.State == "closed":
		return "opening"
	case v.state.Ticket != nil:
		return v.state.Ticket.State // called or serving
	case v.state.Contact != nil:
		return "contact"
	case v.state.State == "paused":
		return "paused"
	}
	return "free"
}

// busy tells whether somebody is at the desk, or on its line.
func (v *view) busy() bool { return v.state.Ticket != nil || v.state.Contact != nil }

// speaks tells whether the desk speaks the language of somebody for whom that
// matters: everybody here speaks the site's first.
func (v *view) speaks(tag string) bool {
	return tag != "" && tag != v.site.Languages[0] && slices.Contains(v.state.Languages, tag)
}

// next is who is called next, nil when nobody waits.
func (v *view) next() *wire.Ticket {
	for i := range v.queue {
		if !v.queue[i].Back.After(v.now) { // not while they are away
			return &v.queue[i]
		}
	}
	return nil
}

// waiting finds a waiting ticket.
func (v *view) waiting(id string) (wire.Ticket, bool) {
	for _, t := range v.queue {
		if string(t.ID) == id {
			return t, true
		}
	}
	return wire.Ticket{}, false
}
