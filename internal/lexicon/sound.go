package lexicon

import (
	"strings"
	"unicode"
)

// frenchSounds write alike what sounds alike, longest first.
var frenchSounds = strings.NewReplacer(
	"eaux", "o", "eau", "o", "aux", "o", "au", "o", "ain", "in", "ein", "in", "ph", "f", "qu", "k", "ck", "k", "ch", "sh",
	"ge", "je", "gi", "ji", "gn", "ni", "ce", "se", "ci", "si", "cy", "si", "sc", "s", "c", "k", "ai", "e", "ei", "e", "oe", "e",
	"tion", "sion", "em", "an", "en", "an", "am", "an", "om", "on", "im", "in", "ym", "in", "yn", "in", "y", "i", "h", "", "z", "s", "w", "v")

// frenchSound is a folded French word as it sounds: "chomaj" and "chômage" alike.
func frenchSound(word string) string {
	for _, ending := range []string{"ees", "ee", "er", "ez", "et", "es", "ai", "ait"} {
		if cut, ok := strings.CutSuffix(word, ending); ok && len(cut) > 2 {
			word = cut + "e"
			break
		}
	}
	return strings.TrimRight(single(frenchSounds.Replace(word)), "estxdp")
}

var iberianSounds = strings.NewReplacer("ll", "y", "ch", "x", "qu", "k", "ce", "se", "ci", "si", "ge", "je", "gi", "ji",
	"gue", "ge", "gui", "gi", "c", "k", "ss", "s", "z", "s", "v", "b", "h", "", "lh", "l", "nh", "n", "w", "u")

// iberianSound is a folded Spanish or Portuguese word as it sounds.
func iberianSound(word string) string { return single(iberianSounds.Replace(word)) }

var cyrillicLetters = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "h", "ґ", "h", "д", "d", "е", "e", "є", "e", "э", "e", "ж", "j", "з", "z", "и", "i",
	"і", "i", "ы", "i", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u",
	"ф", "f", "х", "h", "ц", "c", "ч", "q", "ш", "w", "щ", "w", "ю", "u", "я", "a", "ь", "", "ъ", "",
	// Latin letters for Cyrillic ones
	"shch", "w", "sch", "w", "sh", "w", "ch", "q", "zh", "j", "kh", "h", "ts", "c", "ya", "a", "ia", "a", "ja", "a",
	"yu", "u", "iu", "u", "ju", "u", "ye", "e", "ie", "e", "yi", "i", "iy", "i", "g", "h", "y", "i", "x", "h")

// cyrillicSound is a Ukrainian or Russian word in plain Latin letters, from either
// alphabet.
func cyrillicSound(word string) string { return single(cyrillicLetters.Replace(word)) }

var arabicLetters = strings.NewReplacer(
	"ا", "", "ب", "b", "ت", "t", "ث", "t", "ج", "j", "ح", "h", "خ", "q", "د", "d", "ذ", "d", "ر", "r", "ز", "z", "س", "s",
	"ش", "w", "ص", "s", "ض", "d", "ط", "t", "ظ", "d", "ع", "3", "غ", "g", "ف", "f", "ق", "k", "ك", "k", "ل", "l", "م", "m",
	"ن", "n", "ه", "", "و", "", "ي", "", "ء", "",
	// Latin letters and digits for Arabic ones
	"kh", "q", "5", "q", "sh", "w", "ch", "w", "gh", "g", "th", "t", "dh", "d", "ou", "", "7", "h", "9", "k", "8", "k",
	"a", "", "e", "", "i", "", "o", "", "u", "", "y", "", "w", "")

// arabicSound is the consonants of an Arabic word, from either alphabet. What the
// final h of transliterations stands for is not written in it.
func arabicSound(word string) string {
	return single(arabicLetters.Replace(strings.TrimSuffix(word, "h")))
}

// single writes doubled letters once.
func single(word string) string {
	var short strings.Builder
	last := rune(-1)
	for _, r := range word {
		if r != last || unicode.IsDigit(r) {
			short.WriteRune(r)
		}
		last = r
	}
	return short.String()
}
