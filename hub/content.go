package main

import (
	"fmt"
	"io/fs"
	"os"

	"accueil/config"
	"accueil/internal/journal"
	"accueil/internal/site"
)

// content reads the centre from a folder, or the embedded one when dir is "".
// Mistakes are printed, each on its line.
func (c console) content(dir string) (*site.Site, error) {
	var folder fs.FS = config.FS
	if dir != "" {
		if _, err := os.Stat(dir); err != nil {
			return nil, err
		}
		folder = os.DirFS(dir)
	}
	s, problems := site.Load(folder)
	for _, p := range problems {
		fmt.Fprintln(c.err, p)
	}
	if len(problems) > 0 {
		return nil, exit(1)
	}
	return s, nil
}

// journalFile is the name of the journal in a data folder.
const journalFile = "hub.journal"

func openJournal(dir, siteKey string, readOnly bool) (*journal.Bolt, error) {
	if !readOnly {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	return journal.Open(journalPath(dir), journal.Options{Site: siteKey, ReadOnly: readOnly})
}
