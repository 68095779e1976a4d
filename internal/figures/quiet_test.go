package figures_test

import (
	"math"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"accueil/internal/calendar"
	"accueil/internal/figures"
	"accueil/internal/queue"
)

func clock(h, m int) calendar.Clock { return calendar.Clock(60*h + m) }

func span(h, m, toH, toM int) calendar.Span {
	return calendar.Span{From: clock(h, m), To: clock(toH, toM)}
}

// aWeekday is open from ten to six.
var aWeekday = []calendar.Span{span(10, 0, 18, 0)}

// like are so many days on which as many people waited as at says of a half hour.
func like(days int, at func(i int) float64) (past []figures.Past) {
	for range days {
		c := &figures.Crowd{}
		for i := range c {
			c[i] = at(i)
		}
		past = append(past, figures.Past{Crowd: c, Open: aWeekday})
	}
	return past
}

// busyBut is a day on which six wait, and one from 13:00 to 14:00 and from 16:30.
func busyBut(i int) float64 {
	if i == 26 || i == 27 || i >= 33 {
		return 1
	}
	return 6
}

func TestQuieterHours(t *testing.T) {
	levels := figures.Levels(like(8, busyBut))
	for _, tt := range []struct {
		name string
		now  figures.Present
		open []calendar.Span
		want []calendar.Span
	}{
		{"both", figures.Present{At: clock(11, 0), Waiting: 6, Wait: time.Hour}, aWeekday,
			[]calendar.Span{span(13, 0, 14, 0), span(16, 30, 18, 0)}},
		{"the crowd of now is still there at one", figures.Present{At: clock(11, 0), Waiting: 6, Wait: 3 * time.Hour}, aWeekday,
			[]calendar.Span{span(16, 30, 18, 0)}},
		{"what is left of one is too short", figures.Present{At: clock(12, 31), Waiting: 6, Wait: 30 * time.Minute}, aWeekday,
			[]calendar.Span{span(16, 30, 18, 0)}},
		{"an unknown wait takes an hour", figures.Present{At: clock(12, 1), Waiting: 6}, aWeekday,
			[]calendar.Span{span(16, 30, 18, 0)}},
		{"tickets end before closing", figures.Present{At: clock(15, 0), Waiting: 6, Wait: time.Hour}, []calendar.Span{span(10, 0, 17, 50)},
			[]calendar.Span{span(16, 30, 17, 30)}},
		{"closed over lunch today", figures.Present{At: clock(11, 0), Waiting: 6, Wait: time.Hour}, []calendar.Span{span(10, 0, 13, 30), span(14, 0, 18, 0)},
			[]calendar.Span{span(16, 30, 18, 0)}},
		{"nobody waits", figures.Present{At: clock(11, 0), Wait: time.Minute}, aWeekday, nil},
		{"not clearly fewer", figures.Present{At: clock(11, 0), Waiting: 2, Wait: time.Minute}, aWeekday, nil},
		{"three wait, and one is less than half", figures.Present{At: clock(11, 0), Waiting: 3, Wait: time.Minute}, aWeekday,
			[]calendar.Span{span(13, 0, 14, 0), span(16, 30, 18, 0)}},
		{"closed today", figures.Present{At: clock(11, 0), Waiting: 6, Wait: time.Hour}, nil, nil},
		{"the day is over", figures.Present{At: clock(23, 40), Waiting: 6, Wait: time.Hour}, aWeekday, nil},
	} {
		if diff := gocmp.Diff(tt.want, figures.Quiet(levels, tt.now, tt.open)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// TestUsualNeedsDays: three are not enough, one bad day of four is no habit, two are.
func TestUsualNeedsDays(t *testing.T) {
	now := figures.Present{At: clock(11, 0), Waiting: 6, Wait: time.Hour}
	if q := figures.Quiet(figures.Levels(like(figures.FewestDays-1, busyBut)), now, aWeekday); q != nil {
		t.Errorf("%v after %d days", q, figures.FewestDays-1)
	}
	days := like(4, busyBut)
	days[0].Crowd[26] = 20
	if q := figures.Quiet(figures.Levels(days), now, aWeekday); len(q) != 2 {
		t.Errorf("%v after one bad day of four", q)
	}
	days[1].Crowd[26] = 20
	if q := figures.Quiet(figures.Levels(days), now, aWeekday); len(q) != 1 {
		t.Errorf("%v after two bad days of four", q)
	}
	days = like(4, busyBut)
	days[0].Open = []calendar.Span{span(10, 0, 13, 15)} // it was closed that afternoon
	if q := figures.Quiet(figures.Levels(days), now, aWeekday); q != nil {
		t.Errorf("%v of three afternoons", q)
	}
}

// TestQuietIsNeverInvented, nor kept back: whatever the days were, what is called
// quiet are the hours in which each half hour is.
func TestQuietIsNeverInvented(t *testing.T) {
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		var past []figures.Past
		busy := rapid.SliceOfN(rapid.Bool(), figures.HalfHours/3, figures.HalfHours/3).Draw(t, "busy")
		for range rapid.IntRange(2, 9).Draw(t, "days") {
			c := &figures.Crowd{}
			for i := range c {
				c[i] = float64(rapid.IntRange(0, 4).Draw(t, "waiting"))
				if busy[i/3] {
					c[i] += 5
				}
			}
			past = append(past, figures.Past{Crowd: c, Open: opening(t)})
		}
		levels, open := figures.Levels(past), opening(t)
		now := figures.Present{At: calendar.Clock(rapid.IntRange(0, 18*60).Draw(t, "at")), Waiting: rapid.IntRange(0, 16).Draw(t, "now"),
			Wait: time.Duration(rapid.IntRange(0, 240).Draw(t, "wait")) * time.Minute}
		quiet := figures.Quiet(levels, now, open)
		told += len(quiet)
		var want []calendar.Span
		for i := 0; i < figures.HalfHours; {
			n := i
			for n < figures.HalfHours && calmer(past, n, now, open) {
				n++
			}
			if n-i >= 2 {
				want = append(want, calendar.Span{From: calendar.Clock(30 * i), To: calendar.Clock(30 * n)})
			}
			i = max(n, i+1)
		}
		if diff := gocmp.Diff(want, quiet, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%+v, open %v: %s", now, open, diff)
		}
		if more := figures.Quiet(levels, figures.Present{At: now.At, Waiting: 0, Wait: now.Wait}, open); more != nil {
			t.Fatalf("%v is quieter than nobody", more)
		}
	})
	if told == 0 {
		t.Error("nothing was ever quiet")
	}
}

func opening(t *rapid.T) []calendar.Span {
	from, to := rapid.IntRange(0, 12*60).Draw(t, "from"), rapid.IntRange(15*60, 24*60).Draw(t, "to")
	return []calendar.Span{{From: calendar.Clock(from), To: calendar.Clock(to)}}
}

// calmer says of one half hour whether it is open, to come after whoever waits, known,
// and has clearly fewer people than wait now.
func calmer(past []figures.Past, i int, now figures.Present, open []calendar.Span) bool {
	s := calendar.Span{From: calendar.Clock(30 * i), To: calendar.Clock(30*i + 30)}
	wait := int(now.Wait / time.Minute)
	if wait == 0 {
		wait = 60
	}
	most, waiting := mostOfThreeInFour(past, i), float64(now.Waiting)
	return int(s.From) >= int(now.At)+wait && s.From >= open[0].From && s.To <= open[0].To && most <= waiting/2 && most <= waiting-2
}

// mostOfThreeInFour counts, where the rule sorts: the least number that at least
// three quarters of the open days did not exceed.
func mostOfThreeInFour(past []figures.Past, i int) float64 {
	var seen []float64
	for _, d := range past {
		if (calendar.Span{From: calendar.Clock(30 * i), To: calendar.Clock(30*i + 30)}).Within(d.Open) {
			seen = append(seen, d.Crowd[i])
		}
	}
	if len(seen) < figures.FewestDays {
		return math.Inf(1)
	}
	least := math.Inf(1)
	for _, level := range seen {
		within := 0
		for _, w := range seen {
			if w <= level {
				within++
			}
		}
		if 4*within >= 3*len(seen) {
			least = min(least, level)
		}
	}
	return least
}

// TestCrowdsOfPlayedDays: what is in the half hours is all the time that people
// waited, for any days.
func TestCrowdsOfPlayedDays(t *testing.T) {
	model := modelOf(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "day"))
		for date, list := range played(model, first, 1, 0) {
			day := queue.NewDay(date, queue.Rules{Zone: time.UTC})
			for _, f := range list {
				day.Apply(f)
			}
			for service, crowd := range figures.Crowds(day) {
				got := time.Duration(0)
				for _, waiting := range crowd {
					got += time.Duration(waiting * float64(30*time.Minute))
				}
				if want := waited(day, service); (got - want).Abs() > time.Second {
					t.Fatalf("%s, %s: %v in the half hours, %v on the tickets", date, service, got, want)
				}
			}
		}
	})
}

func waited(day *queue.Day, service string) (all time.Duration) {
	for _, t := range day.Tickets() {
		for _, s := range t.Stages {
			if s.Service != service || s.WalkIn || s.State == queue.Void {
				continue
			}
			ends := []time.Time{s.Called, s.Ended, day.Last}
			i := slices.IndexFunc(ends, func(t time.Time) bool { return !t.IsZero() })
			all += max(0, ends[i].Sub(s.Entered))
		}
	}
	return all
}
