package line

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	firstPause = 100 * time.Millisecond
	lastPause  = 500 * time.Millisecond
	// steadyAfter is how long a connection must have lasted to count as a success;
	// two clients with one id would otherwise push each other out without a pause.
	steadyAfter = 5 * time.Second
)

// heal keeps a session alive until ctx ends.
func (l *Line) heal(ctx context.Context) {
	defer close(l.done)
	defer l.inbox.close()
	defer l.stop()
	var wait pause
	for reported := false; ctx.Err() == nil; {
		began := time.Now()
		wasUp, err := l.live(ctx)
		if ctx.Err() != nil {
			return
		}
		l.fail(err)
		if wasUp || !reported {
			l.log.Warn("no broker; trying until it is there", "err", err)
			reported = true
		}
		if time.Since(began) >= steadyAfter && wasUp {
			wait.reset()
		}
		wait.sleep(ctx)
	}
}

// live is one session from dialling to its loss. It reports whether the line was
// up, and why it is not any more.
func (l *Line) live(ctx context.Context) (wasUp bool, err error) {
	s, err := l.open(ctx)
	if err != nil {
		return false, err
	}
	defer s.end()
	if err := l.raise(s); err != nil {
		return false, err
	}
	l.log.Info("line up")
	if l.options.OnUp != nil {
		l.options.OnUp()
	}
	err = s.wait(ctx)
	l.lower()
	if ctx.Err() == nil && l.options.OnDown != nil {
		l.options.OnDown(err)
	}
	return true, err
}

// raise makes all subscriptions, those wished for meanwhile too, and then shows
// the session to everyone. A refused filter is not tried again before the next
// connection: trying would not heal it.
func (l *Line) raise(s *session) error {
	for made := 0; ; {
		missing := l.show(s, made)
		if len(missing) == 0 {
			return nil
		}
		err := s.subscribe(missing)
		if errors.Is(err, ErrRefused) {
			l.log.Error("subscription refused", "err", err)
		} else if err != nil {
			return fmt.Errorf("subscribe: %w", err)
		}
		made += len(missing)
	}
}

// show returns the filters after the first made ones; if there are none, the
// session is the line's from now on.
func (l *Line) show(s *session, made int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if made == len(l.filters) {
		l.session, l.failure = s, nil
	}
	return l.filters[made:]
}

func (l *Line) lower() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.session = nil
}

// wait returns the cause when the session is lost, or nil when ctx ends. The
// connection's end is enough: should the library not come to report it, the line
// must still go on.
func (s *session) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.lost:
		return err
	case <-s.conn.Done():
	}
	select {
	case err := <-s.lost:
		return err
	case <-time.After(partWithin):
		return errors.New("connection closed")
	}
}

// pause is the time between two attempts: doubled after each, up to lastPause, with
// half of it by chance so that forty kiosks do not come back in one moment.
type pause struct{ next time.Duration }

func (p *pause) reset() { p.next = 0 }

func (p *pause) step() time.Duration {
	p.next = min(max(2*p.next, firstPause), lastPause)
	return p.next/2 + rand.N(p.next/2)
}

func (p *pause) sleep(ctx context.Context) {
	timer := time.NewTimer(p.step())
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
