package figures_test

import (
	"testing"

	"accueil/internal/figures"
	"accueil/internal/queue"

	"github.com/google/go-cmp/cmp"
)

func TestDaysLikeToday(t *testing.T) {
	days := []queue.Date{"2026-11-03", "2026-11-10", "2026-11-11", "2026-11-17", "2026-11-24", "2026-12-01", "2026-10-27", "nonsense"}
	want := []queue.Date{"2026-11-17", "2026-11-10", "2026-11-03"} // Tuesdays before this one
	if diff := cmp.Diff(want, figures.Like(days, "2026-11-24", 3)); diff != "" {
		t.Error(diff)
	}
	if like := figures.Like(days, "nonsense", 3); like != nil {
		t.Errorf("like no day: %v", like)
	}
}

// TestUsual: the mean of the days on which anybody came.
func TestUsual(t *testing.T) {
	var closed, calm, busy [24]queue.Footfall
	calm[10].Tickets, calm[11].Tickets = 3, 1
	busy[10].Tickets, busy[15].Tickets = 10, 4
	want := make([]float64, 24)
	want[10], want[11], want[15] = 6.5, 0.5, 2
	if diff := cmp.Diff(want, figures.Usual([][24]queue.Footfall{calm, closed, busy})); diff != "" {
		t.Error(diff)
	}
	if u := figures.Usual([][24]queue.Footfall{closed}); u != nil {
		t.Errorf("usual of nothing: %v", u)
	}
}
