package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"accueil/internal/wire"

	"github.com/google/go-cmp/cmp"
)

func TestNoticesFile(t *testing.T) {
	f := noticesFile{filepath.Join(t.TempDir(), "notices.json")}
	if all, err := f.Load(); err != nil || len(all) != 0 {
		t.Fatalf("before any: %v, %v", all, err)
	}
	want := []wire.Notice{{ID: "a", Text: map[string]string{"fr": "Café"}, Until: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}}
	if err := f.Save(want); err != nil {
		t.Fatal(err)
	}
	got, err := f.Load()
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if err := os.WriteFile(f.path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Load(); err == nil {
		t.Error("a spoilt file was read")
	}
}
