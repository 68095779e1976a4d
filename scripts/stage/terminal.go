package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"time"

	"accueil/scripts/pane"
)

// terminal is a program in a terminal, watched and driven.
type terminal struct {
	*pane.Pane
	name string
	last string // the key pressed last
}

// The size of the check's terminals in cells.
const (
	columns = 100
	rows    = 30
)

func openTerminal(name string, cmd *exec.Cmd) (*terminal, error) {
	p, _, err := pane.Open(cmd, columns, rows)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return &terminal{Pane: p, name: name}, nil
}

// text is what stands on the screen, blanks folded.
func (t *terminal) text() string { return pane.Fold(t.Screen()) }

// see waits until all the texts stand on the screen.
func (t *terminal) see(ctx context.Context, texts ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		changed := t.Drawn()
		all, missing := t.Shows(texts...)
		if all {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%s does not show %q; it shows: %s", t.name, missing, t.text())
		}
	}
}

// find waits until an expression matches what stands on the screen.
func (t *terminal) find(ctx context.Context, what *regexp.Regexp) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		changed := t.Drawn()
		if found := what.FindStringSubmatch(t.text()); found != nil {
			return found, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, fmt.Errorf("%s does not show %s; it shows: %s", t.name, what, t.text())
		}
	}
}

// heldKey is how long a kiosk takes the key that has changed its screen for one
// held down (kiosk/screen), and how long the space bar of an adviser rests.
const heldKey = 900 * time.Millisecond

// step presses a key once, on the screen that was seen before, and waits for
// what comes of it.
func (t *terminal) step(ctx context.Context, key string, texts ...string) error {
	if key == t.last {
		select {
		case <-time.After(heldKey):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	t.last = key
	if err := t.Press(key); err != nil {
		return err
	}
	return t.see(ctx, texts...)
}

// close ends the program and waits for it.
func (t *terminal) close() {
	t.Signal(os.Interrupt)
	t.Signal(terminate)
	select {
	case <-t.Ended():
	case <-time.After(patience):
	}
	t.Close()
}
