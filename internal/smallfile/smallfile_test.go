package smallfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"accueil/internal/smallfile"
)

func TestAFileIsReplacedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "small")
	if _, err := smallfile.Read(path, 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("read nothing: %v", err)
	}
	for _, text := range []string{"the old one", "new"} {
		if err := smallfile.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := smallfile.Read(path, 11); string(got) != text || err != nil {
			t.Errorf("read %q, %v", got, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := smallfile.Read(path, 2); err == nil {
		t.Error("a file too large was read")
	}
}

// What cannot be written leaves the old file and no rubbish beside it.
func TestAFailureLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "small")
	if err := smallfile.Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path+".new", 0o700); err != nil { // in the way
		t.Fatal(err)
	}
	if err := smallfile.Write(path, []byte("new")); err == nil {
		t.Error("no error")
	}
	if got, _ := smallfile.Read(path, 10); string(got) != "old" {
		t.Errorf("now %q", got)
	}
}
