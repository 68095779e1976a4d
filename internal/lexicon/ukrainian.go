package lexicon

import (
	"strings"
	"unicode/utf8"
)

// ukrainianEndings are endings of folded words (й is и, ї is і), longest first.
// Russian words are written by the same people and lose theirs too.
var ukrainianEndings = strings.Fields(`
	уватися юватися уватись ювання ування уватиму
	увати ювати овувати итися атися ятися иться ється ються ання ення іння ость істю
	ового евого ивати ильник
	ями ами ові еві ого ому ыми ими ати яти ити іти ать ять ить еть уть ють ять ала ила али или ало ило
	ою ею єю ем ом ам ям ів ев ов ах ях ии іи ыи ая яя ое ее их ых іх ую юю ти ть ла ло ли ешь єш еш иш ую ує ює
	а я о е є и і у ю ь ы в л`)

// ukrainianStem takes the ending off a folded word and leaves at least three letters.
func ukrainianStem(word string) string {
	for _, reflexive := range []string{"ся", "сь"} {
		if cut, ok := strings.CutSuffix(word, reflexive); ok && utf8.RuneCountInString(cut) > 4 {
			word = cut
			break
		}
	}
	for _, ending := range ukrainianEndings {
		if cut, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(cut) >= 3 {
			return cut
		}
	}
	return word
}
