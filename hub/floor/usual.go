package floor

import (
	"fmt"

	"accueil/internal/figures"
	"accueil/internal/queue"
)

// usualDays is of how many days like today the usual one is made.
const usualDays = 8

// recall folds the days like today that the journal has, for what is usual. It is
// done at the start and when a day begins; no coordinator is worth a floor that
// does not start, so a day that cannot be read is left out.
func (f *Floor) recall() {
	days, err := f.journal.Days()
	if err != nil {
		f.log.Warn("what is usual is not known", "err", err)
		return
	}
	var like [][24]queue.Footfall
	for _, date := range figures.Like(days, f.day.Date, usualDays) {
		footfall, err := f.footfallOf(date)
		if err != nil {
			f.log.Warn("a day is left out of what is usual", "err", err)
			continue
		}
		like = append(like, footfall)
	}
	f.usual = figures.Usual(like)
}

func (f *Floor) footfallOf(date queue.Date) ([24]queue.Footfall, error) {
	day := queue.NewDay(date, f.rules)
	err := f.journal.Day(date, func(fact queue.Fact) error {
		day.Apply(fact)
		return nil
	})
	if err != nil {
		return [24]queue.Footfall{}, fmt.Errorf("fold %s: %w", date, err)
	}
	return day.Footfall(), nil
}
