package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"accueil/internal/smallfile"
	"accueil/internal/wire"
)

// noticesFile keeps the announcements beside the journal: they are content with
// an expiry, and no facts.
type noticesFile struct{ path string }

// maxNotices is far more than the announcements that can be up take.
const maxNotices = 64 << 10

// Load implements [floor.Notices]. No file is no announcement.
func (f noticesFile) Load() ([]wire.Notice, error) {
	data, err := smallfile.Read(f.path, maxNotices)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []wire.Notice
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("announcements in %s: %w; remove the file to start without any", f.path, err)
	}
	return all, nil
}

// Save implements [floor.Notices].
func (f noticesFile) Save(all []wire.Notice) error {
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return smallfile.Write(f.path, data)
}
