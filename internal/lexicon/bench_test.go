package lexicon_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkAsk is what one phrase costs, over all kept phrasings of all languages.
func BenchmarkAsk(b *testing.B) {
	l := centre(b)
	paths, _ := filepath.Glob("testdata/kept/*.txt")
	for _, path := range paths {
		lang := strings.TrimSuffix(filepath.Base(path), ".txt")
		list := table(b, path)
		l.Ask(lang, "?")
		b.Run(lang, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				l.Ask(lang, list[i%len(list)].text)
			}
		})
	}
}

// BenchmarkIndex is what the first question in a language costs.
func BenchmarkIndex(b *testing.B) {
	for b.Loop() {
		centre(b).Ask("fr", "bonjour")
	}
}
