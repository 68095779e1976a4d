package trial_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// console is a program in a pseudo-terminal whose screen can be read.
type console struct {
	t      testing.TB
	cmd    *exec.Cmd
	file   *os.File
	view   *vt.SafeEmulator
	before unix.Termios  // the modes of the terminal before the program came
	ended  chan struct{} // the program has ended and all it wrote is read
	last   string        // the key pressed last

	mu  sync.Mutex
	raw strings.Builder // everything that was ever written
}

// open starts a command in a terminal of 100×30 cells.
func open(t testing.TB, cmd *exec.Cmd) *console {
	t.Helper()
	file, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	defer tty.Close()
	c := &console{t: t, cmd: cmd, file: file, view: vt.NewSafeEmulator(100, 30), ended: make(chan struct{})}
	c.resize(100, 30)
	c.before = c.modes()
	cmd.Env = append(cmd.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	readers.Go(c.read)
	readers.Go(func() { _, _ = io.Copy(file, c.view) }) // what a terminal answers to a program's questions
	go func() { _ = cmd.Wait(); readers.Wait(); close(c.ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-c.ended // nobody has the terminal any more, so it can be read to its end
		file.Close()
	})
	return c
}

// kiosk opens a role of the real program on a hub.
func (h *hub) kiosk(t testing.TB, role, name, dir string, args ...string) *console {
	t.Helper()
	all := append([]string{role, "--hub", h.url(), "--name", name, "--data", dir}, args...)
	return open(t, exec.Command(filepath.Join(os.Getenv(binEnv), "kiosk"), all...))
}

func (c *console) read() {
	defer c.view.Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := c.file.Read(buffer)
		_, _ = c.view.Write(buffer[:n])
		c.mu.Lock()
		c.raw.Write(buffer[:n])
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// written is everything the program has sent to its terminal.
func (c *console) written() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// text is what stands on the screen, blanks folded.
func (c *console) text() string { return fold(c.view.String()) }

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func (c *console) shows(texts ...string) bool {
	shown := c.text()
	for _, text := range texts {
		if !strings.Contains(shown, fold(text)) {
			return false
		}
	}
	return true
}

// see waits until all the texts stand on the screen.
func (c *console) see(texts ...string) {
	c.t.Helper()
	defer func() {
		if c.t.Failed() {
			c.t.Logf("the screen shows:\n%s", c.view.String())
		}
	}()
	await(c.t, "on the screen: "+strings.Join(texts, ", "), func() bool { return c.shows(texts...) })
}

// said waits until the program has written all the texts, whether or not they
// still stand on the screen.
func (c *console) said(texts ...string) {
	c.t.Helper()
	defer func() {
		if c.t.Failed() {
			c.t.Logf("it has written:\n%q", c.written())
		}
	}()
	await(c.t, "it says "+strings.Join(texts, ", "), func() bool {
		written := fold(c.written())
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(written, fold(text)) })
	})
}

func (c *console) press(keys string) {
	c.t.Helper()
	if _, err := io.WriteString(c.file, keys); err != nil {
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
	c.view.Resize(columns, rows)
	if err := pty.Setsize(c.file, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) modes() unix.Termios {
	c.t.Helper()
	modes, err := unix.IoctlGetTermios(int(c.file.Fd()), unix.TCGETS)
	if err != nil {
		c.t.Fatal(err)
	}
	return *modes
}

// restored says whether the terminal is as it was before the program came:
// modes, main screen, no mouse, plain paste, cursor.
func (c *console) restored() bool {
	written := c.written()
	last := func(off, on string) bool { return strings.LastIndex(written, off) >= strings.LastIndex(written, on) }
	return c.modes() == c.before &&
		last("\x1b[?1049l", "\x1b[?1049h") && last("\x1b[?1002l", "\x1b[?1002h") &&
		last("\x1b[?2004l", "\x1b[?2004h") && last("\x1b[?25h", "\x1b[?25l")
}

// exited waits for the program's end and gives its status.
func (c *console) exited() int {
	c.t.Helper()
	await(c.t, "the program ends", func() bool {
		select {
		case <-c.ended:
			return true
		default:
			return false
		}
	})
	return c.cmd.ProcessState.ExitCode()
}
