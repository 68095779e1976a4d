// Package speech reads screens and calls aloud: espeak-ng, run as a program.
//
// One goroutine owns what speaks. What is to be said reaches the program on its
// standard input, never as an argument, and nothing said is kept or logged.
package speech

import (
	"context"
	"log/slog"
	"slices"
	"sync"
)

// Piece is a text in a language, like "fr".
type Piece struct{ Lang, Text string }

// State is what is known of the voice.
type State int

const (
	// Untried: nothing was said yet.
	Untried State = iota
	// Ready: the last thing was said.
	Ready
	// Missing: the program that speaks is not installed.
	Missing
	// Mute: it is there but could not make a sound.
	Mute
)

// Options of a voice; the zero value speaks with espeak-ng.
type Options struct {
	Program string       // called as espeak-ng is; "espeak-ng" when empty
	Log     *slog.Logger // nil logs nothing
	Changed func()       // called when the state changes; it must not wait
}

// Voice says one thing at a time. Its methods never wait.
type Voice struct {
	opt  Options
	wake chan struct{}

	mu      sync.Mutex
	waiting []Piece
	stop    context.CancelFunc // ends what is being said; nil when silent
	calling bool               // what is being said is a call
	calls   int                // how many of waiting, from the first, are calls
	state   State
}

// maxWaiting is how many pieces wait at most; a screen has far fewer, and a
// call that comes after so many is long past.
const maxWaiting = 64

// New returns a voice that speaks once Run runs.
func New(o Options) *Voice {
	if o.Program == "" {
		o.Program = "espeak-ng"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Voice{opt: o, wake: make(chan struct{}, 1)}
}

// State tells whether the voice works, as far as it was tried.
func (v *Voice) State() State {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.state
}

// Read says the pieces now, in place of all that was being read. A call goes
// first and is not cut off.
func (v *Voice) Read(pieces ...Piece) {
	v.mu.Lock()
	v.waiting = append(v.waiting[:v.calls:v.calls], pieces...)
	v.waiting = v.waiting[:min(len(v.waiting), maxWaiting)]
	if v.stop != nil && !v.calling {
		v.stop()
	}
	v.mu.Unlock()
	v.look()
}

// Call says the pieces one after the other behind the calls before it and
// before anything that is read; a call whose turn is too far away is dropped.
func (v *Voice) Call(pieces ...Piece) {
	v.mu.Lock()
	if v.calls+len(pieces) <= maxWaiting {
		rest := append([]Piece(nil), v.waiting[v.calls:]...)
		v.waiting = append(append(v.waiting[:v.calls], pieces...), rest...)
		v.calls += len(pieces)
	}
	if v.stop != nil && !v.calling {
		v.stop()
	}
	v.mu.Unlock()
	v.look()
}

// Withdraw takes back pieces of calls that were not said yet; what is being said is
// said to its end.
func (v *Voice) Withdraw(pieces ...Piece) {
	v.mu.Lock()
	defer v.mu.Unlock()
	kept := make([]Piece, 0, len(v.waiting))
	for i, p := range v.waiting {
		if i >= v.calls || !slices.Contains(pieces, p) {
			kept = append(kept, p)
		}
	}
	v.calls -= len(v.waiting) - len(kept)
	v.waiting = kept
}

// Hush ends all that is being read and all that waits; a call is said to its end.
func (v *Voice) Hush() { v.Read() }

func (v *Voice) look() {
	select {
	case v.wake <- struct{}{}:
	default:
	}
}

// Run speaks until ctx ends; then nothing speaks any more.
func (v *Voice) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-v.wake:
		}
		for piece, within, ok := v.next(ctx); ok; piece, within, ok = v.next(ctx) {
			v.set(v.speak(within, piece))
		}
	}
}

// next takes the first piece that waits, with a context that ends when it is
// cut off.
func (v *Voice) next(ctx context.Context) (p Piece, within context.Context, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
	if len(v.waiting) == 0 || ctx.Err() != nil {
		return Piece{}, nil, false
	}
	within, v.stop = context.WithCancel(ctx)
	p, v.waiting = v.waiting[0], v.waiting[1:]
	v.calling = v.calls > 0
	v.calls = max(0, v.calls-1)
	return p, within, true
}

// set notes how it went and tells when that is new.
func (v *Voice) set(s State) {
	v.mu.Lock()
	changed := s != v.state
	v.state = s
	v.mu.Unlock()
	if !changed {
		return
	}
	if s != Ready {
		v.opt.Log.Warn("nothing can be read aloud", "program", v.opt.Program, "missing", s == Missing, "mute", s == Mute)
	}
	v.opt.Changed()
}
