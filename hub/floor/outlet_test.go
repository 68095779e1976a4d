package floor_test

import (
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
)

// shown takes what has left and counts it.
func (h *house) shown() int {
	synctest.Wait()
	select {
	case <-h.floor.Views():
		return 1
	default:
		return 0
	}
}

// TestARushIsShownCalmly holds how often views leave: a call soon, arrivals not
// each.
func TestARushIsShownCalmly(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.adviser(queue.DoOpenDesk, "1")
		time.Sleep(time.Second)
		h.shown()
		n := 0
		for range 90 {
			h.take("creer")
			time.Sleep(10 * time.Millisecond)
			n += h.shown()
		}
		if n < 3 || n > 6 {
			t.Errorf("%d views in a second of arrivals, want about four", n)
		}
		h.adviser(queue.DoCall, "1")
		if h.shown() == 0 {
			t.Error("a call is not shown at once")
		}
	})
}

// TestACallOvertakes: what a desk did just before holds no call up.
func TestACallOvertakes(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.take("creer")
		time.Sleep(time.Second)
		h.shown()
		for _, do := range []queue.Deed{queue.DoOpenDesk, queue.DoCall} {
			h.adviser(do, "1")
			if h.shown() == 0 {
				t.Errorf("%s is not shown at once", do)
			}
		}
		time.Sleep(time.Second)
		for _, do := range []queue.Deed{queue.DoStart, queue.DoFinish} {
			h.adviser(do, "1")
			h.shown()
		}
		h.adviser(queue.DoCall, "1")
		if h.shown() == 0 {
			t.Error("a call waits for what went before")
		}
	})
}

// TestViewsHaveALimit: whatever is pressed, no second has more than 20.
func TestViewsHaveALimit(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.adviser(queue.DoOpenDesk, "1")
		time.Sleep(time.Second)
		h.shown()
		var left []time.Time
		for i := range 400 {
			if do := queue.DoCall; i%2 == 0 {
				h.adviser(do, "1")
			} else {
				h.adviser(queue.DoUndo, "1")
			}
			if h.shown() > 0 {
				left = append(left, time.Now())
			}
			time.Sleep(10 * time.Millisecond)
		}
		if len(left) < 4*15 {
			t.Errorf("%d views in four seconds, want about 17 in each", len(left))
		}
		for i := 20; i < len(left); i++ {
			if took := left[i].Sub(left[i-20]); took < time.Second {
				t.Fatalf("21 views within %s", took)
			}
		}
	})
}
