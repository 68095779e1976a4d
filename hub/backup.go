package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"accueil/internal/journal"
)

// backup copies a data folder into one file, also while a hub uses it.
type backup struct {
	File    string `arg:"" help:"File to write; one that is there is replaced once the new one is whole." type:"path" placeholder:"FILE"`
	Data    string `help:"Folder of the journal." type:"path" default:"${data}" placeholder:"DIR"`
	NoCheck bool   `help:"Do not read the written journal back."`
}

// Run writes the backup, reads it back, and puts it in its place.
func (b *backup) Run(c console) error {
	if _, err := os.Stat(journalPath(b.Data)); err != nil {
		return fmt.Errorf("no journal in %s; name its folder with --data", b.Data)
	}
	half := b.File + ".new"
	f, err := os.OpenFile(half, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600) // it may hold keys
	if err != nil {
		return err
	}
	defer f.Close()
	m, err := b.write(c, f)
	if err == nil {
		err = errors.Join(f.Sync(), f.Close())
	}
	if err == nil {
		err = os.Rename(half, b.File)
	}
	if err != nil {
		return fmt.Errorf("back up to %s: %w", b.File, errors.Join(err, removeHalf(half)))
	}
	if info, err := os.Stat(b.File); err == nil {
		fmt.Fprintf(c.out, "%s: journal %s of %s, %d facts, %.1f MB\n", b.File, m.Journal, m.Site, m.Facts, float64(info.Size())/1e6)
	}
	return syncFolder(filepath.Dir(b.File))
}

func removeHalf(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (b *backup) write(c console, f *os.File) (m manifest, err error) {
	if err := b.copy(c, f); err != nil {
		return m, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return m, err
	}
	return readArchive(f, func(string, []byte) error { return nil }, func(m manifest, r io.Reader) error {
		if b.NoCheck {
			return nil
		}
		return checkCopy(filepath.Dir(b.File), m, r)
	})
}

// copy has the hub that uses the folder write the archive, or does it itself.
func (b *backup) copy(c console, w io.Writer) error {
	answer, err := knock(c.ctx, b.Data, "/backup")
	if err == nil {
		defer answer.Close()
		_, err = io.Copy(w, answer)
		return err
	}
	if !errors.Is(err, errNoHub) {
		return err
	}
	j, err := openJournal(b.Data, "", true)
	if err != nil {
		return err
	}
	return errors.Join(writeArchive(w, b.Data, j), j.Close())
}

// checkCopy reads a whole journal back, in a folder that has room for it.
func checkCopy(dir string, m manifest, r io.Reader) error {
	scratch, err := os.MkdirTemp(dir, ".check-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	path := filepath.Join(scratch, journalFile)
	if err := journal.Restore(r, path, journal.Options{Site: m.Site}); err != nil {
		return fmt.Errorf("the copy is not sound: %w", err)
	}
	return nil
}

// copier answers the door's page /backup, one at a time.
type copier struct {
	dir     string
	journal *journal.Bolt
	turn    sync.Mutex
}

// copyWithin is how long a reader may take.
const copyWithin = 10 * time.Minute

// ServeHTTP implements http.Handler.
func (b *copier) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if !b.turn.TryLock() {
		http.Error(w, "another backup is being made; try again when it is done", http.StatusConflict)
		return
	}
	defer b.turn.Unlock()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(copyWithin))
	begun := &begun{Writer: w}
	err := writeArchive(begun, b.dir, b.journal)
	switch {
	case err == nil:
	case begun.yes:
		panic(http.ErrAbortHandler) // the reader must not take half an archive for a whole one
	default:
		http.Error(w, "it cannot be backed up: "+err.Error(), http.StatusInternalServerError)
	}
}

// begun knows whether anything was written.
type begun struct {
	io.Writer
	yes bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.Writer.Write(p)
}
