package screen

import (
	"os"
	"strings"
)

// prepareEnv sets what tcell reads from the environment so that every terminal
// shows the same: all colours, since a QR code in the terminal's own colours
// cannot be scanned, and UTF-8, since a program that the system starts at boot
// has the locale "C" and would draw question marks. It changes the process's
// environment, so it is called only when the real terminal is opened.
//
// It tells whether the locale had no UTF-8: then the terminal may have none
// either, and is asked for it.
func prepareEnv() (ascii bool) {
	os.Unsetenv("NO_COLOR")
	if os.Getenv("COLORTERM") == "" && hasTrueColor(os.Getenv("TERM")) {
		os.Setenv("COLORTERM", "truecolor")
	}
	if ascii = isASCII(locale()); ascii {
		os.Setenv("LC_ALL", "C.UTF-8")
	}
	return ascii
}

// hasTrueColor tells whether terminals of that name take 24-bit colours.
func hasTrueColor(term string) bool {
	for _, name := range []string{"xterm", "foot", "tmux", "alacritty", "kitty"} {
		if strings.HasPrefix(term, name) {
			return true
		}
	}
	return false
}

// locale is the one that decides the character set, as POSIX looks it up.
func locale() string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}

// isUTF8 tells what tcell takes for UTF-8: also a locale that names no encoding.
func isUTF8(locale string) bool {
	_, encoding, named := strings.Cut(locale, ".")
	encoding, _, _ = strings.Cut(encoding, "@")
	return !named || strings.EqualFold(strings.ReplaceAll(encoding, "-", ""), "utf8")
}

func isASCII(locale string) bool { return locale == "C" || locale == "POSIX" }
