package screen

import (
	"os"
	"testing"
)

// TestEnvironment: whatever the system starts the program with, tcell finds
// colours and UTF-8, and a choice someone made is kept.
func TestEnvironment(t *testing.T) {
	for _, tt := range []struct {
		name                   string
		env                    map[string]string
		locale, color, noColor string
	}{
		{"nothing set", map[string]string{}, "", "", ""},
		{"at boot", map[string]string{"LANG": "C", "TERM": "xterm-256color"}, "C.UTF-8", "truecolor", ""},
		{"POSIX over LANG", map[string]string{"LC_ALL": "POSIX", "LANG": "fr_FR.UTF-8"}, "C.UTF-8", "", ""},
		{"a good locale", map[string]string{"LANG": "fr_FR.UTF-8", "TERM": "foot"}, "fr_FR.UTF-8", "truecolor", ""},
		{"a choice of colours", map[string]string{"COLORTERM": "24bit", "TERM": "xterm"}, "", "24bit", ""},
		{"the text console", map[string]string{"TERM": "linux"}, "", "", ""},
		{"no colours asked", map[string]string{"NO_COLOR": "1"}, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG", "TERM", "COLORTERM", "NO_COLOR"} {
				t.Setenv(name, tt.env[name])
			}
			if ascii := prepareEnv(); ascii != (tt.locale == "C.UTF-8") {
				t.Errorf("without UTF-8: %v", ascii)
			}
			if locale() != tt.locale || os.Getenv("COLORTERM") != tt.color || os.Getenv("NO_COLOR") != tt.noColor {
				t.Errorf("locale %q, COLORTERM %q, NO_COLOR %q", locale(), os.Getenv("COLORTERM"), os.Getenv("NO_COLOR"))
			}
		})
	}
}
