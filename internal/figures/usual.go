package figures

import (
	"math"
	"slices"
	"time"

	"accueil/internal/queue"
)

// Like are the days before today that fall on its day of the week, the newest
// first, at most n.
func Like(days []queue.Date, today queue.Date, n int) (like []queue.Date) {
	weekday, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return nil
	}
	for _, d := range slices.Backward(slices.Sorted(slices.Values(days))) {
		t, err := time.Parse(time.DateOnly, string(d))
		if err == nil && d < today && t.Weekday() == weekday.Weekday() && len(like) < n {
			like = append(like, d)
		}
	}
	return like
}

// Usual is the mean of the tickets in each hour of the days, to a tenth; nil when
// there is none. Days without any ticket count for nothing: the house was closed.
func Usual(days [][24]queue.Footfall) []float64 {
	sums, n := make([]float64, 24), 0.0
	for _, day := range days {
		all := 0
		for h, f := range day {
			all += f.Tickets
			sums[h] += float64(f.Tickets)
		}
		if all > 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	for h := range sums {
		sums[h] = math.Round(10*sums[h]/n) / 10
	}
	return sums
}
