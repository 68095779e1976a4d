package uplink

import (
	"sync"
	"time"

	"accueil/internal/safety"
)

const (
	// stepAfter is the difference between two clocks, in real time, from which
	// on it is a correction to make at once. Less is the network's delay.
	stepAfter = 2 * time.Second
	// slewBy is the share of a small lead that each beat takes away: beats come
	// late, never early, so a lead is mostly the delay of one beat.
	slewBy = 8
)

// clock is the site's time as far as this terminal knows it.
type clock struct {
	local func() time.Time

	mu     sync.Mutex
	last   time.Time // of the facts of earlier runs …
	opened time.Time // … and when this one began, on the local clock
	synced bool
	site   time.Time // one moment on the site's clock …
	at     time.Time // … and the same on the local one
	speed  float64
	shown  time.Time // the latest time given out
}

// now never goes back by a small correction: it stands still until it is true
// again.
func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.read(c.local())
	if back := c.shown.Sub(t); back > 0 && back <= c.small() {
		return c.shown
	}
	c.shown = t
	return t
}

// read is the site's time at a moment of the local clock.
func (c *clock) read(local time.Time) time.Time {
	if !c.synced {
		return c.guess(local)
	}
	return c.site.Add(time.Duration(float64(local.Sub(c.at)) * c.speed))
}

// guess is the time as long as nobody has said it: the local clock's, but never
// before what this terminal has written down already. A machine whose clock has
// stopped would date tickets on a day that is over, and the hub would not have them.
func (c *clock) guess(local time.Time) time.Time {
	wall := local.Round(0)
	least := c.last.Add(local.Sub(c.opened))
	if c.last.IsZero() || wall.After(least) || safety.Off(safety.Clock) {
		return wall
	}
	return least
}

// goOn makes the time go on from that of the last fact at least.
func (c *clock) goOn(last time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last, c.opened = last, c.local()
}

func (c *clock) small() time.Duration {
	return time.Duration(float64(stepAfter) * max(c.speed, 1))
}

// follow takes the hub's word on the site's time and how fast it runs. It
// returns by how much that moved the clock when it was no small correction.
func (c *clock) follow(site time.Time, speed float64) (step time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.local()
	lead := c.read(now).Sub(site)
	switch {
	case !c.synced, speed != c.speed, lead.Abs() > c.small():
		step = -lead
	case lead > 0:
		site = site.Add(lead - lead/slewBy)
	}
	c.synced, c.site, c.at, c.speed = true, site, now, speed
	return step
}

func (c *clock) isSynced() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.synced
}

// after is the site's time when the local clock will be d further.
func (c *clock) after(d time.Duration) time.Time {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	return now.Add(time.Duration(float64(d) * max(c.speed, 1))).UTC().Truncate(time.Millisecond)
}
