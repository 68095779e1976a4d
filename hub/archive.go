package main

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

// A backup is a tar archive, so that anybody can look into it:
//
//	backup.json   manifest
//	…             the small files of the data folder: accounts, certificates
//	hub.journal   the journal as it was at one moment; it comes last
const (
	manifestName    = "backup.json"
	manifestVersion = 1
	// largestFile is what counts as small.
	largestFile = 4 << 20
)

// manifest says what is in a backup.
type manifest struct {
	V       int       `json:"v"`
	Site    string    `json:"site"`
	Journal string    `json:"journal"` // its id
	Facts   uint64    `json:"facts"`   // at least
	Made    time.Time `json:"made"`
	Program string    `json:"program"`
}

var (
	errNewerBackup = errors.New("this backup was made by a newer version; install that version")
	errNoBackup    = errors.New("this file is no backup")
)

// writeArchive writes the backup of a data folder whose journal is open. The
// journal is copied within the folder first, so that a slow reader does not keep
// the hub from writing.
func writeArchive(w io.Writer, dir string, j *journal.Bolt) error {
	copied, err := os.CreateTemp(dir, ".backup-*")
	if err != nil {
		return err
	}
	defer copied.Close()
	if err := os.Remove(copied.Name()); err != nil { // it lives as long as it is open
		return err
	}
	m := manifest{V: manifestVersion, Site: j.Site(), Journal: j.ID(), Facts: j.Last(), Made: time.Now().UTC(), Program: version}
	size, err := j.Backup(copied)
	if err != nil {
		return err
	}
	if _, err := copied.Seek(0, io.SeekStart); err != nil {
		return err
	}
	a := tar.NewWriter(w)
	if err := writeSmall(a, dir, m); err != nil {
		return err
	}
	if err := writeEntry(a, journalFile, size, copied); err != nil {
		return err
	}
	return a.Close()
}

func writeSmall(a *tar.Writer, dir string, m manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := writeEntry(a, manifestName, int64(len(text)), strings.NewReader(string(text))); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !keepable(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		content, err := readSmall(filepath.Join(dir, e.Name()))
		if errors.Is(err, fs.ErrNotExist) || content == nil && err == nil {
			continue // replaced just now, or not small
		}
		if err != nil {
			return err
		}
		if err := writeEntry(a, e.Name(), int64(len(content)), strings.NewReader(string(content))); err != nil {
			return err
		}
	}
	return nil
}

// keepable says whether a file of the data folder belongs into a backup: not the
// journal and what hangs on it, and nothing that lives for a moment.
func keepable(name string) bool {
	return name == filepath.Base(name) && !strings.HasPrefix(name, journalFile) && !strings.HasPrefix(name, ".") &&
		name != manifestName && name != doorName && !strings.HasSuffix(name, ".new") && !strings.HasSuffix(name, ".lock")
}

// readSmall gives nil for a file that is not small.
func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	if len(content) > largestFile {
		return nil, err
	}
	return content, err
}

func writeEntry(a *tar.Writer, name string, size int64, content io.Reader) error {
	if err := a.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: time.Now()}); err != nil {
		return err
	}
	_, err := io.Copy(a, content)
	return err
}

// readArchive reads a backup and hands on its small files and then its journal.
// Nothing is handed on before the manifest is found to be right.
func readArchive(r io.Reader, file func(name string, content []byte) error, copied func(manifest, io.Reader) error) (m manifest, err error) {
	a := tar.NewReader(r)
	for {
		h, err := a.Next()
		switch {
		case errors.Is(err, io.EOF):
			return m, fmt.Errorf("%w: there is no journal in it", errNoBackup)
		case err != nil:
			return m, fmt.Errorf("%w (%v)", errNoBackup, err)
		case m.V == 0:
			if m, err = readManifest(h, a); err != nil {
				return m, err
			}
		case h.Name == journalFile:
			return m, copied(m, a)
		case h.Typeflag != tar.TypeReg || !keepable(h.Name) || h.Size > largestFile:
			return m, fmt.Errorf("%w: %.80q has no place in a backup", errNoBackup, h.Name)
		default:
			content, err := io.ReadAll(a)
			if err == nil {
				err = file(h.Name, content)
			}
			if err != nil {
				return m, err
			}
		}
	}
}

func readManifest(h *tar.Header, r io.Reader) (m manifest, err error) {
	if h.Name != manifestName {
		return m, fmt.Errorf("%w: it begins with %.80q", errNoBackup, h.Name)
	}
	if err := json.NewDecoder(io.LimitReader(r, 1<<16)).Decode(&m); err != nil {
		return m, fmt.Errorf("%w: %s: %v", errNoBackup, manifestName, err)
	}
	switch {
	case m.V > manifestVersion:
		return m, errNewerBackup
	case m.V < 1 || !queue.ValidKey(m.Site):
		return m, fmt.Errorf("%w: %s names no site", errNoBackup, manifestName)
	}
	return m, nil
}
