// Package arabic is Arabic writing for terminals that neither join letters nor
// turn lines around: it joins a text into Unicode's presentation forms, and puts
// one line of it in the order in which a screen shows it, from left to right.
//
// Text stays in logical order, as it is read, until it has been measured and
// broken into lines; only then each line is turned.
package arabic

import (
	"strings"
	"unicode"
)

// Has tells whether the text holds letters that are written from right to left.
func Has(s string) bool {
	for _, r := range s {
		if isRight(r) {
			return true
		}
	}
	return false
}

// isRight tells whether a rune is a letter of Arabic or Hebrew, in any form.
func isRight(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF && !unicode.In(r, unicode.Nd, unicode.Mn, unicode.Po) || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
}

// Join returns the text, still in the order it is read, with each Arabic letter
// in the form its neighbours give it, lam and alef in one, and without vowel
// signs, which have no cell of their own. Joining twice changes nothing.
func Join(s string) string {
	if !Has(s) {
		return s
	}
	letters := lettersOf(s)
	var out strings.Builder
	for i := 0; i < len(letters); i++ {
		before, after := i > 0 && letters[i-1].joinsNext(), i+1 < len(letters) && letters[i+1].joinsBefore()
		if l, ok := ligature(letters, i); ok {
			out.WriteRune(l.form(before, false))
			i++
			continue
		}
		out.WriteRune(letters[i].form(before, after))
	}
	return out.String()
}

// letter is a rune with its forms: isolated, final, initial, medial, one behind
// the other in Unicode from the first on.
type letter struct {
	char  rune
	first rune // the isolated form, 0 for what has no forms
	forms int  // 1 joins nobody, 2 only what stands before it, 4 both sides
}

// lettersOf leaves out the vowel signs.
func lettersOf(s string) []letter {
	known := alphabet()
	letters := make([]letter, 0, len(s)/2)
	for _, r := range s {
		if isVowel(r) {
			continue
		}
		l := known[r]
		l.char = r
		letters = append(letters, l)
	}
	return letters
}

// isVowel tells whether a rune is a sign above or below an Arabic letter.
func isVowel(r rune) bool { return r >= 0x0610 && r <= 0x06ED && unicode.Is(unicode.Mn, r) }

const (
	lam    = 'ل'
	stroke = 'ـ' // lengthens the join between two letters
)

func (l letter) joinsNext() bool   { return l.forms == 4 || l.char == stroke }
func (l letter) joinsBefore() bool { return l.forms >= 2 || l.char == stroke }

// form is the rune to write when the letter joins, or not, what stands before
// and after it.
func (l letter) form(before, after bool) rune {
	if l.first == 0 {
		return l.char
	}
	form := l.first
	if before && l.forms >= 2 {
		form++
	}
	if after && l.forms == 4 {
		form += 2
	}
	return form
}

// ligature returns lam and alef in one, if they stand at i.
func ligature(letters []letter, i int) (letter, bool) {
	if letters[i].char != lam || i+1 >= len(letters) {
		return letter{}, false
	}
	first, ok := map[rune]rune{'آ': 0xFEF5, 'أ': 0xFEF7, 'إ': 0xFEF9, 'ا': 0xFEFB}[letters[i+1].char]
	return letter{first: first, forms: 2}, ok
}
