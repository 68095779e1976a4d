package queue

import "time"

// A hub that goes on from a copy of its journal does not know which numbers were
// given after the copy was made, by its owner or by a hub restored before from
// the same copy; people hold them in their hands. It therefore goes on from a
// number that the clock tells: 1000 at midnight, and six more every minute.
// No service gives six tickets a minute for long, so whoever gave numbers
// earlier that day has not come so far.
const (
	clockStart = 1000
	perMinute  = 6
	// spare is how many numbers are left out where a service has outrun the clock.
	spare = 400
)

// clockNumber is what the clock tells at a moment of the local day.
func clockNumber(at time.Time, zone *time.Location) int {
	at = at.In(zone)
	midnight := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone)
	return clockStart + perMinute*int(at.Sub(midnight)/time.Minute)
}

// leap lets the numbers of every service go on far beyond all that may have been
// given without this day knowing.
func (d *Day) leap(when time.Time) {
	told := clockNumber(when, d.rules.Zone)
	beyond := func(n int) int {
		if n < told {
			return told
		}
		return n + spare
	}
	d.before = beyond(d.before)
	for service, n := range d.numbers {
		d.numbers[service] = beyond(n)
	}
}

// SeriesBlock is how many series are left out when a hub goes on from a copy:
// kiosks it has not met yet may have been given them.
const SeriesBlock = 100
