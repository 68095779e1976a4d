package waits

import (
	"math"
	"time"
)

// Aim is the share of waits a promise is meant to hold.
const Aim = 0.8

// Kept is a promise as it was frozen on the ticket, and what came of it.
// No-shows have no wait and are counted elsewhere.
type Kept struct {
	Promise Promise
	Waited  time.Duration
}

// Audit says how well promises were kept.
type Audit struct {
	N       int // promises
	Covered int // waits inside their promise, ends included

	Coverage          float64 // Covered / N, to be held against [Aim]
	AtLeast, AtMost   float64 // 95 % confidence interval of Coverage
	Width             time.Duration
	Winkler           time.Duration // mean interval score: small is good
	TooLong, TooShort int           // waited less than Low, more than High
}

// Score audits promises; all is zero when there are none.
//
// The score is the width of an interval plus, for a wait outside it, 2/α times
// the distance, with α = 1 − [Aim]: it rewards narrow promises that hold.
// Sources: R. L. Winkler, "A Decision-Theoretic Approach to Interval
// Estimation", JASA 67, 1972; T. Gneiting and A. E. Raftery, "Strictly Proper
// Scoring Rules, Prediction, and Estimation", JASA 102, 2007, section 6.2.
func Score(kept []Kept) Audit {
	a := Audit{N: len(kept)}
	if a.N == 0 {
		return a
	}
	var width, score float64
	for _, k := range kept {
		a.count(k)
		width += (k.Promise.High - k.Promise.Low).Minutes()
		score += intervalScore(k)
	}
	n := float64(a.N)
	a.Coverage = float64(a.Covered) / n
	a.AtLeast, a.AtMost = wilson(a.Covered, a.N)
	// Rounding must not push the ends past what they surround.
	a.AtLeast, a.AtMost = min(a.AtLeast, a.Coverage), max(a.AtMost, a.Coverage)
	a.Width, a.Winkler = minutes(width/n), minutes(score/n)
	return a
}

func (a *Audit) count(k Kept) {
	switch {
	case k.Waited < k.Promise.Low:
		a.TooLong++
	case k.Waited > k.Promise.High:
		a.TooShort++
	default:
		a.Covered++
	}
}

// intervalScore of one promise, in minutes.
func intervalScore(k Kept) float64 {
	const penalty = 2 / (1 - Aim)
	low, high, waited := k.Promise.Low.Minutes(), k.Promise.High.Minutes(), k.Waited.Minutes()
	return high - low + penalty*(max(0, low-waited)+max(0, waited-high))
}

// wilson is the 95 % interval of a share of n, good for small n and shares near
// 0 or 1. Source: E. B. Wilson, "Probable Inference, the Law of Succession, and
// Statistical Inference", JASA 22, 1927.
func wilson(hits, n int) (low, high float64) {
	const z = 1.959964
	size, share := float64(n), float64(hits)/float64(n)
	centre := share + z*z/(2*size)
	margin := z * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	return max(0, (centre-margin)/scale), min(1, (centre+margin)/scale)
}
