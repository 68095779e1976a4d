package coordinator

import (
	"testing"

	"accueil/internal/wire"
)

// TestThePaperOfEachTerminalIsSeen, the printers that need somebody first.
func TestThePaperOfEachTerminalIsSeen(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			for name, paper := range map[string]string{"a": wire.PaperOK, "b": wire.PaperLow, "c": wire.PaperTrouble, "d": ""} {
				h.floor.Terminals = append(h.floor.Terminals, wire.Terminal{Role: wire.RoleKiosk, Name: name, Online: true, Paper: paper})
			}
			h.floor.Terminals = append(h.floor.Terminals, wire.Terminal{Role: wire.RoleReception, Name: "e", Online: true, Paper: wire.PaperOut})
		})
		tm.press("4")
		tm.See("papier bas")
		tm.See("▲ papier")
		tm.See("▲ imprimante")
		tm.See("prête")
		tm.See("borne\u00a04/4 · accueil\u00a01/1 · ▲\u00a0imprimante\u00a02/4")
		var order string
		for _, d := range tm.role.view().devices() {
			order += d.name
		}
		if order != "cebad" {
			tm.t.Errorf("in the order %s", order)
		}
	})
}
