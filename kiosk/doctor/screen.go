package doctor

import (
	"context"
	"strings"
)

// Terminal is what is known of the screen a role would be shown on.
type Terminal struct {
	Columns, Rows int               // 0 where there is no terminal
	Env           map[string]string // TERM, COLORTERM and the locale's
	Fits          func(columns, rows int) bool
	Least         string // the smallest screen in words, like "80 × 22"
}

// Screen looks at size, colours and letters of a terminal.
func Screen(t Terminal) Examine {
	return func(context.Context) Finding {
		switch term := t.Env["TERM"]; {
		case t.Columns == 0 || t.Rows == 0:
			return well("screen", "doctor.screen.none")
		case !t.Fits(t.Columns, t.Rows):
			return bad("screen", "doctor.screen.small", "Columns", t.Columns, "Rows", t.Rows, "Least", t.Least)
		case term == "linux", term == "dumb", term == "":
			return bad("screen", "doctor.screen.term", "Term", term)
		case !t.utf8():
			return bad("screen", "doctor.screen.letters")
		case !t.colours():
			return bad("screen", "doctor.screen.colours", "Term", term)
		}
		return well("screen", "doctor.screen.well", "Columns", t.Columns, "Rows", t.Rows)
	}
}

// utf8 tells whether the locale that decides has UTF-8. "C" counts as having it:
// the program sets its own then, since that is what a service has at boot.
func (t Terminal) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := t.Env[name]; locale != "" {
			encoding := strings.ToLower(strings.ReplaceAll(locale, "-", ""))
			return !strings.Contains(encoding, ".") || strings.Contains(encoding, ".utf8")
		}
	}
	return true
}

// colours tells whether a QR code comes out in black and white: that takes
// 24-bit colours.
func (t Terminal) colours() bool {
	if c := t.Env["COLORTERM"]; c == "truecolor" || c == "24bit" {
		return true
	}
	for _, name := range []string{"xterm", "foot", "tmux", "alacritty", "kitty"} {
		if strings.HasPrefix(t.Env["TERM"], name) {
			return true
		}
	}
	return strings.HasSuffix(t.Env["TERM"], "-direct")
}
