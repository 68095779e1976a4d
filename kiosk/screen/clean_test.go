package screen

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "C 042", "C 042"},
		{"accents composed", "Cre\u0301er", "Créer"},
		{"colour sequence", "\x1b[31mrouge\x1b[0m", "rouge"},
		{"title sequence", "a\x1b]0;titre\x07b", "ab"},
		{"title sequence with terminator", "a\x1b]0;titre\x1b\\b", "ab"},
		{"unfinished sequence", "a\x1b[31", "a"},
		{"eight-bit sequence", "a\u009b31mb", "ab"},
		{"device string", "a\u0090payload\u009cb", "ab"},
		{"lone escape", "a\x1b", "a"},
		{"escape before an accent", "a\x1bé", "aé"},
		{"line end and tab", "a\nb\tc", "a b c"},
		{"bell and backspace", "a\a\bb", "ab"},
		{"bidi override", "a\u202eb\u2066c", "abc"},
		{"joiner", "a\u200db", "ab"},
		{"soft hyphen", "métier\u00ads", "métiers"},
		{"emoji", "bon 👍🏽 jour", "bon  jour"},
		{"family", "👨‍👩‍👧", ""},
		{"flag", "🇫🇷 fr", " fr"},
		{"keycap", "1\ufe0f\u20e3", "1"},
		{"watch", "⌚ 10:42", " 10:42"},
		{"private use", "a\ue000b", "ab"},
		{"tags", "a\U000e0041b", "ab"},
		{"symbols that stay", "■▲●◆▬▮◐⌨✓‹", "■▲●◆▬▮◐⌨✓‹"},
		{"markup is text", "[red]a[-]", "[red]a[-]"},
		{"thin space", "1\u202f300", "1\u00a0300"},
		{"invalid bytes", "a\xffb", "a�b"},
		{"Chinese", "我找工作", "我找工作"},
		{"Arabic is joined", "أَبحث", "ﺃﺑﺤﺚ"},
		{"tower of marks", "e" + strings.Repeat("\u0316", 40), "e" + strings.Repeat("\u0316", maxMarks)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestCleanHolds: whatever comes in, no control character goes out, cleaning
// twice changes nothing, and a text takes as many cells as it says.
func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "in")
		out := Clean(in)
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("Clean(%q) keeps %U", in, r)
			}
		}
		if again := Clean(out); again != out {
			t.Fatalf("Clean(%q) = %q, then %q", in, out, again)
		}
		w := Width(in)
		c := NewCanvas(w+4, 1, Calm())
		if used := c.Text(1, 0, w+1, c.Theme().Text(), in); used > w || len(c.Cuts()) > 0 {
			t.Fatalf("%q of width %d used %d cells, cuts %v", in, w, used, c.Cuts())
		}
	})
}
