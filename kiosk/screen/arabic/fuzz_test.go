package arabic

import (
	"testing"
	"unicode/utf8"
)

// Whatever a text is, joining and turning it loses no character.
func FuzzVisual(f *testing.F) {
	for _, s := range []string{"أهلا بكم", "C 042 أهلا", "لا", "(أهلا)", "abc", "", "\u200f", "١٢٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		joined := Join(s)
		turned := Visual(joined)
		if !utf8.ValidString(turned) || utf8.RuneCountInString(joined) > utf8.RuneCountInString(s) {
			t.Errorf("%q is joined to %q and turned to %q", s, joined, turned)
		}
	})
}
