package main

import (
	"os"

	"golang.org/x/term"
)

// keepTerminal remembers how the terminal is set and gives the way back, for a
// program that was killed before it could do so itself: modes, alternate
// screen, mouse, cursor and colours.
func keepTerminal() (restore func(), err error) {
	fd := int(os.Stdin.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	return func() {
		term.Restore(fd, state)
		os.Stdout.WriteString("\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l")
	}, nil
}
