package waits

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func TestFitFindsTheDistributionAgain(t *testing.T) {
	truth := logNormal{mu: math.Log(25), sigma: 0.6}
	r := rand.New(rand.NewPCG(1, 2))
	var finished []time.Duration
	for range mostLearning {
		finished = append(finished, minutes(math.Exp(truth.mu+truth.sigma*r.NormFloat64())))
	}
	got := fitInterviews(finished)
	if math.Abs(got.mu-truth.mu) > 0.1 || math.Abs(got.sigma-truth.sigma) > 0.06 {
		t.Errorf("fitted %+v, want %+v", got.logNormal, truth)
	}
}

func TestFewEqualInterviewsKeepSomeSpread(t *testing.T) {
	got := fitInterviews([]time.Duration{20 * minute, 20 * minute, 20 * minute, 20 * minute, 20 * minute})
	if math.Abs(math.Exp(got.mu)-20) > 1e-6 || got.sigma < 0.3 || got.sigma > usualSpread {
		t.Errorf("fitted %+v", got)
	}
}

func TestSlipsOfTheKeyAreBounded(t *testing.T) {
	got := fitInterviews([]time.Duration{0, -minute, 20 * minute, 20 * minute, 99 * time.Hour})
	if math.IsNaN(got.mu) || math.IsInf(got.mu, 0) || got.sigma > 4 {
		t.Errorf("fitted %+v", got)
	}
}

func TestFactorsAreTheDistribution(t *testing.T) {
	d := logNormal{mu: math.Log(25), sigma: 0.5}
	var sum float64
	for _, f := range d.factors() {
		sum += f
	}
	if mean, want := sum/quantiles, math.Exp(d.sigma*d.sigma/2); math.Abs(mean-want) > 0.005*want {
		t.Errorf("mean %.4f, want %.4f", mean, want)
	}
}

// TestResidual holds the closed form against brute force: of many interviews,
// those that last longer than the age, minus the age.
func TestResidual(t *testing.T) {
	d := logNormal{mu: math.Log(25), sigma: 0.5}
	r := rand.New(rand.NewPCG(3, 4))
	for _, age := range []float64{0, 10, 30, 60} {
		var brute, closed, n, m float64
		for range 400_000 {
			if x := math.Exp(d.mu + d.sigma*r.NormFloat64()); x > age {
				brute, n = brute+x-age, n+1
			}
			closed, m = closed+d.residual(age, 1-r.Float64()), m+1
		}
		if a, b := brute/n, closed/m; math.Abs(a-b) > 0.03*a {
			t.Errorf("age %v: mean %.2f by counting, %.2f by formula", age, a, b)
		}
	}
}

func TestResidualInTheFarTail(t *testing.T) {
	d := logNormal{mu: math.Log(25), sigma: 0.25}
	edge := 25 * math.Exp(6*d.sigma)
	before, after := d.residual(edge*0.999, 0.5), d.residual(edge*1.001, 0.5)
	if math.Abs(before-after) > 0.05*before {
		t.Errorf("the two formulas do not meet: %.3f and %.3f", before, after)
	}
	for _, age := range []float64{0, 1e-9, 25, 240, 1e6} {
		for _, luck := range []float64{1, 0.5, 1e-3, 1.0 / (1 << 53)} {
			if left := d.residual(age, luck); math.IsNaN(left) || left < 0 || left > longest {
				t.Errorf("age %v, luck %v: %v minutes left", age, luck, left)
			}
		}
	}
}
