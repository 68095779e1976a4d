package floor

import (
	"fmt"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/figures"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// usualDays is of how many days like today the usual one is made.
const usualDays = 8

// habit is what is usual of a service on days like today.
type habit struct {
	levels [figures.HalfHours]figures.Level
	open   []calendar.Span // today, as long as tickets are given
}

// recall folds the days like today that the journal has, for what is usual. It is
// done at the start and when a day begins; no coordinator is worth a floor that
// does not start, so a day that cannot be read is left out.
func (f *Floor) recall() {
	f.usual, f.habits = nil, nil
	days, err := f.journal.Days()
	if err != nil {
		f.log.Warn("what is usual is not known", "err", err)
		return
	}
	var like [][24]queue.Footfall
	past := map[string][]figures.Past{}
	for _, date := range figures.Like(days, f.day.Date, usualDays) {
		day, err := f.fold(date)
		if err != nil {
			f.log.Warn("a day is left out of what is usual", "err", err)
			continue
		}
		like = append(like, day.Footfall())
		for service, crowd := range figures.Crowds(day) {
			past[service] = append(past[service], figures.Past{Crowd: crowd, Open: f.hours(service, date, 0)})
		}
	}
	f.usual = figures.Usual(like)
	f.habits = f.habitsOf(past)
}

func (f *Floor) fold(date queue.Date) (*queue.Day, error) {
	day := queue.NewDay(date, f.rules)
	err := f.journal.Day(date, func(fact queue.Fact) error {
		day.Apply(fact)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("fold %s: %w", date, err)
	}
	return day, nil
}

func (f *Floor) habitsOf(past map[string][]figures.Past) map[string]habit {
	habits := map[string]habit{}
	for service, days := range past {
		habits[service] = habit{figures.Levels(days), f.hours(service, f.day.Date, f.site.Margin(service))}
	}
	return habits
}

// hours are when a service is open on a day by the calendar, each a margin shorter.
func (f *Floor) hours(service string, date queue.Date, margin time.Duration) (open []calendar.Span) {
	s, ok := f.site.Service(service)
	noon, err := time.ParseInLocation(time.DateOnly+" 15", string(date)+" 12", f.rules.Zone)
	if !ok || err != nil {
		return nil
	}
	for _, span := range f.calendar.Hours(s.Hours, noon) {
		if span.To -= calendar.Clock(margin / time.Minute); span.From < span.To {
			open = append(open, span)
		}
	}
	return open
}

// quiet are the hours to come today in which it is usually clearly quieter at a
// service than now; nil when there are none, or nothing is known of them.
func (f *Floor) quiet(service string, now time.Time) []calendar.Span {
	usual, ok := f.habits[service]
	if !ok || f.day.Closed || f.day.Override(service) == queue.ForcedClosed || queue.DateOf(now, f.rules.Zone) != f.day.Date {
		return nil
	}
	waiting := f.day.Book(service).In(queue.Waiting)
	_, high := f.promise(service, waiting)
	local := now.In(f.rules.Zone)
	present := figures.Present{At: calendar.Clock(60*local.Hour() + local.Minute()), Waiting: waiting, Wait: high}
	spans := figures.Quiet(usual.levels, present, usual.open)
	return spans[:min(len(spans), wire.MaxQuiet)]
}
