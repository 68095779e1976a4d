package waits

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// centre is a service with known parameters, in minutes.
type centre struct {
	desks      int
	load       float64 // arrivals per service capacity
	mean, cv   float64 // interviews, log-normal
	way        float64 // mean way from call to start, exponential
	noShow     float64
	dayMinutes float64
}

func usualCentre(desks int) centre {
	return centre{desks: desks, load: 0.95, mean: 30, cv: 0.5, way: 1, noShow: 0.08, dayMinutes: 480}
}

// visit is one simulated ticket; times in minutes from opening.
type visit struct {
	arrived, called, started, ended float64
	missed                          bool
	desk                            int
}

// playDay simulates a first-come-first-served day: M/G/c with no-shows.
func (c centre) playDay(r *rand.Rand) []visit {
	sigma := math.Sqrt(math.Log(1 + c.cv*c.cv))
	mu := math.Log(c.mean) - sigma*sigma/2
	free := make([]float64, c.desks)
	var day []visit
	for at := 0.0; ; {
		at += r.ExpFloat64() * c.mean / (c.load * float64(c.desks))
		if at > c.dayMinutes {
			return day
		}
		desk := soonest(free)
		v := visit{arrived: at, called: max(at, free[desk]), desk: desk, missed: r.Float64() < c.noShow}
		v.started = v.called + r.ExpFloat64()*c.way
		v.ended = v.started + math.Exp(mu+sigma*r.NormFloat64())
		if v.missed {
			v.ended = v.called + missedMinutes
		}
		free[desk] = v.ended
		day = append(day, v)
	}
}

// stateAt is what the floor knows when visit n arrives.
func (c centre) stateAt(day []visit, n int) State {
	now := day[n].arrived
	s := State{Desks: make([]Desk, c.desks)}
	var done []visit
	for _, v := range day[:n] {
		switch {
		case v.called > now:
			s.Ahead++
			continue
		case v.ended > now:
			s.Desks[v.desk] = v.asDesk(now)
		case !v.missed:
			done = append(done, v)
		}
		s.Calls++
		if v.missed && v.ended <= now {
			s.NoShows++
		}
	}
	slices.SortFunc(done, func(a, b visit) int { return int(math.Copysign(1, a.ended-b.ended)) })
	for _, v := range done {
		s.Finished = append(s.Finished, minutes(v.ended-v.started))
		s.Ways = append(s.Ways, minutes(v.started-v.called))
	}
	return s
}

func (v visit) asDesk(now float64) Desk {
	if v.missed || v.started > now {
		return Desk{Busy: true, Coming: true, Since: minutes(now - v.called)}
	}
	return Desk{Busy: true, Since: minutes(now - v.started)}
}

// record is everything an audit of many days looks at.
type record struct {
	raw, rounded        []Kept
	median, queueLength float64 // sums of squared errors, in minutes²
}

func (c centre) record(days int, seed uint64) record {
	var rec record
	r := rand.New(rand.NewPCG(seed, 1))
	for range days {
		day := c.playDay(r)
		for n, v := range day {
			rec.add(c.stateAt(day, n), minutes(v.called-v.arrived))
		}
	}
	return rec
}

// add scores one ticket that had to wait; the others are no art.
func (rec *record) add(s State, waited time.Duration) {
	f, known := Foresee(s)
	if !known || s.freeAtOnce() {
		return
	}
	p, _ := Estimate(s)
	ql, _ := QueueLength(s)
	rec.raw = append(rec.raw, Kept{Promise{f.Low, f.High}, waited})
	rec.rounded = append(rec.rounded, Kept{p, waited})
	rec.median += square((f.Median - waited).Minutes())
	rec.queueLength += square((ql - waited).Minutes())
}

func square(x float64) float64 { return x * x }

func (rec *record) rmse(sum float64) float64 { return math.Sqrt(sum / float64(len(rec.raw))) }

func TestPromisesHoldFourTimesOutOfFive(t *testing.T) {
	for desks := 1; desks <= 3; desks++ {
		rec := usualCentre(desks).record(60, uint64(desks))
		raw, rounded := Score(rec.raw), Score(rec.rounded)
		ours, ql := rec.rmse(rec.median), rec.rmse(rec.queueLength)
		t.Logf("%d desks, %d tickets: coverage %.3f (%.3f to %.3f), rounded %.3f; width %v, rounded %v; Winkler %v; RMSE of the median %.1f min, QL %.1f min",
			desks, raw.N, raw.Coverage, raw.AtLeast, raw.AtMost, rounded.Coverage, raw.Width.Round(time.Second), rounded.Width.Round(time.Second), raw.Winkler.Round(time.Second), ours, ql)
		if raw.Coverage < 0.72 || raw.Coverage > 0.90 {
			t.Errorf("%d desks: the interval of 80 %% holds %.3f", desks, raw.Coverage)
		}
		if rounded.Coverage < raw.Coverage {
			t.Errorf("%d desks: rounding outward lowers coverage to %.3f", desks, rounded.Coverage)
		}
		if ours >= ql {
			t.Errorf("%d desks: RMSE %.1f is not below QL's %.1f", desks, ours, ql)
		}
	}
}
