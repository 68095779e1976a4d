package screen_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"accueil/kiosk/screen"
)

// childEnv turns the test binary into a terminal program.
const childEnv = "ACCUEIL_SCREEN_CHILD"

func TestMain(m *testing.M) {
	child := map[string]func() error{"1": countChild, "ticket": ticketChild}[os.Getenv(childEnv)]
	if child == nil {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// countChild shows how often a target was acted on.
func countChild() error {
	role := &stub{name: "first"}
	role.draw = func(c *screen.Canvas) {
		button(c, "a", 2, 3, "Un", '1')
		button(c, "boum", 30, 3, "Deux", 'p')
		c.Text(2, 10, 0, c.Theme().Text(), acted(len(role.acts)))
	}
	role.act = func(id string) {
		if id == "boum" {
			panic("boum")
		}
	}
	return screen.New(role, screen.Options{}).Run(context.Background())
}

// acted is what the child shows after so many acts; the terminal is sent only
// the cells that change, so all of them do.
func acted(times int) string { return strings.Repeat(string(rune('A'+times)), 8) }

// console is the child on a pseudo-terminal, and what it wrote.
type console struct {
	t      *testing.T
	cmd    *exec.Cmd
	ptmx   *os.File
	before unix.Termios

	mu   sync.Mutex
	out  bytes.Buffer
	more chan struct{}
	end  chan struct{}
}

func startConsole(t *testing.T, env ...string) *console {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	defer tty.Close()
	if err := pty.Setsize(ptmx, &pty.Winsize{Rows: 30, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, ptmx: ptmx, more: make(chan struct{}, 1), end: make(chan struct{})}
	c.before = c.termios()
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = append([]string{childEnv + "=1", "TERM=xterm-256color"}, env...)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = tty, tty, tty
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.read()
	t.Cleanup(c.close)
	return c
}

func (c *console) close() {
	_ = c.cmd.Process.Kill()
	_ = c.ptmx.Close()
	<-c.end
}

func (c *console) read() {
	defer close(c.end)
	buf := make([]byte, 4096)
	for {
		n, err := c.ptmx.Read(buf)
		c.mu.Lock()
		c.out.Write(buf[:n])
		c.mu.Unlock()
		select {
		case c.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (c *console) output() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.String()
}

// see waits until the child has written the text.
func (c *console) see(text string) {
	c.t.Helper()
	limit := time.After(10 * time.Second)
	for !strings.Contains(c.output(), text) {
		select {
		case <-c.more:
		case <-limit:
			c.t.Fatalf("never wrote %q; wrote %q", text, c.output())
		}
	}
}

func (c *console) send(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.ptmx, text); err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) termios() unix.Termios {
	c.t.Helper()
	t, err := unix.IoctlGetTermios(int(c.ptmx.Fd()), unix.TCGETS)
	if err != nil {
		c.t.Fatal(err)
	}
	return *t
}

// ends waits for the child's end and checks that the terminal is as it was.
func (c *console) ends(code int) {
	c.t.Helper()
	err := c.cmd.Wait()
	var exit *exec.ExitError
	if got := c.cmd.ProcessState.ExitCode(); got != code || (err != nil && !errors.As(err, &exit)) {
		c.t.Errorf("exit code %d, want %d (%v)\n%q", got, code, err, c.output())
	}
	for _, sequence := range []string{"\x1b[?1049l", "\x1b[?1002l", "\x1b[?2004l", "\x1b[?25h"} {
		c.see(sequence) // main screen, mouse off, paste plain, cursor back
	}
	if after := c.termios(); after != c.before {
		c.t.Errorf("terminal modes were %+v and are %+v", c.before, after)
	}
}

// TestRealTerminal starts in the poorest environment a kiosk may boot with.
func TestRealTerminal(t *testing.T) {
	c := startConsole(t, "LANG=C", "NO_COLOR=1")
	c.see("\x1b%G")        // and asks the terminal for it
	c.see("┃")             // UTF-8 although the locale is not
	c.see("38;2;27;36;48") // colours although NO_COLOR asks for none
	c.see("\x1b[?1002h")   // press, drag and release, not every motion
	c.see(acted(0))
	c.send("\x1b[<0;10;5M\x1b[<32;11;5M\x1b[<0;11;5m") // a touch that trembles
	c.see(acted(1))
	c.send("\x03\x1a\x1c\x1b[200~1p1\x1b[201~") // Ctrl-C, Ctrl-Z, Ctrl-\, a paste
	c.send("\xff\xfe\x80\x1b_x\x07a\xc3")       // not UTF-8, and Alt with the wrong key
	c.send("1")
	c.see(acted(2))
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	c.see("\x1b%@")
	c.ends(0)
}

func TestRealTerminalAfterAPanic(t *testing.T) {
	c := startConsole(t)
	c.see(acted(0))
	c.send("p")
	c.ends(1)
	c.see("panic: boum")
}

func TestRealTerminalGone(t *testing.T) {
	c := startConsole(t)
	c.see(acted(0))
	if err := c.ptmx.Close(); err != nil {
		t.Fatal(err)
	}
	_ = c.cmd.Wait() // it ends, in whatever way
}
