package uplink

import (
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// alone are the facts that this run wrote before it knew the site's time, and
// by how much the clock that dated them was ahead of it. They travel by
// themselves, sent at the time of that clock, so that the hub measures how wrong
// it was: else somebody who came without a hub would seem to have come days ago,
// or not yet.
type alone struct {
	from, to uint64 // facts after from, up to to
	ahead    time.Duration
}

// part cuts facts, which follow one another, to those that one clock dated, and
// says how far ahead it was.
func (a alone) part(facts []queue.Fact) ([]queue.Fact, time.Duration) {
	end, ahead := uint64(0), time.Duration(0)
	switch first := facts[0].No; {
	case first <= a.from:
		end = a.from
	case first <= a.to:
		end, ahead = a.to, a.ahead
	}
	for i, f := range facts {
		if end > 0 && f.No > end {
			return facts[:i], ahead
		}
	}
	return facts, ahead
}

// learn sets the clock to the site's time for the first time. Nothing is sent
// before it is noted how far ahead that clock was.
func (o *outbox) learn(set func() (step time.Duration)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	last := o.store.last()
	o.alone = alone{from: o.began, to: last, ahead: -set()}
}

// knowsTime says whether the site's time is known, or that a hub which answers
// does not say it.
func (o *outbox) knowsTime() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.synced() || !o.metAt.IsZero() && time.Since(o.metAt) > 3*wire.BeatEvery
}
