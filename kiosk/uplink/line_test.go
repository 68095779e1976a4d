package uplink

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/internal/line"
	"accueil/internal/wire"
)

// fakeLine is a line whose other end is a fakeHub, through a network that can
// lose, repeat and reorder.
type fakeLine struct {
	hub     *fakeHub
	options line.Options
	inbox   chan line.Message
	work    sync.WaitGroup

	mu      sync.Mutex
	up      bool
	filters []string
	kept    map[string][]byte // what it published to be kept
	closed  bool
}

func (h *fakeHub) connect(_ context.Context, o line.Options) (link, error) {
	l := &fakeLine{hub: h, options: o, inbox: make(chan line.Message, 4096), kept: map[string][]byte{}}
	h.mu.Lock()
	h.line = l
	h.mu.Unlock()
	return l, nil
}

// rise and fall are what the line's own goroutine does in turn.
func (l *fakeLine) rise() {
	l.mu.Lock()
	l.up = true
	l.mu.Unlock()
	l.options.OnUp()
}

func (l *fakeLine) fall() {
	l.mu.Lock()
	l.up = false
	l.mu.Unlock()
	l.options.OnDown(errors.New("cut"))
}

func (l *fakeLine) Publish(topic string, payload []byte, retained bool) error {
	if !l.Up() {
		return line.ErrDown
	}
	if retained {
		l.mu.Lock()
		l.kept[topic] = payload
		l.mu.Unlock()
	}
	l.carry(true, line.Message{Topic: topic, Payload: payload, Retained: retained})
	return nil
}

// carry is the network.
func (l *fakeLine) carry(toHub bool, m line.Message) {
	arrive := l.arrive
	if toHub {
		arrive = l.hub.hear
	}
	l.hub.mu.Lock()
	way := 0
	if toHub {
		way = 1
	}
	rule := l.hub.deliverOK
	var copies []delay
	if rule != nil {
		copies = rule(toHub, l.hub.messages[way])
	}
	l.hub.messages[way]++
	l.hub.mu.Unlock()
	if rule == nil {
		arrive(m)
	}
	for _, after := range copies {
		l.work.Go(func() {
			time.Sleep(after) // in the bubble: a travelling time, not a wait for luck
			arrive(m)
		})
	}
}

func (l *fakeLine) arrive(m line.Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.up && !l.closed && slices.ContainsFunc(l.filters, func(f string) bool { return matches(f, m.Topic) }) {
		l.inbox <- m
	}
}

func matches(filter, topic string) bool {
	head, any := strings.CutSuffix(filter, "/+")
	rest, below := strings.CutPrefix(topic, head+"/")
	return filter == topic || any && below && !strings.Contains(rest, "/")
}

func (l *fakeLine) Subscribe(filter string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.filters = append(l.filters, filter)
	return nil
}

func (l *fakeLine) Messages() <-chan line.Message { return l.inbox }

func (l *fakeLine) Up() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.up
}

func (l *fakeLine) Failure() error {
	l.hub.mu.Lock()
	defer l.hub.mu.Unlock()
	return l.hub.failure
}

func (l *fakeLine) Close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.work.Wait()
}

// state is what the terminal last said of itself.
func (l *fakeLine) state(t *testing.T, topic string) wire.State {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	s, err := wire.Decode[wire.State](l.kept[topic])
	if err != nil {
		t.Errorf("state on %s, of %v: %v", topic, slices.Collect(maps.Keys(l.kept)), err)
	}
	return s
}

// connectThen is connect, and tells when the line is there.
func (h *fakeHub) connectThen(there func()) func(context.Context, line.Options) (link, error) {
	return func(ctx context.Context, o line.Options) (link, error) {
		defer there()
		return h.connect(ctx, o)
	}
}
