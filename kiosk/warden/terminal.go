package warden

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/term"
)

// deaf lets no key signal reach the process; children hear them as usual.
func deaf() (hear func()) {
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU)
	return func() { signal.Stop(ignored) }
}

// terminal is the one on standard input and output; none when they lead elsewhere.
type terminal struct {
	before *term.State
	out    io.Writer
}

// hold puts the terminal in raw mode: between two children no key makes a
// signal or an echo.
func hold() (*terminal, error) {
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return &terminal{}, nil
	}
	before, err := term.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return nil, fmt.Errorf("hold the terminal: %w", err)
	}
	return &terminal{before, os.Stdout}, nil
}

// tidy undoes what a child that was killed left: colours, cursor, mouse, paste,
// and the other screen.
const tidy = "\x1b[0m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?25h\x1b[?1l\x1b>\x1b[?1049l"

func (t *terminal) release() {
	if t.before == nil {
		return
	}
	_, _ = io.WriteString(t.out, "\x1b[?25h")
	if err := term.Restore(int(os.Stdin.Fd()), t.before); err != nil {
		fmt.Fprintln(os.Stderr, "give the terminal back:", err)
	}
}

// mend makes the terminal usable after a child that could not do so itself.
func (t *terminal) mend() {
	if t.before == nil {
		return
	}
	_, _ = io.WriteString(t.out, tidy)
	_, _ = term.MakeRaw(int(os.Stdin.Fd()))
}

// say shows a calm sentence on an empty screen.
func (t *terminal) say(words string) {
	if t.before == nil || words == "" {
		return
	}
	text := "\r\n\r\n   " + strings.ReplaceAll(words, "\n", "\r\n   ")
	_, _ = io.WriteString(t.out, "\x1b[0m\x1b[2J\x1b[H\x1b[?25l"+text)
}
