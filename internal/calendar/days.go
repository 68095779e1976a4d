package calendar

import (
	"iter"
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/fr"
)

// period is an opening as moments; until is not part of it.
type period struct{ since, until time.Time }

// periods gives the hours from the day before t to the horizon, in order. It
// computes no day before it is needed: the next opening is mostly near.
func (c Calendar) periods(rules Rules, t time.Time) iter.Seq[period] {
	return func(yield func(period) bool) {
		permanences := rules.permanenceDays(t.AddDate(0, 0, -1), t.AddDate(0, 0, Horizon))
		for i := -1; i <= Horizon; i++ {
			day := noon(t, i)
			for _, span := range c.spans(rules, day, permanences) {
				if !yield(period{span.From.on(day), span.To.on(day)}) {
					return
				}
			}
		}
	}
}

// join is both periods as one if the next begins before this one is over or just
// then, otherwise the next.
func (p period) join(next period) period {
	if p.since.IsZero() || next.since.After(p.until) {
		return next
	}
	return period{p.since, next.until}
}

// noon of the day i days later exists in every zone, which midnight does not.
func noon(t time.Time, i int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+i, 12, 0, 0, 0, t.Location())
}

// permanenceDays are the days of each permanence between two days.
func (r Rules) permanenceDays(first, last time.Time) []map[string]bool {
	days := make([]map[string]bool, len(r.Permanences))
	for i, p := range r.Permanences {
		days[i] = p.days(first, last)
	}
	return days
}

// spans are the hours of a service on a local day, cut to the centre's on the
// centre's special days.
func (c Calendar) spans(rules Rules, day time.Time, permanences []map[string]bool) []Span {
	own := rules.on(day, permanences)
	if len(own) == 0 {
		return nil
	}
	if special, hours := c.centre.special(day); special != Ordinary {
		return cut(own, hours)
	}
	return own
}

// on are the hours of the rules on a day.
func (r Rules) on(day time.Time, permanences []map[string]bool) []Span {
	if special, hours := r.special(day); special != Ordinary {
		return hours
	}
	var spans []Span
	for _, w := range r.Weekly {
		if slices.Contains(w.Days, Weekday(day.Weekday())) {
			spans = append(spans, w.Open...)
		}
	}
	date := day.Format(time.DateOnly)
	for i, p := range r.Permanences {
		if permanences[i][date] {
			spans = append(spans, p.Open...)
		}
	}
	return merge(spans)
}

// special says whether the rules make something else of a day, and its hours then.
func (r Rules) special(day time.Time) (Special, []Span) {
	date := day.Format(time.DateOnly)
	for _, e := range r.Exceptions {
		if e.covers(date) {
			return Exceptional, merge(e.Open)
		}
	}
	if r.Holidays == "FR" && frenchHoliday(day) {
		return Holiday, nil
	}
	return Ordinary, nil
}

func frenchHoliday(day time.Time) bool {
	return slices.ContainsFunc(fr.Holidays, func(h *cal.Holiday) bool {
		actual, _ := h.Calc(day.Year())
		return actual.Month() == day.Month() && actual.Day() == day.Day()
	})
}

// merge puts spans in order and joins those that meet.
func merge(spans []Span) []Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int { return int(a.From - b.From) })
	var merged []Span
	for _, s := range sorted {
		if n := len(merged); n > 0 && s.From <= merged[n-1].To {
			merged[n-1].To = max(merged[n-1].To, s.To)
		} else {
			merged = append(merged, s)
		}
	}
	return merged
}

// cut keeps of the spans what lies within the others; both are merged.
func cut(spans, within []Span) []Span {
	var kept []Span
	for _, s := range spans {
		for _, w := range within {
			if part := (Span{max(s.From, w.From), min(s.To, w.To)}); part.From < part.To {
				kept = append(kept, part)
			}
		}
	}
	return kept
}
