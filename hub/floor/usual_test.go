package floor_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/calendar"
	"accueil/internal/queue"
)

// quiet are the quieter hours of creer in the public view.
func (h *house) quiet() []calendar.Span {
	h.t.Helper()
	return h.views().Public.Services[0].Quiet
}

// TestQuieterHours: after four calm Tuesdays a crowd at ten is told that it is usually
// quieter from when it has been received, as long as tickets are given; a day earlier,
// or once the service is closed, nothing is said.
func TestQuieterHours(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		for week := range 4 {
			for range 6 {
				h.take("creer")
			}
			if q := h.quiet(); q != nil {
				t.Errorf("%d Tuesdays are enough to say %v", week, q)
			}
			h.adviser(queue.DoOpenDesk, "1")
			for range 6 {
				h.adviser(queue.DoCall, "1")
				h.adviser(queue.DoNoShow, "1")
			}
			h.ahead(7 * 24 * time.Hour)
			time.Sleep(2 * time.Second) // the floor looks at the clock
		}
		if q := h.quiet(); q != nil {
			t.Errorf("nobody waits, and it is quieter at %v", q)
		}
		for range 3 {
			h.take("creer")
		}
		want := []calendar.Span{{From: 11 * 60, To: 17*60 + 30}} // the last half hour is not whole: no tickets
		if diff := cmp.Diff(want, h.quiet()); diff != "" {
			t.Errorf("quieter hours: %s", diff)
		}
		h.restart()
		if diff := cmp.Diff(want, h.quiet()); diff != "" {
			t.Errorf("after a start: %s", diff)
		}
		if q := h.views().Public.Services[1].Quiet; q != nil {
			t.Errorf("a service that nobody ever came for: %v", q)
		}
		h.ask("coordinator", queue.Ask{Do: queue.DoCloseService, Service: "creer"})
		if q := h.quiet(); q != nil {
			t.Errorf("closed, and quieter at %v", q)
		}
	})
}
