package screen

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// ErrStuck is returned by Run when the role did not come back from a call in
// time after a stop was asked for; the terminal is restored all the same.
var ErrStuck = errors.New("the screen did not stop in time")

const (
	deadTime = 350 * time.Millisecond // after a change of screen
	holdTime = 700 * time.Millisecond // keyboards begin to repeat a held key within it
	grace    = 3 * time.Second        // for the event loop to end
	postRoom = 256                    // updates waiting to be run
)

// Options of a shell; the zero value is a visitor's terminal.
type Options struct {
	Screen tcell.Screen     // not initialised; nil opens the real terminal
	Theme  Theme            // the zero theme means Calm
	Now    func() time.Time // measures idle and dead time, so never the site's clock; nil means time.Now
	Log    *slog.Logger     // must not write to the terminal; nil logs nothing
	Quit   bool             // Ctrl-Q ends the program; never for visitors
	Beat   func()           // called on the event loop at the start and every second; nil is fine
	// Upright: the role has layouts for terminals that stand upright, from
	// UprightWidth × UprightHeight on.
	Upright bool
}

// Shell runs one role on one terminal.
type Shell struct {
	role  Role
	opt   Options
	app   *tview.Application
	term  *terminal
	posts chan func()

	// Touched by the event loop only.
	theme    Theme
	marks    map[string]Mark // of the site's services
	frame    *Canvas         // the frame on the terminal, with its targets
	last     *Canvas         // the one before
	hand     hand
	name     string
	small    bool
	deadTill time.Time // touches count for nothing until then
	keyTill  time.Time // and the key that changed the screen until then
	lastKey  Key
	idle     idle
	knock    knock
	drawnAt  time.Time

	behind   atomic.Bool // updates are being refused
	stopOnce sync.Once
	stopping chan struct{} // closed when the shell is to end
	failure  error         // written before stopping is closed
}

// New returns a shell that has not touched the terminal yet.
func New(role Role, opt Options) *Shell {
	if opt.Theme.Name == "" {
		opt.Theme = Calm()
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Beat == nil {
		opt.Beat = func() {}
	}
	return &Shell{
		role: role, opt: opt, theme: opt.Theme,
		posts: make(chan func(), postRoom), stopping: make(chan struct{}),
		frame: &Canvas{}, last: &Canvas{},
		idle: idle{since: opt.Now()},
	}
}

// SetTheme changes the colours from the next frame on. Call it from the role's
// methods or through Post.
func (s *Shell) SetTheme(t Theme) { s.theme = t.WithMarks(s.marks) }

// SetMarks names the services of the site, in every theme from now on; on the event
// loop, or before [Shell.Run].
func (s *Shell) SetMarks(services map[string]Mark) {
	s.marks = services
	s.SetTheme(s.theme)
}

// Beep rings the terminal's bell. Call it from the role's methods or through Post.
func (s *Shell) Beep() {
	if s.term == nil {
		return
	}
	if err := s.term.Beep(); err != nil {
		s.opt.Log.Debug("the terminal has no bell", "err", err)
	}
}

// Run shows the role until ctx ends, the program is told to stop, or a staff
// member quits; then it returns nil, with the terminal as it was before. An
// error says what went wrong: no terminal, terminal lost, or a panic.
func (s *Shell) Run(ctx context.Context) error {
	ctx, release, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer release()
	s.app = tview.NewApplication()
	s.app.SetScreen(s.term) // initialises it; doing so before would hang the program
	if err := s.term.initErr; err != nil {
		return fmt.Errorf("open the terminal: %w", err)
	}
	s.term.EnableMouse(tcell.MouseDragEvents) // all motion would flood the loop
	s.term.EnablePaste()                      // bracketed, so that it can be dropped
	s.app.SetRoot(&face{tview.NewBox(), s}, true)
	s.app.SetInputCapture(func(ev *tcell.EventKey) *tcell.EventKey {
		s.Guard(func() { s.onKey(ev) })
		return nil // tview would quit on Ctrl-C
	})
	return s.loop(ctx)
}

// open prepares the terminal, and stops on signals if it is a real one.
func (s *Shell) open(ctx context.Context) (context.Context, context.CancelFunc, error) {
	release := context.CancelFunc(func() {})
	inner, ascii := s.opt.Screen, false
	if inner == nil {
		ascii = prepareEnv()
		real, err := openTerminal()
		if err != nil {
			return ctx, release, fmt.Errorf("find a terminal: %w", err)
		}
		inner = real
		ctx, release = s.signals(ctx)
	}
	s.term = &terminal{Screen: inner, ascii: ascii, now: time.Now, lost: func(err error) {
		s.fail(fmt.Errorf("read from the terminal: %w", err))
	}}
	return ctx, release, nil
}

// signals has the service manager's signals end the shell, and those of the
// keyboard too where a person may quit. On a visitor's terminal these do nothing:
// nobody there sends them on purpose.
func (s *Shell) signals(ctx context.Context) (context.Context, context.CancelFunc) {
	ends := []os.Signal{syscall.SIGTERM, syscall.SIGHUP}
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU)
	if s.opt.Quit {
		ends = append(ends, syscall.SIGINT, syscall.SIGQUIT)
	} else {
		signal.Notify(ignored, syscall.SIGINT, syscall.SIGQUIT)
	}
	ctx, release := signal.NotifyContext(ctx, ends...)
	return ctx, func() { release(); signal.Stop(ignored) }
}

// loop runs tview's event loop and the producer beside it until both ended.
func (s *Shell) loop(ctx context.Context) error {
	var ended sync.WaitGroup
	ended.Go(func() { s.Guard(func() { s.fail(s.app.Run()) }) })
	ended.Go(s.pump)
	done := make(chan struct{})
	go func() { ended.Wait(); close(done) }()
	select {
	case <-ctx.Done():
		s.fail(nil)
	case <-s.stopping:
	}
	select {
	case <-done:
		return s.failure
	case <-time.After(grace):
		s.term.Fini()
		return errors.Join(ErrStuck, s.failure)
	}
}

// Guard runs f; a panic in it stops the shell, which restores the terminal and
// lets Run return the panic as its error. Every goroutine of a terminal program
// needs it: an uncaught panic would leave the terminal raw and mute.
func (s *Shell) Guard(f func()) {
	defer func() {
		if p := recover(); p != nil {
			s.fail(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	f()
}

// fail asks the shell to stop; the first reason is the one returned.
func (s *Shell) fail(err error) {
	s.stopOnce.Do(func() {
		s.failure = err
		close(s.stopping)
	})
}
