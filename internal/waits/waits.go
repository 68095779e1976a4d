// Package waits says how long: promises of waiting, and their audit.
//
// Everything here is a pure function of its input: no clock, no chance that
// the input does not fix, so that a promise can be computed again years later.
package waits

import (
	"math"
	"slices"
	"time"
)

// Enough is how many finished interviews of the day it takes to promise
// anything; before that the honest answer is "we do not know yet".
const Enough = 5

// Step is what promises are rounded to, outward.
const Step = 5 * time.Minute

// State is what is known of a service's queue when the question is asked.
type State struct {
	Ahead    int             // tickets that will be called before this one
	Desks    []Desk          // desks present for the service: open and not paused
	Finished []time.Duration // today's finished interviews of the service, oldest first
	Ways     []time.Duration // today's ways from call to start; may be empty
	Calls    int             // tickets called today
	NoShows  int             // of these, how many did not come

	UntilClose time.Duration // time until the service closes; 0 when it is not known
}

// Desk is a present desk, as it is now.
type Desk struct {
	Busy   bool          // somebody is there or has been called
	Coming bool          // the one who was called has not started yet
	Since  time.Duration // age of the running interview, or of the call while Coming
}

// Promise is the interval of waiting announced on a ticket, meant to hold four
// times out of five. Both ends are multiples of [Step] and 0 ≤ Low < High.
type Promise struct{ Low, High time.Duration }

// Estimate promises an interval of waiting until the call. It is false when
// that is not known yet: no desk is present, or fewer than [Enough] interviews
// are finished and no desk is free at once.
func Estimate(s State) (Promise, bool) {
	f, known := Foresee(s)
	if !known {
		return Promise{}, false
	}
	return round(f.Low, f.High), true
}

func roundUp(d time.Duration) time.Duration {
	return (d + Step - 1).Truncate(Step)
}

// QueueLength is the classical estimate (n+1)·m/c of the wait behind n people
// at c desks with a mean interview of m: the baseline every other must beat.
// It is false when it is not known yet, as in [Estimate].
//
// Source: R. Ibrahim and W. Whitt, "Real-Time Delay Estimation Based on Delay
// History", Manufacturing & Service Operations Management 11(3), 2009, where it
// is QL, beside LES (the wait of the last to enter service) and HOL (the wait so
// far of the head of the line).
func QueueLength(s State) (time.Duration, bool) {
	if s.freeAtOnce() {
		return 0, true
	}
	if len(s.Desks) == 0 || len(s.Finished) < Enough {
		return 0, false
	}
	var sum time.Duration
	for _, d := range s.Finished {
		sum += d
	}
	mean := float64(sum) / float64(len(s.Finished))
	return time.Duration(float64(max(0, s.Ahead)+1) * mean / float64(len(s.Desks))), true
}

// freeAtOnce says whether there is a free desk for everybody ahead and one more.
func (s State) freeAtOnce() bool {
	free := 0
	for _, d := range s.Desks {
		if !d.Busy {
			free++
		}
	}
	return free > max(0, s.Ahead)
}

// Forecast is a promise before it is rounded.
type Forecast struct {
	Low, Median, High time.Duration // quantiles 0.1, 0.5 and 0.9 of the wait until the call
	InTime            float64       // probability of being called before the service closes
}

// Foresee computes the quantiles behind [Estimate], and when they are known.
//
// It plays the queue many times: log-normal interviews fitted on today's, what
// is left of each running interview given its age, no-shows and the way to the
// desk. Ibrahim and Whitt (see [QueueLength]) show what is gained by using the
// state of the system; the remaining time of a running interview given its age
// is the conditional residual life of renewal theory (D. R. Cox, "Renewal
// Theory", 1962).
func Foresee(s State) (Forecast, bool) {
	if s.freeAtOnce() {
		return Forecast{InTime: 1}, true
	}
	if len(s.Desks) == 0 || len(s.Finished) < Enough {
		return Forecast{}, false
	}
	return s.forecast(play(s)), true
}

// forecast takes the quantiles of waits, in minutes, and sorts them for it.
func (s State) forecast(waits []float64) Forecast {
	slices.Sort(waits)
	return Forecast{
		Low:    minutes(quantile(waits, 0.1)),
		Median: minutes(quantile(waits, 0.5)),
		High:   minutes(quantile(waits, 0.9)),
		InTime: shareBelow(waits, s.UntilClose),
	}
}

// quantile of sorted values, between two of them where it falls there.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// shareBelow is the share of waits, in minutes, under a limit; all when there is none.
func shareBelow(sorted []float64, limit time.Duration) float64 {
	if limit <= 0 {
		return 1
	}
	n, _ := slices.BinarySearch(sorted, limit.Minutes())
	return float64(n) / float64(len(sorted))
}

func minutes(m float64) time.Duration {
	return time.Duration(math.Round(m * float64(time.Minute)))
}
