package lexicon

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Names is the place among the languages of the words for entries that are written
// alike in all of them: proper names and abbreviations, "CPF".
const Names = "names"

// Lexicon answers in every language it has entries of. It is safe for concurrent
// use; the index of a language is made when it is first asked.
type Lexicon struct {
	langs []string
	index map[string]func() *index
}

// New makes a lexicon of entries by language (or Names) and question; leads names
// the answer of a question: a service, or a place. It is called later, too.
func New(entries map[string]map[string][]string, leads func(question string) string) *Lexicon {
	l := &Lexicon{index: map[string]func() *index{}}
	for _, lang := range slices.Sorted(maps.Keys(entries)) {
		if lang == Names {
			continue
		}
		l.langs = append(l.langs, lang)
		l.index[lang] = sync.OnceValue(func() *index {
			return newIndex(lang, []map[string][]string{entries[lang], entries[Names]}, leads)
		})
	}
	return l
}

// Languages are those with entries of their own.
func (l *Lexicon) Languages() []string { return slices.Clone(l.langs) }

// Speaks says whether there are entries in a language, or in it without its region.
func (l *Lexicon) Speaks(lang string) bool { return l.index[l.known(lang)] != nil }

// known is the language itself, or without its region when only that has entries.
func (l *Lexicon) known(lang string) string {
	if base, _, _ := strings.Cut(lang, "-"); l.index[lang] == nil {
		return base
	}
	return lang
}

// Proposal is one answer to what someone said.
type Proposal struct {
	Answer   string  // a service, or a place
	Question string  // the nearest of its questions
	Score    float64 // how much speaks for it; 1 is about one sure word
}

// Ask proposes answers to what someone said, best first, none when nothing in it is
// understood. What is not understood in the language is tried in the others: people
// type the words they know.
func (l *Lexicon) Ask(lang, text string) []Proposal {
	lang = l.known(lang)
	best, sure := l.ask(lang, text)
	if sure || !l.strange(lang, text) {
		return best
	}
	for _, other := range l.langs {
		if other == lang {
			continue
		}
		found, ok := l.ask(other, text)
		if ok && (!sure || found[0].Score > best[0].Score) {
			best, sure = found, true
		}
	}
	return best
}

// strange says whether a text is rather in another language: this one knows less
// than half of its words.
func (l *Lexicon) strange(lang, text string) bool {
	index := l.index[lang]
	if index == nil {
		return true
	}
	said, known := index().hear(text), 0
	for _, h := range said {
		if h.filler || len(h.means) > 0 {
			known++
		}
	}
	return 2*known < len(said)
}

// ask answers in one language; sure when a whole entry was found.
func (l *Lexicon) ask(lang, text string) ([]Proposal, bool) {
	index := l.index[lang]
	if index == nil {
		return nil, false
	}
	return index().ask(text)
}

// ask weighs what someone said.
func (x *index) ask(text string) ([]Proposal, bool) {
	t := x.weighUp(x.hear(text))
	var proposals []Proposal
	for i, answer := range x.answers {
		if t.score[i] >= least {
			proposals = append(proposals, Proposal{answer, t.question(i), t.score[i]})
		}
	}
	slices.SortStableFunc(proposals, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Answer, b.Answer))
	})
	return proposals, t.sure
}

// least is the score below which nothing is proposed.
const least = 0.12
