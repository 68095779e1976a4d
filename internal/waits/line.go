package waits

import "time"

// Line promises what [Estimate] does to everybody in a line, from nobody ahead to so
// many, for a small part of the price: the queue runs once for them all. Whoever is
// farther back than the last of it is promised what the last is. It is nil when the
// last cannot be told yet; [Estimate] may still know for the first.
func Line(s State, most int) []Promise {
	s.Ahead = min(max(0, most), MostAhead)
	if len(s.Desks) == 0 || len(s.Finished) < Enough {
		return nil
	}
	line := make([]Promise, 0, s.Ahead+1)
	for ahead, waits := range playLine(s, 0, s.Ahead) {
		s.Ahead = ahead
		if s.freeAtOnce() {
			line = append(line, round(0, 0))
			continue
		}
		f := s.forecast(waits)
		line = append(line, round(f.Low, f.High))
	}
	return line
}

// round makes a promise of two quantiles, outward.
func round(low, high time.Duration) Promise {
	return Promise{Low: low.Truncate(Step), High: max(Step, roundUp(high))}
}
