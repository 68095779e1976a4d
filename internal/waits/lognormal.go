package waits

import (
	"math"
	"math/rand/v2"
	"time"
)

// Interviews outside these minutes are taken as these: a key pressed twice, an
// interview nobody finished.
const (
	shortest = 1.0
	longest  = 240.0
)

// The spread of a service is not known from five interviews, so it is shrunk
// towards what interviews usually have (a coefficient of variation near 0.5),
// worth as much as four interviews. Their mean is today's alone.
const (
	usualSpread  = 0.5 // of the logarithm
	usualWorth   = 4.0
	mostLearning = 200 // interviews looked at
)

// logNormal is a distribution of interview times in minutes: the logarithm is
// normal with mean mu and standard deviation sigma.
type logNormal struct{ mu, sigma float64 }

// fit is a log-normal whose own parameters are uncertain.
type fit struct {
	logNormal
	n float64 // interviews it was learnt from
}

func fitInterviews(finished []time.Duration) fit {
	finished = finished[max(0, len(finished)-mostLearning):]
	n := float64(len(finished))
	var sum, squares float64
	for _, d := range finished {
		x := math.Log(min(max(d.Minutes(), shortest), longest))
		sum += x
		squares += x * x
	}
	mean := sum / n
	spread := max(0, squares-n*mean*mean)
	variance := (usualWorth*usualSpread*usualSpread + spread) / (usualWorth + n - 1)
	return fit{logNormal: logNormal{mu: mean, sigma: math.Sqrt(variance)}, n: n}
}

// drawn is one of the distributions that could have made today's interviews:
// the mean of few interviews is itself uncertain, and the interval says so.
func (f fit) drawn(r *rand.Rand) logNormal {
	return logNormal{mu: f.mu + f.sigma/math.Sqrt(f.n)*r.NormFloat64(), sigma: f.sigma}
}

func (d logNormal) draw(r *rand.Rand) float64 {
	return min(math.Exp(d.mu+d.sigma*r.NormFloat64()), longest)
}

// residual is what is left of an interview that has lasted age minutes, where
// luck in (0, 1] is the share of such interviews that last longer:
// R = F⁻¹(F(a) + U(1 − F(a))) − a, written with 1 − F to stay exact in the tail.
func (d logNormal) residual(age, luck float64) float64 {
	const farTail = 6 // beyond, math.Erfinv has no digits left
	z := (math.Log(age) - d.mu) / d.sigma
	if z > farTail {
		// The logarithm's excess over a far threshold is nearly exponential
		// with the normal hazard, about z + 1/z (Mills' ratio).
		return min(age*math.Expm1(-math.Log(luck)*d.sigma/(z+1/z)), longest)
	}
	tail := luck * math.Erfc(z/math.Sqrt2) / 2
	total := math.Exp(d.mu - d.sigma*math.Sqrt2*math.Erfinv(2*tail-1))
	return min(max(0, total-age), longest)
}
