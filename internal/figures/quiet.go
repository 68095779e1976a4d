package figures

import (
	"math"
	"slices"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/queue"
)

// HalfHours of a local day.
const HalfHours = 48

// Crowd is how many people waited for a service in each half hour of a local day,
// on average over the half hour. It counts people who wait and not those who come,
// since that is what screens say of now; and not how long they waited, which is not
// known of a half hour in which nobody came.
type Crowd [HalfHours]float64

// Crowds are the crowds of a day, by service; a service nobody came for has none.
func Crowds(day *queue.Day) map[string]*Crowd {
	crowds := map[string]*Crowd{}
	edges := edgesOf(day)
	for _, t := range day.Tickets() {
		for i := range t.Stages {
			s := &t.Stages[i]
			if s.WalkIn || s.State == queue.Void {
				continue
			}
			if crowds[s.Service] == nil {
				crowds[s.Service] = &Crowd{}
			}
			crowds[s.Service].add(s.Entered, left(s, day.Last), edges)
		}
	}
	return crowds
}

// left is when a stage was no longer waiting; last where nothing says so.
func left(s *queue.Stage, last time.Time) time.Time {
	switch {
	case !s.Called.IsZero():
		return s.Called
	case !s.Ended.IsZero():
		return s.Ended
	}
	return last
}

// edgesOf are the moments between the half hours of a day, the clock's: on the two
// days a year that are an hour longer or shorter one half hour is, too.
func edgesOf(day *queue.Day) (edges [HalfHours + 1]time.Time) {
	date, err := time.Parse(time.DateOnly, string(day.Date))
	if err != nil {
		return edges
	}
	y, m, d := date.Date()
	for i := range edges {
		edges[i] = time.Date(y, m, d, i/2, 30*(i%2), 0, 0, day.Rules().Zone)
	}
	return edges
}

func (c *Crowd) add(from, to time.Time, edges [HalfHours + 1]time.Time) {
	for i := range c {
		begin, end := edges[i], edges[i+1]
		if from.After(begin) {
			begin = from
		}
		if to.Before(end) {
			end = to
		}
		if whole := edges[i+1].Sub(edges[i]); end.After(begin) && whole > 0 {
			c[i] += float64(end.Sub(begin)) / float64(whole)
		}
	}
}

// FewestDays is of how many days like today something usual can be said.
const FewestDays = 4

// Level is how many people wait in a half hour of days like today at most, on three
// days of four. Nothing is known of it with fewer than FewestDays.
type Level struct {
	Waiting float64
	Days    int
}

// Known says whether the level stands on enough days.
func (l Level) Known() bool { return l.Days >= FewestDays }

// Past is a day like today: its crowd, and when the service was open.
type Past struct {
	Crowd *Crowd
	Open  []calendar.Span
}

// Levels are what is usual in each half hour. A half hour in which the service was
// not open all the time says nothing of one in which it is.
func Levels(days []Past) (levels [HalfHours]Level) {
	for i := range levels {
		var seen []float64
		for _, d := range days {
			if spanOf(i).Within(d.Open) {
				seen = append(seen, d.Crowd[i])
			}
		}
		if n := len(seen); n > 0 {
			slices.Sort(seen)
			levels[i] = Level{seen[(3*n+3)/4-1], n}
		}
	}
	return levels
}

// spanOf is half hour i of a day.
func spanOf(i int) calendar.Span {
	return calendar.Span{From: calendar.Clock(30 * i), To: calendar.Clock(30 * (i + 1))}
}

// Present is a service at this moment.
type Present struct {
	At      calendar.Clock
	Waiting int
	Wait    time.Duration // of somebody who came now, at most; 0 when not known
}

// shortestQuiet is the least that is worth coming back for.
const shortestQuiet = 60

// Quiet are the hours to come of today's opening in which it is usually clearly
// quieter than now, an hour long at least, the first first: at most half as many
// people wait then, and two fewer. None begins before somebody who stays would be
// received: until then today's crowd is still there, whatever is usual.
func Quiet(levels [HalfHours]Level, now Present, open []calendar.Span) (spans []calendar.Span) {
	for i := now.earliest(); i < HalfHours; i++ {
		s := spanOf(i)
		if !now.above(levels[i]) || !s.Within(open) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].To == s.From {
			spans[n-1].To = s.To
			continue
		}
		spans = append(spans, s)
	}
	return slices.DeleteFunc(spans, func(s calendar.Span) bool { return s.To-s.From < shortestQuiet })
}

// unknownWait stands for a wait that is not known.
const unknownWait = time.Hour

// earliest is the first half hour that begins after somebody who stays is received.
func (p Present) earliest() int {
	wait := p.Wait
	if wait <= 0 {
		wait = unknownWait
	}
	return int(math.Ceil((float64(p.At) + wait.Minutes()) / 30))
}

// above says whether clearly more people wait now than at a level.
func (p Present) above(l Level) bool {
	return l.Known() && 2*l.Waiting <= float64(p.Waiting) && float64(p.Waiting)-l.Waiting >= 2
}
