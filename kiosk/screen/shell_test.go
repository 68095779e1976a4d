package screen_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// counting is a simulated terminal that counts how often it is opened and
// closed.
type counting struct {
	tcell.SimulationScreen
	opened, closed atomic.Int32
	err            error
}

func (s *counting) Init() error {
	s.opened.Add(1)
	if s.err != nil {
		return s.err
	}
	return s.SimulationScreen.Init()
}

func (s *counting) Fini() {
	s.closed.Add(1)
	s.SimulationScreen.Fini()
}

func newCounting() *counting {
	return &counting{SimulationScreen: tcell.NewSimulationScreen("UTF-8")}
}

// TestRunOpensOnceAndRestores: tview opens the terminal by itself, and a second
// opening makes the program spin.
func TestRunOpensOnceAndRestores(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := newCounting()
		shell := screen.New(&stub{name: "first"}, screen.Options{Screen: term})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- shell.Run(ctx) }()
		synctest.Wait()
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if term.opened.Load() != 1 || term.closed.Load() == 0 {
			t.Errorf("opened %d times, closed %d times", term.opened.Load(), term.closed.Load())
		}
		if shell.Post(func() { t.Error("ran after the end") }) {
			t.Error("an update after the end was accepted")
		}
	})
}

func TestTerminalThatDoesNotOpen(t *testing.T) {
	term := newCounting()
	term.err = errors.New("no such device")
	err := screen.New(&stub{}, screen.Options{Screen: term}).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "open the terminal: no such device") {
		t.Errorf("err = %v", err)
	}
}

func TestOtherSizes(t *testing.T) {
	for _, size := range [][2]int{{80, 22}, {81, 23}, {100, 30}, {160, 50}, {300, 100}} {
		synctest.Test(t, func(t *testing.T) {
			role := &stub{name: "first"}
			d := screentest.Start(t, role, size[0], size[1])
			d.Tap("b")
			role.expect(t, "b")
		})
	}
}

// TestPanicRestoresTheTerminal wherever it happens.
func TestPanicRestoresTheTerminal(t *testing.T) {
	for name, trigger := range map[string]func(d *screentest.Driver, role *stub){
		"act":  func(d *screentest.Driver, role *stub) { d.TapAt(5, 4) },
		"key":  func(d *screentest.Driver, role *stub) { d.Type("1") },
		"post": func(d *screentest.Driver, role *stub) { d.Shell().Post(func() { panic("boum") }) },
		"draw": func(d *screentest.Driver, role *stub) {
			d.Shell().Post(func() { role.draw = func(*screen.Canvas) { panic("boum") } })
		},
		"goroutine": func(d *screentest.Driver, role *stub) { go d.Shell().Guard(func() { panic("boum") }) },
	} {
		t.Run(name, func(t *testing.T) {
			role := &stub{act: func(string) { panic("boum") }}
			bubble(t, role, func(t *testing.T, d *screentest.Driver) {
				trigger(d, role)
				if err := d.Err(); err == nil || !strings.Contains(err.Error(), "boum") {
					t.Errorf("err = %v", err)
				}
				if !d.Closed() {
					t.Error("the terminal was not restored")
				}
			})
		})
	}
}

func TestLostTerminalEndsInOrder(t *testing.T) {
	bubble(t, &stub{}, func(t *testing.T, d *screentest.Driver) {
		d.Lose(io.ErrUnexpectedEOF)
		if err := d.Err(); err == nil || !strings.Contains(err.Error(), "read from the terminal: unexpected EOF") {
			t.Errorf("err = %v", err)
		}
	})
}

func TestStaffMayQuit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.Start(t, &stub{name: "first"}, 80, 22, func(o *screen.Options) { o.Quit = true })
		d.Key(screentest.CtrlQ)
		if err := d.Err(); err != nil {
			t.Error(err)
		}
	})
}

// TestStuckRoleIsLeft: a role that never comes back must not keep the terminal.
func TestStuckRoleIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := newCounting()
		role := &stub{name: "first"}
		shell := screen.New(role, screen.Options{Screen: term})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- shell.Run(ctx) }()
		synctest.Wait()
		release := make(chan struct{})
		shell.Post(func() { <-release })
		synctest.Wait()
		stop()
		if err := <-done; !errors.Is(err, screen.ErrStuck) {
			t.Errorf("err = %v", err)
		}
		if term.closed.Load() == 0 {
			t.Error("the terminal was not restored")
		}
		close(release)
	})
}

// TestPostNeverBlocks, neither from the role's own methods nor when too much
// comes at once.
func TestPostNeverBlocks(t *testing.T) {
	role := &stub{}
	ran, refused := 0, 0
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		role.act = func(string) {
			for range 1000 {
				if !d.Shell().Post(func() { ran++ }) {
					refused++
				}
			}
		}
		d.TapAt(5, 4)
		d.Advance(time.Second)
		if ran == 0 || refused == 0 || ran+refused != 1000 {
			t.Errorf("%d ran, %d were refused", ran, refused)
		}
	})
}

func TestUpdatesDrawAtMostTwentyTimesASecond(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Advance(time.Second)
		before, ran := role.drawn, 0
		for range 1000 {
			d.Shell().Post(func() { ran++ })
			time.Sleep(time.Millisecond)
		}
		d.Advance(100 * time.Millisecond)
		if frames := role.drawn - before; frames > 25 || frames < 15 {
			t.Errorf("%d frames in 1.1 s", frames)
		}
		if ran != 1000 {
			t.Errorf("%d updates ran", ran)
		}
	})
}

func TestLastUpdateIsShown(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, name := range []string{"second", "third", "fourth"} {
			d.Shell().Post(func() { role.name = name })
		}
		d.Advance(60 * time.Millisecond)
		d.See("fourth")
	})
}

func TestInputIsDrawnAtOnce(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		before := time.Now()
		d.TapAt(5, 4)
		d.See("1") // the count of acts at the right of the top line
		if waited := time.Since(before); waited > 0 {
			t.Errorf("it took %v", waited)
		}
	})
}

// TestTooSmallTerminal: nothing can be hit blindly, and all comes back.
func TestTooSmallTerminal(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, size := range [][2]int{{20, 5}, {1, 1}, {79, 22}, {80, 21}} {
			d.Resize(size[0], size[1])
			d.Type("1")
			d.TapAt(0, 0)
			d.Key(screentest.CtrlC)
		}
		role.expect(t)
		d.Resize(20, 5)
		d.See("Fenêtre trop petite")
		d.See("Window too small")
		d.Resize(100, 30)
		d.NotSee("too small")
		d.Tap("b")
		role.expect(t, "b")
	})
}

// TestEveryCellIsPainted in explicit colours, after a change of size and theme
// too.
func TestEveryCellIsPainted(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, step := range []func(){
			func() {},
			func() { d.Post(func() { d.Shell().SetTheme(screen.Night()) }) },
			func() { d.Resize(120, 40) },
			func() { d.Resize(20, 5) },
		} {
			step()
			for i, style := range d.Styles() {
				if fg, bg, _ := style.Decompose(); !fg.IsRGB() || !bg.IsRGB() {
					t.Fatalf("cell %d is painted %v on %v", i, fg, bg)
				}
			}
		}
	})
}

// TestWideTextLeavesNothingBehind: what replaces a wide character is drawn
// whole.
func TestWideTextLeavesNothingBehind(t *testing.T) {
	text := "找工作"
	role := &stub{}
	role.draw = func(c *screen.Canvas) { c.Text(2, 2, 0, c.Theme().Text(), text) }
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, text = range []string{"x找工作", "abcdefg", "找工作", "a b c"} {
			d.Post(func() {})
			if got := strings.TrimSpace(strings.Split(d.Text(), "\n")[2]); got != text {
				t.Errorf("the screen shows %q, want %q", got, text)
			}
		}
	})
}
