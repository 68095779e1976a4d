package lexicon_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"accueil/internal/lexicon"
)

// small is a lexicon of three answers; a question leads to what stands before its
// hyphen.
func small() *lexicon.Lexicon {
	return lexicon.New(map[string]map[string][]string{
		"fr": {
			"work-job": {"emploi", "chômage", "métier?", "boulot"}, "work-cv": {"lettre de motivation", "CV"},
			"study-change": {"changer de métier", "burn-out"}, "law-court": {"prud'hommes!", "licenciement"},
			"desk-lost": {"je ne sais pas"}, "nowhere": {"jardin"},
		},
		"en":          {"work-job": {"job", "employment"}},
		"uk":          {"work-job": {"робота", "безробіття"}},
		"zh":          {"work-job": {"找 工作", "失业"}},
		"ar":          {"work-job": {"عمل", "بطالة"}},
		lexicon.Names: {"study-pay": {"CPF"}},
	}, func(question string) string {
		answer, _, ok := strings.Cut(question, "-")
		if !ok {
			return ""
		}
		return answer
	})
}

func TestWhatIsForgiven(t *testing.T) {
	tests := []struct{ lang, text, question string }{
		{"fr", "CHÔMAGE !", "work-job"},
		{"fr", "chomages", "work-job"},
		{"fr", "chomaje", "work-job"},                 // it sounds alike
		{"fr", "chommage", "work-job"},                // a letter too many
		{"fr", "hcomage", "work-job"},                 // exchanged letters
		{"fr", "jcherche unemploi", ""},               // but not everything
		{"fr", "lemploi", "work-job"},                 // no apostrophe
		{"fr", "une lettre, de motivatio", "work-cv"}, // not typed to its end
		{"fr", "c.v.", "work-cv"},
		{"fr", "burn out", "study-change"},
		{"fr", "burnout", "study-change"},
		{"fr", "prudhomme", "law-court"},
		{"fr", "un licenciement, aux prud hommes", "law-court"},
		{"fr", "je veux changer de métier", "study-change"}, // more words win over one
		{"fr", "métier", "work-job"},
		{"fr", "je veux pas de boulot je veux changer de métier", "study-change"},
		{"fr", "cpf", "study-pay"},
		{"zh", "CPF怎么用", "study-pay"},
		{"fr", "I need a job", "work-job"}, // another language
		{"fr", "шукаю роботу", "work-job"},
		{"uk", "роботи", "work-job"},
		{"uk", "robota", "work-job"}, // Latin letters
		{"zh", "我想找一份工作", "work-job"},
		{"ar", "أُريدُ عَمَلاً", "work-job"},
		{"ar", "العمل", "work-job"},
		{"ar", "3amal", "work-job"},
		{"fr-CH", "chômage", "work-job"},
		{"xx", "chômage", "work-job"},
		{"fr", "je ne sais pas", "desk-lost"},
		{"fr", "jardin", ""}, // of no question
		{"fr", "bonjour madame", ""},
		{"fr", "xqzw", ""},
		{"fr", "🙂 ?!", ""},
		{"fr", "", ""},
	}
	for _, test := range tests {
		got := ""
		if found := small().Ask(test.lang, test.text); len(found) > 0 {
			got = found[0].Question
		}
		if got != test.question {
			t.Errorf("%s %q leads to %q, want %q", test.lang, test.text, got, test.question)
		}
	}
}

// TestAnyTextHasOneAnswer asks anything, from several sides at once.
func TestAnyTextHasOneAnswer(t *testing.T) {
	l := small()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		lang := rapid.SampledFrom([]string{"fr", "uk", "zh", "ar", ""}).Draw(t, "lang")
		want := l.Ask(lang, text)
		if !slices.IsSortedFunc(want, func(a, b lexicon.Proposal) int { return int(1000 * (b.Score - a.Score)) }) {
			t.Errorf("not best first: %+v", want)
		}
		var sides sync.WaitGroup
		for range 2 {
			sides.Go(func() {
				if got := l.Ask(lang, text); !slices.Equal(got, want) {
					t.Errorf("%+v, then %+v", want, got)
				}
			})
		}
		sides.Wait()
	})
}

func TestLongTextIsCut(t *testing.T) {
	if found := small().Ask("fr", strings.Repeat("la ", lexicon.MaxText)+"chômage"); len(found) > 0 {
		t.Errorf("read to its end: %+v", found)
	}
	if found := small().Ask("zh", strings.Repeat("失业", lexicon.MaxText)); len(found) == 0 {
		t.Error("the beginning is not read")
	}
}
