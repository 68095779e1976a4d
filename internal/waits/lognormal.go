package waits

import (
	"math"
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

// possible is one of the distributions that could have made today's interviews:
// the mean of few interviews is itself uncertain, and the interval says so. The
// mean is taken at quantile q, so that evenly spaced paths share out the doubt.
func (f fit) possible(q float64) logNormal {
	return logNormal{mu: f.mu + f.sigma/math.Sqrt(f.n)*normalQuantile(q), sigma: f.sigma}
}

func normalQuantile(q float64) float64 { return math.Sqrt2 * math.Erfinv(2*q-1) }

// quantiles is how finely interview times are drawn.
const quantiles = 512

// factors are evenly spaced quantiles of an interview time divided by its median.
func (d logNormal) factors() (f [quantiles]float64) {
	for i := range f {
		f[i] = math.Exp(d.sigma * normalQuantile((float64(i)+0.5)/quantiles))
	}
	return f
}

// residual is what is left of an interview that has lasted age minutes, where
// share in (0, 1] is the share of such interviews that last longer:
// R = F⁻¹(F(a) + U(1 − F(a))) − a, written with 1 − F to stay exact in the tail.
func (d logNormal) residual(age, share float64) float64 {
	const farTail = 6 // beyond, math.Erfinv has no digits left
	z := (math.Log(age) - d.mu) / d.sigma
	if z > farTail {
		// The logarithm's excess over a far threshold is nearly exponential
		// with the normal hazard, about z + 1/z (Mills' ratio).
		return min(age*math.Expm1(-math.Log(share)*d.sigma/(z+1/z)), longest)
	}
	tail := share * math.Erfc(z/math.Sqrt2) / 2
	total := math.Exp(d.mu - d.sigma*normalQuantile(tail))
	return min(max(0, total-age), longest)
}
