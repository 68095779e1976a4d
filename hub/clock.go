package main

import (
	"errors"
	"time"
)

// clock is the site's clock: the machine's own, or for rehearsals another time
// running at another speed. Everything in the program that dates a fact reads it.
type clock struct {
	began time.Time // real, with the monotonic reading
	start time.Time // site time at that moment
	speed float64
}

// maxSpeed keeps a rehearsal watchable and its timers meaningful.
const maxSpeed = 3600

// newClock starts at the local time at ("2026-11-24T10:00"), or now when empty.
func newClock(at string, speed float64, zone *time.Location) (clock, error) {
	now := time.Now()
	c := clock{began: now, start: now, speed: speed}
	if speed <= 0 || speed > maxSpeed {
		return c, errors.New("--speed must be more than 0 and at most 3600")
	}
	if at == "" {
		return c, nil
	}
	start, err := time.ParseInLocation("2006-01-02T15:04", at, zone)
	if err != nil {
		return c, errors.New("--clock must be a local date and time like 2026-11-24T10:00")
	}
	c.start = start
	return c, nil
}

func (c clock) now() time.Time {
	if c.speed == 1 && c.start.Equal(c.began) {
		return time.Now() // follow the machine's clock when it is set right
	}
	return c.start.Add(time.Duration(float64(time.Since(c.began)) * c.speed))
}
