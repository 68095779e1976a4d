// Package warden keeps a terminal that nobody watches running: it starts the
// program again when it ends, hangs or dies, and the visitor keeps the ticket.
//
// The warden is a process of its own, the same program started first. It holds
// the terminal in raw mode throughout, so that no key ever reaches a shell, and
// starts the real terminal program as its child. The child tells it every
// second that its event loop turns, and what must not be forgotten, which the
// warden keeps in memory only.
package warden

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"time"
)

// Exit statuses of a child that was told to end from its own screen.
const (
	StatusAgain = 75 // start again at once
	StatusLeave = 3  // somebody of the staff ended it; a service manager must not start it again
)

// Errors of Keep, whose text is the child's own when it has one.
var (
	// ErrLeft is returned when the child ended with StatusLeave.
	ErrLeft = errors.New("ended by the staff")
	// ErrNeverShown is returned when the very first child ended before its
	// screen was there: a mistake in how it was started, for a person to read.
	ErrNeverShown = errors.New("it did not start")
)

// Options of a warden.
type Options struct {
	Program string   // the program to keep; this one when empty
	Args    []string // its arguments
	Log     *slog.Logger
	Stderr  *os.File // of the child: the log
	Moment  string   // shown while the child is away
	// Restart is the local time of day of a nightly restart; nil for none.
	Restart *time.Duration

	// Hang is how long the child's event loop may stand still; 30 s when 0.
	Hang time.Duration
	// Pause is the first wait before a restart, doubled each time up to a
	// minute; a quarter of a second when 0.
	Pause time.Duration
	// Now is the local clock; time.Now when nil.
	Now func() time.Time

	// Ready and Alive are called at the child's first sign of life and at each:
	// a service manager may want to know. Nil is nobody.
	Ready, Alive func()
}

const (
	defaultHang  = 30 * time.Second
	defaultPause = 250 * time.Millisecond
	longestPause = time.Minute
	soundRun     = time.Minute // after which a child counts as one that works
	stopTime     = 10 * time.Second
	// keepTime is how long what a child said must be kept is handed to the next:
	// a person does not stand before a dark screen for longer.
	keepTime = 2 * time.Minute
)

func complete(o Options) (Options, error) {
	if o.Program == "" {
		self, err := os.Executable()
		if err != nil {
			return o, fmt.Errorf("find the program: %w", err)
		}
		o.Program = self
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Hang == 0 {
		o.Hang = defaultHang
	}
	if o.Pause == 0 {
		o.Pause = defaultPause
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	for _, f := range []*func(){&o.Ready, &o.Alive} {
		if *f == nil {
			*f = func() {}
		}
	}
	return o, nil
}

// Keep runs the program until ctx ends or its person quits, and starts it again
// however else it ends. The terminal is as before when it returns.
func Keep(ctx context.Context, o Options) error {
	o, err := complete(o)
	if err != nil {
		return err
	}
	// A child ends with the thread that started it: this one stays.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer deaf()()
	tty, err := hold()
	if err != nil {
		return err
	}
	defer tty.release()
	w := &warden{opt: o, tty: tty}
	return w.keep(ctx)
}

// warden is one kept program.
type warden struct {
	opt   Options
	tty   *terminal
	kept  []byte    // what the child wants its successor to know; nil for nothing
	since time.Time // when it said so
}

func (w *warden) keep(ctx context.Context) error {
	pause, shown := w.opt.Pause, false
	for {
		began := time.Now()
		end := w.run(ctx)
		shown = shown || end.shown
		switch {
		case ctx.Err() != nil, end.status == 0 && !end.nightly:
			return nil
		case end.status == StatusLeave:
			return ErrLeft
		case !shown:
			return cmpError(end.said, ErrNeverShown)
		}
		if time.Since(began) > soundRun || end.nightly || end.status == StatusAgain {
			pause = w.opt.Pause
		}
		w.opt.Log.Warn("the terminal ended and is started again", "status", end.status, "why", end.why, "in", pause)
		w.tty.say(w.opt.Moment)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
		pause = min(2*pause, longestPause)
	}
}

func cmpError(said string, other error) error {
	if said != "" {
		return errors.New(said)
	}
	return other
}

// remembered is what the next child is handed.
func (w *warden) remembered() []byte {
	if w.kept == nil || time.Since(w.since) > keepTime {
		return nil
	}
	return w.kept
}

// untilRestart is how long it is to the nightly restart.
func (w *warden) untilRestart() (time.Duration, bool) {
	if w.opt.Restart == nil {
		return 0, false
	}
	now := w.opt.Now()
	next := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location()).Add(*w.opt.Restart)
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	return next.Sub(now), true
}
