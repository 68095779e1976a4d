package broker_test

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"

	"accueil/internal/line"
)

// What the programs rely on must hold with our broker and with another one.
func TestConformance(t *testing.T) {
	for name, make := range map[string]func(testing.TB) server{
		"embedded":  func(t testing.TB) server { return &embedded{addr: freeAddr(t)} },
		"mosquitto": func(t testing.TB) server { return newMosquitto(t) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, c := range []struct {
				name string
				run  func(*testing.T, server)
			}{
				{"messages of one client arrive in order", inOrder},
				{"retained messages", retained},
				{"a will is published when the link breaks", will},
				{"a goodbye is no will", goodbye},
				{"the will of an older connection comes before the newer's first word", takeover},
				{"a client started first waits for the broker", waits},
				{"killed and started again", killed},
				{"forty-one clients at once", everyone},
			} {
				t.Run(c.name, func(t *testing.T) { c.run(t, make(t)) })
			}
		})
	}
}

func inOrder(t *testing.T, s server) {
	s.start(t)
	hub := join(t, s.url(), "hub", site+"#")
	kiosk := join(t, s.url(), "k1")
	var talking sync.WaitGroup
	defer talking.Wait()
	talking.Go(func() {
		for n := range 500 {
			kiosk.say(t, "kiosk/k1/facts", fmt.Sprint(n), n%10 == 0)
		}
	})
	for n := range 500 {
		hub.hears(t, "kiosk/k1/facts", fmt.Sprint(n), false)
	}
}

func retained(t *testing.T, s server) {
	s.start(t)
	hub := join(t, s.url(), "hub")
	early := join(t, s.url(), "early", site+"hub/#")
	hub.say(t, "hub/view", "old", true)
	hub.say(t, "hub/view", "new", true)
	hub.say(t, "hub/gone", "x", true)
	hub.say(t, "hub/gone", "", true)
	hub.say(t, "hub/passing", "x", false)
	for _, m := range []struct{ topic, payload string }{
		{"hub/view", "old"}, {"hub/view", "new"}, {"hub/gone", "x"}, {"hub/gone", ""}, {"hub/passing", "x"},
	} {
		early.hears(t, m.topic, m.payload, false)
	}
	late := join(t, s.url(), "late", site+"hub/#")
	late.hears(t, "hub/view", "new", true)
	hub.say(t, "hub/end", "x", false)
	late.hears(t, "hub/end", "x", false)
}

// mortal is a client with a will whose connection the test can break.
func mortal(t *testing.T, s server) (*client, *net.Conn) {
	t.Helper()
	var conn net.Conn
	c := connect(t, line.Options{
		Name: "k1",
		Will: &line.Message{Topic: site + "kiosk/k1/state", Payload: []byte("off"), Retained: true},
		Dial: func(ctx context.Context) (net.Conn, error) {
			var d net.Dialer
			var err error
			_, addr, _ := cutURL(s.url())
			conn, err = d.DialContext(ctx, "tcp", addr)
			return conn, err
		},
	})
	next(t, c.ups)
	return c, &conn
}

func will(t *testing.T, s server) {
	s.start(t)
	hub := join(t, s.url(), "hub", site+"kiosk/+/state")
	kiosk, conn := mortal(t, s)
	kiosk.say(t, "kiosk/k1/state", "on", true)
	hub.hears(t, "kiosk/k1/state", "on", false)
	(*conn).Close()
	hub.hears(t, "kiosk/k1/state", "off", false)
	late := join(t, s.url(), "late", site+"kiosk/+/state")
	late.hears(t, "kiosk/k1/state", "off", true)
	next(t, kiosk.downs)
	next(t, kiosk.ups)
}

func goodbye(t *testing.T, s server) {
	s.start(t)
	hub := join(t, s.url(), "hub", site+"#")
	kiosk, _ := mortal(t, s)
	kiosk.say(t, "kiosk/k1/state", "closed", true)
	kiosk.Close()
	hub.hears(t, "kiosk/k1/state", "closed", false)
	other := join(t, s.url(), "k2")
	other.say(t, "kiosk/k2/x", "after", false)
	hub.hears(t, "kiosk/k2/x", "after", false)
}

// A kiosk restarted before its broker noticed that it was gone must not look
// switched off for the rest of the day.
func takeover(t *testing.T, s server) {
	s.start(t)
	hub := join(t, s.url(), "hub", site+"kiosk/+/state")
	for range 20 {
		old := shake(t, s.url(), "k1", site+"kiosk/k1/state")
		young := join(t, s.url(), "k1")
		young.say(t, "kiosk/k1/state", "on", true)
		hub.hears(t, "kiosk/k1/state", "off", false)
		hub.hears(t, "kiosk/k1/state", "on", false)
		young.Close()
		old.Close()
	}
}

func waits(t *testing.T, s server) {
	hub := connect(t, line.Options{URL: s.url(), Name: "hub"}, site+"#")
	if err := hub.Publish(site+"x", nil, false); err == nil {
		t.Error("published without a broker")
	}
	s.start(t)
	next(t, hub.ups)
	hub.say(t, "hub/x", "here", false)
	hub.hears(t, "hub/x", "here", false)
}

func killed(t *testing.T, s server) {
	s.start(t)
	hub := join(t, s.url(), "hub", site+"kiosk/#")
	kiosk := join(t, s.url(), "k1", site+"hub/#")
	hub.say(t, "hub/view", "1", true)
	kiosk.hears(t, "hub/view", "1", false)
	for n := range 3 {
		s.kill(t)
		next(t, hub.downs)
		next(t, kiosk.downs)
		if hub.Up() || kiosk.Up() {
			t.Error("up without a broker")
		}
		s.start(t)
		next(t, hub.ups)
		next(t, kiosk.ups)
		kiosk.settle(t)
		// The broker has forgotten everything: the owner says it again.
		hub.say(t, "hub/view", fmt.Sprint("again", n), true)
		kiosk.hears(t, "hub/view", fmt.Sprint("again", n), false)
		kiosk.say(t, "kiosk/k1/x", fmt.Sprint(n), false)
		hub.hears(t, "kiosk/k1/x", fmt.Sprint(n), false)
	}
}

func everyone(t *testing.T, s server) {
	const clients, each = 41, 100
	s.start(t)
	hub := connect(t, line.Options{URL: s.url(), Name: "hub", Buffer: clients * each}, site+"kiosk/#")
	next(t, hub.ups)
	var talking sync.WaitGroup
	defer talking.Wait()
	for k := range clients {
		kiosk := join(t, s.url(), fmt.Sprint("k", k))
		talking.Go(func() {
			for n := range each {
				kiosk.say(t, fmt.Sprintf("kiosk/k%d/facts", k), fmt.Sprint(n), false)
			}
		})
	}
	heard := map[string]int{}
	for range clients * each {
		m := next(t, hub.Messages())
		if string(m.Payload) != fmt.Sprint(heard[m.Topic]) {
			t.Fatalf("%s: heard %s, want %d", m.Topic, m.Payload, heard[m.Topic])
		}
		heard[m.Topic]++
	}
}
