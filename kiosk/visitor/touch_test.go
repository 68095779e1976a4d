package visitor_test

import (
	"bufio"
	"bytes"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"

	"accueil/kiosk/screen"
)

// visit is one visit with a finger: what must act, and what must not.
func (g *glass) visit() {
	g.t.Helper()
	g.shows("attract", "wake")
	g.touch(60, 2)
	g.shows("questions", "Bonjour")
	x, y := g.at("ask:emploi")
	g.touch(x, y) // within the dead time: meant for the attract screen
	g.tap(screen.IDLanguage)
	g.shows("language", "speak:en")
	g.tap("speak:en")
	g.shows("questions", "Hello")
	g.tap("ask:activite")
	g.shows("answer/activite/creer", "take")
	g.pass(time.Second)
	x, y = g.at("take")
	g.touch(x, y, [2]int{x, y - 12}) // slides off
	g.tap("take")
	g.wait("ticket/activite/creer", "done")
}

// read goes to a long list and drags it.
func (g *glass) read() {
	g.t.Helper()
	g.pass(time.Second)
	x, y := g.at("done")
	g.finger(x, y) // and no key: that would wake the attract screen
	g.shows("attract", "wake")
	g.tap("wake")
	g.shows("questions", "Bonjour")
	g.tap("ask:sur-place")
	g.shows("themes/sur-place", "theme:travailler")
	g.tap("theme:travailler")
	g.shows("browse/travailler/books", "shelf:sites")
	g.tap("shelf:sites")
	g.shows("browse/travailler/sites", "resource:s1")
	g.pass(time.Second)
	x, y = g.at("resource:s1")
	g.touch(x, y, [2]int{x, y - 2}, [2]int{x, y - 9})
	if g.shows("browse/travailler/sites", "scroll-up"); strings.Contains(g.now, "resource:s1 ") {
		g.t.Errorf("the list was not dragged: %q", g.now)
	}
}

// leave goes away: the kiosk asks, and starts over.
func (g *glass) leave() {
	g.t.Helper()
	g.rest(50 * time.Second)
	g.wait("browse/travailler/sites", "\tstay ")
	g.tap("stay")
	g.wait("browse/travailler/sites", "\tshelf:sites ")
	g.rest(70 * time.Second)
	g.wait("attract", "wake")
}

func need(t *testing.T, tools map[string]string) {
	t.Helper()
	for tool, debian := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s: install the Debian package %s", tool, debian)
		}
	}
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// TestVisitInXterm makes a visit with real presses in a real xterm: what wobbles
// acts, what slides off or comes too early does not; lists are dragged, the
// code on the glass can be read, and a kiosk left alone starts over.
func TestVisitInXterm(t *testing.T) {
	need(t, map[string]string{"Xvfb": "xvfb", "xterm": "xterm", "xdotool": "xdotool", "import": "imagemagick"})
	g, env := newGlass(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	start(t, server)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Skipf("no display: %v", err)
	}
	display := "DISPLAY=:" + strings.TrimSpace(number)
	term := exec.Command("xterm", "-fa", "DejaVu Sans Mono", "-fs", "13", "-geometry", "100x30+0+0", "-e", os.Args[0])
	term.Env = append(os.Environ(), display, env, "LANG=C")
	start(t, term)
	do := func(name string, args ...string) []byte {
		cmd := exec.Command(name, args...)
		cmd.Env = append(os.Environ(), display)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %v: %v", name, args, err)
		}
		return out
	}
	var width, height int
	g.finger = func(x, y int, moves ...[2]int) {
		if width == 0 {
			for line := range strings.Lines(string(do("xdotool", "search", "--onlyvisible", "--class", "xterm", "getwindowgeometry", "--shell", "%1"))) {
				_, _ = fmt.Sscanf(line, "WIDTH=%d", &width)
				_, _ = fmt.Sscanf(line, "HEIGHT=%d", &height)
			}
		}
		pixel := func(x, y int) []string {
			return []string{"mousemove", fmt.Sprint((2*x + 1) * width / 200), fmt.Sprint((2*y + 1) * height / 60)}
		}
		args := append(pixel(x, y), "mousedown", "1")
		for _, m := range moves {
			args = append(args, pixel(m[0], m[1])...)
		}
		do("xdotool", append(args, "mouseup", "1")...)
	}
	g.key = func(char string) { do("xdotool", "key", char) }
	g.visit()
	want := "/T/7K3F9QXD"
	for tries := 0; ; tries++ {
		picture, err := png.Decode(bytes.NewReader(do("import", "-window", "root", "png:-")))
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := read(picture, gozxing.DecodeHintType_TRY_HARDER); strings.HasSuffix(text, want) {
			break
		}
		if tries > 200 {
			t.Fatal("no code on the glass")
		}
	}
	g.read()
	g.leave()
}

// TestVisitInTmux makes the same visit with the sequences a terminal sends.
func TestVisitInTmux(t *testing.T) {
	need(t, map[string]string{"tmux": "tmux"})
	g, env := newGlass(t)
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		cmd := exec.Command("tmux", append([]string{"-S", socket, "-f", "/dev/null"}, args...)...)
		cmd.Env = append(os.Environ(), env, "LC_ALL=C.UTF-8")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %v: %v %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "-x", "100", "-y", "30", os.Args[0])
	t.Cleanup(func() { tmux("kill-server") })
	g.finger = func(x, y int, moves ...[2]int) {
		sequence := fmt.Sprintf("\x1b[<0;%d;%dM", x+1, y+1)
		for _, m := range moves {
			x, y = m[0], m[1]
			sequence += fmt.Sprintf("\x1b[<32;%d;%dM", x+1, y+1)
		}
		tmux("send-keys", "-l", sequence+fmt.Sprintf("\x1b[<0;%d;%dm", x+1, y+1))
	}
	g.key = func(char string) { tmux("send-keys", "-l", char) }
	g.visit()
	for tries := 0; ; tries++ { // what the kiosk has drawn is on its way to tmux
		text := tmux("capture-pane", "-p")
		if strings.Contains(text, "3 people before you") {
			break
		}
		if tries > 200 {
			t.Fatalf("tmux shows\n%s", text)
		}
	}
	g.read()
	g.leave()
}
