package uplink

import (
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/wire"
)

// TestPaperIsSaidAtOnce: the hub hears of the printer as soon as it changes.
func TestPaperIsSaidAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		topic := u.options.topic(wire.LeafState)
		if state := h.line.state(t, topic); state.Paper != "" {
			t.Errorf("a terminal without a printer says %q", state.Paper)
		}
		for _, paper := range []string{wire.PaperOK, wire.PaperOut, wire.PaperLow} {
			u.SetPaper(paper)
			time.Sleep(lookEvery)
			if state := h.line.state(t, topic); state.Paper != paper {
				t.Errorf("said %q, not %q", state.Paper, paper)
			}
		}
	})
}
