package lexicon

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// entry is one phrase of the lexicon.
type entry struct {
	question string
	answer   int // index into index.answers
	strength float64
	words    []int32  // those that tell something, by index.words
	light    []string // the fillers between them
	entire   bool     // made of fillers only: counts only when all are there
}

// word is what a word of the lexicon tells. Its forms share it.
type word struct {
	entries []int32
	share   []float64 // of each answer: how much this word speaks for it
	telling float64   // from vague, said of everything, to 1, said of one answer only
	filler  bool      // an entry has nothing else, "je ne sais pas": each tells little
}

// spelling is a form of a word as entries write it.
type spelling struct {
	text  string
	runes int
	word  int32
}

// index is the lexicon of one language, ready to be asked. Nothing changes it.
type index struct {
	speech
	answers []string
	entries []entry
	words   []word
	forms   map[string][]int32
	sounds  map[string][]int32
	spelled map[rune][]spelling // by first letter
	longest int                 // runes of the longest form
	written map[string]bool
}

// The strengths an entry can be given by its last sign.
const (
	strong = 2.0 // "mot de passe !" wins over others
	plain  = 1.0
	weak   = 0.5 // "chômage ?" only hints
)

// Weak says whether an entry only hints at its question: it ends with a question
// mark. Questions with other answers may have it too.
func Weak(entry string) bool { return strength(entry) == weak }

func strength(entry string) float64 {
	switch entry = strings.TrimSpace(entry); {
	case strings.HasSuffix(entry, "!"), strings.HasSuffix(entry, "！"):
		return strong
	case strings.HasSuffix(entry, "?"), strings.HasSuffix(entry, "？"):
		return weak
	}
	return plain
}

// newIndex makes the index of a language from entries by question; leads names
// the answer of a question, "" when there is no such question.
func newIndex(lang string, byQuestion []map[string][]string, leads func(question string) string) *index {
	x := &index{speech: speechOf(lang), forms: map[string][]int32{}, sounds: map[string][]int32{},
		spelled: map[rune][]spelling{}, written: map[string]bool{}}
	for _, words := range byQuestion {
		for _, question := range slices.Sorted(maps.Keys(words)) {
			if answer := leads(question); answer != "" {
				for _, text := range words[question] {
					x.add(question, x.answer(answer), text)
				}
			}
		}
	}
	x.weigh()
	return x
}

func (x *index) answer(key string) int {
	if i := slices.Index(x.answers, key); i >= 0 {
		return i
	}
	x.answers = append(x.answers, key)
	return len(x.answers) - 1
}

// add takes one entry in.
func (x *index) add(question string, answer int, text string) {
	e := entry{question: question, answer: answer, strength: strength(text)}
	parts := x.parts(text)
	for _, part := range parts {
		if x.fillers[part] {
			e.light = append(e.light, part)
		} else if id := x.know(part); !slices.Contains(e.words, id) {
			e.words = append(e.words, id)
		}
	}
	if len(e.words) == 0 { // only fillers, "par où commencer": then they are the words
		for _, part := range parts {
			if id := x.know(part); !slices.Contains(e.words, id) {
				e.words = append(e.words, id)
				x.words[id].filler = true
			}
		}
		e.light, e.entire = nil, true
	}
	if len(e.words) == 0 {
		return
	}
	for _, id := range e.words {
		x.words[id].entries = append(x.words[id].entries, int32(len(x.entries)))
	}
	x.entries = append(x.entries, e)
}

// parts are the words of an entry. Those joined by a hyphen, or by an apostrophe
// that leaves out nothing, count as one: people write them in both ways.
func (x *index) parts(text string) (parts []string) {
	for chunk := range strings.FieldsSeq(text) {
		folded := ageOf(Fold(chunk))
		words := strings.Fields(folded)
		if len(words) > 1 && whole(chunk, words) {
			words = []string{strings.Join(words, "")}
		}
		parts = append(parts, words...)
	}
	return parts
}

// whole says whether a chunk such as "prud'hommes" or "burn-out" is one word.
func whole(chunk string, words []string) bool {
	return strings.ContainsAny(chunk, "-‑") && !strings.ContainsAny(chunk, "'’/") ||
		strings.ContainsAny(chunk, "'’") && utf8.RuneCountInString(words[0]) > 2 && utf8.RuneCountInString(words[1]) > 2
}

// know is the word with a form, which is new to the lexicon or not.
func (x *index) know(form string) int32 {
	stem := x.stemOf(form)
	id := int32(len(x.words))
	if known := x.forms[stem]; len(known) > 0 {
		id = known[0]
	} else {
		x.words = append(x.words, word{})
	}
	for _, f := range []string{stem, form} {
		if !slices.Contains(x.forms[f], id) {
			x.forms[f] = append(x.forms[f], id)
		}
		x.longest = max(x.longest, utf8.RuneCountInString(f))
	}
	if !x.written[form] {
		x.written[form] = true
		x.spell(form, id)
	}
	return id
}

func (x *index) spell(form string, id int32) {
	runes := utf8.RuneCountInString(form)
	first, _ := utf8.DecodeRuneInString(form)
	x.spelled[first] = append(x.spelled[first], spelling{form, runes, id})
	if x.sound == nil {
		return
	}
	if sound := x.sound(form); utf8.RuneCountInString(sound) >= minSound && !slices.Contains(x.sounds[sound], id) {
		x.sounds[sound] = append(x.sounds[sound], id)
	}
}

// minSound is how many signs a sound needs to be taken for another word's.
const minSound = 3

func (x *index) stemOf(form string) string {
	if x.stem == nil {
		return form
	}
	if stem := x.stem(form); stem != "" {
		return stem
	}
	return form
}

// weigh computes what each word tells from the entries it stands in.
func (x *index) weigh() {
	for i := range x.words {
		x.words[i].share = make([]float64, len(x.answers))
	}
	for _, e := range x.entries {
		for _, id := range e.words {
			x.words[id].share[e.answer] += e.strength / float64(len(e.words))
		}
	}
	for i := range x.words {
		w := &x.words[i]
		if w.telling = vague; !w.filler {
			w.telling += (1 - vague) * (1 - spread(w.share))
		}
		smooth(w.share)
	}
}

// vague is what a word tells that is said of everything.
const vague = 0.3

// spread is how evenly amounts are spread: 0 for one only, 1 for all alike (the
// entropy as a part of the greatest possible).
func spread(amounts []float64) float64 {
	sum, entropy := 0.0, 0.0
	for _, a := range amounts {
		sum += a
	}
	for _, a := range amounts {
		if a > 0 {
			entropy -= a / sum * math.Log(a/sum)
		}
	}
	if len(amounts) < 2 {
		return 0
	}
	return entropy / math.Log(float64(len(amounts)))
}

// doubt is how much of every answer is assumed behind a word before any entry.
const doubt = 0.1

// smooth turns amounts into shares, less sure of itself when there are few.
func smooth(amounts []float64) {
	sum := doubt * float64(len(amounts))
	for _, a := range amounts {
		sum += a
	}
	for i, a := range amounts {
		amounts[i] = (a + doubt) / sum
	}
}
