// Package workplace runs one program for a visitor and leaves nothing of it: no
// process, however it hid itself, and no file in the home it was given.
//
// A process of its own (the runner, this same program) stands between the kiosk
// and the visitor's program. Whatever the program starts, and whatever of that
// loses its parent, is a descendant of the runner, which ends them all. The
// runner ends with the kiosk.
package workplace

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// ErrNotAllowed is returned for a program that this terminal may not run.
var ErrNotAllowed = errors.New("this terminal may not run the program")

// Options of a workplace.
type Options struct {
	// Allowed are the programs this terminal may run, as the first word of a
	// command names them.
	Allowed []string
	Dir     string   // where homes are made and wiped
	Runner  []string // the command that calls Run; this program and "work" when empty
	Log     *slog.Logger
}

// Workplace runs one program at a time.
type Workplace struct {
	opt  Options
	look time.Duration // between two looks at the display
	idle atomic.Int64  // a time.Duration, or unknown
}

// homes is the beginning of the names of the homes.
const homes = "work-"

// New returns a workplace and wipes the homes that a power cut left.
func New(o Options) (*Workplace, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if len(o.Runner) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find the program: %w", err)
		}
		o.Runner = []string{self, "work"}
	}
	left, err := filepath.Glob(filepath.Join(o.Dir, homes+"*"))
	if err != nil {
		return nil, fmt.Errorf("look for homes in %s: %w", o.Dir, err)
	}
	for _, home := range left {
		if err := wipe(home); err != nil {
			o.Log.Error("what somebody left could not be erased", "err", err)
		}
	}
	w := &Workplace{opt: o, look: lookTime}
	w.idle.Store(unknown)
	return w, nil
}

// Allows tells whether a command may be run here and its program is installed.
func (w *Workplace) Allows(command []string) bool {
	if len(command) == 0 || !slices.Contains(w.opt.Allowed, command[0]) {
		return false
	}
	_, err := exec.LookPath(command[0])
	return err == nil
}

// Session is one run of a program.
type Session struct {
	cmd  *exec.Cmd
	done chan struct{}
	once sync.Once
	err  error // set before done is closed
}

// stopTime is how long the runner has to end everything before it is killed.
const stopTime = 10 * time.Second

// Start runs a command in a home of its own.
func (w *Workplace) Start(command []string) (*Session, error) {
	if !w.Allows(command) {
		return nil, fmt.Errorf("%w: %q", ErrNotAllowed, strings.Join(command, " "))
	}
	home, err := os.MkdirTemp(w.opt.Dir, homes)
	if err != nil {
		return nil, fmt.Errorf("make a home: %w", err)
	}
	args := append(slices.Clone(w.opt.Runner[1:]), append([]string{home, "--"}, command...)...)
	s := &Session{cmd: exec.Command(w.opt.Runner[0], args...), done: make(chan struct{})}
	s.cmd.Dir, s.cmd.Env = home, environment(home)
	// Its own session: it cannot touch the kiosk's terminal.
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGTERM}
	started := make(chan error)
	go s.live(started, home, w.opt.Log)
	if err := <-started; err != nil {
		return nil, errors.Join(fmt.Errorf("start the program: %w", err), wipe(home))
	}
	return s, nil
}

// live stays with the runner from its start to its end: a process ends with the
// thread that started it.
func (s *Session) live(started chan<- error, home string, log *slog.Logger) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := s.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	s.err = s.cmd.Wait()
	if err := wipe(home); err != nil { // the runner has done so, unless it was killed
		log.Error("what somebody left could not be erased", "err", err)
	}
	close(s.done)
}

// Done is closed when the program has ended and nothing is left of it.
func (s *Session) Done() <-chan struct{} { return s.done }

// Err is why it ended, nil when its person ended it or it was told to.
func (s *Session) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// End has everything ended and erased; it does not wait, Done does.
func (s *Session) End() {
	s.once.Do(func() {
		_ = s.cmd.Process.Signal(syscall.SIGTERM) // one that has ended is what we want
		go func() {
			select {
			case <-s.done:
			case <-time.After(stopTime):
				_ = s.cmd.Process.Kill()
			}
		}()
	})
}

// environment is the little that a program needs, and none of the kiosk's own.
func environment(home string) []string {
	env := []string{"HOME=" + home, "TMPDIR=" + home, "XDG_CONFIG_HOME=" + home + "/.config", "XDG_CACHE_HOME=" + home + "/.cache",
		"XDG_DATA_HOME=" + home + "/.local/share", "XDG_STATE_HOME=" + home + "/.local/state"}
	for _, name := range []string{"PATH", "LANG", "LC_ALL", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "TZ"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// wipe removes a home, whatever rights its person gave to its folders.
func wipe(home string) error {
	if os.RemoveAll(home) == nil {
		return nil
	}
	_ = filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(home)
}
