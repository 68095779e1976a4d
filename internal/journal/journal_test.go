package journal

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/queue"
)

func TestAppendThenDay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "hub.journal")
	j, err := Open(path, Options{Site: "paris"})
	if err != nil {
		t.Fatal(err)
	}
	src := queue.Source{Site: "paris", Terminal: "visitor-1", Journal: "abcdefgh"}
	facts := []queue.Fact{
		{Kind: queue.Joined, Source: src, Seq: 1, Day: "2026-11-24", At: time.Now()},
		{Kind: queue.DeskOpened, Source: src, Seq: 2, Day: "2026-11-24", At: time.Now(), Desk: "d1", Services: []string{"a", "b"}, Skew: -1234567890},
	}
	last, err := j.Append(0, facts)
	if err != nil || last != 2 {
		t.Fatal(last, err)
	}
	var got []queue.Fact
	if err := j.Day("2026-11-24", func(f queue.Fact) error { got = append(got, f); return nil }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(facts, got); d != "" {
		t.Error(d)
	}
	if err := j.Check(); err != nil {
		t.Error(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if j, err = Open(path, Options{Site: "paris", ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	after, err := j.After(1, 10)
	if err != nil || !cmp.Equal(after, facts[1:]) {
		t.Error(after, err)
	}
	j.Close()
}
