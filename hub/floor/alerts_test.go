package floor_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/floor"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// views are the newest, of this moment.
func (h *house) views() floor.Views {
	h.floor.Republish()
	synctest.Wait()
	time.Sleep(100 * time.Millisecond)
	return <-h.floor.Views()
}

// wantAlerts fails unless exactly these are warned about, in the rows too.
func (h *house) wantAlerts(when string, want ...wire.Alert) {
	h.t.Helper()
	v := h.views()
	got := append([]wire.Alert(nil), v.Alerts.Alerts...)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(wire.Alert{}, "Since")); diff != "" {
		h.t.Errorf("%s: %s", when, diff)
	}
	marked := 0
	for _, r := range v.Coordinator.Services {
		marked += len(r.Warn)
	}
	if marked != len(want) {
		h.t.Errorf("%s: %d marks in the rows", when, marked)
	}
}

// TestAlerts: each begins at its limit and ends below three quarters of it; a
// service's own limit counts before the centre's.
func TestAlerts(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		s := centre()
		s.Warn = site.Warn{Waiting: 4, Longest: 40}
		s.Services[1].Warn.Waiting = 2
		h.options = func(o *floor.Options) { o.Site = s }
		h.restart()
		h.ask(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: "1", Services: []string{"creer"}})
		for i := range 4 {
			h.wantAlerts(fmt.Sprint(i, " wait"))
			h.take("creer")
		}
		four := wire.Alert{Service: "creer", What: wire.WarnWaiting, Value: 4, Limit: 4}
		h.wantAlerts("four wait", four)
		began := h.views().Alerts.Alerts[0].Since

		h.ask(wire.RoleAdviser, queue.Ask{Do: queue.DoCall, Desk: "1"})
		three := four
		three.Value = 3
		h.wantAlerts("three wait", three)
		if since := h.views().Alerts.Alerts[0].Since; !since.Equal(began) {
			t.Errorf("since %v, want %v", since, began)
		}
		h.ask(wire.RoleAdviser, queue.Ask{Do: queue.DoNoShow, Desk: "1"})
		h.ask(wire.RoleAdviser, queue.Ask{Do: queue.DoCall, Desk: "1"})
		h.wantAlerts("two wait")

		h.take("travailler")
		h.take("travailler")
		h.wantAlerts("two wait elsewhere", wire.Alert{Service: "travailler", What: wire.WarnWaiting, Value: 2, Limit: 2})
		h.ahead(41 * time.Minute)
		v := h.views()
		if n := len(v.Alerts.Alerts); n != 3 {
			t.Errorf("%d alerts after a long wait: %+v", n, v.Alerts)
		}
	})
}

// TestAWarningKeepsItsBeginning: when each began follows from the facts, so that a
// hub that starts anew says the same; also of what began and went on before anybody
// looked.
func TestAWarningKeepsItsBeginning(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		s := centre()
		s.Warn = site.Warn{Waiting: 4, Longest: 40}
		h.options = func(o *floor.Options) { o.Site = s }
		h.restart()
		adviser := func(do queue.Deed) {
			h.must(wire.RoleAdviser, queue.Ask{Do: do, Desk: "1", Services: []string{"creer"}})
		}
		adviser(queue.DoOpenDesk)
		var came []time.Time
		for range 4 {
			h.ahead(3 * time.Minute)
			came = append(came, h.now())
			h.take("creer")
		}
		same := func(when string, want ...time.Time) {
			t.Helper()
			for _, start := range []func(){func() {}, h.restart} {
				start()
				all := h.views().Alerts.Alerts
				if len(all) != len(want) {
					t.Fatalf("%s: %+v", when, all)
				}
				for i, a := range all {
					if d := a.Since.Sub(want[i]).Abs(); d > time.Second {
						t.Errorf("%s: %s since %s, want %s", when, a.What, a.Since, want[i])
					}
				}
				h.ahead(10 * time.Second)
			}
		}
		same("four wait", came[3])
		full := came[0].Add(40 * time.Minute)
		h.ahead(full.Add(time.Minute).Sub(h.now()))
		adviser(queue.DoCall) // before anybody looked
		same("the first was called after 41 minutes", came[3], full)
		adviser(queue.DoNoShow)
		adviser(queue.DoCall)
		same("two wait, the longest beyond three quarters", full)
		for range 2 {
			adviser(queue.DoNoShow)
			adviser(queue.DoCall)
		}
		same("nobody waits")
		adviser(queue.DoUndo)
		h.ahead(20 * time.Minute)
		same("one waits once more, and too long", came[3].Add(40*time.Minute))
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoCloseDay})
		same("the day is closed")
	})
}

// TestNobodyIsWarnedWithoutLimits at a centre that sets none.
func TestNobodyIsWarnedWithoutLimits(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		for range 20 {
			h.take("creer")
		}
		h.ahead(3 * time.Hour)
		h.wantAlerts("twenty wait for hours")
	})
}

// TestUsualDay: the tickets of the Tuesdays before, by hour, after a start and
// after a day has begun.
func TestUsualDay(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		if u := h.views().Coordinator.Usual; u != nil {
			t.Errorf("usual on the first day: %v", u)
		}
		for range 3 {
			h.take("creer")
		}
		h.ahead(7 * 24 * time.Hour)
		time.Sleep(2 * time.Second) // the floor looks at the clock
		if u := h.views().Coordinator.Usual; len(u) != 24 || u[10] != 3 {
			t.Errorf("usual a week later: %v", u)
		}
		h.restart()
		if u := h.views().Coordinator.Usual; len(u) != 24 || u[10] != 3 {
			t.Errorf("usual after a start: %v", u)
		}
		h.ahead(24 * time.Hour)
		time.Sleep(2 * time.Second)
		if u := h.views().Coordinator.Usual; u != nil {
			t.Errorf("usual on the first Wednesday: %v", u)
		}
	})
}
