package journal

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"reflect"
	"syscall"
	"testing"
)

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=400k"); err != nil {
		t.Skipf("needs the right to mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 150<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	survivesFull(t, filepath.Join(dir, "hub.journal"), func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	})
}

// The limit holds for a whole program, so the test runs in one of its own.
func TestFileAtItsLimit(t *testing.T) {
	const own = "ACCUEIL_TEST_LIMIT"
	if os.Getenv(own) == "" {
		c := exec.Command(os.Args[0], "-test.run=^TestFileAtItsLimit$")
		c.Env = append(os.Environ(), own+"=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := func(n uint64) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: before.Max}); err != nil {
			t.Fatal(err)
		}
	}
	limit(200 << 10)
	survivesFull(t, filepath.Join(t.TempDir(), "hub.journal"), func() { limit(before.Cur) })
}

// survivesFull appends until there is no room, makes room and goes on.
func survivesFull(t *testing.T, path string, makeRoom func()) {
	j := begin(t, path, paris)
	var err error
	for err == nil {
		_, err = j.Append(j.Last(), called(j.Last()+1, 20))
	}
	if !errors.Is(err, ErrFull) || j.Last() == 0 {
		t.Fatalf("after %d facts: %v, want ErrFull", j.Last(), err)
	}
	want := contents(t, j)
	for range 20 { // people go on trying
		if last, err := j.Append(j.Last(), called(j.Last()+1, 20)); !errors.Is(err, ErrFull) || last != uint64(len(want)) {
			t.Fatalf("Append = %d, %v, want %d, ErrFull", last, err, len(want))
		}
	}
	if got := contents(t, j); !reflect.DeepEqual(want, got) || j.Heads()[hub] != j.Last() {
		t.Errorf("a failed append left a trace: %d facts, heads %v", len(got), j.Heads())
	}
	if err := j.Check(); err != nil {
		t.Error(err)
	}
	makeRoom()
	mustAppend(t, j, called(j.Last()+1, 20))
	want = contents(t, j)
	finish(t, j)
	again := begin(t, path, paris)
	if got := contents(t, again); !reflect.DeepEqual(want, got) {
		t.Errorf("opened again there are %d facts, want %d", len(got), len(want))
	}
	finish(t, again)
}
