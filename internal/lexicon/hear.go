package lexicon

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is how many characters of a text are read.
const MaxText = 400

// heard is one word of what someone said.
type heard struct {
	text   string
	filler bool
	force  float64 // how much it is meant: less when denied, more when wanted
	means  []meant // words of the lexicon it may be
	used   bool
}

// meant is a word of the lexicon and how surely it is the one, up to 1.
type meant struct {
	word int32
	sure float64
}

// hear splits what someone said into words and finds each in the lexicon.
func (x *index) hear(text string) []heard {
	var all []heard
	for _, clause := range clauses(cut(text, MaxText)) {
		words := strings.Fields(Fold(clause))
		if x.solid {
			words = x.segments(words)
		}
		all = append(all, x.stress(x.understand(x.join(words)))...)
	}
	if n := len(all); n > 0 && len(all[n-1].means) == 0 && !all[n-1].filler {
		all[n-1].means = x.beginnings(all[n-1].text) // perhaps not typed to its end yet
	}
	return all
}

func cut(text string, runes int) string {
	for i := range text {
		if runes == 0 {
			return text[:i]
		}
		runes--
	}
	return text
}

// clauses splits at the signs that end one thought.
func clauses(text string) []string {
	runes := []rune(text)
	var all []string
	begin := 0
	for i, r := range runes {
		if strings.ContainsRune(",;!?…،؛؟。，；！？\n", r) || r == '.' && (i+1 == len(runes) || unicode.IsSpace(runes[i+1])) {
			all = append(all, string(runes[begin:i]))
			begin = i + 1
		}
	}
	return append(all, string(runes[begin:]))
}

// join writes together what the lexicon writes together: "burn out", "c v".
func (x *index) join(words []string) []string {
	var joined []string
	for i := 0; i < len(words); i++ {
		n := 1
		for _, more := range []int{3, 2} {
			if i+more <= len(words) && x.joins(words[i:i+more]) {
				n = more
				break
			}
		}
		joined = append(joined, strings.Join(words[i:i+n], ""))
		i += n - 1
	}
	return joined
}

func (x *index) joins(words []string) bool {
	together := strings.Join(words, "")
	if !letters(words) && slices.ContainsFunc(words, func(w string) bool { return x.fillers[w] }) {
		return false
	}
	if utf8.RuneCountInString(together) < 5 && !letters(words) {
		return false
	}
	return len(x.forms[together]) > 0 || len(x.forms[x.stemOf(together)]) > 0
}

// letters says whether all are single letters, as in "C. V.".
func letters(words []string) bool {
	for _, w := range words {
		if utf8.RuneCountInString(w) != 1 {
			return false
		}
	}
	return true
}

func (x *index) understand(words []string) []heard {
	all := make([]heard, len(words))
	for i, w := range words {
		w = ageOf(w)
		all[i] = heard{text: w, filler: x.fillers[w], force: 1}
		all[i].means = x.means(w, all[i].filler)
		if len(all[i].means) == 0 && !all[i].filler {
			x.unstick(&all[i])
		}
	}
	return all
}

// ageOf stands for all numbers that are an age at school, or one in working life:
// "42 ans" and "45 ans" say the same. Other words stay as they are.
func ageOf(word string) string {
	switch n, err := strconv.Atoi(word); {
	case err != nil || len(word) != 2:
		return word
	case n >= 13 && n <= 19:
		return "16"
	case n >= 26 && n <= 70:
		return "45"
	}
	return word
}

// unstick takes the letters off that were written onto a word.
func (x *index) unstick(h *heard) {
	for _, letters := range x.stuck {
		rest, ok := strings.CutPrefix(h.text, letters)
		if !ok || utf8.RuneCountInString(rest) < 3 {
			continue
		}
		if means := x.exact(rest); len(means) > 0 || x.fillers[rest] {
			h.text, h.means, h.filler = rest, means, x.fillers[rest]
			return
		}
	}
	h.means = x.near(h.text)
}

// stress notes what is wanted and what is denied in one clause.
func (x *index) stress(all []heard) []heard {
	force, denied := 1.0, false
	for i := range all {
		w := all[i].text
		switch {
		case x.wants[w]:
			if force = wanted; x.denies(all, i) {
				force, denied = unwanted, true
			}
		case x.buts[w]:
			if denied {
				for j := range i {
					all[j].force = min(all[j].force, unwanted)
				}
			}
			force = wanted
		case x.nots[w]:
			denied = true
		}
		all[i].force = force
	}
	return all
}

// How much more or less a word counts than one that is only said.
const (
	wanted   = 1.15
	unwanted = 0.35
)

// denies says whether the wanting at a place is a not wanting.
func (x *index) denies(all []heard, at int) bool {
	if x.notLast {
		return at+1 < len(all) && x.nots[all[at+1].text]
	}
	for back := 1; back <= 2 && at >= back; back++ {
		if x.nots[all[at-back].text] {
			return true
		}
	}
	return false
}
