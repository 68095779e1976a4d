package rehearsal

import (
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"time"
)

// chance is a stream of chance that a seed and a name fix.
type chance struct{ *rand.Rand }

func newChance(seed uint64, names ...string) chance {
	h := fnv.New64a()
	for _, name := range names {
		io.WriteString(h, name)
		h.Write([]byte{0})
	}
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// percent is true p times out of 100.
func (c chance) percent(p float64) bool { return c.Float64()*100 < p }

// between is anything from low to high.
func (c chance) between(low, high time.Duration) time.Duration {
	return (low + time.Duration(c.Float64()*float64(high-low))).Truncate(time.Second)
}

// logNormal is a duration with this mean and standard deviation ÷ mean, at
// least a minute and at most four hours.
func (c chance) logNormal(mean time.Duration, spread float64) time.Duration {
	variance := math.Log(1 + spread*spread)
	factor := math.Exp(c.NormFloat64()*math.Sqrt(variance) - variance/2)
	d := time.Duration(float64(mean) * factor).Truncate(time.Second)
	return min(max(d, time.Minute), 4*time.Hour)
}

// poisson counts what happens by chance, on average mean times (Knuth's way,
// in pieces so that the exponential does not vanish).
func (c chance) poisson(mean float64) (n int) {
	for ; mean > 30; mean -= 30 {
		n += c.poisson(30)
	}
	for p := c.Float64(); p > math.Exp(-mean); p *= c.Float64() {
		n++
	}
	return n
}

// weighted picks an index with the given weights; 0 when they are all nothing.
func (c chance) weighted(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	at := c.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return 0
}
