package broker_test

import (
	"bytes"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"accueil/hub/broker"
)

// The library lets an older client of the same name publish its will after the
// newcomer's first words, which would leave a kiosk that works looking switched off.
func TestAWillNeverOvertakesTheNewcomer(t *testing.T) {
	b := serve(t, broker.Options{Addr: "127.0.0.1:0"})
	hub := join(t, "tcp://"+b.Addr(), "hub", site+"kiosk/+/state")
	const topic = site + "kiosk/k1/state"
	arrive := append(hello("k1", cleanSession|willRetained, 60, topic), publishing(topic, "on")...)
	tell(t, dial(t, b.Addr()), arrive, 4)
	hub.hears(t, "kiosk/k1/state", "on", false)
	for range 300 {
		tell(t, dial(t, b.Addr()), arrive, 4)
		hub.hears(t, "kiosk/k1/state", "off", false)
		hub.hears(t, "kiosk/k1/state", "on", false)
	}
	if s := b.Stats(); s.Displaced != 300 || s.Clients != 2 {
		t.Errorf("%+v", s)
	}
}

// Two clients of one name that come in the same moment: the library forgets the
// subscriptions of the one that stays when the other goes, and it hears nothing.
func TestOfTwoWithOneNameOneStaysAndHears(t *testing.T) {
	b := serve(t, broker.Options{Addr: "127.0.0.1:0"})
	hub := join(t, "tcp://"+b.Addr(), "hub")
	arrive := append(hello("twin", cleanSession, 60, ""), subscribing(site+"#")...)
	for round := range 100 {
		word := fmt.Sprintf("round %d.", round)
		var hearing atomic.Int32
		done := make(chan struct{})
		const twins = 4
		for range twins {
			c := dial(t, b.Addr())
			go func() {
				defer func() { done <- struct{}{} }()
				hearing.Add(hears(c, arrive, word))
			}()
		}
		for range twins - 1 {
			next(t, done)
		}
		hub.say(t, "hub/x", word, true)
		next(t, done)
		if n := hearing.Load(); n != 1 {
			t.Fatalf("%d of %d hear", n, twins)
		}
	}
}

// hears is 1 if a connection that begins with these bytes gets to read the word, 0
// if it is closed before.
func hears(c net.Conn, begin []byte, word string) int32 {
	c.SetDeadline(time.Now().Add(10 * time.Second))
	c.Write(begin)
	var all []byte
	chunk := make([]byte, 256)
	for {
		n, err := c.Read(chunk)
		all = append(all, chunk[:n]...)
		if bytes.Contains(all, []byte(word)) {
			c.Close()
			return 1
		}
		if err != nil {
			return 0
		}
	}
}
