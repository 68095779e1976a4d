package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"accueil/kiosk/screen/arabic"
)

// maxMarks is how many combining marks one letter keeps: enough for every
// language in use here, too few to climb over the neighbouring rows.
const maxMarks = 3

// Clean returns s as one line any terminal shows alike: escape sequences,
// control and bidi control characters, joiners, private characters and emoji
// are gone, tabs and line ends are spaces, accents are composed, Arabic letters
// joined. The text stays in the order it is read.
func Clean(s string) string { return arabic.Join(spoken(s)) }

// spoken is the text clean but not joined, for those who do not look at it.
func spoken(s string) string {
	if plain(s) {
		return s
	}
	s = norm.NFC.String(stripEscapes(strings.ToValidUTF8(s, "�")))
	marks := 0
	s = strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.Mn, r) {
			marks = 0
			return cleanRune(r)
		}
		if marks++; marks > maxMarks {
			return -1
		}
		return cleanRune(r)
	}, s)
	return norm.NFC.String(s) // what stood between a letter and its accent may be gone
}

// plain tells whether every byte is printable ASCII, the common case.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// cleanRune maps a rune to what is shown for it, -1 for nothing.
func cleanRune(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		return ' '
	case r == '\u202f' || r == '\u2009': // thin spaces: not in every font
		return '\u00a0'
	case r >= ' ' && r <= '~':
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Me, unicode.Variation_Selector):
		return -1
	case isEmoji(r):
		return -1
	}
	return r
}

// isEmoji tells whether terminals disagree about the rune's width: everything
// in the pictograph planes, and the older symbols that are emoji by default.
func isEmoji(r rune) bool {
	if r >= 0x1F000 && r <= 0x1FFFF {
		return true
	}
	return r >= 0x2300 && r <= 0x2BFF && uniseg.StringWidth(string(r)) > 1
}

// stripEscapes removes escape sequences whole, so that "\x1b[31mred" leaves
// "red" and not "[31mred".
func stripEscapes(s string) string {
	if !strings.ContainsAny(s, "\x1b\u009b\u009d\u0090") {
		return s
	}
	var b strings.Builder
	for s != "" {
		if n := escapeLen(s); n > 0 {
			s = s[n:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}

// escapeLen is the length of the escape sequence s begins with, 0 for none.
func escapeLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == 0x1b && len(s) == 1:
		return 1
	case r == 0x1b && s[1] == '[':
		return 2 + untilFinal(s[2:])
	case r == 0x1b && strings.IndexByte("]PX^_", s[1]) >= 0:
		return 2 + untilTerminator(s[2:])
	case r == 0x1b && s[1] < utf8.RuneSelf:
		return 2
	case r == 0x1b:
		return 1
	case r == 0x9b:
		return n + untilFinal(s[n:])
	case r == 0x9d || r == 0x90:
		return n + untilTerminator(s[n:])
	}
	return 0
}

// untilFinal measures the rest of a control sequence, final byte included.
func untilFinal(s string) int {
	for i := range len(s) {
		if s[i] >= 0x40 && s[i] <= 0x7e {
			return i + 1
		}
		if s[i] < 0x20 || s[i] > 0x7e {
			return i
		}
	}
	return len(s)
}

// untilTerminator measures the rest of a string sequence, which a bell or a
// string terminator ends.
func untilTerminator(s string) int {
	for i := range len(s) {
		if s[i] == 0x07 {
			return i + 1
		}
		if strings.HasPrefix(s[i:], "\x1b\\") || strings.HasPrefix(s[i:], "\u009c") {
			return i + 2
		}
	}
	return len(s)
}

// Width returns how many columns the cleaned text takes.
func Width(s string) int { return widthOf(Clean(s)) }

// widthOf is the width of a text that is clean already.
func widthOf(s string) int {
	if plain(s) {
		return len(s)
	}
	return uniseg.StringWidth(s)
}
