package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"accueil/internal/journal"
)

var errCutBackup = errors.New("the file ends too early, it was not copied to its end")

// restore makes a data folder out of a backup.
type restore struct {
	File string `arg:"" help:"Backup, or a plain copy of a journal." type:"existingfile" placeholder:"FILE"`
	Data string `help:"Folder to make; there must be no journal in it." type:"path" default:"${data}" placeholder:"DIR"`

	kept []string // written beside the journal
}

// Run restores the journal last: a folder with a journal is whole.
func (r *restore) Run(c console) error {
	f, err := os.Open(r.File)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := os.Stat(journalPath(r.Data)); err == nil {
		return fmt.Errorf("%s: %w", r.Data, journal.ErrExists)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(r.Data, 0o700); err != nil {
		return err
	}
	if err := r.unpack(f); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = errCutBackup
		}
		return fmt.Errorf("%s: %w; nothing was restored: take another copy", r.File, errors.Join(err, r.undo()))
	}
	return r.tell(c)
}

func (r *restore) unpack(f *os.File) error {
	content := bufio.NewReader(f)
	if head, _ := content.Peek(512); !bytes.HasPrefix(head, []byte(manifestName)) {
		return journal.Restore(content, journalPath(r.Data), journal.Options{})
	}
	_, err := readArchive(content, r.keep, func(m manifest, copied io.Reader) error {
		return journal.Restore(copied, journalPath(r.Data), journal.Options{Site: m.Site})
	})
	return err
}

// keep writes a small file unless there is one with other contents.
func (r *restore) keep(name string, content []byte) error {
	path := filepath.Join(r.Data, name)
	there, err := os.ReadFile(path)
	switch {
	case err == nil && !bytes.Equal(there, content):
		return fmt.Errorf("%s is there already and is not the backup's; restore into an empty folder", path)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	r.kept = append(r.kept, path)
	return os.WriteFile(path, content, 0o600)
}

// undo takes away what was written of a backup that turned out to be bad.
func (r *restore) undo() (err error) {
	for _, path := range r.kept {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// tell says what there is now and what comes next.
func (r *restore) tell(c console) error {
	j, err := openJournal(r.Data, "", true)
	if err != nil {
		return err
	}
	defer j.Close()
	days, err := j.Days()
	if err != nil {
		return err
	}
	last := "no facts yet"
	if facts, err := j.After(max(j.Last(), 1)-1, 1); err == nil && len(facts) == 1 {
		last = "the last of " + facts[0].When().Format("2006-01-02 15:04:05 MST")
	}
	fmt.Fprintf(c.out, "restored %d days, %d facts, %s, as journal %s of %s\n", len(days), j.Last(), last, j.ID(), j.Site())
	fmt.Fprintln(c.out, "never start the old hub again. Start this one: it goes on beyond all numbers given,")
	fmt.Fprintln(c.out, "and the terminals send what they still have. Then hub verify says what is missing.")
	return nil
}
