package floor

import (
	"time"

	"accueil/internal/wire"
)

// alarm is one thing that can be warned about.
type alarm struct{ service, what string }

// alarms are the warnings that have begun, and when. Loop only.
type alarms map[alarm]time.Time

// warn marks in the rows what is beyond its limit, and lists it.
func (f *Floor) warn(rows []wire.Row, stamp wire.Stamp) wire.Alerts {
	all := wire.Alerts{V: wire.Version, Stamp: stamp, Alerts: []wire.Alert{}}
	for i := range rows {
		r := &rows[i]
		limits := f.site.Limits(r.Service)
		longest := 0
		if !r.Oldest.IsZero() {
			longest = int(stamp.At.Sub(r.Oldest) / time.Minute)
		}
		for _, a := range []wire.Alert{
			{Service: r.Service, What: wire.WarnWaiting, Value: r.Waiting, Limit: limits.Waiting},
			{Service: r.Service, What: wire.WarnLongest, Value: longest, Limit: limits.Longest},
		} {
			if since, on := f.alarms.judge(a, stamp.At); on {
				a.Since = since
				r.Warn = append(r.Warn, a.What)
				all.Alerts = append(all.Alerts, a)
			}
		}
	}
	return all
}

// judge says whether there is a warning now, and since when.
func (m alarms) judge(a wire.Alert, now time.Time) (since time.Time, on bool) {
	key := alarm{a.Service, a.What}
	since, on = m[key]
	switch {
	case a.Limit == 0, 4*a.Value < 3*a.Limit:
		delete(m, key)
		return time.Time{}, false
	case !on && a.Value >= a.Limit:
		m[key] = now
		return now, true
	}
	return since, on
}
