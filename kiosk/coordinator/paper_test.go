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
		tm.press("3")
		tm.See("papier bas")
		tm.See("▲ papier")
		tm.See("▲ imprimante")
		if first := tm.role.view().terminals()[0]; first.Name != "c" {
			tm.t.Errorf("first is %s", first.Name)
		}
	})
}
