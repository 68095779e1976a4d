package paper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/printer"
)

// Options of an outlet.
type Options struct {
	Printer *printer.Printer
	Roll    *printer.Roll
	// Say is told how the printer is, one of [wire.PaperOK] and its like, whenever
	// that changes. It must not wait.
	Say func(string)
	// Every is how often the printer is asked when nothing is printed; a minute if
	// zero. Staff shall see the end of the paper before a visitor does.
	Every time.Duration
	Log   *slog.Logger
}

// Outlet is the one owner of a terminal's printer. Nothing is printed but by a
// call of Print, and each call prints at most once.
type Outlet struct {
	opt   Options
	jobs  chan job
	ended chan struct{}
	state atomic.Value // string
}

type job struct {
	ctx  context.Context
	slip printer.Slip
	done chan<- error
}

// New returns an outlet that works while [Outlet.Run] does.
func New(o Options) *Outlet {
	if o.Every == 0 {
		o.Every = time.Minute
	}
	return &Outlet{opt: o, jobs: make(chan job), ended: make(chan struct{})}
}

// Run prints and watches until ctx ends. A paper that has begun is finished first.
func (o *Outlet) Run(ctx context.Context) {
	defer close(o.ended)
	watch := time.NewTicker(o.opt.Every)
	defer watch.Stop()
	o.look(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-o.jobs:
			j.done <- o.print(j.ctx, j.slip)
		case <-watch.C:
			o.look(ctx)
		}
	}
}

// Print puts a slip on paper and returns when it is there, as far as the printer
// tells. Its error is a *[printer.Failure].
func (o *Outlet) Print(ctx context.Context, s printer.Slip) error {
	done := make(chan error, 1)
	select {
	case o.jobs <- job{ctx, s, done}:
		return <-done
	case <-ctx.Done():
		return &printer.Failure{Trouble: printer.Stuck, Cause: ctx.Err()}
	case <-o.ended:
		return &printer.Failure{Trouble: printer.Offline, Cause: errors.New("this terminal is stopping")}
	}
}

// State is how the printer is; "" until it was first asked.
func (o *Outlet) State() string {
	state, _ := o.state.Load().(string)
	return state
}

func (o *Outlet) print(ctx context.Context, s printer.Slip) error {
	b, err := printer.Draw(s, o.opt.Printer.Width)
	if err != nil {
		o.opt.Log.Error("a ticket cannot be drawn", "err", err)
		o.say(wire.PaperTrouble)
		return &printer.Failure{Trouble: printer.Faulty, Cause: err}
	}
	c, err := o.opt.Printer.Print(ctx, b)
	if err == nil {
		o.keep(o.opt.Roll.Printed(b, c))
		o.say(o.word(c))
		return nil
	}
	fail := failure(err)
	o.opt.Log.Warn("a ticket is not printed", "trouble", fail.Trouble, "begun", fail.Begun, "err", fail.Cause)
	c.Trouble = fail.Trouble
	o.keep(o.opt.Roll.Observe(c))
	o.say(o.word(c))
	return fail
}

// look asks the printer how it is.
func (o *Outlet) look(ctx context.Context) {
	c, err := o.opt.Printer.Condition(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		c.Trouble = failure(err).Trouble
	}
	o.keep(o.opt.Roll.Observe(c))
	o.say(o.word(c))
}

func (o *Outlet) keep(err error) {
	if err != nil {
		o.opt.Log.Warn("the roll is not counted", "err", err)
	}
}

// word is a condition in the word the hub passes on.
func (o *Outlet) word(c printer.Condition) string {
	switch {
	case c.Trouble == printer.PaperOut:
		return wire.PaperOut
	case c.Trouble != "":
		return wire.PaperTrouble
	case c.Low || o.opt.Roll.Low():
		return wire.PaperLow
	}
	return wire.PaperOK
}

func (o *Outlet) say(word string) {
	if o.State() == word {
		return
	}
	o.state.Store(word)
	o.opt.Log.Info("the printer", "paper", word, "tickets", o.opt.Roll.Tickets(), "left", o.opt.Roll.Left())
	o.opt.Say(word)
}

// failure is an error of a printer; they are all of one kind.
func failure(err error) *printer.Failure {
	var f *printer.Failure
	if errors.As(err, &f) {
		return f
	}
	return &printer.Failure{Trouble: printer.Faulty, Cause: fmt.Errorf("unexpected: %w", err)}
}
