package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// kind is one way of going wrong.
type kind string

const (
	hubKilled     kind = "hub killed"
	brokerKilled  kind = "broker killed"
	kioskKilled   kind = "kiosk killed"
	adviserKilled kind = "adviser program killed"
	linkCut       kind = "link cut"
	linkHole      kind = "link black-holed"
	linkSlow      kind = "link slow"
	messageLost   kind = "message lost"
	messageTwice  kind = "message repeated"
	messageLate   kind = "message reordered"
	kioskClock    kind = "kiosk clock stepped"
	kioskWrong    kind = "kiosk started with a wrong clock, alone"
	hubClock      kind = "hub clock stepped"
	hubPower      kind = "power cut at the hub"
	kioskPower    kind = "power cut at a kiosk"
	hubFull       kind = "disk full at the hub"
	kioskFull     kind = "disk full at a kiosk"
	hubSlow       kind = "disk slow at the hub"
	kioskSlow     kind = "disk slow at a kiosk"
)

// weather is how often each kind comes in a minute, and how rough the links are.
type weather struct {
	perMinute map[kind]float64
	rough     float64                // the share of messages lost, and repeated, and reordered
	pause     time.Duration          // between two tickets at a kiosk, on average
	lasts     map[kind]time.Duration // how long a fault lasts, where not by chance
	calm      time.Duration          // how long everybody has to deliver afterwards
}

// ordinary is the weather of a soak. A quarter of what is usual, and at least
// one, must have come of each kind; see report.
func ordinary(s storm) weather {
	w := weather{
		perMinute: map[kind]float64{
			hubKilled: 4, kioskKilled: 12, adviserKilled: 6, linkCut: 12, linkHole: 6, linkSlow: 6, kioskClock: 6, kioskWrong: 3,
			hubClock: 2, hubPower: 2, kioskPower: 4, hubFull: 1, kioskFull: 2, hubSlow: 1, kioskSlow: 2,
		},
		rough: 0.02, pause: 1500 * time.Millisecond, calm: 2 * time.Minute,
	}
	if s.Broker == "mosquitto" {
		w.perMinute[brokerKilled] = 3
	}
	return w
}

// least is how often a kind must have come for a run to count.
func (w weather) least(k kind, minutes float64) int {
	return max(1, int(w.perMinute[k]*minutes/4))
}

// blow is one fault at a moment of the storm.
type blow struct {
	at   time.Duration
	kind kind
	who  int           // which of those it may strike
	last time.Duration // how long it lasts
	by   float64       // more chance, 0 to 1
}

// plan draws all blows of a storm in the order of time. The same seed gives the
// same plan; what processes make of it is their own.
func (w weather) plan(r *rand.Rand, minutes float64) []blow {
	whole := time.Duration(minutes * float64(time.Minute))
	var kinds []kind
	for k := range w.perMinute {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	var all []blow
	for _, k := range kinds {
		for range max(1, int(math.Round(w.perMinute[k]*minutes))) {
			all = append(all, blow{
				at: time.Duration(r.Float64() * float64(whole)), kind: k, who: r.IntN(1 << 20),
				last: w.last(k, r.Float64()), by: r.Float64(),
			})
		}
	}
	slices.SortFunc(all, func(a, b blow) int { return int(a.at - b.at) })
	return all
}

// last is how long a fault lasts, by chance.
func (w weather) last(k kind, chance float64) time.Duration {
	if d, fixed := w.lasts[k]; fixed {
		return d
	}
	within := map[kind][2]float64{ // seconds
		hubKilled: {0, 1.5}, brokerKilled: {0, 2}, kioskKilled: {0, 2}, adviserKilled: {0, 2}, linkCut: {0.2, 6}, linkHole: {1, 8},
		linkSlow: {2, 10}, hubPower: {0, 1.5}, kioskPower: {0, 2}, hubClock: {0, 0.5}, hubFull: {1, 4}, kioskFull: {2, 6},
		hubSlow: {2, 5}, kioskSlow: {2, 8}, kioskWrong: {2, 5},
	}[k]
	return time.Duration((within[0] + chance*(within[1]-within[0])) * float64(time.Second))
}
