package lexicon

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text without what people leave out or write as they like: capitals,
// accents, vowel signs, the kind of apostrophe, punctuation, spaces. Two entries
// that fold alike are the same entry.
func Fold(text string) string {
	var folded strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(joined.Replace(strings.ToLower(text))) {
		switch {
		case unicode.Is(unicode.Mn, r), r == arabicStroke:
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && folded.Len() > 0 {
				folded.WriteByte(' ')
			}
			gap = false
			folded.WriteRune(r)
		default:
			gap = true
		}
	}
	return folded.String()
}

// arabicStroke only fills a line.
const arabicStroke = 'ـ'

// joined parts joined letters and unites the letters that Arabic keyboards and
// hands take for each other, beyond what decomposing does.
var joined = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ł", "l", "ø", "o",
	"ى", "ي", "ی", "ي", "ک", "ك", "ة", "ه", "ٱ", "ا")
