package coordinator

import (
	"testing"

	"accueil/internal/wire"
)

// TestWarningsRingOnce: each when it begins, none at the start, none while muted.
func TestWarningsRingOnce(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		rung := 0
		tm.role.opt.Beep = func() { rung++ }
		warn := func(what ...string) {
			tm.hub.set(func(h *hub) { h.floor.Services[3].Warn = what })
			tm.Post(tm.role.Changed)
		}
		wants := func(n int, when string) {
			t.Helper()
			if rung != n {
				tm.t.Errorf("%s: rung %d times, want %d", when, rung, n)
			}
		}
		warn(wire.WarnWaiting)
		wants(0, "at the start")
		tm.See("▲3")
		warn(wire.WarnWaiting)
		warn()
		wants(0, "when it ends")
		warn(wire.WarnWaiting)
		wants(1, "when it begins")
		warn(wire.WarnWaiting, wire.WarnLongest)
		wants(2, "when another begins")
		tm.press("m")
		tm.See("Le son des alertes est coupé")
		warn()
		warn(wire.WarnWaiting)
		wants(2, "muted")
		tm.press("m")
		tm.See("Le son des alertes est remis.")
		warn()
		warn(wire.WarnWaiting)
		wants(3, "no longer muted")
	})
}
