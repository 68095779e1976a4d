package screen

import (
	"io"
	"time"
	"unicode/utf8"

	"github.com/gdamore/tcell/v2"
)

// cleanTty stands between the terminal and tcell 2.13.10, which goes deaf for
// ever, to touches too, at a byte that is no UTF-8 and at the beginning of a
// string sequence: Alt and "_" are enough. A loose plug or a hand full of keys
// would leave a kiosk dead with its screen on.
type cleanTty struct {
	tcell.Tty
	text cleaner
}

// Read reads as much as there is; what a character lacks comes next time.
func (t *cleanTty) Read(b []byte) (int, error) { return t.text.read(t.Tty, b) }

// openTerminal is the real terminal. Where the locale has another encoding than
// UTF-8, what is typed reaches tcell as it is.
func openTerminal() (tcell.Screen, error) {
	tty, err := tcell.NewDevTty()
	if err != nil {
		return nil, err
	}
	if isUTF8(locale()) {
		tty = &cleanTty{Tty: tty, text: cleaner{now: time.Now}}
	}
	return tcell.NewTerminfoScreenFromTty(tty)
}

// place is where in a sequence of the terminal the input is.
type place int

const (
	inText place = iota
	afterEscape
	inControl      // ESC [ …
	inString       // ESC ] … and its like, dropped
	escapeInString // which may be its end
)

const (
	// escapeTime is how soon after ESC a key belongs to it; tcell waits 60 ms.
	escapeTime = 150 * time.Millisecond
	// stringTime ends a string sequence whose end never comes.
	stringTime = 300 * time.Millisecond
	// maxParameters is the bytes of the longest control sequence a terminal sends.
	maxParameters = 32
	// ignored ends a control sequence that tcell is to drop.
	ignored = 'y'
)

// cleaner lets text, keys and mouse words through, whole characters only.
type cleaner struct {
	now   func() time.Time
	rest  []byte // the beginning of a character, shorter than one
	at    place
	since time.Time // of the last ESC
	long  int       // parameters of the control sequence so far
}

// read reads until there is something to pass on, or an error.
func (c *cleaner) read(from io.Reader, b []byte) (int, error) {
	if len(b) <= utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	for {
		n := copy(b, c.rest)
		got, err := from.Read(b[n:])
		kept := c.keep(b[:n+got])
		if kept > 0 || err != nil || got == 0 {
			return kept, err
		}
	}
}

// keep moves what may pass to the front of b, remembers a character that has
// only begun, and returns how many bytes may pass.
func (c *cleaner) keep(b []byte) int {
	kept := 0
	c.rest = c.rest[:0]
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			if !utf8.FullRune(b[i:]) {
				c.rest = append(c.rest, b[i:]...)
				return kept
			}
		case size > 1: // no sequence has such characters
			if c.at != inString {
				c.at = inText
				kept += copy(b[kept:], b[i:i+size])
			}
		default:
			if out, pass := c.pass(b[i]); pass {
				b[kept] = out
				kept++
			}
		}
		i += size
	}
	return kept
}

// pass tells whether a byte of ASCII may pass, and as what.
func (c *cleaner) pass(b byte) (byte, bool) {
	c.expire()
	switch c.at {
	case afterEscape:
		return c.afterEscape(b)
	case inControl:
		return c.control(b)
	case inString:
		return b, c.string(b)
	case escapeInString:
		if b == '\\' {
			c.at = inText
			return b, false
		}
		c.at = inString
		return b, c.string(b)
	}
	return b, c.text(b)
}

// expire gives up on what nobody will finish.
func (c *cleaner) expire() {
	since := c.now().Sub(c.since)
	switch c.at {
	case afterEscape:
		if since > escapeTime {
			c.at = inText
		}
	case inString, escapeInString:
		if since > stringTime {
			c.at = inText
		}
	}
}

func (c *cleaner) text(b byte) bool {
	if c.at = inText; b == 0x1b {
		c.at, c.since = afterEscape, c.now()
	}
	return true
}

func (c *cleaner) afterEscape(b byte) (byte, bool) {
	switch b {
	case '[':
		c.at, c.long = inControl, 0
		return b, true
	case ']', 'P', 'X', '^', '_':
		c.at = inString
		return b, false // tcell takes the ESC before it for the key
	case 0x1b:
		return b, false // with two of them tcell would not know the beginning of a paste
	}
	return b, c.text(b)
}

// control passes a sequence on, but not without end, and not those by which a
// Windows terminal has a key repeated a thousand million times.
func (c *cleaner) control(b byte) (byte, bool) {
	switch {
	case b >= 0x20 && b <= 0x3f:
		c.long++
		return b, c.long <= maxParameters
	case b >= 0x40:
		c.at = inText
		if b == '_' || c.long > maxParameters {
			return ignored, true
		}
		return b, true
	}
	return b, c.text(b)
}

func (c *cleaner) string(b byte) bool {
	switch b {
	case 0x1b:
		c.at = escapeInString
	case 0x07:
		c.at = inText
	}
	return false
}
