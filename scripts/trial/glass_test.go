package trial_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"accueil/internal/wire"
)

// glass is a real terminal on a display of its own.
type glass struct {
	t       *testing.T
	display string
}

func newGlass(t *testing.T, program ...string) *glass {
	t.Helper()
	for tool, debian := range map[string]string{"Xvfb": "xvfb", "xterm": "xterm", "xdotool": "xdotool", "import": "imagemagick", "zbarimg": "zbar-tools"} {
		need(t, tool, debian)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	startTool(t, x)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Skipf("no display: %v", err)
	}
	g := &glass{t, ":" + strings.TrimSpace(number)}
	x = exec.Command("xterm", append([]string{"-fa", "DejaVu Sans Mono", "-fs", "14", "-geometry", "100x30+0+0", "-e"}, program...)...)
	x.Env = append(os.Environ(), "DISPLAY="+g.display)
	startTool(t, x)
	return g
}

func startTool(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
}

func (g *glass) do(name string, args ...string) []byte {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+g.display)
	out, _ := cmd.Output() // what is not there yet is asked for again
	return out
}

// picture leaves out the line with the clock.
func (g *glass) picture() []byte {
	return g.do("import", "-window", "root", "-crop", "1280x860+0+40", "+repage", "rgb:-")
}

// settled is a picture that stays as it is.
func (g *glass) settled() (p []byte) {
	await(g.t, "the picture stands still", func() bool {
		before := p
		p = g.picture()
		return bytes.Equal(before, p)
	})
	return p
}

// tap touches a cell, with a tremble of one cell, until the screen changes.
func (g *glass) tap(col, row int) {
	g.t.Helper()
	before := g.settled()
	await(g.t, fmt.Sprintf("something happens at column %d, row %d", col, row), func() bool {
		var w, h int
		for line := range strings.Lines(string(g.do("xdotool", "search", "--onlyvisible", "--class", "xterm", "getwindowgeometry", "--shell", "%1"))) {
			_, _ = fmt.Sscanf(line, "WIDTH=%d", &w)
			_, _ = fmt.Sscanf(line, "HEIGHT=%d", &h)
		}
		x, y := fmt.Sprint((2*col+1)*w/200), fmt.Sprint((2*row+1)*h/60)
		g.do("xdotool", "mousemove", x, y, "mousedown", "1", "mousemove_relative", fmt.Sprint(w/100), "0", "mouseup", "1")
		return !bytes.Equal(before, g.settled())
	})
}

// TestTouch takes a ticket with a finger and opens its page with a phone.
func TestTouch(t *testing.T) {
	h := newHub(t, "--clock", "2026-11-24T10:00")
	// The folder has the content already, so that the kiosk begins with its first screen.
	dir := t.TempDir()
	before := terminal(t, h, wire.RoleKiosk, "touched", dir)
	meet(t, before)
	await(t, "the hub has everything", sent(before))
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	g := newGlass(t, filepath.Join(os.Getenv(binEnv), "kiosk"), "visitor", "--hub", h.url(), "--data", dir, "--name", "touched")
	witness := terminal(t, h, wire.RoleCoordinator, "witness", "")
	await(t, "the kiosk is there", func() bool {
		floor, _ := witness.Coordinator()
		return slices.ContainsFunc(floor.Terminals, func(k wire.Terminal) bool { return k.Name == "touched" && k.Online })
	})
	for _, cell := range [][2]int{{12, 26}, {62, 10}, {12, 8}, {12, 23}} {
		g.tap(cell[0], cell[1])
	}
	var path string
	await(t, "a QR code on the glass", func() bool {
		png := filepath.Join(t.TempDir(), "glass.png")
		g.do("import", "-window", "root", png)
		if found := regexp.MustCompile(`/T/[0-9A-Z]{8}`).Find(bytes.ToUpper(g.do("zbarimg", "--raw", "-q", png))); found != nil {
			path = string(found)
		}
		return path != ""
	})
	status, page := h.get(path)
	if label := regexp.MustCompile(`>C 00[0-9]<`); status != 200 || !label.MatchString(page) {
		t.Errorf("%s: %d %s", path, status, page)
	}
}
