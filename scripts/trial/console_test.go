package trial_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"accueil/scripts/pane"
)

// console is a program in a terminal, driven by a test.
type console struct {
	*pane.Pane
	t      testing.TB
	before unix.Termios // the modes of the terminal before the program came
	last   string       // the key pressed last
}

// open starts a command in a terminal of 100×30 cells.
func open(t testing.TB, cmd *exec.Cmd) *console {
	t.Helper()
	p, before, err := pane.Open(cmd, 100, 30)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	t.Cleanup(p.Close)
	return &console{Pane: p, t: t, before: before}
}

// kiosk opens a role of the real program on a hub.
func (h *hub) kiosk(t testing.TB, role, name, dir string, args ...string) *console {
	t.Helper()
	all := append([]string{role, "--hub", h.url(), "--name", name, "--data", dir}, args...)
	return open(t, exec.Command(filepath.Join(os.Getenv(binEnv), "kiosk"), all...))
}

func (c *console) shows(texts ...string) bool {
	all, _ := c.Shows(texts...)
	return all
}

// see waits until all the texts stand on the screen.
func (c *console) see(texts ...string) {
	c.t.Helper()
	defer c.tell("the screen shows:\n%s", c.Screen)
	await(c.t, "on the screen: "+strings.Join(texts, ", "), func() bool { return c.shows(texts...) })
}

// said waits until the program has written all the texts, whether or not they
// still stand on the screen.
func (c *console) said(texts ...string) {
	c.t.Helper()
	defer c.tell("it has written:\n%q", c.Written)
	await(c.t, "it says "+strings.Join(texts, ", "), func() bool { return c.Said(texts...) })
}

func (c *console) tell(format string, what func() string) {
	if c.t.Failed() {
		c.t.Logf(format, what())
	}
}

func (c *console) press(keys string) {
	c.t.Helper()
	if err := c.Press(keys); err != nil {
		c.t.Fatal(err)
	}
}

// heldKey is how long a kiosk takes the key that has changed its screen for one
// held down (kiosk/screen), and a little more.
const heldKey = 800 * time.Millisecond

// step presses a key once and waits for the texts. Call it when the screen that
// the key is meant for was seen.
func (c *console) step(key string, texts ...string) {
	c.t.Helper()
	if key == c.last {
		pause(c.t.Context(), heldKey)
	}
	c.last = key
	c.press(key)
	c.see(texts...)
}

func (c *console) resize(columns, rows int) {
	c.t.Helper()
	if err := c.Resize(columns, rows); err != nil {
		c.t.Fatal(err)
	}
}

// restored says whether the terminal is as it was before the program came:
// modes, main screen, no mouse, plain paste, cursor.
func (c *console) restored() bool {
	written := c.Written()
	last := func(off, on string) bool { return strings.LastIndex(written, off) >= strings.LastIndex(written, on) }
	modes, err := c.Modes()
	return err == nil && modes == c.before &&
		last("\x1b[?1049l", "\x1b[?1049h") && last("\x1b[?1002l", "\x1b[?1002h") &&
		last("\x1b[?2004l", "\x1b[?2004h") && last("\x1b[?25h", "\x1b[?25l")
}

// exited waits for the program's end and gives its status.
func (c *console) exited() int {
	c.t.Helper()
	select {
	case <-c.Ended():
	case <-time.After(limit):
		c.t.Fatal("the program does not end")
	}
	return c.Status()
}
