package journal_test

import (
	"path/filepath"
	"testing"

	"accueil/internal/journal"
	"accueil/internal/journal/journaltest"
)

func TestBoltConforms(t *testing.T) {
	journaltest.Conform(t, func(tb testing.TB) journaltest.Place {
		path := filepath.Join(tb.TempDir(), "hub.journal")
		return func() (journaltest.Journal, error) {
			return journal.Open(path, journal.Options{Site: journaltest.Site})
		}
	})
}
