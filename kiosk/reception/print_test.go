package reception

import (
	"testing"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/printer"
)

// papers is how many slips were sent.
func (h *house) papers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.slips)
}

// TestAHeldReprintKeyGivesOnePaper, and each new press one more.
func TestAHeldReprintKeyGivesOnePaper(t *testing.T) {
	atDesk(t, true, func(d *desk) {
		d.press("4")
		if got := d.house.papers(); got != 1 {
			t.Fatalf("%d papers for a ticket", got)
		}
		d.Advance(time.Second)
		for range 20 {
			d.Type("r")
			d.Advance(30 * time.Millisecond)
		}
		if got := d.house.papers(); got != 2 {
			t.Errorf("%d papers for a ticket and a held key", got)
		}
		d.press("r")
		slips := d.house.slips
		if len(slips) != 3 || slips[2] != slips[0] || slips[0].At.IsZero() {
			t.Errorf("%+v", slips)
		}
	})
}

// TestTheDeskIsToldWhatToDo about a printer, before and after a paper fails.
func TestTheDeskIsToldWhatToDo(t *testing.T) {
	atDesk(t, true, func(d *desk) {
		d.role.opt.Paper = func() string { return wire.PaperLow }
		d.press("4")
		d.See("Le rouleau est presque fini")
		d.role.opt.Paper = func() string { return wire.PaperOK }
		d.house.troubled = &printer.Failure{Trouble: printer.PaperOut}
		d.press("r")
		d.See("Plus de papier")
		d.See("code ")
	})
}

// TestEveryTroubleHasItsWords for the desk.
func TestEveryTroubleHasItsWords(t *testing.T) {
	for _, trouble := range []printer.Trouble{printer.PaperOut, printer.CoverOpen, printer.Offline, printer.Stuck, printer.Faulty} {
		if key := whyNot(&printer.Failure{Trouble: trouble}); !book(t).Has(key) {
			t.Errorf("no phrase %s", key)
		}
	}
}
