package broker_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"accueil/hub/broker"
)

// The library looks for retained messages while they change: the race detector
// finds it here without the shelf, and so does the order.
func TestANewcomerNeverHearsAnOlderViewAfterANewer(t *testing.T) {
	b := serve(t, broker.Options{Addr: "127.0.0.1:0"})
	hub := join(t, "tcp://"+b.Addr(), "hub")
	ctx, stop := context.WithCancel(t.Context())
	var publishing sync.WaitGroup
	publishing.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			hub.say(t, "hub/view/public", fmt.Sprint(n), true)
			hub.say(t, "hub/view/gone", "", true)
		}
	})
	for k := range 100 {
		c := join(t, "tcp://"+b.Addr(), fmt.Sprint("k", k), site+"hub/+/public")
		newest := 0
		for range 10 {
			m := next(t, c.Messages())
			n, err := strconv.Atoi(string(m.Payload))
			if err != nil || n < newest {
				t.Fatalf("heard %s after %d", m.Payload, newest)
			}
			newest = n
		}
		c.Close()
	}
	stop()
	publishing.Wait()
}

// A will that is to be published later would go round the shelf.
func TestAWillIsNotDelayed(t *testing.T) {
	b := serve(t, broker.Options{Addr: "127.0.0.1:0"})
	hub := join(t, "tcp://"+b.Addr(), "hub", site+"#")
	delay := []byte{5, 0x18, 0, 0, 0, 60} // properties: will delay 60 s
	c := dial(t, b.Addr())
	tell(t, c, packet(0x10, text("MQTT"), []byte{5, cleanSession | willRetained, 0, 60, 0},
		text("sensor"), delay, text(site+"sensor/x/state"), text("off")), 5)
	c.Close()
	hub.hears(t, "sensor/x/state", "off", false)
	hub.say(t, "hub/view", "still alive", true)
	hub.hears(t, "hub/view", "still alive", false)
}
