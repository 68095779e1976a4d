// Package screentest drives a role through its shell as a visitor would: touch,
// press keys, let time pass, and look at the screen.
//
// It is used inside a testing/synctest bubble, where an idle minute costs
// nothing and every step ends when the shell is at rest.
package screentest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
)

// Driver is a terminal with a role running on it.
type Driver struct {
	t     testing.TB
	shell *screen.Shell
	term  *simulation
	role  *watched
	done  chan error
}

// Option changes the shell's options before it starts.
type Option func(*screen.Options)

// Start runs the role on a simulated terminal of w × h cells until the test
// ends. Call it inside synctest.Test.
func Start(t testing.TB, role screen.Role, w, h int, options ...Option) *Driver {
	t.Helper()
	term := &simulation{SimulationScreen: tcell.NewSimulationScreen("UTF-8"), w: w, h: h}
	d := &Driver{t: t, term: term, done: make(chan error, 1)}
	opt := screen.Options{Screen: term}
	for _, o := range options {
		o(&opt)
	}
	d.role = &watched{Role: role}
	d.shell = screen.New(d.role.asIdler(), opt)
	ctx, stop := context.WithCancel(context.Background())
	go func() { d.done <- d.shell.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-d.done; err != nil {
			t.Errorf("the shell ended with: %v", err)
		}
	})
	d.settle()
	return d
}

// Shell is the shell under test, for Post and SetTheme.
func (d *Driver) Shell() *screen.Shell { return d.shell }

// Err returns what Run returned, waiting for it.
func (d *Driver) Err() error {
	err := <-d.done
	d.done <- nil
	return err
}

// settle waits until nothing is left to do.
func (d *Driver) settle() { synctest.Wait() }

// Advance lets time pass.
func (d *Driver) Advance(by time.Duration) {
	// The race detector knows no order between what a test has read and what
	// the event loop does when time passes; an event nobody handles makes one.
	_ = d.term.PostEvent(tcell.NewEventInterrupt(nil))
	d.settle()
	time.Sleep(by)
	d.settle()
}

// Post runs f on the event loop and waits until it is on the screen.
func (d *Driver) Post(f func()) {
	d.t.Helper()
	if !d.shell.Post(f) {
		d.t.Fatal("the shell refused an update")
	}
	d.Advance(60 * time.Millisecond)
}

// Tap touches the middle of a target and lets go. A dead time that runs is
// waited for, as a person would.
func (d *Driver) Tap(id string) {
	d.t.Helper()
	target, ok := d.Target(id)
	if !ok {
		d.t.Fatalf("no target %q on the screen; there are %s\n%s", id, d.role.ids(), d.Text())
	}
	d.Advance(400 * time.Millisecond)
	d.TapAt(target.Rect.X+target.Rect.W/2, target.Rect.Y+target.Rect.H/2)
}

// TapAt touches a cell and lets go.
func (d *Driver) TapAt(x, y int) { d.Press(x, y); d.Release(x, y) }

// Press puts a finger down.
func (d *Driver) Press(x, y int) { d.mouse(x, y, tcell.ButtonPrimary) }

// Move moves the finger that is down.
func (d *Driver) Move(x, y int) { d.mouse(x, y, tcell.ButtonPrimary) }

// Release lifts the finger.
func (d *Driver) Release(x, y int) { d.mouse(x, y, tcell.ButtonNone) }

// Wheel turns the mouse wheel one notch, up or down.
func (d *Driver) Wheel(x, y int, up bool) {
	if up {
		d.mouse(x, y, tcell.WheelUp)
		return
	}
	d.mouse(x, y, tcell.WheelDown)
}

// Button presses another button of the mouse, or none.
func (d *Driver) Button(x, y int, b tcell.ButtonMask) { d.mouse(x, y, b) }

func (d *Driver) mouse(x, y int, b tcell.ButtonMask) {
	d.term.InjectMouse(x, y, b, tcell.ModNone)
	d.settle()
}

// Key presses a key that is not a character.
func (d *Driver) Key(key tcell.Key) {
	d.term.InjectKey(key, 0, tcell.ModNone)
	d.settle()
}

// Type presses the keys of a text, one after the other.
func (d *Driver) Type(text string) {
	for _, r := range text {
		d.term.InjectKey(tcell.KeyRune, r, tcell.ModNone)
		d.settle()
	}
}

// Resize gives the terminal another size.
func (d *Driver) Resize(w, h int) {
	d.term.SetSize(w, h)
	d.term.PostEvent(tcell.NewEventResize(w, h))
	d.Advance(100 * time.Millisecond)
}

// PasteStart sends the beginning of a paste only.
func (d *Driver) PasteStart() {
	d.term.PostEvent(tcell.NewEventPaste(true))
	d.settle()
}

// Paste sends a text as terminals send what was pasted.
func (d *Driver) Paste(text string) {
	d.PasteStart()
	d.Type(text)
	d.term.PostEvent(tcell.NewEventPaste(false))
	d.settle()
}

// Lose makes the terminal report that it cannot be read any more.
func (d *Driver) Lose(err error) { d.term.PostEvent(tcell.NewEventError(err)) }

// Closed tells whether the terminal was given back.
func (d *Driver) Closed() bool { return d.term.closed.Load() }

// Styles returns how every cell of the screen is painted, row by row.
func (d *Driver) Styles() []tcell.Style {
	cells, _, _ := d.term.GetContents()
	styles := make([]tcell.Style, len(cells))
	for i, cell := range cells {
		styles[i] = cell.Style
	}
	return styles
}

// Target returns the target with that name as last drawn.
func (d *Driver) Target(id string) (screen.Target, bool) { return d.role.target(id) }

// Said returns what the screen says, as it is read aloud.
func (d *Driver) Said() []screen.Said { return d.role.said }

// Focus returns the name of the target the keyboard is on, "" for none.
func (d *Driver) Focus() string { return d.role.focus }

// Text returns the screen, one line a row, without trailing spaces.
func (d *Driver) Text() string { return d.term.text() }

// See fails unless the text is on the screen. A line break in the screen
// counts as a space.
func (d *Driver) See(text string) {
	d.t.Helper()
	if !d.shows(text) {
		d.t.Fatalf("the screen does not show %q:\n%s", text, d.Text())
	}
}

// NotSee fails if the text is on the screen.
func (d *Driver) NotSee(text string) {
	d.t.Helper()
	if d.shows(text) {
		d.t.Fatalf("the screen shows %q:\n%s", text, d.Text())
	}
}

func (d *Driver) shows(text string) bool { return strings.Contains(d.Text(), text) }

// Golden compares the screen with testdata/NAME.txt, which it writes instead
// when ACCUEIL_UPDATE=1.
func (d *Driver) Golden(name string) {
	d.t.Helper()
	GoldenText(d.t, name, d.Text())
}

// GoldenText compares a text with testdata/NAME.txt.
func GoldenText(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if os.Getenv("ACCUEIL_UPDATE") == "1" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with ACCUEIL_UPDATE=1)", err)
	}
	if got != string(want) {
		t.Fatalf("the screen differs from %s\n--- want\n%s--- got\n%s", path, want, got)
	}
}

// Keys for Driver.Key, so that a role's test need not import tcell.
const (
	Enter    = tcell.KeyEnter
	Escape   = tcell.KeyEscape
	Tab      = tcell.KeyTab
	BackTab  = tcell.KeyBacktab
	Rub      = tcell.KeyBackspace2
	Up       = tcell.KeyUp
	Down     = tcell.KeyDown
	Left     = tcell.KeyLeft
	Right    = tcell.KeyRight
	PageUp   = tcell.KeyPgUp
	PageDown = tcell.KeyPgDn
	CtrlC    = tcell.KeyCtrlC
	CtrlQ    = tcell.KeyCtrlQ
	CtrlZ    = tcell.KeyCtrlZ
	F1       = tcell.KeyF1
)
