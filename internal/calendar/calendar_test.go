package calendar_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/calendar"
)

func paris(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// moment reads "2026-11-24 10:00" as local time.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", s, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// rules reads rules as the files and packs have them.
func rules(t testing.TB, text string) (r calendar.Rules) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	week = `{"weekly": [{"days": ["tue","wed","thu","fri"], "open": ["10:00-13:00","14:00-18:00"]},
		{"days": ["sat"], "open": ["12:00-18:00"]}]}`
	permanence = `{"permanences": [{"rule": "FREQ=MONTHLY;BYDAY=1TH", "open": ["14:00-17:00"]},
		{"rule": "FREQ=MONTHLY;BYDAY=3WE", "open": ["14:00-17:00"]}]}`
	nights = `{"weekly": [{"days": ["fri"], "open": ["20:00-24:00"]}, {"days": ["sat"], "open": ["00:00-02:30"]},
		{"days": ["sun"], "open": ["01:00-04:00"]}]}`
	fortnight = `{"permanences": [{"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "from": "2026-11-10", "open": ["09:00-10:00"]}]}`
)

func TestAt(t *testing.T) {
	tests := []struct{ name, rules, at, since, until, next string }{
		{"open", week, "2026-11-24 10:42", "2026-11-24 10:00", "2026-11-24 13:00", "2026-11-24 14:00"},
		{"the first moment", week, "2026-11-24 10:00", "2026-11-24 10:00", "2026-11-24 13:00", "2026-11-24 14:00"},
		{"the last moment is closed", week, "2026-11-24 13:00", "", "", "2026-11-24 14:00"},
		{"before opening", week, "2026-11-24 09:59", "", "", "2026-11-24 10:00"},
		{"midnight", week, "2026-11-24 00:00", "", "", "2026-11-24 10:00"},
		{"over the weekend", week, "2026-11-28 18:00", "", "", "2026-12-01 10:00"},
		{"first Thursday", permanence, "2026-11-24 10:00", "", "", "2026-12-03 14:00"},
		{"first Thursday is today", permanence, "2026-12-03 14:30", "2026-12-03 14:00", "2026-12-03 17:00", "2026-12-16 14:00"},
		{"third Wednesday", permanence, "2026-12-16 16:59", "2026-12-16 14:00", "2026-12-16 17:00", "2027-01-07 14:00"},
		{"every second week", fortnight, "2026-11-10 10:00", "", "", "2026-11-24 09:00"},
		{"before the rule begins", fortnight, "2026-09-20 10:00", "", "", "2026-11-10 09:00"},
		{"across midnight, before", nights, "2026-11-20 23:00", "2026-11-20 20:00", "2026-11-21 02:30", "2026-11-22 01:00"},
		{"across midnight, at", nights, "2026-11-21 00:00", "2026-11-20 20:00", "2026-11-21 02:30", "2026-11-22 01:00"},
		{"across midnight, after", nights, "2026-11-21 02:00", "2026-11-20 20:00", "2026-11-21 02:30", "2026-11-22 01:00"},
		{"never", `{}`, "2026-11-24 10:00", "", "", ""},
		{"beyond the horizon", `{"permanences": [{"rule": "FREQ=YEARLY;BYMONTH=6;BYDAY=1TU", "open": ["14:00-17:00"]}]}`,
			"2026-11-24 10:00", "", "", ""},
		{"an unreadable rule opens never", `{"permanences": [{"rule": "x", "open": ["14:00-17:00"]}]}`,
			"2026-11-24 10:00", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := calendar.New(paris(t), calendar.Rules{})
			got := c.At(rules(t, test.rules), moment(t, test.at).UTC())
			checkOpening(t, got, test.since, test.until, test.next)
		})
	}
}

func checkOpening(t *testing.T, got calendar.Opening, since, until, next string) {
	t.Helper()
	want := calendar.Opening{Open: since != ""}
	for text, part := range map[*string]*time.Time{&since: &want.Since, &until: &want.Until, &next: &want.Next} {
		if *text != "" {
			*part = moment(t, *text)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("opening (-want +got):\n%s", diff)
	}
}

const centre = `{"holidays": "FR",
	"weekly": [{"days": ["mon","tue","wed","thu","fri"], "open": ["10:00-18:00"]}],
	"exceptions": [{"date": "2026-11-24", "open": ["14:00-16:00"]}, {"date": "2026-12-21", "until": "2026-12-31"},
		{"date": "2027-07-14", "open": ["10:00-12:00"]}]}`

// TestSpecialDaysOfTheCentre shows that they hold for all services.
func TestSpecialDaysOfTheCentre(t *testing.T) {
	c := calendar.New(paris(t), rules(t, centre))
	service := rules(t, `{"weekly": [{"days": ["mon","tue","wed","thu","fri"], "open": ["09:00-12:00","13:00-15:00"]}],
		"exceptions": [{"date": "2026-11-25"}, {"date": "2026-11-26", "open": ["16:00-18:00"]}]}`)
	tests := []struct {
		day     string
		special calendar.Special
		want    string
	}{
		{"2026-11-23", calendar.Ordinary, `["09:00-12:00","13:00-15:00"]`}, // ordinary: the service's own
		{"2026-11-24", calendar.Exceptional, `["14:00-15:00"]`},            // cut to the centre's
		{"2026-11-25", calendar.Ordinary, `null`},                          // closed by the service itself
		{"2026-11-26", calendar.Ordinary, `["16:00-18:00"]`},               // other hours of the service
		{"2026-11-11", calendar.Holiday, `null`},                           // Armistice
		{"2027-03-29", calendar.Holiday, `null`},                           // Easter Monday
		{"2027-05-06", calendar.Holiday, `null`},                           // Ascension
		{"2027-05-17", calendar.Holiday, `null`},                           // Whit Monday
		{"2027-07-14", calendar.Exceptional, `["10:00-12:00"]`},            // a holiday that is open
		{"2026-12-20", calendar.Ordinary, `null`},                          // a Sunday
		{"2026-12-21", calendar.Exceptional, `null`},                       // first day of the closure
		{"2026-12-31", calendar.Exceptional, `null`},                       // last day of the closure
		{"2027-01-04", calendar.Ordinary, `["09:00-12:00","13:00-15:00"]`},
	}
	for _, test := range tests {
		noon := moment(t, test.day+" 12:00")
		got, err := json.Marshal(c.Hours(service, noon))
		if err != nil || string(got) != test.want {
			t.Errorf("hours of %s are %s, %v; want %s", test.day, got, err, test.want)
		}
		if special := c.Special(noon); special != test.special {
			t.Errorf("%s is special in the way %d, want %d", test.day, special, test.special)
		}
	}
}

// TestHolidaysOfAYear holds the library to the days of article L3133-1 of the
// French labour code for 2027.
func TestHolidaysOfAYear(t *testing.T) {
	c := calendar.New(paris(t), calendar.Rules{Holidays: "FR"})
	var got []string
	for day := moment(t, "2027-01-01 12:00"); day.Year() == 2027; day = day.AddDate(0, 0, 1) {
		if c.Special(day) == calendar.Holiday {
			got = append(got, c.Date(day))
		}
	}
	want := []string{"2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17",
		"2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25"}
	if !slices.Equal(got, want) {
		t.Errorf("holidays %v, want %v", got, want)
	}
}

// TestSummerTime shows that local hours stay local hours when clocks change: on
// 28 March 2027 from 2:00 to 3:00, on 31 October 2027 from 3:00 back to 2:00.
func TestSummerTime(t *testing.T) {
	c := calendar.New(paris(t), calendar.Rules{})
	sunday := rules(t, nights)
	open := func(at string) time.Duration {
		o := c.At(sunday, moment(t, at))
		return o.Until.Sub(o.Since)
	}
	if got := open("2027-03-28 01:30"); got != 2*time.Hour {
		t.Errorf("1:00 to 4:00 lasts %v when the clock jumps forward", got)
	}
	if got := open("2027-10-31 01:30"); got != 4*time.Hour {
		t.Errorf("1:00 to 4:00 lasts %v when the clock goes back", got)
	}
	if got := open("2027-04-04 01:30"); got != 3*time.Hour {
		t.Errorf("1:00 to 4:00 lasts %v on an ordinary Sunday", got)
	}
	monday := rules(t, `{"weekly": [{"days": ["mon"], "open": ["10:00-18:00"]}]}`)
	for day, utc := range map[string]int{"2027-03-27 18:00": 8, "2027-10-30 18:00": 9} {
		if o := c.At(monday, moment(t, day)); o.Next.UTC().Hour() != utc {
			t.Errorf("after %s it opens at %v, want %d:00 UTC", day, o.Next.UTC(), utc)
		}
	}
}

func TestDayAndItsEnd(t *testing.T) {
	c := calendar.New(paris(t), calendar.Rules{})
	tests := []struct{ at, date, closes, midnight string }{
		{"2026-11-24T09:00:00Z", "2026-11-24", "2026-11-24T20:00:00+01:00", "2026-11-25T00:00:00+01:00"},
		{"2026-11-24T22:59:59Z", "2026-11-24", "2026-11-24T20:00:00+01:00", "2026-11-25T00:00:00+01:00"},
		{"2026-11-24T23:00:00Z", "2026-11-25", "2026-11-25T20:00:00+01:00", "2026-11-26T00:00:00+01:00"},
		{"2027-03-28T10:00:00Z", "2027-03-28", "2027-03-28T20:00:00+02:00", "2027-03-29T00:00:00+02:00"},
		{"2027-10-30T22:30:00Z", "2027-10-31", "2027-10-31T20:00:00+01:00", "2027-11-01T00:00:00+01:00"},
	}
	for _, test := range tests {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{c.Date(at), c.EndOfDay(at, 20*60).Format(time.RFC3339), c.Midnight(at).Format(time.RFC3339)}
		if want := []string{test.date, test.closes, test.midnight}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", test.at, got, want)
		}
	}
}

func BenchmarkAt(b *testing.B) {
	c := calendar.New(paris(b), rules(b, centre))
	service, at := rules(b, permanence), moment(b, "2026-11-24 10:00")
	for b.Loop() {
		c.At(service, at)
	}
}

// TestTheLastTicket: the wait and the interview must both fit before closing,
// whatever the clock does that day.
func TestTheLastTicket(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	closes := time.Date(2026, 11, 24, 18, 0, 0, 0, paris)
	open := calendar.Opening{Open: true, Until: closes}
	for _, tt := range []struct {
		before, wait, margin time.Duration
		want                 bool
	}{
		{30 * time.Minute, 0, 10 * time.Minute, true},
		{30 * time.Minute, 20 * time.Minute, 10 * time.Minute, true},
		{30 * time.Minute, 21 * time.Minute, 10 * time.Minute, false},
		{10 * time.Minute, 0, 10 * time.Minute, true},
		{9 * time.Minute, 0, 10 * time.Minute, false},
		{0, 0, 0, true},
		{-time.Second, 0, 0, false},
	} {
		if got := open.Takes(closes.Add(-tt.before), tt.wait, tt.margin); got != tt.want {
			t.Errorf("%s before closing, a wait of %s and a margin of %s: %t", tt.before, tt.wait, tt.margin, got)
		}
	}
	if (calendar.Opening{Next: closes}).Takes(closes.Add(-time.Hour), 0, 0) {
		t.Error("a ticket for a closed service")
	}
}

// TestAhead: of today what has not begun, then whole days, over weekends, holidays and
// exceptions; never more than is asked for.
func TestAhead(t *testing.T) {
	centre := rules(t, `{"holidays": "FR", "exceptions": [{"date": "2026-12-24", "open": ["10:00-12:00"]}]}`)
	c := calendar.New(paris(t), centre)
	for _, tt := range []struct {
		rules, at string
		n         int
		want      []string
	}{
		{week, "2026-11-24 10:42", 2, []string{"2026-11-24 [14:00-18:00]", "2026-11-25 [10:00-13:00 14:00-18:00]"}},
		{week, "2026-11-24 10:00", 1, []string{"2026-11-24 [14:00-18:00]"}},
		{week, "2026-11-28 12:00", 1, []string{"2026-12-01 [10:00-13:00 14:00-18:00]"}},
		{week, "2026-12-23 18:00", 2, []string{"2026-12-24 [10:00-12:00]", "2026-12-26 [12:00-18:00]"}},
		{permanence, "2026-11-24 10:00", 3, []string{"2026-12-03 [14:00-17:00]", "2026-12-16 [14:00-17:00]", "2027-01-07 [14:00-17:00]"}},
		{`{}`, "2026-11-24 10:00", 3, nil},
	} {
		var got []string
		for _, day := range c.Ahead(rules(t, tt.rules), moment(t, tt.at), tt.n) {
			got = append(got, fmt.Sprint(day.Noon.Format(time.DateOnly), " ", day.Open))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s, %s: %s", tt.rules, tt.at, diff)
		}
	}
}
