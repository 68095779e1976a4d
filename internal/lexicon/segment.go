package lexicon

import (
	"unicode"
	"unicode/utf8"
)

// segments splits runs of Chinese characters into words of the lexicon, the
// longest first from the left, and single characters where there is none.
func (x *index) segments(chunks []string) (words []string) {
	for _, chunk := range chunks {
		for chunk != "" {
			n := x.head(chunk)
			words = append(words, chunk[:n])
			chunk = chunk[n:]
		}
	}
	return words
}

// head is how many bytes the first word of a chunk has: a run of other letters
// than Chinese ones, a known word, a filler, or one character.
func (x *index) head(chunk string) int {
	first, size := utf8.DecodeRuneInString(chunk)
	best, runes := size, 0
	for i, r := range chunk {
		if runes > 0 && unicode.Is(unicode.Han, r) != unicode.Is(unicode.Han, first) {
			if !unicode.Is(unicode.Han, first) {
				return i
			}
			break
		}
		runes++
		if end := i + utf8.RuneLen(r); len(x.forms[chunk[:end]]) > 0 || x.fillers[chunk[:end]] {
			best = end
		}
		if unicode.Is(unicode.Han, first) && runes > x.longest {
			break
		}
	}
	if !unicode.Is(unicode.Han, first) {
		return len(chunk)
	}
	return best
}
