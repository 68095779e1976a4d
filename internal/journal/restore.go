package journal

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// ErrExists is returned by [Restore] when there is a journal already.
var ErrExists = errors.New("there is a journal here already; restore into an empty folder")

// Restore makes the journal at path out of a backup, with a new id: what its
// owner recorded after the backup was made is not in it, and other facts will
// bear those numbers. An older backup is migrated. It checks the whole journal
// first; what is not sound leaves nothing behind. Errors wrap [ErrExists],
// [ErrNewer], [ErrSite] or [ErrDamaged].
func Restore(backup io.Reader, path string, o Options) error {
	err := restore(backup, path, o)
	if err != nil {
		return fmt.Errorf("restore journal %s: %w", path, err)
	}
	return nil
}

func restore(backup io.Reader, path string, o Options) error {
	dir := filepath.Dir(path)
	if err := makeDir(dir); err != nil {
		return err
	}
	unlock, err := lockDir(dir, cmp.Or(o.Timeout, time.Second))
	if err != nil {
		return err
	}
	defer unlock()
	if _, err := os.Stat(path); err == nil {
		return ErrExists
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	half := path + ".restored"
	err = writeFile(half, func(w io.Writer) error {
		_, err := io.Copy(w, backup)
		return err
	})
	if err != nil {
		return plain(err)
	}
	if err := renew(half, o); err != nil {
		return errors.Join(err, os.Remove(half))
	}
	if err := os.Rename(half, path); err != nil {
		return err
	}
	return syncDir(dir)
}

// renew checks a journal, migrates it and gives it a new id.
func renew(path string, o Options) error {
	before, _ := filepath.Glob(path + ".schema*")
	j, err := open(path, Options{Site: o.Site}, steps())
	if err != nil {
		return err
	}
	err = j.Check()
	if err == nil {
		_, err = j.Renew()
	}
	after, _ := filepath.Glob(path + ".schema*")
	for _, copied := range after[len(before):] { // the backup is still there
		err = errors.Join(err, os.Remove(copied))
	}
	return errors.Join(err, j.Close())
}

// Renew gives the journal a new id and returns it: it was set back to an older
// copy of itself, and others know facts of it that it has not.
func (j *Bolt) Renew() (id string, err error) {
	j.writing.Lock()
	defer j.writing.Unlock()
	id = newID()
	err = j.update(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte(bucketMeta)).Put([]byte(metaID), []byte(id))
	})
	if err != nil {
		return "", j.wrap("renew", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.id = id
	return id, nil
}
