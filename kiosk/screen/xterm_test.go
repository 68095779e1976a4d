package screen_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"accueil/kiosk/screen"
)

// tellEnv names the pipe on which the child says what happened to it.
const tellEnv = "ACCUEIL_SCREEN_TELL"

// ticketChild shows a ticket with its QR code until it is stopped.
func ticketChild() error {
	tell, err := os.OpenFile(os.Getenv(tellEnv), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer tell.Close()
	role := &stub{name: "first", act: func(id string) { fmt.Fprintln(tell, "act", id) }}
	role.draw = func(c *screen.Canvas) {
		drawTicket(c)
		if role.drawn == 1 {
			fmt.Fprintln(tell, "drawn")
		}
	}
	return screen.New(role, screen.Options{}).Run(context.Background())
}

// xterm is a real terminal on a display of its own.
type xterm struct {
	t       *testing.T
	display string
	lines   chan string
}

func startXterm(t *testing.T) *xterm {
	t.Helper()
	for _, name := range []string{"Xvfb", "xterm", "xdotool", "import"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("no %s: install the Debian packages xvfb, xterm, xdotool and imagemagick", name)
		}
	}
	x := &xterm{t: t, lines: make(chan string, 16)}
	x.serve()
	fifo := filepath.Join(t.TempDir(), "tell")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	tell, err := os.OpenFile(fifo, os.O_RDWR, 0) // for writing too: opening does not wait
	if err != nil {
		t.Fatal(err)
	}
	go x.listen(tell)
	t.Cleanup(func() { tell.Close() })
	cmd := exec.Command("xterm", "-fa", "DejaVu Sans Mono", "-fs", "14", "-geometry", "80x22+0+0", "-e", os.Args[0])
	cmd.Env = append(os.Environ(), "DISPLAY="+x.display, childEnv+"=ticket", tellEnv+"="+fifo, "LANG=C")
	x.start(cmd)
	return x
}

// serve starts a display and waits until it has a number.
func (x *xterm) serve() {
	x.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		x.t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	x.start(cmd)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		x.t.Skipf("no display: %v", err)
	}
	x.display = ":" + strings.TrimSpace(number)
}

func (x *xterm) start(cmd *exec.Cmd) {
	x.t.Helper()
	if err := cmd.Start(); err != nil {
		x.t.Skip(err)
	}
	x.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

func (x *xterm) listen(tell *os.File) {
	lines := bufio.NewScanner(tell)
	for lines.Scan() {
		x.lines <- lines.Text()
	}
}

// expect waits for what the child says next.
func (x *xterm) expect(want string) {
	x.t.Helper()
	select {
	case got := <-x.lines:
		if got != want {
			x.t.Fatalf("the child said %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		x.t.Fatalf("the child never said %q", want)
	}
}

// do runs a tool on the display and returns what it wrote.
func (x *xterm) do(name string, args ...string) []byte {
	x.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+x.display)
	out, err := cmd.Output()
	if err != nil {
		x.t.Fatalf("%s %v: %v", name, args, err)
	}
	return out
}

// at is the middle of a cell in pixels, from the size of the window.
func (x *xterm) at(col, row int) (string, string) {
	x.t.Helper()
	var w, h, ignored int
	for line := range strings.Lines(string(x.do("xdotool", "search", "--onlyvisible", "--class", "xterm", "getwindowgeometry", "--shell", "%1"))) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			into := map[string]*int{"WIDTH": &w, "HEIGHT": &h}[name]
			if into == nil {
				into = &ignored
			}
			_, _ = fmt.Sscan(value, into)
		}
	}
	return fmt.Sprint((2*col + 1) * w / 160), fmt.Sprint((2*row + 1) * h / 44)
}

// decodes takes a picture of the display and looks for a code.
func (x *xterm) decodes() string {
	x.t.Helper()
	img, err := png.Decode(bytes.NewReader(x.do("import", "-window", "root", "png:-")))
	if err != nil {
		x.t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		x.t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return ""
	}
	return found.GetText()
}

// waitForCode waits until the code is on the display; all that the child wrote
// before it, such as that it wants the mouse, has then arrived too.
func (x *xterm) waitForCode(want string) {
	x.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); x.decodes() != want; {
		if time.Now().After(deadline) {
			x.t.Fatalf("no QR code of %q on the display", want)
		}
	}
}

// TestRealClicks in a real xterm, started with the locale C: the QR code on the
// glass decodes, a trembling tap acts, and one that leaves does not.
func TestRealClicks(t *testing.T) {
	x := startXterm(t)
	x.expect("drawn")
	x.waitForCode(address)
	px, py := x.at(10, 17)
	x.do("xdotool", "mousemove", px, py, "mousedown", "1", "mousemove_relative", "16", "4", "mouseup", "1")
	x.expect("act print")
	x.do("xdotool", "mousemove", px, py, "mousedown", "1", "mousemove_relative", "--", "0", "-200", "mouseup", "1")
	x.do("xdotool", "mousemove", px, py, "click", "1", "click", "1")
	x.expect("act print")
	x.expect("act print")
}
