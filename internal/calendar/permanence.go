package calendar

import (
	"fmt"
	"time"

	"github.com/teambition/rrule-go"
)

// Check says what is wrong with the recurrence rule.
func (p Permanence) Check() error {
	if p.From != "" {
		if err := checkDate(p.From); err != nil {
			return err
		}
	}
	option, err := rrule.StrToROption(p.Rule)
	if err != nil || option.Freq > rrule.DAILY || len(option.Byhour)+len(option.Byminute)+len(option.Bysecond) > 0 {
		return fmt.Errorf("%q %w", p.Rule, errRule)
	}
	if p.From == "" && counts(option) {
		return fmt.Errorf("%q does not say from which day it counts; add a line such as from: 2026-09-01", p.Rule)
	}
	return p.checkGivesDays()
}

// counts says whether the rule means nothing without its first day.
func counts(o *rrule.ROption) bool {
	named := len(o.Byweekday) + len(o.Bymonthday) + len(o.Byyearday) + len(o.Byeaster)
	return o.Interval > 1 || o.Count > 0 || o.Freq != rrule.DAILY && named == 0
}

// checkGivesDays finds rules such as "31 February", which would also make the
// search for the next opening very long. Eight years hold every leap day.
func (p Permanence) checkGivesDays() error {
	start := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	if p.From != "" {
		start, _ = time.Parse(time.DateOnly, p.From)
	}
	if len(p.days(start, start.AddDate(8, 0, 0))) == 0 {
		return fmt.Errorf("the rule %q never gives a day; correct it or take it out", p.Rule)
	}
	return nil
}

// days are the local days, "2006-01-02", that the rule gives between two days,
// both included. A rule that cannot be read gives none: Check names it.
//
// The rule is computed on floating days in UTC, so that no change to summer
// time can move a day.
func (p Permanence) days(first, last time.Time) map[string]bool {
	option, err := rrule.StrToROption(p.Rule)
	if err != nil {
		return nil
	}
	option.Dtstart = time.Date(first.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	if p.From != "" {
		if option.Dtstart, err = time.Parse(time.DateOnly, p.From); err != nil {
			return nil
		}
	}
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil
	}
	found := make(map[string]bool)
	for _, day := range rule.Between(floating(first), floating(last), true) {
		found[day.Format(time.DateOnly)] = true
	}
	return found
}

func floating(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
