package journal

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/queue"
)

// A backup is the journal of one moment while a writer goes on.
func TestHotBackup(t *testing.T) {
	j := fresh(t)
	mustAppend(t, j, called(1, 500))
	before, path := j.Last(), filepath.Join(t.TempDir(), "backup.journal")
	var n int64
	var appending sync.WaitGroup
	err := writeFile(path, func(w io.Writer) (err error) {
		n, err = j.Backup(&meanwhile{Writer: w, do: func() {
			appending.Go(func() { mustAppend(t, j, called(before+1, 500)) })
		}})
		return err
	})
	appending.Wait()
	if info, statErr := os.Stat(path); err != nil || statErr != nil || info.Size() != n {
		t.Fatalf("Backup = %d, %v (%v)", n, err, statErr)
	}
	copied := begin(t, path, Options{Site: "paris", ReadOnly: true})
	if j.Last() == before || copied.Last() != before || copied.ID() != j.ID() {
		t.Errorf("%d facts before, %d after, the backup has %d", before, j.Last(), copied.Last())
	}
	if d := cmp.Diff(contents(t, j)[:before], contents(t, copied)); d != "" {
		t.Error(d)
	}
}

// meanwhile does something once when the first bytes come.
type meanwhile struct {
	io.Writer
	once sync.Once
	do   func()
}

func (m *meanwhile) Write(p []byte) (int, error) {
	m.once.Do(m.do)
	return m.Writer.Write(p)
}

// Readers see every day in order and whole up to some moment while a writer goes on.
func TestReadersDuringAppend(t *testing.T) {
	j := fresh(t)
	const total = 150
	done := make(chan struct{})
	var all sync.WaitGroup
	for name, read := range map[string]func() error{
		"day":    func() error { return inOrder(j) },
		"after":  func() error { _, err := j.After(j.Last()/2, 50); return err },
		"days":   func() error { _, err := j.Days(); return err },
		"backup": func() error { _, err := j.Backup(io.Discard); return err },
		"check":  j.Check,
		"heads": func() error {
			if before, head := j.Last(), j.Heads()[hub]; head < before {
				return fmt.Errorf("last %d, then head %d", before, head)
			}
			_, _ = j.Ordinal(hub)
			return nil
		},
	} {
		all.Go(func() {
			for {
				if err := read(); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	func() {
		defer all.Wait()
		defer close(done)
		for seq := uint64(1); seq < total; seq += 3 {
			mustAppend(t, j, called(seq, 3))
		}
	}()
	if err := inOrder(j); err != nil || j.Last() != total {
		t.Errorf("last %d: %v", j.Last(), err)
	}
}

func inOrder(j *Bolt) error {
	last, no := j.Last(), uint64(0)
	err := j.Day(today, func(f queue.Fact) error {
		if no++; f.No != no || f.Seq != no {
			return fmt.Errorf("fact %d (sequence %d) where %d should be", f.No, f.Seq, no)
		}
		return nil
	})
	if err == nil && no < last {
		err = fmt.Errorf("%d facts where %d were acknowledged", no, last)
	}
	return err
}
