package floor_test

import (
	"testing"
	"time"

	"accueil/internal/queue"
)

// TestARushIsShownCalmly holds how often views leave: a call soon, arrivals not
// each.
func TestARushIsShownCalmly(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		views := func() (n int) {
			for {
				select {
				case <-h.floor.Views():
					n++
				default:
					return n
				}
			}
		}
		h.adviser(queue.DoOpenDesk, "1")
		time.Sleep(time.Second)
		views()
		shown := 0
		for range 90 {
			h.take("creer")
			time.Sleep(10 * time.Millisecond)
			shown += views()
		}
		if shown < 3 || shown > 6 {
			t.Errorf("%d views in a second of arrivals, want about four", shown)
		}
		h.adviser(queue.DoCall, "1")
		time.Sleep(60 * time.Millisecond)
		if views() == 0 {
			t.Error("a call is not shown soon")
		}
	})
}
