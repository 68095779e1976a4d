package trial_test

import (
	"regexp"
	"syscall"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// pageOf is the address of a ticket page, as it stands on a screen.
var pageOf = regexp.MustCompile(`/T/([0-9A-Z]{8})\b`)

// takes goes from the first screen to a ticket and gives the code that stands
// on the screen, and how long the last press took.
func (c *console) takes() (code queue.Code, took time.Duration) {
	c.t.Helper()
	say := french(c.t)
	c.see("Français", "English")
	c.step("1", say.Say("visitor.questions-title"))
	c.step("4", say.Say("visitor.general"))
	c.step("1", say.Say("visitor.take"))
	pause(c.t.Context(), heldKey)
	c.last = ""
	began := time.Now()
	c.step("1", say.Say("visitor.your-ticket"))
	took = time.Since(began)
	await(c.t, "the address of a ticket page is on the screen", func() bool {
		if found := pageOf.FindStringSubmatch(c.Screen()); found != nil {
			code = queue.Code(found[1])
		}
		return code != ""
	})
	return code, took
}

// byCode finds a ticket in the books.
func (l ledger) byCode(code queue.Code) *queue.Ticket {
	for _, t := range l.byID {
		if t.Code == code {
			return t
		}
	}
	return nil
}

// TestKioskWithoutHub: it says so, gives tickets of its own at once, offers what
// there is to read, survives its own kill, and on return everybody is in the
// queue in the order in which they came.
func TestKioskWithoutHub(t *testing.T) {
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	dir := t.TempDir()
	c := h.kiosk(t, "visitor", "alone", dir)
	var codes []queue.Code
	code, _ := c.takes()
	codes = append(codes, code)
	h.waiting(t, "before", 1)
	h.kill()
	c.step("1", "Français")
	code, took := c.takes()
	codes = append(codes, code)
	c.see(say.Say("line.lost"))
	t.Logf("without a hub a ticket takes %v", took.Round(time.Millisecond))
	c.step("1", "Français")
	code, _ = c.takes()
	codes = append(codes, code)
	c.see(say.Say("line.lost"), say.Say("visitor.meanwhile"))
	c.step("2", say.Say("say.back")) // what there is to read
	c.Signal(syscall.SIGKILL)
	c.exited()
	// A kiosk that starts alone shows its machine's time, not that of this
	// rehearsal: it is not touched before the hub is back.
	c = h.kiosk(t, "visitor", "alone", dir)
	c.see("Français", "English")
	h.start()
	h.waiting(t, "after", 3)
	c.see("10:0") // the site's time
	code, _ = c.takes()
	codes = append(codes, code)
	h.waiting(t, "again", 4)
	c.Signal(syscall.SIGTERM)
	c.exited()
	h.stop()
	books := h.books()
	var last time.Time
	for i, code := range codes {
		ticket := books.byCode(code)
		if ticket == nil || ticket.Now().State != queue.Waiting || ticket.Printed == "" || ticket.Printed.Own() != (i == 1 || i == 2) {
			t.Fatalf("ticket %d, %s: %+v", i, code, ticket)
		}
		if ticket.Arrived.Before(last) {
			t.Errorf("%s comes before the one issued before it", ticket.Label())
		}
		last = ticket.Arrived
	}
	if books.byCode(codes[1]).Printed == books.byCode(codes[2]).Printed {
		t.Error("one label for two people")
	}
	h.verify()
}

// TestAdviserWithoutHub: the screen says at once how old it is, a key does
// nothing, and what was pressed in the last moment is done once and told.
func TestAdviserWithoutHub(t *testing.T) {
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	k := terminal(t, h, wire.RoleKiosk, "k", t.TempDir())
	meet(t, k)
	meet(t, k)
	await(t, "the hub has the tickets", sent(k))
	c := h.kiosk(t, "adviser", "a", t.TempDir(), "--desk", "bureau-5")
	c.see(say.Say("adviser.open"))
	c.step(" ", say.Say("adviser.step.call"))
	h.kill()
	away := say.Say("staff.away", "Duration", "")
	away = away[:len("La file ne répond pas")]
	c.see(away)
	c.press(" ")
	pause(t.Context(), heldKey)
	h.start()
	await(t, "the screen is new again", func() bool { return !c.shows(away) && c.shows(say.Say("adviser.step.call")) })

	// The hub stops answering just before a press: nobody knows what became of
	// it until it is there again.
	_ = h.cmd.Process.Signal(syscall.SIGSTOP)
	c.press(" ")
	await(t, "it says that nothing is known", func() bool { return c.shows(say.Say("adviser.doubt.wait")) || c.shows(away) })
	c.press(" ")
	_ = h.cmd.Process.Signal(syscall.SIGCONT)
	c.see(say.Say("adviser.step.start"))
	c.Signal(syscall.SIGTERM)
	c.exited()
	h.stop()
	calls := 0
	for _, ticket := range h.books().byID {
		for _, stage := range ticket.Stages {
			calls += stage.Calls
		}
	}
	if calls != 1 {
		t.Errorf("%d calls for two presses of which the second came in doubt", calls)
	}
	h.verify()
}
