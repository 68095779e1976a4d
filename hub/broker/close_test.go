package broker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/hub/broker"
	"accueil/internal/line"
)

// The library's own Close races with new connections; TestMain looks for
// goroutines left over.
func TestClosingWhileClientsConnect(t *testing.T) {
	for range 20 {
		b := serve(t, broker.Options{Addr: "127.0.0.1:0"})
		var all sync.WaitGroup
		started := make(chan struct{}, 20)
		for k := range 20 {
			all.Go(func() { hammer(b.Addr(), fmt.Sprint("k", k%10), started) })
		}
		for range 20 {
			<-started
		}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if err := b.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if s := b.Stats(); s.Clients != 0 {
			t.Errorf("%+v", s)
		}
		all.Wait()
	}
}

// hammer connects again and again until nobody answers the door.
func hammer(addr, id string, started chan<- struct{}) {
	for n := 0; ; n++ {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		c.SetDeadline(time.Now().Add(10 * time.Second))
		c.Write(hello(id, cleanSession, 60, ""))
		io.ReadFull(c, make([]byte, 4))
		c.Close()
		if n == 0 {
			started <- struct{}{}
		}
	}
}

func TestClosingShowsEveryoneOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		stranger, err := b.Dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c := connect(t, line.Options{Name: "k1", Dial: b.Dial})
		next(t, c.ups)
		began := time.Now()
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := stranger.Read(make([]byte, 1)); err == nil {
			t.Error("the stranger is still inside")
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("took %v", took)
		}
		here, there := net.Pipe()
		if err := b.Attach(there); !errors.Is(err, broker.ErrClosed) {
			t.Errorf("Attach after Close: %v", err)
		}
		if _, err := here.Read(make([]byte, 1)); err == nil {
			t.Error("a connection refused was left open")
		}
		if _, err := b.Dial(t.Context()); !errors.Is(err, broker.ErrClosed) {
			t.Errorf("Dial after Close: %v", err)
		}
	})
}

func TestTheContextsEndClosesTheBroker(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b, err := broker.Serve(ctx, broker.Options{Addr: "127.0.0.1:0", Site: "villette"})
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, b.Addr())
	cancel()
	hungUp(t, c)
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

func TestServeSaysWhatIsWrong(t *testing.T) {
	taken := serve(t, broker.Options{Addr: "localhost:0"})
	for _, c := range []struct {
		addr, site, want string
	}{
		{"0.0.0.0:1883", "villette", "TLS and accounts"},
		{"[::]:1883", "villette", "TLS and accounts"},
		{"192.168.1.10:1883", "villette", "TLS and accounts"},
		{"hub.example.org:1883", "villette", "a name in it"},
		{"1883", "villette", "HOST:PORT"},
		{taken.Addr(), "villette", "in use"},
		{":0", "", "site"},
		{":0", "a/b", "site"},
		{":0", "+", "site"},
	} {
		b, err := broker.Serve(t.Context(), broker.Options{Addr: c.addr, Site: c.site})
		if err == nil {
			b.Close()
			t.Errorf("%s, site %q: no error", c.addr, c.site)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, site %q: %v, want something with %q", c.addr, c.site, err, c.want)
		}
	}
}
