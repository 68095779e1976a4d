package broker_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/hub/broker"
)

// safeBuffer is a log that is written to and read at the same time.
type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// A frozen screen must not hold up the hub, nor the other screens; and the hub
// must see that something was lost.
func TestAClientThatDoesNotReadHoldsUpNobody(t *testing.T) {
	var log safeBuffer
	b := serve(t, broker.Options{Addr: "127.0.0.1:0", Log: slog.New(slog.NewTextHandler(&log, nil))})
	frozen := dial(t, b.Addr())
	tell(t, frozen, append(hello("frozen", cleanSession, 60, ""), subscribing(site+"#")...), 4+5)
	hub := join(t, "tcp://"+b.Addr(), "hub")
	screen := join(t, "tcp://"+b.Addr(), "screen", site+"#")
	view := strings.Repeat("v", 32<<10)
	var slowest time.Duration
	for range 2000 {
		began := time.Now()
		hub.say(t, "hub/view", view, true)
		screen.hears(t, "hub/view", view, false)
		slowest = max(slowest, time.Since(began))
	}
	if slowest > time.Second {
		t.Errorf("a view took %v to the other screen", slowest)
	}
	// On a slow machine it is shown out before there is anything to drop.
	if s := b.Stats(); s.Clients > 2 && s.Dropped == 0 || s.Dropped > 0 && !strings.Contains(log.String(), "client=frozen") {
		t.Errorf("%+v, log: %s", s, log.String())
	}
	if strings.Contains(log.String(), "vvv") {
		t.Error("a payload was logged")
	}
}

func TestAClientThatDoesNotReadIsShownOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		frozen := enter(t, b, hello("frozen", cleanSession, 60, ""), 0)
		tell(t, frozen, subscribing(site+"#"), 5)
		inside(t, b, "hub").say(t, "hub/view", "news", true)
		time.Sleep(4 * time.Second)
		if n := b.Stats().Clients; n != 2 {
			t.Errorf("%d clients after 4 s", n)
		}
		time.Sleep(2 * time.Second)
		if n := b.Stats().Clients; n != 1 {
			t.Errorf("%d clients after 6 s", n)
		}
	})
}
