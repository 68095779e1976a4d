package floor

import (
	"log/slog"
	"time"

	"accueil/internal/queue"
	"accueil/internal/safety"
)

// steady is a clock that never shows a time before the journal's last fact. A
// machine that starts with its clock behind would date today's tickets
// yesterday. Such a clock goes on from the last fact until it is set right.
func steady(now func() time.Time, latest time.Time, log *slog.Logger) func() time.Time {
	if latest.IsZero() || safety.Off(safety.Clock) {
		return now
	}
	if behind := latest.Sub(now()); behind > 0 {
		log.Error("this machine's clock is behind the journal, whose time goes on until the clock is set right", "by", behind)
	}
	began := time.Now() // measured by what no setting of the clock changes
	return func() time.Time {
		t, least := now(), latest.Add(time.Since(began))
		if t.Before(least) {
			return least
		}
		return t
	}
}

// time is the site's time as journals keep it, in whole milliseconds.
func (f *Floor) time() time.Time { return f.now().UTC().Truncate(time.Millisecond) }

// turn closes the day at its hour and opens the next one.
func (f *Floor) turn() {
	now := f.time()
	today := queue.DateOf(now, f.rules.Zone)
	restored := f.goesOn()
	if today > f.day.Date {
		f.nextDay(today)
	}
	if restored {
		f.goOn()
	}
	if today != f.day.Date {
		return // the clock went back: the later day stays open
	}
	if !f.day.Opened {
		f.record(queue.Fact{Kind: queue.DayOpened})
	}
	// A day that was opened again after its hour stays open until somebody closes it.
	end := f.calendar.EndOfDay(now, f.site.Closes)
	if !f.day.Closed && !now.Before(end) && f.day.Reopened.Before(end) {
		f.record(queue.Fact{Kind: queue.DayClosed})
		f.log.Info("the day is closed", "day", f.day.Date)
	}
}

func (f *Floor) nextDay(date queue.Date) {
	old := f.day
	if old.Opened && !old.Closed {
		f.record(queue.Fact{Kind: queue.DayClosed})
	}
	f.day = queue.NewDay(date, f.rules)
	f.waits.forget()
	f.recall()
	f.record(queue.Fact{Kind: queue.DayOpened})
	for _, name := range sortedKeys(old.Sensors()) {
		s := old.Sensors()[name]
		f.record(queue.Fact{Kind: queue.Counted, Sensor: name, Boot: s.Boot, In: s.In, Out: s.Out, At: s.At, Reason: queue.ReasonForward})
	}
	f.log.Info("a new day", "day", date)
}
