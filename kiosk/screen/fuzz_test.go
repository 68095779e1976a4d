package screen

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever comes from outside, what is drawn has no control characters, and no
// line is wider than there is room.
func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"Cité des métiers", "\x1b[31mred\x1b]0;title\x07", "[red]markup", "👩‍👩‍👧", "\u202eright", "أهلا 12", "找工作", "e\u0301", "\xff", strings.Repeat("é", 300),
	} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		clean := Clean(s)
		if !utf8.ValidString(clean) || strings.ContainsFunc(clean, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 }) {
			t.Errorf("%q is cleaned to %q", s, clean)
		}
		if width < 2 || width > 200 {
			return
		}
		for _, line := range Lines(s, width) {
			if Width(line) > width {
				t.Errorf("%q at %d columns has the line %q", s, width, line)
			}
		}
	})
}
