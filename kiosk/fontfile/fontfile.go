// Package fontfile finds the files of the system's fonts by family, for pictures and paper.
package fontfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrMissing is wrapped when a machine lacks a family; the error says which
// Debian package brings it.
var ErrMissing = errors.New("no such font on this machine")

// Family is a font of the system: its name, how the names of its files begin,
// and the Debian package that brings it.
type Family struct{ Name, File, Debian string }

// Dirs are the folders of the XDG base directories and Debian's own.
func Dirs() []string {
	dirs := []string{"/usr/share/fonts", "/usr/local/share/fonts"}
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, filepath.Join(home, ".local/share/fonts"), filepath.Join(home, ".fonts"))
	}
	return dirs
}

// Find returns the path of the family's file below the first folder that has
// it, or an error that wraps [ErrMissing].
func (f Family) Find(dirs []string) (string, error) {
	for _, dir := range dirs {
		if path := f.below(dir); path != "" {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: %q; install the Debian package %s", ErrMissing, f.Name, f.Debian)
}

func (f Family) below(dir string) (found string) {
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasPrefix(e.Name(), f.File) {
			found = path
			return fs.SkipAll
		}
		return nil
	})
	return found
}
