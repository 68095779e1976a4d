package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Rules are the opening hours of a service or of the whole centre.
//
// A day has the hours of its exception if there is one; else none if it is a
// public holiday; else its weekly hours and those of its permanences together.
type Rules struct {
	// Holidays names the country whose public holidays are closed: "FR" or "".
	Holidays    string       `json:"holidays,omitempty"`
	Weekly      []Weekly     `json:"weekly,omitempty"`
	Permanences []Permanence `json:"permanences,omitempty"`
	Exceptions  []Exception  `json:"exceptions,omitempty"`
}

// Weekly gives the same hours to some days of every week.
type Weekly struct {
	Days []Weekday `json:"days"`
	Open []Span    `json:"open"`
}

// Permanence opens on the days that a recurrence rule of RFC 5545 gives, such as
// "FREQ=MONTHLY;BYDAY=3WE", every third Wednesday of a month.
type Permanence struct {
	Rule string `json:"rule"`
	// From is the first possible day, "2026-09-01". Rules that count, such as
	// INTERVAL=2 or COUNT=10, count from it and need it.
	From string `json:"from,omitempty"`
	Open []Span `json:"open"`
}

// Exception replaces the hours of a day, or of the days Date to Until; without
// hours they are closed.
type Exception struct {
	Date  string `json:"date"`
	Until string `json:"until,omitempty"`
	Open  []Span `json:"open,omitempty"`
}

// covers says whether the local day, "2006-01-02", is one of the exception's.
func (e Exception) covers(day string) bool {
	return e.Date <= day && day <= e.last()
}

// Overlaps says whether two exceptions share a day.
func (e Exception) Overlaps(other Exception) bool {
	return e.Date <= other.last() && other.Date <= e.last()
}

func (e Exception) last() string { return max(e.Date, e.Until) }

// Weekday is a day of the week, written "mon" to "sun".
type Weekday time.Weekday

const weekdays = "sun mon tue wed thu fri sat"

// String is the three letters of the day.
func (d Weekday) String() string { return strings.Fields(weekdays)[int(d)%7] }

// MarshalText writes the three letters of the day.
func (d Weekday) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the three letters of the day.
func (d *Weekday) UnmarshalText(text []byte) error {
	for i, name := range strings.Fields(weekdays) {
		if name == string(text) {
			*d = Weekday(i)
			return nil
		}
	}
	return fmt.Errorf("%q is not a day of the week; write mon, tue, wed, thu, fri, sat or sun", text)
}

// Clock is a local time of day in minutes since midnight, 0 to 24:00, written "14:30".
type Clock int

const midnight Clock = 24 * 60

// String is the time of day as "14:30".
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes the time of day as "14:30".
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads "14:30" or "9:05"; "24:00" is the end of the day.
func (c *Clock) UnmarshalText(text []byte) error {
	hours, minutes, ok := strings.Cut(string(text), ":")
	h, okHours := digits(hours)
	m, okMinutes := digits(minutes)
	if !ok || !okHours || !okMinutes || len(minutes) != 2 || m > 59 || h*60+m > int(midnight) {
		return fmt.Errorf("%q is not a time of day; write hours and minutes, such as 14:00", text)
	}
	*c = Clock(h*60 + m)
	return nil
}

func digits(s string) (n int, ok bool) {
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, len(s) == 1 || len(s) == 2
}

// on is the moment of this time of day on the day that t falls on, in t's zone.
func (c Clock) on(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, t.Location())
}

// Span is a time of opening within one day, written "10:00-18:00"; To is not part of it.
type Span struct{ From, To Clock }

// String is the span as "10:00-18:00".
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// MarshalText writes the span as "10:00-18:00".
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads "10:00-18:00", with a dash of any length and spaces around it.
func (s *Span) UnmarshalText(text []byte) error {
	plain := strings.NewReplacer("–", "-", "—", "-", " ", "").Replace(string(text))
	from, to, ok := strings.Cut(plain, "-")
	if !ok || s.From.UnmarshalText([]byte(from)) != nil || s.To.UnmarshalText([]byte(to)) != nil {
		return fmt.Errorf("%q are not hours; write them such as \"10:00-18:00\"", text)
	}
	if s.To <= s.From {
		return fmt.Errorf("the hours %q end before they start; "+
			"put the earlier time first, and write two spans for hours that pass midnight", text)
	}
	return nil
}

// Overlaps says whether two spans of the same day share a minute.
func (s Span) Overlaps(other Span) bool { return s.From < other.To && other.From < s.To }

// Within says whether the span lies inside one of those given.
func (s Span) Within(spans []Span) bool {
	for _, outer := range merge(spans) {
		if outer.From <= s.From && s.To <= outer.To {
			return true
		}
	}
	return false
}

// Check says what is wrong with the days of an exception.
func (e Exception) Check() error {
	if err := checkDate(e.Date); err != nil {
		return err
	}
	if e.Until == "" {
		return nil
	}
	if err := checkDate(e.Until); err != nil {
		return err
	}
	if e.Until < e.Date {
		return fmt.Errorf("the days end on %s, before they start on %s; put the earlier day first", e.Until, e.Date)
	}
	return nil
}

func checkDate(day string) error {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || t.Year() < 2000 || t.Year() > 2100 {
		return fmt.Errorf("%q is not a day of the calendar; write year-month-day, such as 2026-12-24", day)
	}
	return nil
}

// CheckHolidays says whether the public holidays of the country are known.
func CheckHolidays(country string) error {
	if country != "" && country != "FR" {
		return fmt.Errorf("the public holidays of %q are not known; write FR, or leave the line out", country)
	}
	return nil
}

var errRule = errors.New("is not a rule of days; " +
	"write such as FREQ=MONTHLY;BYDAY=3WE for every third Wednesday of the month")
