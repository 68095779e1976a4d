package broker_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"accueil/hub/broker"
	"accueil/internal/line"
)

// ways are how a client can reach a broker; to measure what each costs.
func ways() map[string]func(*testing.B) line.Options {
	return map[string]func(*testing.B) line.Options{
		"embedded over TCP": func(b *testing.B) line.Options {
			return line.Options{URL: "tcp://" + serve(b, broker.Options{Addr: "127.0.0.1:0"}).Addr()}
		},
		"embedded over a pipe": func(b *testing.B) line.Options {
			return line.Options{Dial: serve(b, broker.Options{Detached: true}).Dial}
		},
		"mosquitto": func(b *testing.B) line.Options {
			m := newMosquitto(b)
			m.start(b)
			return line.Options{URL: m.url()}
		},
	}
}

func named(o line.Options, name string) line.Options {
	o.Name, o.Buffer = name, 1<<16
	return o
}

// echo answers every request on …/kiosk/NAME with the same on …/hub/NAME.
func echo(hub *client) {
	for m := range hub.Messages() {
		name := strings.TrimPrefix(m.Topic, site+"kiosk/")
		if hub.Publish(site+"hub/"+name, m.Payload, false) != nil {
			return
		}
	}
}

// kiosks are that many clients of a hub that echoes.
func kiosks(b *testing.B, o line.Options, many int) []*client {
	b.Helper()
	hub := connect(b, named(o, "hub"), site+"kiosk/#")
	next(b, hub.ups)
	go echo(hub)
	var all []*client
	for k := range many {
		name := fmt.Sprint("k", k)
		all = append(all, connect(b, named(o, name), site+"hub/"+name))
		next(b, all[k].ups)
	}
	return all
}

// ask sends a request of 256 bytes and waits for the answer.
func (c *client) ask(b *testing.B, name string) {
	if err := c.Publish(site+"kiosk/"+name, make([]byte, 256), false); err != nil {
		b.Error(err)
		return
	}
	next(b, c.Messages())
}

// BenchmarkRoundTrip is client → broker → client → broker → client: what a request
// and its reply cost before anyone has thought about it.
func BenchmarkRoundTrip(b *testing.B) {
	for name, way := range ways() {
		b.Run(name, func(b *testing.B) {
			kiosk := kiosks(b, way(b), 1)[0]
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				kiosk.ask(b, "k0")
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}

// BenchmarkFortyOne is round trips of 41 kiosks at once, each waiting for its answer
// before it asks again.
func BenchmarkFortyOne(b *testing.B) {
	for name, way := range ways() {
		b.Run(name, func(b *testing.B) {
			all := kiosks(b, way(b), 41)
			var left atomic.Int64
			left.Store(int64(b.N))
			var asking sync.WaitGroup
			b.ResetTimer()
			for k, kiosk := range all {
				asking.Go(func() {
					for left.Add(-1) >= 0 {
						kiosk.ask(b, fmt.Sprint("k", k))
					}
				})
			}
			asking.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "round-trips/s")
		})
	}
}
