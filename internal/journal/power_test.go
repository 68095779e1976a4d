package journal

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"accueil/internal/journal/disktest"
)

// A disk that loses its power at any moment has every acknowledged fact.
func TestPowerCut(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	var content map[string][]byte
	var known ledger
	for round := range 32 {
		d := disktest.New(content)
		d.Cut = 1 + r.IntN(250)
		if round%4 == 0 { // while the journal is made
			d, known = disktest.New(nil), ledger{}
			d.Cut = 1 + r.IntN(30)
		}
		known.hear(writeOn(t, d, "", 1+r.IntN(9), 1))
		content = d.Image(r, r.Float64()*1.4) // often all, sometimes hardly anything
		known.holds(t, content)
	}
}

// What a program finds when it starts again after a kill it shows, so it must
// be on the disk even if the killed one had not come to syncing it.
func TestPowerCutAfterKill(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	for n := 1; n < 70; n++ {
		d := disktest.New(nil)
		d.Cut = n
		var known ledger
		known.hear(writeOn(t, d, ""))
		d = d.Restore()
		known.hear(writeOn(t, d, "1"))
		known.holds(t, d.Image(r, 0))
	}
}

// A disk that fails once, at any operation and with any error, loses nothing
// either, not even when a power cut follows.
func TestFailingDisk(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	broken := 0
	for n := 1 + r.IntN(3); n < 150; n += 1 + r.IntN(4) {
		d := disktest.New(nil)
		d.Fails, d.Errno = n, []syscall.Errno{syscall.EIO, syscall.ENOSPC}[n%2]
		var known ledger
		heard := writeOn(t, d, "12")
		if known.hear(heard); heard.code == codeBroken {
			broken++
		} else if heard.code == 0 && known.last < 12 {
			t.Errorf("operation %d failed: only %d facts were appended in 12 tries", n, known.last)
		}
		seen := known
		seen.holds(t, d.Seen())
		known.holds(t, d.Image(r, r.Float64()*1.4))
	}
	t.Logf("the journal called itself broken %d times", broken)
}

// writeOn runs writers on a disk, one after the other, killing each after some
// appends, until the power goes or one stops by itself.
func writeOn(t *testing.T, d *disktest.Disk, batches string, kills ...int) (h heard) {
	t.Helper()
	dir := t.TempDir()
	unmount, err := d.Mount(dir)
	if err != nil {
		t.Skipf("needs FUSE and the right to mount: %v", err)
	}
	defer func() {
		if err := unmount(); err != nil {
			t.Fatal(err)
		}
	}()
	for _, n := range append(kills, -1) {
		w := startWriter(t, filepath.Join(dir, "hub.journal"), batches)
		ended, watched := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(watched)
			select {
			case <-d.Off:
				w.kill()
			case <-ended:
			}
		}()
		now := w.listen(n)
		h = heard{h.opened || now.opened, max(h.last, now.last), now.code}
		close(ended)
		<-watched
	}
	return h
}

// ledger is what a journal has acknowledged.
type ledger struct {
	opened bool
	last   uint64
}

func (l *ledger) hear(h heard) {
	l.opened = l.opened || h.opened
	l.last = max(l.last, h.last)
}

// holds says whether the files of a disk hold all that was acknowledged.
func (l *ledger) holds(t *testing.T, files map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "hub.journal")
	if _, whole := files["hub.journal"]; !whole {
		if l.opened {
			t.Fatalf("the journal had been opened and is gone")
		}
		return
	}
	j := begin(t, path, paris)
	if j.Last() < l.last {
		t.Fatalf("fact %d was acknowledged, the journal ends with %d", l.last, j.Last())
	}
	asWritten(t, j)
	l.opened, l.last = true, j.Last()
	finish(t, j)
}
