package trial_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child is the process that a kiosk's warden keeps, 0 while there is none.
func (c *console) child() int {
	var pid int
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", c.Pid()))
	for _, thread := range threads {
		if text, err := os.ReadFile(thread); err == nil && len(text) > 0 {
			_, _ = fmt.Sscan(string(text), &pid)
		}
	}
	return pid
}

// kill sends the child a signal and returns which it was.
func (c *console) kill(signal syscall.Signal) int {
	c.t.Helper()
	pid := c.child()
	if pid <= 1 { // 0 would be the test and all its family
		c.t.Fatal("the kiosk has no child")
	}
	if err := syscall.Kill(pid, signal); err != nil {
		c.t.Fatal(err)
	}
	return pid
}

// next waits for another child than the one before.
func (c *console) next(before int) int {
	c.t.Helper()
	await(c.t, "the kiosk is started again", func() bool { now := c.child(); return now != 0 && now != before })
	return c.child()
}

var anyCode = regexp.MustCompile(`T/[0-9A-Z]{8}`)

// TestKioskIsKilledUnderItsVisitor: it comes back, with the ticket, and the hub
// knows of one ticket only.
func TestKioskIsKilledUnderItsVisitor(t *testing.T) {
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	dir := t.TempDir()
	c := h.kiosk(t, "visitor", "kept", dir)
	c.take(say, say.Say("visitor.your-ticket"))
	code := ""
	await(t, "the code is on the screen", func() bool { code = anyCode.FindString(c.Screen()); return code != "" })
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGABRT, syscall.SIGKILL} {
		c.next(c.kill(signal))
		await(t, "the ticket is on the screen again", func() bool { return c.shows(say.Say("visitor.your-ticket"), code) })
	}
	h.waiting(t, "witness", 1)
	c.Signal(syscall.SIGTERM)
	if status := c.exited(); status != 0 || !c.restored() {
		t.Errorf("status %d, terminal restored: %v", status, c.restored())
	}
	log, err := os.ReadFile(filepath.Join(dir, "kiosk.log"))
	if err != nil || !strings.Contains(string(log), "is started again") || !strings.Contains(string(log), "goroutine") {
		t.Errorf("the log does not tell what happened (%v): %.2000s", err, log)
	}
}

// TestNoKeyLeadsOut presses what a curious or angry hand, or a hostile keyboard,
// could send: the kiosk stays the same process on the same terminal, and works.
func TestNoKeyLeadsOut(t *testing.T) {
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	c := h.kiosk(t, "visitor", "locked", t.TempDir())
	c.see("Français", "English")
	pid := c.child()
	usable := func(after string) {
		t.Helper()
		defer c.tell("after "+after+" the screen shows:\n%s", c.Screen)
		await(t, "the kiosk can be used", func() bool {
			c.press("\x1b")
			pause(t.Context(), heldKey)
			return c.shows("Français", "English")
		})
	}
	for _, attack := range []struct{ name, keys string }{
		{"Ctrl-C, Ctrl-Z, Ctrl-\\, Ctrl-D, Ctrl-Q, Ctrl-S", strings.Repeat("\x03\x1a\x1c\x04\x11\x13", 50)},
		{"Escape", strings.Repeat("\x1b", 1000)},
		{"a paste bomb", "\x1b[200~" + strings.Repeat("1\r4\x03", 20_000) + "\x1b[201~"},
		{"pastes that never end", strings.Repeat("\x1b[200~11", 100) + "\x1b[201~"},
		{"typed escape sequences", strings.Repeat("\x1b[?1049l\x1b[2J\x1b]0;x\x07\x1b]52;c;YQ==\x07\x1bP+q\x1b\\\x1b[6n\x1bc\x1b[!p", 50)},
		{"broken mouse words", strings.Repeat("\x1b[<0;9999;9999M\x1b[<999;1;1M\x1b[<;;M\x1b[M   ", 50)},
		{"not UTF-8", strings.Repeat("\xff\xfe\x80\xc3", 2000)},
		{"function keys and Alt", strings.Repeat("\x1bOP\x1b[15~\x1b[24~\x1bx\x1b\x03", 50)},
	} {
		began := time.Now()
		c.press(attack.keys)
		usable(attack.name)
		t.Logf("%s: %d bytes in %v", attack.name, len(attack.keys), time.Since(began).Round(time.Millisecond))
		if got := c.child(); got != pid {
			t.Fatalf("%s: the kiosk was process %d and is %d", attack.name, pid, got)
		}
	}
	for n := range 100 { // a resize storm
		c.resize(20+n%150, 5+n%45)
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTSTP} {
		if err := syscall.Kill(-c.Pid(), signal); err != nil { // as the terminal's driver would
			t.Fatal(err)
		}
	}
	c.resize(100, 30)
	usable("all that")
	pause(t.Context(), heldKey)
	c.step("1", say.Say("visitor.questions-title"))
	if got := c.child(); got != pid {
		t.Errorf("the kiosk was process %d and is %d", pid, got)
	}
	c.Signal(syscall.SIGTERM)
	if status := c.exited(); status != 0 || !c.restored() {
		t.Errorf("status %d, terminal restored: %v", status, c.restored())
	}
}

// TestWardenIsKilled: nobody is left behind who would hold the journal.
func TestWardenIsKilled(t *testing.T) {
	h := newHub(t, "--clock", tuesday)
	dir := t.TempDir()
	c := h.kiosk(t, "visitor", "orphan", dir)
	c.see("Français")
	child := c.child()
	c.Signal(syscall.SIGKILL)
	await(t, "the child is gone", func() bool { return syscall.Kill(child, 0) != nil })
	h.kiosk(t, "visitor", "orphan", dir).see("Français")
}

// TestDoorOfTheStaff: without a PIN there is none; with it the staff starts the
// kiosk again and ends it.
func TestDoorOfTheStaff(t *testing.T) {
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	dir := t.TempDir()
	c := h.kiosk(t, "visitor", "doored", dir)
	c.see("Français", "English")
	knock := strings.Repeat("\x1b[24~", 5) // F12
	c.press(knock)
	pin := exec.Command(filepath.Join(os.Getenv(binEnv), "kiosk"), "pin", "--data", dir)
	pin.Stdin = strings.NewReader("907314\n")
	if out, err := pin.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if c.shows(say.Say("door.title")) {
		t.Error("there is a door without a PIN")
	}
	enter := func() {
		t.Helper()
		c.press(knock)
		c.see(say.Say("door.title"))
		c.press("907314\r")
		c.see(say.Say("door.leave"), say.Say("door.hub-there"))
	}
	enter()
	before := c.child()
	c.press("3")
	c.next(before)
	await(t, "the kiosk is there again", func() bool { return c.shows("Français", "English") })
	enter()
	c.press("4")
	if status := c.exited(); status != 3 || !c.restored() {
		t.Errorf("status %d, terminal restored: %v", status, c.restored())
	}
}
