package lexicon

import (
	"strings"
	"unicode/utf8"
)

// How sure it is that a word is the one of the lexicon it was found by.
const (
	bySpelling = 1.0
	byStem     = 0.95
	bySound    = 0.8
	byTypo     = 0.8 // one letter
	byTypos    = 0.65
	byBegin    = 0.6 // not typed to its end yet
)

// means are the words of the lexicon that a word may be. Fillers are only
// themselves: "faut" is no "faute".
func (x *index) means(w string, filler bool) []meant {
	if filler && !x.written[w] {
		return nil
	}
	return x.exact(w)
}

// exact are the words with this form, or with this stem.
func (x *index) exact(w string) []meant {
	found := all(x.forms[w], bySpelling)
	if len(found) == 0 {
		found = all(x.forms[x.stemOf(w)], byStem)
	}
	return found
}

func all(words []int32, sure float64) (found []meant) {
	for _, w := range words {
		found = append(found, meant{w, sure})
	}
	return found
}

// near are the words that were probably meant: they sound alike, or differ in a
// letter or two.
func (x *index) near(w string) []meant {
	runes := utf8.RuneCountInString(w)
	if runes < 3 || x.solid && w[0] >= utf8.RuneSelf {
		return nil
	}
	if x.sound != nil {
		if found := all(x.sounds[x.sound(w)], bySound); len(found) > 0 {
			return found
		}
	}
	first, size := utf8.DecodeRuneInString(w)
	found := x.typos(w, runes, first)
	if len(found) == 0 && runes >= 6 { // the first letter is missing, or is the wrong one
		second, _ := utf8.DecodeRuneInString(w[size:])
		found = x.typos(w, runes, second)
	}
	return found
}

// typos are the words that begin with a letter and differ least.
func (x *index) typos(w string, runes int, first rune) (found []meant) {
	least := allowed(runes) + 1
	if least == 1 {
		return nil
	}
	for _, s := range x.spelled[first] {
		if s.runes < 4 || s.runes > runes+2 || s.runes < runes-2 {
			continue
		}
		switch d := distance(w, s.text, min(least, allowed(min(s.runes, runes)))); {
		case d > allowed(min(s.runes, runes)):
		case d < least:
			least, found = d, []meant{{s.word, typoSure(d)}}
		case d == least:
			found = append(found, meant{s.word, typoSure(d)})
		}
	}
	return found
}

// allowed is how many letters of a word may be wrong.
func allowed(runes int) int {
	switch {
	case runes >= 8:
		return 2
	case runes >= 4:
		return 1
	}
	return 0
}

func typoSure(d int) float64 {
	if d <= 1 {
		return byTypo
	}
	return byTypos
}

// beginnings are the words that begin with one of five letters or more.
func (x *index) beginnings(w string) (found []meant) {
	runes := utf8.RuneCountInString(w)
	first, _ := utf8.DecodeRuneInString(w)
	for _, s := range x.spelled[first] {
		if runes >= 5 && s.runes > runes && strings.HasPrefix(s.text, w) {
			found = append(found, meant{s.word, byBegin})
		}
	}
	return found
}

// distance is how many letters are to be added, taken out, changed, or exchanged
// with their neighbour; most+1 when it is more than that.
func distance(a, b string, most int) int {
	var left, above [48]rune
	ra, rb := runesOf(a, left[:0]), runesOf(b, above[:0])
	if len(ra)-len(rb) > most || len(rb)-len(ra) > most || len(rb) >= len(above) {
		return most + 1
	}
	var rows [3][48]int
	for j := range len(rb) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(ra); i++ {
		row, before, twice := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(rb); j++ {
			change := before[j-1]
			if ra[i-1] != rb[j-1] {
				change++
			}
			row[j] = min(change, before[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				row[j] = min(row[j], twice[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
	}
	return rows[len(ra)%3][len(rb)]
}

func runesOf(s string, into []rune) []rune {
	for _, r := range s {
		into = append(into, r)
	}
	return into
}
