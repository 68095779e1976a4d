package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal is a program in a pseudo-terminal whose screen can be read.
type terminal struct {
	name string
	cmd  *exec.Cmd
	file *os.File
	view *vt.SafeEmulator

	mu      sync.Mutex
	drawn   chan struct{} // closed and made anew whenever something was drawn
	readers sync.WaitGroup
}

// The size of the check's terminals in cells.
const (
	columns = 100
	rows    = 30
)

func openTerminal(name string, cmd *exec.Cmd) (*terminal, error) {
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: rows, Cols: columns})
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	t := &terminal{name: name, cmd: cmd, file: file, view: vt.NewSafeEmulator(columns, rows), drawn: make(chan struct{})}
	t.readers.Go(t.show)
	t.readers.Go(func() { io.Copy(t.file, t.view) }) // what the terminal answers to the program's questions
	return t, nil
}

// show keeps the picture of the screen.
func (t *terminal) show() {
	buffer := make([]byte, 32<<10)
	for {
		n, err := t.file.Read(buffer)
		t.view.Write(buffer[:n])
		t.mu.Lock()
		close(t.drawn)
		t.drawn = make(chan struct{})
		t.mu.Unlock()
		if err != nil {
			t.view.Close()
			return
		}
	}
}

// next is closed at the next change of the screen.
func (t *terminal) next() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.drawn
}

// text is what stands on the screen, blanks folded.
func (t *terminal) text() string { return strings.Join(strings.Fields(t.view.String()), " ") }

// see waits until all the texts stand on the screen.
func (t *terminal) see(ctx context.Context, texts ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		changed := t.next()
		shown := t.text()
		missing := ""
		for _, text := range texts {
			if !strings.Contains(shown, strings.Join(strings.Fields(text), " ")) {
				missing = text
			}
		}
		if missing == "" {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%s does not show %q; it shows: %s", t.name, missing, shown)
		}
	}
}

// press types keys.
func (t *terminal) press(keys string) error {
	_, err := io.WriteString(t.file, keys)
	return err
}

// pressUntil presses a key until a text stands on the screen, as a person does
// whose first press came too early: a screen that has just changed takes none.
func (t *terminal) pressUntil(ctx context.Context, key string, texts ...string) error {
	for range 5 {
		if err := t.press(key); err != nil {
			return err
		}
		short, cancel := context.WithTimeout(ctx, time.Second)
		err := t.see(short, texts...)
		cancel()
		if err == nil {
			return nil
		}
	}
	return t.see(ctx, texts...)
}

// close ends the program and waits for it.
func (t *terminal) close() {
	t.cmd.Process.Signal(os.Interrupt)
	t.cmd.Process.Signal(terminate)
	ended := make(chan struct{})
	go func() { t.cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(patience):
		t.cmd.Process.Kill()
		<-ended
	}
	t.file.Close()
	t.readers.Wait()
}
