package uplink

import (
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// awayAfter is how long the hub may be silent and still count as there.
const awayAfter = 3 * wire.BeatEvery

// pulse is what is known of the hub's life.
type pulse struct {
	mu      sync.Mutex
	opened  time.Time
	heard   time.Time // the last beat
	gone    bool      // the broker said so
	journal string
	day     queue.Date
	boot    string
}

// beat notes a beat. It returns whether the hub may be another than before, or
// was away: then it must be asked again where it stands.
func (p *pulse) beat(journal string, day queue.Date) (doubt bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	doubt = p.gone || p.journal != journal || time.Since(p.heard) > awayAfter
	if p.heard.IsZero() {
		doubt = false // coming up has asked
	}
	p.heard, p.gone, p.journal, p.day = time.Now(), false, journal, day
	return doubt
}

// state notes what the hub says of itself, or its will. It returns whether the
// hub was started anew.
func (p *pulse) state(s wire.State) (anew bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = !s.Online
	if !s.Online {
		return false
	}
	anew = s.Boot != p.boot
	p.boot = s.Boot
	return anew
}

// alive says whether the hub was heard not long ago.
func (p *pulse) alive() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.gone && !p.heard.IsZero() && time.Since(p.heard) <= awayAfter
}

// age is how long ago the hub was heard, or the pulse was first felt for.
func (p *pulse) age() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.heard.IsZero() {
		return time.Since(p.opened)
	}
	return time.Since(p.heard)
}

// today is the hub's day, "" before it was heard.
func (p *pulse) today() queue.Date {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.day
}
