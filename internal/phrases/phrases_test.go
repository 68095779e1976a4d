package phrases

import "testing"

func TestEveryLanguageIsComplete(t *testing.T) {
	book := load(t)
	if err := book.Check(); err != nil {
		t.Error(err)
	}
	for _, lang := range book.Languages() {
		for _, missing := range book.Missing(lang) {
			t.Errorf("%s lacks %s", lang, missing)
		}
	}
}

func load(t testing.TB) *Book {
	t.Helper()
	book, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
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
