package coordinator

import (
	"testing"
	"time"

	"accueil/internal/wire"
)

// TestTheDayAddsUp: whatever columns have room, what came to a service is who is here
// and what became of the others, by the numbers in sight.
func TestTheDayAddsUp(t *testing.T) {
	v := example(t, smallSite(), "today", book(t).In("fr")).view()
	row := wire.Row{Line: wire.Line{Waiting: 1}, Issued: 1000, TransferredIn: 1023, Called: 2, Serving: 4, Parked: 8,
		Served: 16, NoShow: 32, Left: 64, Void: 128, TransferredOut: 1768}
	for _, width := range []int{76, 120} {
		in, out := 0, 0
		for _, a := range v.accounts(width) {
			if n := a.of(row); a.name == "issued" || a.name == "in" {
				in += n
			} else {
				out += n
			}
		}
		if in != 2023 || out != in {
			t.Errorf("%d columns wide: %d came, %d are told", width, in, out)
		}
	}
	if few, all := len(v.accounts(76)), len(v.accounts(120)); few != 8 || all != 11 {
		t.Errorf("%d columns on a small screen, %d on a large one; want 8 and 11", few, all)
	}
}

// TestOneWordForEachState: the top line, the dialog that closes the day and the day's
// columns say the same numbers by the same words.
func TestOneWordForEachState(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			h.floor.Services[0].Called, h.floor.Services[1].Serving, h.floor.Services[2].Parked = 1, 2, 3
		})
		tm.press("J")
		tm.See("6 en attente · 1 appelé · 2 en entretien · 3 de côté")
		tm.See("Notés partis : 6 en attente · 1 appelé · 3 de côté.")
		tm.See("Comptés comme reçus : 2 en entretien.")
	})
}

// TestANarrowTopLineKeepsWhoWaits: where not all states have room.
func TestANarrowTopLineKeepsWhoWaits(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			h.floor.Services[0].Called, h.floor.Services[0].Serving, h.floor.Services[1].Parked = 100, 10000, 20000
		})
		tm.Advance(time.Second)
		tm.See("6 en attente")
		tm.NotSee("de côté")
	})
}

// TestADeskCountsInterviewsByTheirName: "reçus" are those whose visit ended so; a desk
// has had interviews, also with those who went on to another service.
func TestADeskCountsInterviewsByTheirName(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.press("3")
		tm.See("entretiens")
		tm.NotSee("reçus")
	})
}
