package phrases

import (
	"testing"
	"time"
)

func paris(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Skip("no time zones on this machine:", err)
	}
	return zone
}

func TestNumber(t *testing.T) {
	book := load(t)
	for n, want := range map[int][2]string{
		0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1\u00a0000", "1,000"}, 1300: {"1\u00a0300", "1,300"},
		44000: {"44\u00a0000", "44,000"}, 1000007: {"1\u00a0000\u00a0007", "1,000,007"}, -1300: {"-1\u00a0300", "-1,300"},
	} {
		if fr, en := book.In("fr").Number(n), book.In("en").Number(n); fr != want[0] || en != want[1] {
			t.Errorf("%d: %q and %q, want %q", n, fr, en, want)
		}
	}
}

func TestDates(t *testing.T) {
	book := load(t)
	at := time.Date(2026, time.November, 24, 9, 5, 59, 0, paris(t))
	for lang, want := range map[string][3]string{
		"fr": {"09:05", "mar. 24 nov.", "mardi 24 novembre"},
		"en": {"09:05", "Tue 24 Nov", "Tuesday 24 November"},
	} {
		s := book.In(lang)
		if got := [3]string{s.Clock(at), s.Day(at), s.LongDay(at)}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestEveryDayAndMonthHasItsName(t *testing.T) {
	book := load(t)
	for _, lang := range book.Languages() {
		s := book.In(lang)
		seen := map[string]bool{}
		for month := range 12 {
			at := time.Date(2026, time.Month(month+1), month%7+1, 0, 0, 0, 0, time.UTC)
			seen[s.Day(at)], seen[s.LongDay(at)] = true, true
		}
		if len(seen) != 24 {
			t.Errorf("%s: dates look alike: %v", lang, seen)
		}
	}
}

func TestWhen(t *testing.T) {
	zone := paris(t)
	book := load(t)
	now := time.Date(2026, time.October, 24, 10, 0, 0, 0, zone) // Saturday; clocks go back on Sunday
	for _, test := range []struct {
		at     time.Time
		fr, en string
	}{
		{now.Add(4 * time.Hour), "aujourd'hui 14:00", "today 14:00"},
		{now.Add(-4 * time.Hour), "aujourd'hui 06:00", "today 06:00"},
		{time.Date(2026, time.October, 25, 0, 0, 0, 0, zone), "demain 00:00", "tomorrow 00:00"},
		{time.Date(2026, time.October, 26, 9, 30, 0, 0, zone), "lun. 09:30", "Mon 09:30"},
		{time.Date(2026, time.October, 30, 14, 0, 0, 0, zone), "ven. 14:00", "Fri 14:00"},
		{time.Date(2026, time.October, 31, 14, 0, 0, 0, zone), "sam. 31 oct. 14:00", "Sat 31 Oct 14:00"},
		{time.Date(2026, time.October, 23, 14, 0, 0, 0, zone), "ven. 23 oct. 14:00", "Fri 23 Oct 14:00"},
	} {
		if fr, en := book.In("fr").When(test.at, now), book.In("en").When(test.at, now); fr != test.fr || en != test.en {
			t.Errorf("%s: %q and %q, want %q and %q", test.at, fr, en, test.fr, test.en)
		}
	}
	if got := book.In("fr").When(now.Add(12*time.Hour), now.UTC()); got != "aujourd'hui 22:00" {
		t.Errorf("a clock in another zone: %q", got)
	}
}

func TestDurations(t *testing.T) {
	const minute = time.Minute
	fr, en := load(t).In("fr"), load(t).In("en")
	for d, want := range map[time.Duration]string{
		-minute: "0 min", 0: "0 min", 59 * time.Second: "0 min", 12*minute + 30*time.Second: "12 min",
		59 * minute: "59 min", 60 * minute: "1 h", 65 * minute: "1 h 05", 150 * minute: "2 h 30",
	} {
		if got := fr.Minutes(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
	for _, test := range []struct {
		low, high time.Duration
		fr, en    string
	}{
		{0, 5 * minute, "moins de 5 min", "less than 5 min"},
		{15 * minute, 30 * minute, "15 à 30 min", "15 to 30 min"},
		{45 * minute, 70 * minute, "45 min à 1 h 10", "45 min to 1 h 10"},
		{0, 60 * minute, "moins de 1 h", "less than 1 h"},
	} {
		if gotFr, gotEn := fr.Between(test.low, test.high), en.Between(test.low, test.high); gotFr != test.fr || gotEn != test.en {
			t.Errorf("%s to %s: %q and %q", test.low, test.high, gotFr, gotEn)
		}
	}
}
