package figures_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/figures"
	"accueil/internal/phrases"
	"accueil/internal/queue"
)

var update = flag.Bool("update", false, "write the golden files")

// facts of days, as a journal.
type facts map[queue.Date][]queue.Fact

func (f facts) Days() (days []queue.Date, err error) {
	for d := range f {
		days = append(days, d)
	}
	slices.Sort(days)
	return days, nil
}

func (f facts) Day(d queue.Date, do func(queue.Fact) error) error {
	for _, fact := range f[d] {
		if err := do(fact); err != nil {
			return err
		}
	}
	return nil
}

// theDay is the small day of testdata/day.jsonl: two services, a transfer with
// a park in it, somebody who did not come, one who left, one who is received
// without a ticket, a crash, a counter that starts anew, and one odd fact.
func theDay(t *testing.T) facts { t.Helper(); return old(t, "day") }

// old are the facts of an old journal in testdata.
func old(t *testing.T, name string) facts {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	journal := facts{}
	for line := range bytes.Lines(text) {
		var f queue.Fact
		if err := json.Unmarshal(line, &f); err != nil {
			t.Fatal(err)
		}
		if err := f.Validate(); err != nil {
			t.Fatalf("fact %d: %v", f.No, err)
		}
		journal[f.Day] = append(journal[f.Day], f)
	}
	return journal
}

const day queue.Date = "2026-11-24"

func paris(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func read(t testing.TB, j figures.Journal, from, to queue.Date) figures.Span {
	t.Helper()
	span, err := figures.Read(j, from, to, queue.Rules{Zone: paris(t)})
	if err != nil {
		t.Fatal(err)
	}
	return span
}

func reportOf(span figures.Span) figures.Report {
	return figures.NewReport(figures.Place{
		Site: "villette", Zone: "Europe/Paris", Services: []string{"creer", "evoluer"},
		Questions: []string{"creer-idee", "creer-statut", "creer-financer"},
	}, span)
}

func words(t testing.TB, lang string) figures.Words {
	t.Helper()
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	same := func(key string) string { return key }
	return figures.Words{Speaker: book.In(lang), Centre: "Cité des métiers", Service: same, Question: same, Topic: same}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func text(t *testing.T, r figures.Report, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := figures.Text(&b, r, words(t, lang)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
