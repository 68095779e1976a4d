package journaltest

import (
	"errors"
	"testing"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

func stops(t *testing.T, p Place) {
	j := begin(t, p)
	mustAppend(t, j, began("visitor-1", 1, today, 3))
	enough, n := errors.New("enough"), 0
	err := j.Day(today, func(queue.Fact) error {
		if n++; n == 2 {
			return enough
		}
		return nil
	})
	if err != enough || n != 2 {
		t.Errorf("Day = %v after %d facts, want the reader's own error after 2", err, n)
	}
}

func appendsWhileReading(t *testing.T, p Place) {
	j := begin(t, p)
	mustAppend(t, j, began("visitor-1", 1, today, 1500))
	n := 0
	err := j.Day(today, func(f queue.Fact) error {
		if n++; f.Source != from("visitor-1") || n%500 != 0 {
			return nil
		}
		_, err := j.Append(j.Last(), began("visitor-2", uint64(n/500), yesterday, 1))
		return err
	})
	if err != nil || n != 1500 || j.Last() != 1503 {
		t.Errorf("read %d facts and appended %d: %v", n, j.Last()-1500, err)
	}
}

func late(t *testing.T, p Place) {
	j := begin(t, p)
	mustAppend(t, j, began("visitor-1", 1, yesterday, 2))
	mustAppend(t, j, began("visitor-1", 3, today, 2))
	mustAppend(t, j, append(began("visitor-2", 1, yesterday, 1), began("visitor-2", 2, today, 1)...))
	mustAppend(t, j, began("visitor-2", 3, yesterday, 1))
	same(t, "yesterday", []uint64{1, 2, 5, 7}, numbers(day(t, j, yesterday)))
	same(t, "today", []uint64{3, 4, 6}, numbers(day(t, j, today)))
	days, err := j.Days()
	if err != nil {
		t.Error(err)
	}
	same(t, "days", []queue.Date{yesterday, today}, days)
	for no := range uint64(9) {
		for limit := range 9 {
			facts, err := j.After(no, limit)
			if err != nil {
				t.Error(err)
			}
			var want []uint64
			for n := no + 1; n <= 7 && len(want) < limit; n++ {
				want = append(want, n)
			}
			same(t, "after", want, numbers(facts))
		}
	}
}

func numbers(facts []queue.Fact) (nos []uint64) {
	for _, f := range facts {
		nos = append(nos, f.No)
	}
	return nos
}

func forgets(t *testing.T, p Place) {
	const before = queue.Date("2026-11-22")
	j := begin(t, p)
	mustAppend(t, j, began("visitor-1", 1, before, 2))
	mustAppend(t, j, began("visitor-1", 3, yesterday, 2))
	mustAppend(t, j, began("visitor-1", 5, today, 1))
	mustAppend(t, j, began("visitor-1", 6, before, 1)) // late: number 6
	for _, c := range []struct {
		before queue.Date
		upTo   uint64
		want   int
		days   []queue.Date
	}{
		{before, 6, 0, []queue.Date{before, yesterday, today}},    // strictly before
		{yesterday, 5, 0, []queue.Date{before, yesterday, today}}, // number 6 is not acknowledged
		{today, 5, 2, []queue.Date{before, today}},
		{today, 6, 3, []queue.Date{today}},
		{today, 6, 0, []queue.Date{today}},
	} {
		n, err := j.Forget(c.before, c.upTo)
		if err != nil || n != c.want {
			t.Errorf("Forget(%s, %d) = %d, %v, want %d", c.before, c.upTo, n, err, c.want)
		}
		days, err := j.Days()
		if err != nil {
			t.Error(err)
		}
		same(t, "days", c.days, days)
		if err := j.Check(); err != nil {
			t.Error(err)
		}
	}
	if j.Last() != 6 || j.Heads()[from("visitor-1")] != 6 {
		t.Errorf("forgetting moved last to %d, heads to %v", j.Last(), j.Heads())
	}
	mustAppend(t, j, began("visitor-1", 7, before, 1))
	same(t, "a day begun again", []uint64{7}, numbers(day(t, j, before)))
}

func keepsOrdinals(t *testing.T, p Place) {
	j := begin(t, p)
	mustAppend(t, j, append(began("b", 1, yesterday, 1), began("a", 1, yesterday, 1)...))
	if _, err := j.Forget(today, 2); err != nil {
		t.Error(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = begin(t, p)
	mustAppend(t, j, append(began("c", 1, today, 1), began("a", 2, today, 1)...))
	for want, terminal := range []string{"b", "a", "c"} {
		if n, met := j.Ordinal(from(terminal)); !met || n != want {
			t.Errorf("source %s has ordinal %d, %v, want %d", terminal, n, met, want)
		}
	}
}

func closed(t *testing.T, p Place) {
	j := begin(t, p)
	mustAppend(t, j, began("visitor-1", 1, today, 1))
	for range 2 {
		if err := j.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	_, errAppend := j.Append(1, began("visitor-1", 2, today, 1))
	_, errDays := j.Days()
	_, errAfter := j.After(0, 1)
	_, errForget := j.Forget(today, 1)
	for what, err := range map[string]error{
		"Append": errAppend, "Days": errDays, "After": errAfter, "Forget": errForget,
		"Day":   j.Day(today, func(queue.Fact) error { return nil }),
		"Check": j.Check(),
	} {
		if !errors.Is(err, journal.ErrClosed) {
			t.Errorf("%s of a closed journal: %v, want ErrClosed", what, err)
		}
	}
}
