package floor

import (
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// alarm is one thing that can be warned about.
type alarm struct{ service, what string }

// alarms are the warnings that have begun, and when. Loop only. They are folded
// from the facts beside the day, so that a start of the hub does not begin them
// anew.
type alarms map[alarm]time.Time

// limitsOf are when each service of a site is warned about.
func limitsOf(s *site.Site) map[string]site.Warn {
	all := map[string]site.Warn{}
	for _, service := range s.Services {
		all[service.Key] = s.Limits(service.Key)
	}
	return all
}

// weigh folds a fact into the day and into the warnings. Somebody who waited beyond
// the limit and is called now did so, even if no view was made meanwhile. In a long
// queue nobody else is looked at, unless a warning begins or may end.
func (f *Floor) weigh(fact queue.Fact) {
	at := fact.At
	if !fact.Heard.IsZero() {
		at = fact.Heard
	}
	from := f.queueOf(fact.Ticket)
	f.heed(from, fact.Ticket, at)
	f.day.Apply(fact)
	if fact.Kind == queue.DayOpened || fact.Kind == queue.DayClosed {
		for service := range f.limits {
			f.judgeWaiting(service, at)
			f.judgeLongest(service, at)
		}
		return
	}
	to := f.queueOf(fact.Ticket)
	if from == to {
		return
	}
	f.judgeWaiting(from, at)
	f.judgeWaiting(to, at)
	if _, on := f.alarms[alarm{from, wire.WarnLongest}]; on {
		f.judgeLongest(from, at)
	}
	f.heed(to, fact.Ticket, at)
}

// heed begins the warning about the longest wait when a ticket of the queue has
// waited so long.
func (f *Floor) heed(service string, id queue.TicketID, at time.Time) {
	limit := time.Duration(f.limits[service].Longest) * time.Minute
	if service == "" || limit == 0 || at.Sub(f.day.Ticket(id).Arrived) < limit {
		return
	}
	if _, on := f.alarms[alarm{service, wire.WarnLongest}]; !on {
		f.judgeLongest(service, at)
	}
}

// queueOf is the service in whose queue a ticket waits now, "" for none.
func (f *Floor) queueOf(id queue.TicketID) string {
	if t := f.day.Ticket(id); t != nil && t.Now().State == queue.Waiting {
		return t.Now().Service
	}
	return ""
}

func (f *Floor) judgeWaiting(service string, at time.Time) {
	f.alarms.judge(wire.Alert{
		Service: service, What: wire.WarnWaiting, Value: f.day.Book(service).In(queue.Waiting), Limit: f.limits[service].Waiting,
	}, at)
}

func (f *Floor) judgeLongest(service string, at time.Time) {
	if limit := f.limits[service].Longest; limit > 0 {
		a, since := longest(service, oldest(f.day.Waiting(service)), at, limit)
		f.alarms.judge(a, since)
	}
}

// longest is the warning about the longest wait, and when it began if it has: the
// limit after the arrival of who waits longest.
func longest(service string, arrived, now time.Time, limit int) (a wire.Alert, since time.Time) {
	a = wire.Alert{Service: service, What: wire.WarnLongest, Limit: limit}
	if !arrived.IsZero() {
		a.Value = int(now.Sub(arrived) / time.Minute)
	}
	return a, arrived.Add(time.Duration(limit) * time.Minute)
}

// oldest is the arrival of who waits longest; zero when nobody waits.
func oldest(waiting []*queue.Ticket) (arrived time.Time) {
	for _, t := range waiting {
		if arrived.IsZero() || t.Arrived.Before(arrived) {
			arrived = t.Arrived
		}
	}
	return arrived
}

// warn marks in the rows what is beyond its limit, and lists it.
func (f *Floor) warn(rows []wire.Row, stamp wire.Stamp) wire.Alerts {
	all := wire.Alerts{V: wire.Version, Stamp: stamp, Alerts: []wire.Alert{}}
	take := func(r *wire.Row, a wire.Alert, began time.Time) {
		if since, on := f.alarms.judge(a, began); on {
			a.Since = since
			r.Warn = append(r.Warn, a.What)
			all.Alerts = append(all.Alerts, a)
		}
	}
	for i := range rows {
		r := &rows[i]
		limits := f.limits[r.Service]
		take(r, wire.Alert{Service: r.Service, What: wire.WarnWaiting, Value: r.Waiting, Limit: limits.Waiting}, stamp.At)
		a, since := longest(r.Service, r.Oldest, stamp.At, limits.Longest)
		take(r, a, since)
	}
	return all
}

// judge says whether there is a warning now, and since when: since began, if it was
// not there before. It begins at its limit and ends below three quarters of it.
func (m alarms) judge(a wire.Alert, began time.Time) (since time.Time, on bool) {
	key := alarm{a.Service, a.What}
	since, on = m[key]
	switch {
	case a.Limit == 0, 4*a.Value < 3*a.Limit:
		delete(m, key)
		return time.Time{}, false
	case !on && a.Value >= a.Limit:
		m[key] = began
		return began, true
	}
	return since, on
}
