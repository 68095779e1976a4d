package screen

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/gdamore/tcell/v2"
	"golang.org/x/sys/unix"
)

// Redraws measures how long a terminal of a size takes to show something whole that
// it did not show before, n times: drawing it, finding what changed, and all that is
// sent to the terminal. The terminal itself takes what is sent at once. It is the
// processor's time that is measured, so that other programs do not count.
func Redraws(draw func(*Canvas), w, h, n int) ([]time.Duration, error) {
	info, err := tcell.LookupTerminfo("xterm-256color")
	if err != nil {
		return nil, fmt.Errorf("describe a terminal: %w", err)
	}
	screen, err := tcell.NewTerminfoScreenFromTtyTerminfo(&sink{w: w, h: h, over: make(chan struct{})}, info)
	if err != nil {
		return nil, fmt.Errorf("make a terminal: %w", err)
	}
	if err := screen.Init(); err != nil {
		return nil, fmt.Errorf("open a terminal: %w", err)
	}
	defer screen.Fini()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	term := &terminal{Screen: screen}
	frame, blank := &Canvas{}, &Canvas{}
	took := make([]time.Duration, n)
	for i := range took {
		blank.reset(w, h, Night(), Input{})
		term.show(blank, &Canvas{})
		term.Show()
		began := worked()
		frame.reset(w, h, Calm(), Input{})
		draw(frame)
		term.show(frame, blank)
		term.Show()
		took[i] = worked() - began
	}
	return took, nil
}

// worked is how long the processor has worked for this thread.
func worked() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0 // no Linux refuses it
	}
	return time.Duration(t.Nano())
}

// sink is a terminal that nobody types at and that takes everything.
type sink struct {
	w, h int
	once sync.Once
	over chan struct{}
}

// Read waits until the terminal is drained.
func (s *sink) Read([]byte) (int, error) { <-s.over; return 0, nil }

func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) Start() error                { return nil }
func (s *sink) Stop() error                 { return nil }
func (s *sink) Close() error                { return nil }
func (s *sink) Drain() error                { s.once.Do(func() { close(s.over) }); return nil }
func (s *sink) NotifyResize(func())         {}
func (s *sink) WindowSize() (tcell.WindowSize, error) {
	return tcell.WindowSize{Width: s.w, Height: s.h}, nil
}
