package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// backedUp makes a backup and gives its path.
func backedUp(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "accueil.backup")
	if status, out, errs := hubRun(t, "backup", file, "--data", dir); status != 0 || !strings.Contains(out, "facts") {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	return file
}

// hasFacts waits until a hub that has started goes on with its day.
func hasFacts(t *testing.T, dir string, restored int) {
	t.Helper()
	for began := time.Now(); time.Since(began) < time.Minute; {
		if status, out, _ := hubRun(t, "verify", "--json", "--data", dir); status == 0 {
			var found verdict
			if json.Unmarshal([]byte(out), &found) == nil && found.Facts > 0 && len(found.Restored) == restored {
				return
			}
		}
	}
	t.Fatal("the hub records nothing")
}

func TestBackupWhileTheHubServesAndRestore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long-", 20), strings.Repeat("long-", 20)) // longer than a socket's name may be
	startHub(t, dir)
	hasFacts(t, dir, 0)
	const accounts = `{"v":1,"site":"villette"}`
	if err := os.WriteFile(filepath.Join(dir, "access.json"), []byte(accounts), 0o600); err != nil {
		t.Fatal(err)
	}
	file := backedUp(t, dir)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is for everybody: %v, %v", info.Mode(), err)
	}
	if rest, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); len(rest) != 1 {
		t.Errorf("left beside the backup: %v", rest)
	}
	data := filepath.Join(t.TempDir(), "new")
	status, out, errs := hubRun(t, "restore", file, "--data", data)
	if status != 0 || !strings.Contains(out, "restored 1 days") {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	if text, err := os.ReadFile(filepath.Join(data, "access.json")); err != nil || string(text) != accounts {
		t.Errorf("the accounts are %q, %v", text, err)
	}
	startHub(t, data)
	hasFacts(t, data, 1)
	status, out, errs = hubRun(t, "verify", "--json", "--data", data)
	var found verdict
	if err := json.Unmarshal([]byte(out), &found); err != nil || status != 0 || len(found.Restored) != 1 || len(found.Wrong) != 0 {
		t.Errorf("status %d, %v: %s%s", status, err, out, errs)
	}
	if status, _, errs := hubRun(t, "restore", file, "--data", data); status != 1 || !strings.Contains(errs, "journal here already") {
		t.Errorf("over a journal: status %d: %s", status, errs)
	}
}

func TestBackupWithoutAHub(t *testing.T) {
	file := backedUp(t, simulated(t))
	data := t.TempDir()
	if status, out, errs := hubRun(t, "restore", file, "--data", data); status != 0 {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	if status, out, _ := hubRun(t, "verify", "--data", data); status != 0 || !strings.Contains(out, "4 days") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, _, errs := hubRun(t, "backup", filepath.Join(t.TempDir(), "x"), "--data", t.TempDir()); status != 1 || !strings.Contains(errs, "no journal") {
		t.Errorf("of nothing: status %d: %s", status, errs)
	}
}

// A folder that cannot hold a socket must not keep a hub from serving.
func TestAHubServesWithoutItsDoor(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, doorName, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	startHub(t, dir)
	if status, _, errs := hubRun(t, "backup", filepath.Join(t.TempDir(), "x"), "--data", dir); status != 1 || !strings.Contains(errs, "another program") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// A plain copy of a journal, as migrating leaves it, can be restored too.
func TestRestoreOfAPlainJournal(t *testing.T) {
	dir, data := simulated(t), t.TempDir()
	if status, out, errs := hubRun(t, "restore", journalPath(dir), "--data", data); status != 0 || !strings.Contains(out, "restored 4 days") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
}

// entry is one file of an archive.
type entry struct{ name, content string }

func archived(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	a := tar.NewWriter(&b)
	for _, e := range entries {
		if err := a.WriteHeader(&tar.Header{Name: e.name, Size: int64(len(e.content)), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(a, e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	const sound = `{"v":1,"site":"villette"}`
	whole, err := os.ReadFile(backedUp(t, simulated(t)))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":             {nil, "damaged"},
		"text":                {bytes.Repeat([]byte("hello\n"), 10_000), "damaged"},
		"a part":              {whole[:len(whole)/2], "ends too early"},
		"no journal":          {archived(t, entry{manifestName, sound}), "no journal in it"},
		"a newer one":         {archived(t, entry{manifestName, `{"v":2,"site":"villette"}`}), "newer version"},
		"no site":             {archived(t, entry{manifestName, `{"v":1}`}), "names no site"},
		"a way out":           {archived(t, entry{manifestName, sound}, entry{"../evil", "x"}), "no place in a backup"},
		"a hidden file":       {archived(t, entry{manifestName, sound}, entry{".profile", "x"}), "no place in a backup"},
		"a journal of nobody": {archived(t, entry{manifestName, sound}, entry{journalFile, "x"}), "damaged"},
	} {
		file, data := filepath.Join(t.TempDir(), "file"), t.TempDir()
		if err := os.WriteFile(file, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if status, _, errs := hubRun(t, "restore", file, "--data", data); status != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: status %d, want %q: %s", name, status, c.want, errs)
		}
		if _, err := os.Stat(journalPath(data)); err == nil {
			t.Errorf("%s left a journal behind", name)
		}
	}
}

// What the folder has of its own is not overwritten.
func TestRestoreKeepsOtherAccounts(t *testing.T) {
	dir, data := simulated(t), t.TempDir()
	for folder, text := range map[string]string{dir: "old", data: "new"} {
		if err := os.WriteFile(filepath.Join(folder, "access.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if status, _, errs := hubRun(t, "restore", backedUp(t, dir), "--data", data); status != 1 || !strings.Contains(errs, "access.json") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// A backup that fails leaves the one before in its place.
func TestAFailedBackupReplacesNothing(t *testing.T) {
	dir := simulated(t)
	file := backedUp(t, dir)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(journalPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	for i := len(journal) / 3; i < len(journal)/2; i++ {
		journal[i] ^= 0xaa
	}
	if err := os.WriteFile(journalPath(dir), journal, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := hubRun(t, "backup", file, "--data", dir); status != 1 || !strings.Contains(errs, "damaged") {
		t.Errorf("status %d: %s", status, errs)
	}
	after, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the earlier backup was touched (%v)", err)
	}
	if rest, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); len(rest) != 1 {
		t.Errorf("left behind: %v", rest)
	}
}

// Whatever a file holds, reading it as a backup ends, and hands on nothing that
// could leave its folder.
func FuzzArchive(f *testing.F) {
	add := func(entries ...entry) {
		var b bytes.Buffer
		a := tar.NewWriter(&b)
		for _, e := range entries {
			if a.WriteHeader(&tar.Header{Name: e.name, Size: int64(len(e.content)), Mode: 0o600}) == nil {
				_, _ = io.WriteString(a, e.content)
			}
		}
		_ = a.Close()
		f.Add(b.Bytes())
	}
	const sound = `{"v":1,"site":"villette"}`
	add(entry{manifestName, sound}, entry{"access.json", "{}"}, entry{journalFile, "journal"})
	add(entry{manifestName, sound}, entry{"../evil", "x"}, entry{journalFile, "journal"})
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = readArchive(bytes.NewReader(file), func(name string, content []byte) error {
			if name != filepath.Base(name) || name == ".." || len(content) > largestFile {
				t.Errorf("hands on %q with %d bytes", name, len(content))
			}
			return nil
		}, func(_ manifest, r io.Reader) error {
			_, err := io.Copy(io.Discard, r)
			return err
		})
	})
}

// TestACutBackupLeavesNothing: neither the journal nor the accounts beside it.
func TestACutBackupLeavesNothing(t *testing.T) {
	dir := simulated(t)
	if err := os.WriteFile(filepath.Join(dir, "access.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(backedUp(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{600, 1600, 3000, len(whole) / 2} {
		cut, data := filepath.Join(t.TempDir(), "cut.tar"), t.TempDir()
		if err := os.WriteFile(cut, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		if status, _, errs := hubRun(t, "restore", cut, "--data", data); status != 1 || !strings.Contains(errs, "nothing was restored") {
			t.Errorf("%d of %d bytes: status %d: %s", size, len(whole), status, errs)
		}
		if left, err := os.ReadDir(data); err != nil || len(left) > 0 {
			t.Errorf("%d bytes left %v, %v", size, left, err)
		}
	}
}
