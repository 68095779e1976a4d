package main

import (
	"context"
	"sync"
	"time"

	"accueil/internal/wire"
)

// tempo is the site's time and how fast it runs, from the hub's beats.
type tempo struct {
	mu    sync.Mutex
	site  time.Time // at the last beat
	heard time.Time
	speed float64
	first chan struct{} // closed at the first beat
}

func newTempo() *tempo { return &tempo{first: make(chan struct{})} }

// take follows a beat.
func (t *tempo) take(b wire.Beat) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if b.Speed <= 0 {
		return
	}
	if t.speed == 0 {
		close(t.first)
	}
	t.site, t.heard, t.speed = b.At, time.Now(), b.Speed
}

// real is how long so much site time takes here.
func (t *tempo) real(d time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Duration(float64(d) / max(t.speed, 0.001))
}

// now is the site's time.
func (t *tempo) now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.site.Add(time.Duration(float64(time.Since(t.heard)) * t.speed))
}

// pass lets so much site time pass; false when ctx ends before.
func (t *tempo) pass(ctx context.Context, d time.Duration) bool { return pause(ctx, t.real(d)) }

// pause waits in real time; false when ctx ends before.
func pause(ctx context.Context, d time.Duration) bool {
	if ctx.Err() != nil {
		return false
	}
	timer := time.NewTimer(max(d, time.Millisecond))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
