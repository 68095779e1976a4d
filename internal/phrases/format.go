package phrases

import (
	"strconv"
	"time"
)

// format is how a language writes numbers and dates, taken from its own
// phrases once, because clocks and counts are said in every frame.
type format struct {
	group                  string // between thousands
	weekdays, longWeekdays [7]string
	months, longMonths     [12]string
}

// learnFormat takes the pieces of dates and numbers from the texts.
func (t *tongue) learnFormat() format {
	f := format{group: t.phrases["number.group"].plain}
	for i := range f.weekdays {
		n := strconv.Itoa(i)
		f.weekdays[i] = t.phrases["weekday.short."+n].plain
		f.longWeekdays[i] = t.phrases["weekday.long."+n].plain
	}
	for i := range f.months {
		n := strconv.Itoa(i + 1)
		f.months[i] = t.phrases["month.short."+n].plain
		f.longMonths[i] = t.phrases["month.long."+n].plain
	}
	return f
}

// appendNumber writes n with the language's mark between thousands.
func (f *format) appendNumber(out []byte, n int64) []byte {
	if n < 1000 && n > -1000 {
		return strconv.AppendInt(out, n, 10)
	}
	rest := n % 1000
	out = append(f.appendNumber(out, n/1000), f.group...)
	if rest < 0 {
		rest = -rest
	}
	return append(out, strconv.FormatInt(1000+rest, 10)[1:]...)
}

// Number writes a whole number: 1300 is "1 300" with a no-break space in French.
func (s Speaker) Number(n int) string {
	return string(s.own.format.appendNumber(nil, int64(n)))
}

// Clock writes the time of day of t in t's own zone: "10:42".
func (s Speaker) Clock(t time.Time) string {
	return s.Say("time.clock", "Hour", twoDigits(t.Hour()), "Minute", twoDigits(t.Minute()))
}

// Day writes the date of t shortly: "mar. 24 nov.", "Tue 24 Nov".
func (s Speaker) Day(t time.Time) string {
	f := &s.own.format
	return s.day("date.short", t, f.weekdays[t.Weekday()], f.months[t.Month()-1])
}

// LongDay writes the date of t in full words: "mardi 24 novembre".
func (s Speaker) LongDay(t time.Time) string {
	f := &s.own.format
	return s.day("date.long", t, f.longWeekdays[t.Weekday()], f.longMonths[t.Month()-1])
}

func (s Speaker) day(key string, t time.Time, weekday, month string) string {
	return s.Say(key, "Weekday", weekday, "Day", t.Day(), "Month", month)
}

// When writes the moment t as seen from now, both in t's zone: "aujourd'hui
// 14:00", "demain 14:00", "jeu. 14:00" within a week, then "jeu. 3 déc. 14:00".
func (s Speaker) When(t, now time.Time) string {
	clock := s.Clock(t)
	switch days := daysBetween(now.In(t.Location()), t); {
	case days == 0:
		return s.Say("when.today", "Time", clock)
	case days == 1:
		return s.Say("when.tomorrow", "Time", clock)
	case days > 1 && days < 7:
		return s.Say("when.weekday", "Weekday", s.own.format.weekdays[t.Weekday()], "Time", clock)
	}
	return s.Say("when.date", "Date", s.Day(t), "Time", clock)
}

// daysBetween counts midnights from a to b; days of 23 and 25 hours count as one.
func daysBetween(a, b time.Time) int {
	dayNumber := func(t time.Time) int64 {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	return int(dayNumber(b) - dayNumber(a))
}

// Minutes writes a duration in whole minutes begun and over: "12 min", "1 h", "1 h 05".
// Negative durations are "0 min".
func (s Speaker) Minutes(d time.Duration) string {
	minutes := max(0, int(d/time.Minute))
	switch {
	case minutes < 60:
		return s.Say("time.minutes", "Count", minutes)
	case minutes%60 == 0:
		return s.Say("time.whole-hours", "Hours", minutes/60)
	}
	return s.Say("time.hours", "Hours", minutes/60, "Minutes", twoDigits(minutes%60))
}

// Between writes an interval of waiting: "15 à 30 min", "moins de 5 min" when
// it starts at nothing, "45 min à 1 h 10" when it is long.
func (s Speaker) Between(low, high time.Duration) string {
	switch {
	case low < time.Minute:
		return s.Say("time.less-than", "High", s.Minutes(high))
	case high < time.Hour:
		return s.Say("time.between-minutes", "Low", int(low/time.Minute), "High", int(high/time.Minute))
	}
	return s.Say("time.between", "Low", s.Minutes(low), "High", s.Minutes(high))
}

func twoDigits(n int) string { return strconv.Itoa(100 + n)[1:] }
