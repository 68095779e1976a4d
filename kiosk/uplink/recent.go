package uplink

import (
	"slices"
	"sync"

	"accueil/internal/queue"
)

// minRecent is how many facts at least are at hand: those of some visits.
const minRecent = 16

// recent keeps the last facts of a journal at hand as they were written, so
// that sending what was only just saved does not mean reading it again.
type recent struct {
	mu    sync.Mutex
	facts []queue.Fact // numbers without a gap
}

func (r *recent) add(facts []queue.Fact) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.facts = append(r.facts, facts...)
	if n := len(r.facts); n > 4*minRecent { // not at every one: they are large
		r.facts = append(r.facts[:0], r.facts[n-minRecent:]...)
	}
}

// after gives copies of at most limit facts that follow no, none when the next
// is not at hand.
func (r *recent) after(no uint64, limit int) []queue.Fact {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.facts) == 0 || no+1 < r.facts[0].No || no >= r.facts[len(r.facts)-1].No {
		return nil
	}
	rest := r.facts[no+1-r.facts[0].No:]
	return slices.Clone(rest[:min(limit, len(rest))])
}

func (r *recent) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.facts = nil
}
