package web

import (
	"log/slog"
	"testing"
	"time"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// BenchmarkPiece is what one piece of news costs one page.
func BenchmarkPiece(b *testing.B) {
	centre, problems := site.Load(config.FS)
	if len(problems) > 0 {
		b.Fatal(problems[0])
	}
	book, err := phrases.Load()
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(Options{Site: centre, Phrases: book, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	at := stand{
		id: "k-1", label: "C 042", service: "creer", language: "fr", state: queue.Waiting, ahead: 12, behind: true,
		due: time.Now(), seen: time.Now(), wait: wire.Interval{Low: 10, High: 25},
	}
	speak := book.In("fr")
	for b.Loop() {
		s.piece(s.describe(at, speak))
	}
}
