package notice_test

import (
	"testing"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/wire"
	"accueil/kiosk/notice"

	"github.com/google/go-cmp/cmp"
)

func TestTexts(t *testing.T) {
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	all := []wire.Notice{
		{ID: "over", Phrase: "notice.late", Until: now},
		{ID: "typed", Text: map[string]string{"fr": "Café offert.", "en": "Free coffee."}, Until: now.Add(time.Hour)},
		{ID: "french", Text: map[string]string{"fr": "Fête ce soir."}, Until: now.Add(time.Hour)},
		{ID: "ready", Phrase: "notice.closing-30", Until: now.Add(time.Hour)},
	}
	want := []string{"Free coffee.", "Fête ce soir.", "We are closing in half an hour."}
	if diff := cmp.Diff(want, notice.Texts(all, book.In("en"), "fr", now)); diff != "" {
		t.Error(diff)
	}
}
