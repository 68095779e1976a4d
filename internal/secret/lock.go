package secret

import "time"

// The pace of wrong tries: five at once, then one after 30 s, 60 s and so on,
// at last one every quarter of an hour: about a hundred a day, of a million.
const (
	freeTries = 5
	firstWait = 30 * time.Second
	lastWait  = 15 * time.Minute
	// healAfter so long without a wrong try all is forgotten.
	healAfter = time.Hour
)

// Lock slows down whoever guesses. Its zero value is open; it heals by itself.
// It is for one goroutine at a time. Times should have a monotonic reading, so
// that setting a clock opens nothing.
type Lock struct {
	wrong int // tries in a row
	last  time.Time
}

// Wait is how long no try may be made from now on; 0 when one may.
func (l *Lock) Wait(now time.Time) time.Duration {
	l.heal(now)
	if l.wrong < freeTries {
		return 0
	}
	wait := lastWait
	if steps := l.wrong - freeTries; steps < 5 { // 30 s · 2⁵ is more than a quarter of an hour
		wait = min(firstWait<<steps, lastWait)
	}
	return max(0, wait-now.Sub(l.last))
}

// Wrong counts a wrong try.
func (l *Lock) Wrong(now time.Time) {
	l.heal(now)
	l.wrong++
	l.last = now
}

// Right forgets the wrong tries.
func (l *Lock) Right() { *l = Lock{} }

// Idle tells whether there is nothing to remember.
func (l *Lock) Idle(now time.Time) bool {
	l.heal(now)
	return l.wrong == 0
}

func (l *Lock) heal(now time.Time) {
	if l.wrong > 0 && now.Sub(l.last) >= healAfter {
		*l = Lock{}
	}
}
