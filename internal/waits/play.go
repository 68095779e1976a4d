package waits

import (
	"math"
	"math/rand/v2"
	"time"
)

const (
	paths     = 400 // enough that the quantiles are within a minute or two
	mostDesks = 64
)

// MostAhead is where promises stop to grow: nobody believes one behind more people.
const MostAhead = 300

// missedMinutes is how long a desk waits for somebody who does not come.
const missedMinutes = 3.0

// wayMinutes is the way from call to start while today has shown none.
const wayMinutes = 1.0

// play lets the queue run many times and returns the waits, in minutes.
//
// Every path draws its chances in an order that depends neither on how many
// are ahead nor on how many desks there are: each ticket and each desk meets
// the same luck whatever stands beside it. So one person more never shortens a
// path, one desk more never lengthens one, and a promise shown twice does not
// flicker.
func play(s State) []float64 {
	ahead := min(max(0, s.Ahead), MostAhead)
	return playLine(s, ahead, ahead)[0]
}

// playLine is play for everybody with from so many to so many ahead.
func playLine(s State, from, to int) [][]float64 {
	m := learn(s)
	seed := seedOf(s.Finished)
	tickets, desks := &luck{}, &luck{}
	waits := make([][]float64, to-from+1)
	for i := range waits {
		waits[i] = make([]float64, paths)
	}
	free := make([]float64, min(len(s.Desks), mostDesks))
	for path := range paths {
		tickets.start(seed, 2*uint64(path))
		desks.start(seed, 2*uint64(path)+1)
		today := m.interviews.possible((float64(path) + 0.5) / paths)
		middle := math.Exp(today.mu)
		for i := range free {
			free[i] = m.untilFree(s.Desks[i], today, desks)
		}
		for ahead := 0; ; ahead++ {
			next := soonest(free)
			if ahead >= from {
				waits[ahead-from][path] = free[next]
			}
			if ahead == to {
				break
			}
			free[next] += m.occupied(middle, tickets)
		}
	}
	return waits
}

// model is what today has taught about the service, in minutes.
type model struct {
	interviews fit
	factors    [quantiles]float64 // even quantiles of interview ÷ middle interview
	ways       []float64
	missed     float64 // probability that somebody who is called does not come
}

func learn(s State) *model {
	m := &model{interviews: fitInterviews(s.Finished), ways: []float64{wayMinutes}}
	m.factors = m.interviews.factors()
	if len(s.Ways) > 0 {
		m.ways = m.ways[:0]
		for _, way := range s.Ways {
			m.ways = append(m.ways, min(max(0, way.Minutes()), longest))
		}
	}
	// As if one in twelve calls before today had missed: the weak start that
	// the day's own calls soon outweigh.
	calls, missed := max(0, s.Calls), max(0, min(s.NoShows, s.Calls))
	m.missed = float64(missed+1) / float64(calls+12)
	return m
}

// untilFree draws how long the desk is still taken.
func (m *model) untilFree(d Desk, today logNormal, l *luck) float64 {
	// Everything is drawn even if unused: see play.
	tail := l.share()
	way, comes := m.way(l)
	age := max(0, d.Since.Minutes())
	switch {
	case !d.Busy:
		return 0
	case !d.Coming:
		return today.residual(age, tail)
	case !comes:
		return max(0, missedMinutes-age)
	}
	return max(0, way-age) + today.residual(0, tail)
}

// occupied draws how long one more ticket takes a desk from its call on, when
// the middle interview takes so many minutes. It is the inner loop: an
// exponential here would cost more than all the rest.
func (m *model) occupied(middle float64, l *luck) float64 {
	factor := m.factors[l.Uint64()%quantiles]
	way, comes := m.way(l)
	if !comes {
		return missedMinutes
	}
	return way + min(middle*factor, longest)
}

// way draws one of today's ways, and whether whoever is called comes at all,
// both from one number.
func (m *model) way(l *luck) (minutes float64, comes bool) {
	u := l.Uint64()
	i := (u >> 32) * uint64(len(m.ways)) >> 32
	return m.ways[i], float64(uint32(u)) >= m.missed*(1<<32)
}

// soonest is the index of the smallest value.
func soonest(free []float64) int {
	best := 0
	for i, at := range free {
		if at < free[best] {
			best = i
		}
	}
	return best
}

// seedOf fixes chance by the day's interviews alone, so that it changes only
// when something has been learnt (FNV-1a over the durations).
func seedOf(finished []time.Duration) uint64 {
	h := uint64(14695981039346656037)
	for _, d := range finished {
		h = (h ^ uint64(d)) * 1099511628211
	}
	return h
}

// luck is a stream of chance that can be started again without allocating.
type luck struct{ rand.PCG }

// start begins the stream of that number. Neighbouring streams must not
// resemble each other, so their numbers are mixed first (SplitMix64: Steele,
// Lea and Flood, OOPSLA 2014).
func (l *luck) start(seed, stream uint64) { l.Seed(mix(seed+stream), mix(seed^mix(stream))) }

// share draws from (0, 1].
func (l *luck) share() float64 { return 1 - float64(l.Uint64()>>11)/(1<<53) }

func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
