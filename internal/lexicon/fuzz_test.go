package lexicon

import (
	"math"
	"testing"
	"unicode/utf8"
)

// Whatever a visitor types, in whatever language, gets proposals in order or none.
func FuzzAsk(f *testing.F) {
	l := New(map[string]map[string][]string{
		"fr": {"emploi": {"chercher du travail", "un emploi"}, "creer": {"créer mon entreprise", "micro-entreprise"}},
		"ar": {"emploi": {"أبحث عن عمل"}}, "zh": {"emploi": {"找工作"}},
	}, func(q string) string { return q })
	for _, s := range []string{"je cherche du travail", "cree mon entreprize", "أبحث عن عمل", "找工作", "", "\xff\xfe", "aaaaaaaaaaaaaaaa", "ne pas"} {
		f.Add("fr", s)
		f.Add("zh", s)
		f.Add("ar", s)
	}
	f.Fuzz(func(t *testing.T, lang, text string) {
		last := math.Inf(1)
		for _, p := range l.Ask(lang, text) {
			if math.IsNaN(p.Score) || p.Score > last {
				t.Errorf("%q: %v after %v", text, p.Score, last)
			}
			last = p.Score
		}
		if utf8.ValidString(text) && !utf8.ValidString(Fold(text)) {
			t.Errorf("%q folds to %q", text, Fold(text))
		}
	})
}
