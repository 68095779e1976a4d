package site_test

import (
	"slices"
	"testing"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/site"
)

// on is a workshop on the given days of November 2026, at the given hour.
func on(key string, from calendar.Clock, days ...string) site.Workshop {
	w := site.Workshop{Key: key}
	for _, d := range days {
		w.Hours.Exceptions = append(w.Hours.Exceptions, calendar.Exception{Date: "2026-11-" + d, Open: []calendar.Span{{From: from, To: from + 60}}})
	}
	return w
}

// TestTheSoonestWorkshopsAreTold: today's that one can still join, else those of the
// coming days, else those without dates; never the first of the file for being first.
func TestTheSoonestWorkshopsAreTold(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	s := &site.Site{Zone: "Europe/Paris", Workshops: []site.Workshop{
		{Key: "some-day"}, on("far", 600, "30"), on("evening", 17*60, "24"), on("noon", 12*60, "24", "26"), on("thursday", 10*60, "26"), {Key: "any-day"},
	}}
	almanac, err := s.Almanac()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   string
		want []string
	}{
		{"2026-11-24 10:00", []string{"noon", "evening"}},
		{"2026-11-24 12:10", []string{"noon", "evening"}},
		{"2026-11-24 12:11", []string{"evening"}},
		{"2026-11-24 18:00", []string{"thursday", "noon", "far"}},
		{"2026-11-24 09:00", []string{"noon", "evening"}}, // a clock that was set back
		{"2026-11-30 11:00", []string{"some-day", "any-day"}},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.at, paris)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range almanac.Soon(now) {
			got = append(got, o.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("at %s: %v, want %v", c.at, got, c.want)
		}
	}
}

// TestTheAlmanacLooksAgainWhenItMust: its answers are the calendar's at every moment.
func TestTheAlmanacLooksAgainWhenItMust(t *testing.T) {
	s := &site.Site{Zone: "Europe/Paris"}
	hours := calendar.Rules{Weekly: []calendar.Weekly{{Days: []calendar.Weekday{calendar.Weekday(time.Tuesday)}, Open: []calendar.Span{{From: 600, To: 720}}}}}
	service := site.Service{Key: "creer", Hours: hours}
	almanac, err := s.Almanac()
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 24, 8, 30, 0, 0, time.UTC)
	for minute := range 600 {
		now := start.Add(time.Duration(minute%300) * time.Minute) // then the clock is put right
		got, want := almanac.Opening(service, now), c.At(hours, now)
		if got.Open != want.Open || !got.Next.Equal(want.Next) || !got.Until.Equal(want.Until) {
			t.Fatalf("at %s: %+v, want %+v", now, got, want)
		}
	}
}

// TestWhenAServiceOpensAgain: by its hours; on another day once this one is over, even
// where its hours go on; unknown while it is closed against them.
func TestWhenAServiceOpensAgain(t *testing.T) {
	s := &site.Site{Zone: "UTC"}
	weekly := calendar.Rules{Weekly: []calendar.Weekly{{
		Days: []calendar.Weekday{calendar.Weekday(time.Tuesday), calendar.Weekday(time.Thursday)},
		Open: []calendar.Span{{From: 600, To: 720}, {From: 840, To: 960}},
	}}}
	service := site.Service{Key: "creer", Hours: weekly}
	almanac, err := s.Almanac()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		hour int
		over bool
		want string
	}{{8, false, "24 10:00"}, {8, true, "26 10:00"}, {11, false, ""}, {11, true, "26 10:00"}, {13, false, "24 14:00"}, {13, true, "26 10:00"}, {17, false, "26 10:00"}, {17, true, "26 10:00"}} {
		got := ""
		if at := almanac.Opens(service, time.Date(2026, 11, 24, c.hour, 0, 0, 0, time.UTC), c.over); !at.IsZero() {
			got = at.Format("02 15:04")
		}
		if got != c.want {
			t.Errorf("at %d, the day over: %t: opens again %q, want %q", c.hour, c.over, got, c.want)
		}
	}
}
