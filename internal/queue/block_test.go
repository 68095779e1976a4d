package queue_test

import (
	"testing"
	"time"

	"accueil/internal/queue"
)

// restored is a day in which a hub goes on from a copy at a moment.
func restored(t *testing.T, day *queue.Day, at time.Time) {
	t.Helper()
	f := queue.Fact{Kind: queue.Restored, Day: day.Date, At: at}
	if err := f.Validate(); err != nil {
		t.Fatal(err)
	}
	day.Apply(f)
}

func TestNumbersLeapToTheClock(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	day := func() *queue.Day {
		return queue.NewDay("2026-11-24", queue.Rules{Zone: paris, Letters: map[string]string{"creer": "C"}})
	}
	ten := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	d := day()
	restored(t, d, ten)
	if got := d.NextLabel("creer"); got != "C 4601" {
		t.Errorf("at 10:00 the next is %s", got)
	}
	restored(t, d, ten.Add(time.Minute))
	if got := d.NextLabel("creer"); got != "C 4607" {
		t.Errorf("a minute later %s", got)
	}
	restored(t, d, ten) // a clock that went back, or the same minute
	if got := d.NextLabel("creer"); got.Number() < 4607+6 {
		t.Errorf("after a second leap to the same moment %s", got)
	}
	last := day()
	restored(t, last, time.Date(2026, 11, 24, 22, 59, 59, 0, time.UTC))
	if got := last.NextLabel("creer"); !got.Valid() || got.Number() > 9999 {
		t.Errorf("a second before midnight %s", got)
	}
	if len(d.Odds()) != 0 || len(d.Check()) != 0 {
		t.Errorf("odd %v, wrong %v", d.Odds(), d.Check())
	}
}
