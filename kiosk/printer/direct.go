package printer

import (
	"context"
	"errors"
	"io"
	"os"
	"time"
)

// dialect is how a make of printers is spoken to.
type dialect interface {
	// job is a ticket in parts, none of which is interrupted by a question.
	job(b *Bitmap) [][]byte
	// ask are the questions whose answers together are a condition.
	ask() []byte
	// done asks to be told when everything before it is on paper; nil where a
	// make cannot.
	done() []byte
	// read takes the condition out of what a printer has said so far; complete
	// when everything asked is answered.
	read(said []byte) (c Condition, complete bool)
	// isDone says whether the answer to done is among what was said.
	isDone(said []byte) bool
}

// direct prints through a cable or a network connection of its own.
type direct struct {
	dialect dialect
	open    func(context.Context) (port, error)
	patience
}

// patience is how long a printer may take.
type patience struct {
	answer time.Duration // for a printer that answers at all
	stall  time.Duration // for a part of a job to be taken
	done   time.Duration // for the paper to come out
}

// usual is the patience with real printers.
func usual() patience {
	return patience{answer: time.Second, stall: 5 * time.Second, done: 12 * time.Second}
}

func (d *direct) condition(ctx context.Context) (Condition, error) {
	p, err := d.open(ctx)
	if err != nil {
		return Condition{}, &Failure{Trouble: Offline, Cause: err}
	}
	defer p.Close()
	c, err := d.question(ctx, p)
	if err != nil {
		return c, &Failure{Trouble: Offline, Cause: err}
	}
	return c, nil
}

func (d *direct) print(ctx context.Context, b *Bitmap) (Condition, error) {
	p, err := d.open(ctx)
	if err != nil {
		return Condition{}, &Failure{Trouble: Offline, Cause: err}
	}
	defer p.Close()
	before, err := d.question(ctx, p)
	if err != nil {
		return before, &Failure{Trouble: Offline, Cause: err}
	}
	if before.Trouble != "" {
		return before, &Failure{Trouble: before.Trouble}
	}
	for _, part := range d.dialect.job(b) {
		if err := write(ctx, p, part, d.stall); err != nil {
			return d.after(ctx, p, before, err)
		}
	}
	if !before.Known {
		return before, nil // one-way: sent is all that can be known
	}
	return d.confirm(ctx, p, before)
}

// confirm waits until the printer says that the paper is out.
func (d *direct) confirm(ctx context.Context, p port, before Condition) (Condition, error) {
	if done := d.dialect.done(); done != nil {
		if err := write(ctx, p, done, d.stall); err != nil {
			return d.after(ctx, p, before, err)
		}
		if err := listen(ctx, p, d.done, d.dialect.isDone); err != nil {
			return d.after(ctx, p, before, err)
		}
	}
	after, err := d.question(ctx, p)
	switch {
	case err != nil:
		return after, &Failure{Trouble: Offline, Begun: true, Cause: err}
	case after.Trouble == PaperOut && d.dialect.done() != nil:
		// The job was confirmed before: it was the last of the roll.
		return after, nil
	case after.Trouble != "":
		return after, &Failure{Trouble: after.Trouble, Begun: true}
	}
	return after, nil
}

// after finds out why a job that has begun does not go on.
func (d *direct) after(ctx context.Context, p port, before Condition, cause error) (Condition, error) {
	fail := &Failure{Trouble: Stuck, Begun: true, Cause: cause}
	if !errors.Is(cause, os.ErrDeadlineExceeded) && ctx.Err() == nil {
		fail.Trouble = Offline // the other end hung up
		return before, fail
	}
	now, err := d.question(context.WithoutCancel(ctx), p)
	if err == nil && now.Trouble != "" {
		fail.Trouble = now.Trouble
	}
	return now, fail
}

// question asks for the condition. A printer that says nothing is one-way: its
// condition is not known, and that is no error.
func (d *direct) question(ctx context.Context, p port) (Condition, error) {
	if err := write(ctx, p, d.dialect.ask(), d.answer); err != nil {
		return Condition{}, err
	}
	var c Condition
	err := listen(ctx, p, d.answer, func(said []byte) (complete bool) {
		c, complete = d.dialect.read(said)
		return complete
	})
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, os.ErrNoDeadline) || errors.Is(err, errOneWay) {
		return c, ctx.Err()
	}
	return c, err
}

// write sends all of b in time.
func write(ctx context.Context, p port, b []byte, within time.Duration) error {
	if err := p.SetWriteDeadline(soonest(ctx, within)); err != nil {
		return err
	}
	_, err := p.Write(b)
	return err
}

// errOneWay is returned when a port cannot be read.
var errOneWay = errors.New("the port has one way only")

// listen reads until enough was said, or the time is over.
func listen(ctx context.Context, p port, within time.Duration, enough func(said []byte) bool) error {
	if err := p.SetReadDeadline(soonest(ctx, within)); err != nil {
		return err
	}
	var said []byte
	for buffer := make([]byte, 64); !enough(said); {
		n, err := p.Read(buffer)
		said = append(said, buffer[:n]...)
		var path *os.PathError
		switch {
		case enough(said):
			return nil
		case errors.As(err, &path) && !errors.Is(err, os.ErrDeadlineExceeded):
			return errOneWay // a device file opened for writing alone
		case err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
	return nil
}

func soonest(ctx context.Context, within time.Duration) time.Time {
	at := time.Now().Add(within)
	if end, ok := ctx.Deadline(); ok && end.Before(at) {
		return end
	}
	return at
}
