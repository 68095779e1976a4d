package trial_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"accueil/scripts/pane"
)

// find is the cell on which a text begins, from 1, and how many cells it has.
func (c *console) find(text string) (column, row, width int) {
	c.t.Helper()
	for i, line := range strings.Split(c.Screen(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			return utf8.RuneCountInString(line[:at]) + 1, i + 1, utf8.RuneCountInString(text)
		}
	}
	c.t.Fatalf("%q is not on the screen:\n%s", text, c.Screen())
	return 0, 0, 0
}

// Words of a terminal about a finger at a cell.
func down(x, y int) string { return fmt.Sprintf("\x1b[<0;%d;%dM", x, y) }
func drag(x, y int) string { return fmt.Sprintf("\x1b[<32;%d;%dM", x, y) }
func lift(x, y int) string { return fmt.Sprintf("\x1b[<0;%d;%dm", x, y) }

// TestOneTicketHoweverItIsPressed: twice, for long, with a finger that slips or
// trembles, with two fingers.
func TestOneTicketHoweverItIsPressed(t *testing.T) {
	say := french(t)
	take := say.Say("visitor.take")
	h := newHub(t, "--clock", tuesday)
	c := h.kiosk(t, "visitor", "finger", t.TempDir())
	held := func() { // a keyboard that repeats
		for range 20 {
			c.press("1")
			pause(t.Context(), 20*time.Millisecond)
		}
	}
	at := func(words func(x, y, w int) string) func() {
		return func() { x, y, w := c.find(take); c.press(words(x, y, w)) }
	}
	for n, one := range []struct {
		name  string
		press func()
	}{
		{"a key twice", func() { c.press("11") }},
		{"a key held down", held},
		{"two taps", at(func(x, y, w int) string { return strings.Repeat(down(x, y)+lift(x, y), 2) })},
		{"a finger that trembles", at(func(x, y, w int) string { return down(x, y) + drag(x+1, y) + drag(x, y) + lift(x+1, y) })},
		{"two fingers", at(func(x, y, w int) string { return down(x, y) + down(x+w-1, y) + lift(x+w-1, y) + lift(x, y) })},
	} {
		c.see("Français", "English")
		c.step("1", say.Say("visitor.questions-title"))
		c.step("4", say.Say("visitor.general"))
		c.step("1", take)
		pause(t.Context(), heldKey)
		one.press()
		c.see(say.Say("visitor.your-ticket"))
		h.waiting(t, fmt.Sprint("witness", n), n+1)
		t.Log(one.name)
		c.step("1", "Français")
	}
	// A finger that slips off takes none.
	c.step("1", say.Say("visitor.questions-title"))
	c.step("4", say.Say("visitor.general"))
	c.step("1", take)
	pause(t.Context(), heldKey)
	x, y, _ := c.find(take)
	c.press(down(x, y) + drag(x, 1) + lift(x, 1))
	pause(t.Context(), heldKey)
	if all, _ := c.Shows(take); !all || strings.Contains(pane.Fold(c.Screen()), say.Say("visitor.your-ticket")) {
		t.Errorf("after a finger that slipped off the screen shows:\n%s", c.Screen())
	}
	c.Signal(syscall.SIGTERM)
	c.exited()
	h.stop()
	if v := h.verify(); v.Tickets != 5 {
		t.Errorf("%d tickets, want 5", v.Tickets)
	}
}
