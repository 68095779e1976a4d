package figures

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"accueil/internal/queue"
)

// Span holds the figures of the days from From to To, both included. Days
// without facts are not in it.
type Span struct {
	From, To queue.Date
	Days     []Day
}

// ErrDates is wrapped by errors about the days of a span.
var ErrDates = errors.New("no such days")

// CheckDates says what is wrong with the ends of a span.
func CheckDates(from, to queue.Date) error {
	for _, d := range []queue.Date{from, to} {
		if !d.Valid() {
			return fmt.Errorf("%w: %.20q is not a day; write it like 2026-11-24", ErrDates, d)
		}
	}
	if to < from {
		return fmt.Errorf("%w: the days end on %s, before they begin on %s", ErrDates, to, from)
	}
	return nil
}

// Journal is where facts are read; see accueil/internal/journal.
type Journal interface {
	Days() ([]queue.Date, error)
	Day(queue.Date, func(queue.Fact) error) error
}

// Read folds the days of a journal. Of the rules only the zone matters.
func Read(j Journal, from, to queue.Date, rules queue.Rules) (Span, error) {
	span := Span{From: from, To: to}
	if err := CheckDates(from, to); err != nil {
		return span, err
	}
	dates, err := j.Days()
	if err != nil {
		return span, err
	}
	dates = slices.DeleteFunc(dates, func(d queue.Date) bool { return d < from || d > to })
	span.Days = make([]Day, len(dates))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0)) // a day is folded on its own
	for i, date := range dates {
		g.Go(func() error {
			day := queue.NewDay(date, rules)
			err := j.Day(date, func(f queue.Fact) error { day.Apply(f); return nil })
			span.Days[i] = Of(day)
			return err
		})
	}
	return span, g.Wait()
}

// By adds up all rows whose keys become the same, in the order of the keys.
func (s Span) By(key func(Key) Key) []Row {
	at := map[Key]int{}
	var sums []Row
	for _, d := range s.Days {
		for i := range d.Rows {
			k := key(d.Rows[i].Key)
			n, known := at[k]
			if !known {
				n = len(sums)
				at[k], sums = n, append(sums, Row{Key: k})
			}
			sums[n].Add(&d.Rows[i].Tally)
		}
	}
	slices.SortFunc(sums, func(a, b Row) int { return a.compare(b.Key) })
	return sums
}

// Total is the tally of everything.
func (s Span) Total() (t Tally) {
	for _, row := range s.By(func(Key) Key { return Key{} }) {
		t = row.Tally
	}
	return t
}

// Footfall adds up the hours of the days.
func (s Span) Footfall() (hours [24]queue.Footfall) {
	for _, d := range s.Days {
		for h, f := range d.Footfall {
			hours[h] = addFootfall(hours[h], f)
		}
	}
	return hours
}

func addFootfall(a, b queue.Footfall) queue.Footfall {
	return queue.Footfall{
		Visits: a.Visits + b.Visits, Questions: a.Questions + b.Questions, Tickets: a.Tickets + b.Tickets,
		In: a.In + b.In, Out: a.Out + b.Out, Welcomed: a.Welcomed + b.Welcomed, Groups: a.Groups + b.Groups,
	}
}

// Asked adds up how often each question was chosen.
func (s Span) Asked() map[string]int {
	asked := map[string]int{}
	for _, d := range s.Days {
		for question, n := range d.Asked {
			asked[question] += n
		}
	}
	return asked
}

// Topics adds up what interviews and contacts were about.
func (s Span) Topics() map[Subject]int {
	topics := map[Subject]int{}
	for _, d := range s.Days {
		for subject, n := range d.Topics {
			topics[subject] += n
		}
	}
	return topics
}

// Odds is how many facts did not fit.
func (s Span) Odds() (n int) {
	for _, d := range s.Days {
		n += d.Odds
	}
	return n
}

// StillOpen are the days that are not closed: their figures can change.
func (s Span) StillOpen() (open []queue.Date) {
	for _, d := range s.Days {
		if !d.Closed {
			open = append(open, d.Date)
		}
	}
	return open
}

// Uncounted is how many days no people counter was heard.
func (s Span) Uncounted() (n int) {
	for _, d := range s.Days {
		if d.Counters == 0 {
			n++
		}
	}
	return n
}
