package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

// backup is a journal of so many facts as a backup has it.
func backup(t *testing.T, n int) (*Bolt, []byte) {
	t.Helper()
	j := fresh(t)
	mustAppend(t, j, called(1, n))
	var copied bytes.Buffer
	if _, err := j.Backup(&copied); err != nil {
		t.Fatal(err)
	}
	return j, copied.Bytes()
}

func TestRestoreIsTheBackupUnderANewName(t *testing.T) {
	j, copied := backup(t, 5)
	mustAppend(t, j, called(6, 4)) // after the backup
	path := filepath.Join(t.TempDir(), "new", "hub.journal")
	if err := Restore(bytes.NewReader(copied), path, paris); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v (%v), want the journal", entries, err)
	}
	restored := begin(t, path, paris)
	if restored.ID() == j.ID() {
		t.Error("it has the name of the journal it was copied from")
	}
	if d := cmp.Diff(contents(t, j)[:5], contents(t, restored)); d != "" {
		t.Error(d)
	}
	mustAppend(t, restored, called(6, 1))
}

func TestRestoreMigrates(t *testing.T) {
	old, err := os.ReadFile("testdata/old_v1.journal")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "hub.journal")
	if err := Restore(bytes.NewReader(old), path, paris); err != nil {
		t.Fatal(err)
	}
	if j := begin(t, path, paris); j.Last() != 130 {
		t.Errorf("%d facts, want 130", j.Last())
	}
	if rest, _ := filepath.Glob(path + "?*"); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}

func TestRestoreRefuses(t *testing.T) {
	_, sound := backup(t, 50)
	newer := filepath.Join(t.TempDir(), "newer")
	if err := os.WriteFile(newer, sound, 0o600); err != nil {
		t.Fatal(err)
	}
	store(t, newer, func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucketMeta)).Put([]byte(metaSchema), number(99)) })
	tooNew, err := os.ReadFile(newer)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := bytes.Clone(sound)
	for i := len(spoilt) / 2; i < len(spoilt); i++ {
		spoilt[i] ^= 0x55
	}
	for name, c := range map[string]struct {
		backup []byte
		o      Options
		want   error
	}{
		"nothing":        {nil, paris, ErrDamaged},
		"a part":         {sound[:len(sound)/2], paris, ErrDamaged},
		"spoilt":         {spoilt, paris, ErrDamaged},
		"a newer one":    {tooNew, paris, ErrNewer},
		"another site's": {sound, Options{Site: "lyon"}, ErrSite},
	} {
		path := filepath.Join(t.TempDir(), "hub.journal")
		if err := Restore(bytes.NewReader(c.backup), path, c.o); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if rest, _ := filepath.Glob(path + "*"); len(rest) > 0 {
			t.Errorf("%s left behind %v", name, rest)
		}
	}
	there := fresh(t)
	mustAppend(t, there, called(1, 1))
	there.Close()
	if err := Restore(bytes.NewReader(sound), there.path, paris); !errors.Is(err, ErrExists) {
		t.Errorf("over a journal: %v, want ErrExists", err)
	}
	if again := begin(t, there.path, paris); again.Last() != 1 {
		t.Errorf("the journal that was there has %d facts", again.Last())
	}
}

func TestRenewOfABrokenDiskChangesNothing(t *testing.T) {
	j := fresh(t)
	mustAppend(t, j, called(1, 1))
	j.Close()
	reader := begin(t, j.path, Options{ReadOnly: true})
	old := reader.ID()
	if _, err := reader.Renew(); !errors.Is(err, ErrReadOnly) || reader.ID() != old {
		t.Errorf("Renew = %v, the id was %s and is %s", err, old, reader.ID())
	}
}
