package line_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/line"
)

func TestMessagesComeInOrder(t *testing.T) {
	bubble(t, manners{}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		const many, batch = 10_000, 1000
		for first := 0; first < many; first += batch {
			for n := first; n < first+batch; n++ {
				f.send(t, line.Message{Topic: "views/public", Payload: fmt.Append(nil, n), Retained: n == 0})
			}
			for n := first; n < first+batch; n++ {
				m := <-l.Messages()
				if string(m.Payload) != fmt.Sprint(n) || m.Retained != (n == 0) {
					t.Fatalf("message %d is %q, retained %v", n, m.Payload, m.Retained)
				}
			}
		}
	})
}

// Handlers run in order on the reading goroutine, so one that waited would stop
// pings and answers too. Nobody reads here, and still everything works.
func TestASlowReaderLosesTheOldestAndNothingElse(t *testing.T) {
	bubble(t, manners{}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		const many, room = 5000, 1024
		for n := range many {
			f.send(t, line.Message{Topic: "views/public", Payload: fmt.Append(nil, n)})
			if n%100 == 0 {
				if err := l.Publish("state/k1", []byte("on"), true); err != nil {
					t.Fatalf("publish while nobody reads: %v", err)
				}
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if !l.Up() || l.Dropped() != many-room {
			t.Fatalf("up %v, dropped %d, want %d", l.Up(), l.Dropped(), many-room)
		}
		for n := many - room; n < many; n++ {
			if m := <-l.Messages(); string(m.Payload) != fmt.Sprint(n) {
				t.Fatalf("got %q, want %d", m.Payload, n)
			}
		}
	})
}
