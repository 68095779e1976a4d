package phrases

import (
	"sync"
	"testing"
)

// sample is a small book: its English lacks a phrase.
func sample(t testing.TB) *Book {
	t.Helper()
	book, err := write(map[string]string{
		"x.fr.yaml": `
number.group: "\u00a0"
a.plain: "Bonjour"
a.only-french: "Bureau {Desk}"
a.ahead:
  one: "{Count} personne avant vous"
  other: "{Count} personnes avant vous"
a.next: "{Label} au {Place}, {Label}"
`,
		"x.en.yaml": `
number.group: ","
a.plain: "Hello"
a.ahead:
  one: "one person before you"
  other: "{Count} people before you"
a.next: "{Label} to {Place}, {Label}"
`,
		"x.uk.yaml": `
a.ahead: {one: "{Count} людина", few: "{Count} людини", many: "{Count} людей", other: "{Count} людини"}
`,
	})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestSay(t *testing.T) {
	book := sample(t)
	tests := []struct {
		lang, key string
		pairs     []any
		want      string
	}{
		{"fr", "a.plain", nil, "Bonjour"},
		{"en", "a.plain", nil, "Hello"},
		{"en-GB", "a.plain", nil, "Hello"},
		{"EN_us.UTF-8", "a.plain", nil, "Hello"},
		{"tlh", "a.plain", nil, "Bonjour"},
		{"", "a.plain", nil, "Bonjour"},
		{"en", "a.only-french", []any{"Desk", 5}, "Bureau 5"},
		{"en", "a.nowhere", nil, "⟦a.nowhere⟧"},
		{"fr", "a.ahead", []any{"Count", 0}, "0 personne avant vous"},
		{"fr", "a.ahead", []any{"Count", 1}, "1 personne avant vous"},
		{"fr", "a.ahead", []any{"Count", 2}, "2 personnes avant vous"},
		{"fr", "a.ahead", []any{"Count", 1300}, "1\u00a0300 personnes avant vous"},
		{"fr", "a.ahead", []any{"Count", 2_000_000}, "2\u00a0000\u00a0000 personnes avant vous"},
		{"en", "a.ahead", []any{"Count", 0}, "0 people before you"},
		{"en", "a.ahead", []any{"Count", 1}, "one person before you"},
		{"en", "a.ahead", []any{"Count", int64(1300)}, "1,300 people before you"},
		{"uk", "a.ahead", []any{"Count", 3}, "3 людини"},
		{"uk", "a.ahead", []any{"Count", 21}, "21 людина"},
		{"uk", "a.ahead", []any{"Count", 7}, "7 людей"},
		{"fr", "a.next", []any{"Place", "bureau {Label}", "Label", "C 042"}, "C 042 au bureau {Label}, C 042"},
		{"fr", "a.next", []any{"Label", "C 042"}, "C 042 au {Place}, C 042"},
		{"fr", "a.next", []any{"Place"}, "{Label} au {Place}, {Label}"},
		{"fr", "a.next", []any{"Label", 1.5, "Place", true}, "1.5 au true, 1.5"},
		{"fr", "a.ahead", nil, "{Count} personnes avant vous"},
		{"fr", "a.ahead", []any{"Count", "trois"}, "⟦a.ahead⟧"},
		{"fr", "a.plain", []any{"Count", 3}, "Bonjour"},
	}
	for _, test := range tests {
		if got := book.In(test.lang).Say(test.key, test.pairs...); got != test.want {
			t.Errorf("%s %s %v: %q, want %q", test.lang, test.key, test.pairs, got, test.want)
		}
	}
}

func TestLangIsTheLanguageReallySpoken(t *testing.T) {
	book := sample(t)
	for asked, want := range map[string]string{"fr": "fr", "en-GB": "en", "tlh": "fr", "": "fr"} {
		if got := book.In(asked).Lang(); got != want {
			t.Errorf("In(%q) speaks %q, want %q", asked, got, want)
		}
	}
}

func TestDirection(t *testing.T) {
	book, err := write(map[string]string{"x.fr.yaml": `a.b: "x"`, "x.ar.yaml": `a.b: "س"`, "x.he.yaml": `a.b: "x"`, "x.zh.yaml": `a.b: "x"`})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]bool{"fr": false, "zh": false, "ar": true, "he": true} {
		if got := book.In(lang).RightToLeft(); got != want {
			t.Errorf("%s from right to left: %v", lang, got)
		}
	}
}

func TestManySpeakersAtOnce(t *testing.T) {
	book := load(t)
	var speakers sync.WaitGroup
	for i := range 8 {
		speakers.Go(func() {
			s := book.In([]string{"fr", "en"}[i%2])
			for n := range 200 {
				s.Say("wait.ahead", "Count", n)
			}
		})
	}
	speakers.Wait()
}

func BenchmarkSay(b *testing.B) {
	fr := load(b).In("fr")
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			fr.Say("say.back")
		}
	})
	b.Run("arguments", func(b *testing.B) {
		for b.Loop() {
			fr.Say("wait.promise-between", "Low", 10, "High", 25)
		}
	})
	b.Run("plural", func(b *testing.B) {
		for b.Loop() {
			fr.Say("wait.ahead", "Count", 3)
		}
	})
}
