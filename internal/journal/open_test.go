package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

func isClosed(err error) bool { return errors.Is(err, ErrClosed) }

// store opens the file as the store sees it.
func store(t testing.TB, path string, do func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(do), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// refused opens a file that must be refused for a reason and left as it is.
func refused(t *testing.T, path string, o Options, want error) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	j, err := Open(path, o)
	if err == nil {
		j.Close()
	}
	if !errors.Is(err, want) {
		t.Errorf("Open = %v, want %v", err, want)
	} else if !strings.Contains(err.Error(), path) {
		t.Errorf("%q does not name the file", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a refused file was changed (%v)", err)
	}
	if rest, _ := filepath.Glob(path + "?*"); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}

func TestOpenMakesFoldersAndLeavesOneFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	j := begin(t, filepath.Join(dir, "hub.journal"), paris)
	if id := j.ID(); len(id) != 8 || strings.Trim(id, idLetters) != "" {
		t.Errorf("id %q", id)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v (%v), want the journal", entries, err)
	}
}

func TestOpenWithoutSite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hub.journal")
	if j, err := Open(path, Options{}); err == nil {
		j.Close()
		t.Error("a journal was made for no site")
	}
	begin(t, path, paris).Close()
	if j := begin(t, path, Options{}); j.Site() != "paris" {
		t.Errorf("site %q", j.Site())
	}
}

func TestOpenForReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hub.journal")
	if _, err := Open(path, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("reading no journal: %v", err)
	}
	j := begin(t, path, paris)
	mustAppend(t, j, called(1, 3))
	j.Close()
	first := begin(t, path, Options{ReadOnly: true})
	second := begin(t, path, Options{ReadOnly: true})
	if d := cmp.Diff(contents(t, first), contents(t, second)); d != "" || first.Last() != 3 {
		t.Errorf("two readers: last %d, %s", first.Last(), d)
	}
	if _, err := first.Append(3, called(4, 1)); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Append = %v, want ErrReadOnly", err)
	}
	if _, err := first.Forget("2027-01-01", 3); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Forget = %v, want ErrReadOnly", err)
	}
	refused(t, path, paris, ErrLocked)
}

func TestSecondOpenerIsLockedOut(t *testing.T) {
	j := fresh(t)
	refused(t, j.path, paris, ErrLocked)
	refused(t, j.path, Options{ReadOnly: true, Timeout: paris.Timeout}, ErrLocked)
	mustAppend(t, j, called(1, 1))
}

func TestManyMakeOneJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hub.journal")
	var ids sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			j, err := Open(path, Options{Site: "paris"})
			if err != nil {
				t.Error(err)
				return
			}
			ids.Store(j.ID(), true)
			if err := j.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	n := 0
	ids.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d journals were made at one place", n)
	}
}

func TestFolderLockTimesOut(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lockDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(dir, "hub.journal"), paris); !errors.Is(err, ErrLocked) {
		t.Errorf("Open = %v, want ErrLocked", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	begin(t, filepath.Join(dir, "hub.journal"), paris)
}

func TestTornBeginningIsBegunAgain(t *testing.T) {
	whole := fresh(t)
	whole.Close()
	content, err := os.ReadFile(whole.path)
	if err != nil {
		t.Fatal(err)
	}
	for size := 0; size <= len(content); size += 2048 {
		path := filepath.Join(t.TempDir(), "hub.journal")
		if err := os.WriteFile(path+".new", content[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		j := begin(t, path, paris)
		mustAppend(t, j, called(1, 1))
		if j.ID() == whole.ID() {
			t.Error("half a journal was taken for a whole one")
		}
	}
}

func TestOtherSiteIsRefused(t *testing.T) {
	j := fresh(t)
	j.Close()
	refused(t, j.path, Options{Site: "lyon"}, ErrSite)
}

func TestNewerJournalIsRefused(t *testing.T) {
	j := fresh(t)
	mustAppend(t, j, called(1, 1))
	j.Close()
	store(t, j.path, func(tx *bolt.Tx) error {
		return errors.Join(
			tx.DeleteBucket([]byte(bucketDays)), // whatever it may look like
			tx.Bucket([]byte(bucketMeta)).Put([]byte(metaSchema), number(uint64(len(steps())+2))),
		)
	})
	refused(t, j.path, paris, ErrNewer)
	refused(t, j.path, Options{ReadOnly: true}, ErrNewer)
}

func TestMigration(t *testing.T) {
	j := fresh(t)
	mustAppend(t, j, called(1, 5))
	want := contents(t, j)
	j.Close()
	store(t, j.path, func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucketMeta)).Put([]byte(metaSchema), number(1)) })
	before, err := os.ReadFile(j.path)
	if err != nil {
		t.Fatal(err)
	}
	power := errors.New("power cut")
	var done []int
	note := func(n int, err error) step {
		return func(*bolt.Tx) error { done = append(done, n); return err }
	}
	if _, err := open(j.path, Options{ReadOnly: true}, []step{note(1, nil)}); !errors.Is(err, ErrOlder) {
		t.Errorf("an older journal opened for reading: %v, want ErrOlder", err)
	}
	if _, err := open(j.path, Options{Site: "lyon"}, []step{note(1, nil)}); !errors.Is(err, ErrSite) {
		t.Errorf("an older journal of another site: %v, want ErrSite", err)
	}
	if _, err := open(j.path, paris, []step{note(1, nil), note(2, power)}); !errors.Is(err, power) {
		t.Errorf("open = %v, want the step's error", err)
	}
	migrated, err := open(j.path, paris, []step{note(1, nil), note(2, nil)})
	if err != nil {
		t.Fatal(err)
	}
	defer migrated.Close()
	if d := cmp.Diff([]int{1, 2, 2}, done); d != "" {
		t.Errorf("steps taken: %s", d)
	}
	if d := cmp.Diff(want, contents(t, migrated)); d != "" {
		t.Errorf("facts after migrating: %s", d)
	}
	if kept := begin(t, j.path+".schema1", paris); kept.Last() != 5 || !cmp.Equal(want, contents(t, kept)) {
		t.Errorf("the copy made before has %d facts of %d bytes", kept.Last(), len(before))
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.db")
	store(t, other, func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err })
	refused(t, other, paris, ErrDamaged)
	for name, content := range map[string]string{"empty": "", "short": "x", "text": strings.Repeat("no journal\n", 5000)} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, path, paris, ErrDamaged)
	}
}
