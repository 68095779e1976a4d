package journal

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/queue"
)

// The journals in testdata were written by the first program of each schema
// and are never written again: whatever was recorded must be read for ever.
func TestOldJournals(t *testing.T) {
	old, err := filepath.Glob("testdata/old_v*.journal")
	if err != nil || len(old) != len(steps())+1 {
		t.Fatalf("%d old journals (%v), want one of each schema", len(old), err)
	}
	for _, name := range old {
		t.Run(filepath.Base(name), func(t *testing.T) {
			want, err := os.ReadFile(strings.TrimSuffix(name, ".journal") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "old.journal")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			j := begin(t, path, paris)
			if d := cmp.Diff(string(want), dump(t, j)); d != "" {
				t.Error(d)
			}
			facts := called(j.Heads()[hub]+1, 1)
			mustAppend(t, j, facts)
		})
	}
}

// dump tells all there is in a journal, a line a fact.
func dump(t testing.TB, j *Bolt) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %d\n", j.Site(), j.ID(), j.Last())
	for i, s := range j.sources {
		n, _ := j.Ordinal(s)
		fmt.Fprintf(&b, "%d %d %s %d\n", i, n, s, j.Heads()[s])
	}
	days, err := j.Days()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range days {
		fmt.Fprintln(&b, d)
		err := j.Day(d, func(f queue.Fact) error { return json.NewEncoder(&b).Encode(f) })
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
