package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"accueil/internal/calendar"
)

func TestRulesAreData(t *testing.T) {
	for _, text := range []string{week, permanence, nights, fortnight, centre} {
		want := rules(t, text)
		packed, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, rules(t, string(packed))); diff != "" {
			t.Errorf("after packing (-want +got):\n%s", diff)
		}
	}
}

func TestSpanText(t *testing.T) {
	for text, want := range map[string]string{
		"10:00-18:00": "10:00-18:00", "9:00 – 12:30": "09:00-12:30", "00:00-24:00": "00:00-24:00", "23:59—24:00": "23:59-24:00",
	} {
		var s calendar.Span
		if err := s.UnmarshalText([]byte(text)); err != nil || s.String() != want {
			t.Errorf("%q reads as %v, %v; want %s", text, s, err, want)
		}
	}
	for _, text := range []string{"", "10:00", "10-18", "10:00-", "10:00-24:01", "10:0-11:00", "a:00-b:00", "10:00-10:00",
		"18:00-10:00", "22:00-02:00", "-1:00-02:00", "10:60-11:00", "１０:00-18:00", "010:00-11:00", "10:00-11:00-12:00"} {
		var s calendar.Span
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q reads as %v, want an error", text, s)
		} else if !strings.Contains(err.Error(), "; ") {
			t.Errorf("the error %q does not say how to mend it", err)
		}
	}
}

func TestWeekdayText(t *testing.T) {
	var d calendar.Weekday
	if err := d.UnmarshalText([]byte("wed")); err != nil || time.Weekday(d) != time.Wednesday || d.String() != "wed" {
		t.Errorf("wed reads as %v, %v", d, err)
	}
	if err := d.UnmarshalText([]byte("mercredi")); err == nil {
		t.Error("mercredi reads as a day")
	}
}

func TestWithin(t *testing.T) {
	open := rules(t, week).Weekly[0].Open
	var halves []calendar.Span
	if err := json.Unmarshal([]byte(`["12:00-14:00","10:00-12:00"]`), &halves); err != nil {
		t.Fatal(err)
	}
	inside := calendar.Span{From: 11 * 60, To: 13 * 60}
	across := calendar.Span{From: 12 * 60, To: 15 * 60}
	if !inside.Within(open) || across.Within(open) || !inside.Within(halves) || inside.Within(nil) {
		t.Error("Within does not tell hours inside others from hours across a break")
	}
}

func TestCheckPermanence(t *testing.T) {
	tests := []struct{ rule, from, want string }{
		{"FREQ=MONTHLY;BYDAY=1TH", "", ""},
		{"FREQ=MONTHLY;BYDAY=-1FR", "", ""},
		{"FREQ=DAILY", "", ""},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "", ""},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-09-01", ""},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "", "from which day"},
		{"FREQ=WEEKLY;BYDAY=TU;COUNT=5", "", "from which day"},
		{"FREQ=WEEKLY", "", "from which day"},
		{"FREQ=WEEKLY;BYDAY=TU", "septembre", "not a day"},
		{"FREQ=HOURLY", "", "not a rule"},
		{"FREQ=DAILY;BYHOUR=9", "", "not a rule"},
		{"le premier jeudi", "", "not a rule"},
		{"", "", "not a rule"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "", "never gives a day"},
		{"FREQ=WEEKLY;BYDAY=TU;COUNT=3;UNTIL=20200101", "2026-01-01", "never gives a day"},
	}
	for _, test := range tests {
		err := calendar.Permanence{Rule: test.rule, From: test.from}.Check()
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%+v: %v", test, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "; ")):
			t.Errorf("%+v: error %v, want how to mend it", test, err)
		}
	}
}

func TestCheckException(t *testing.T) {
	tests := map[string]bool{
		`{"date":"2026-12-24"}`: true, `{"date":"2026-12-24","until":"2026-12-24"}`: true,
		`{"date":"2026-02-30"}`: false, `{"date":"24/12/2026"}`: false, `{"date":"2026-12-24","until":"x"}`: false,
		`{"date":"2026-12-24","until":"2026-12-23"}`: false, `{"date":"1026-12-24"}`: false,
	}
	for text, want := range tests {
		var e calendar.Exception
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			t.Fatal(err)
		}
		if err := e.Check(); (err == nil) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestExceptionsOverlap(t *testing.T) {
	a := calendar.Exception{Date: "2026-12-20", Until: "2026-12-24"}
	for _, b := range []calendar.Exception{{Date: "2026-12-24"}, {Date: "2026-12-19", Until: "2026-12-20"}, {Date: "2026-12-22"}} {
		if !a.Overlaps(b) || !b.Overlaps(a) {
			t.Errorf("%v and %v share no day", a, b)
		}
	}
	if b := (calendar.Exception{Date: "2026-12-25"}); a.Overlaps(b) || b.Overlaps(a) {
		t.Errorf("%v and %v share a day", a, b)
	}
}

func TestCheckHolidays(t *testing.T) {
	for country, want := range map[string]bool{"": true, "FR": true, "BE": false} {
		if err := calendar.CheckHolidays(country); (err == nil) != want {
			t.Errorf("%q: %v", country, err)
		}
	}
}

// TestOpeningHoldsAtItsEdges checks any opening against the moments around it.
func TestOpeningHoldsAtItsEdges(t *testing.T) {
	c := calendar.New(paris(t), rules(t, centre))
	all := []calendar.Rules{rules(t, week), rules(t, permanence), rules(t, nights), rules(t, centre)}
	start := moment(t, "2026-01-01 00:00")
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(all).Draw(t, "rules")
		at := start.Add(time.Duration(rapid.IntRange(0, 3*366*24*60).Draw(t, "minutes")) * time.Minute)
		o := c.At(r, at)
		if o.Open && (o.Since.After(at) || !o.Until.After(at) || c.At(r, o.Until).Open || !c.At(r, o.Since).Open) {
			t.Fatalf("at %v: %+v does not hold at its edges", at, o)
		}
		if o.Open == (o.Since.IsZero() || o.Until.IsZero()) {
			t.Fatalf("at %v: %+v has edges and is closed, or none and is open", at, o)
		}
		if !o.Next.IsZero() && (!o.Next.After(at) || !c.At(r, o.Next).Open || c.At(r, o.Next.Add(-time.Minute)).Open) {
			t.Fatalf("at %v: next opening %v does not open then", at, o.Next)
		}
	})
}
