package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// create makes an empty journal that is at path either whole or not at all: a
// power cut can tear a file while it is started, so it is started under
// another name. The lock on the folder lets one program at a time do so.
func create(path string, o Options) error {
	if !queue.ValidKey(o.Site) {
		return fmt.Errorf("make a new journal: %q is no key of a site", o.Site)
	}
	dir := filepath.Dir(path)
	if err := makeDir(dir); err != nil {
		return err
	}
	unlock, err := lockDir(dir, o.Timeout)
	if err != nil {
		return err
	}
	defer unlock()
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err // another program was faster
	}
	half := path + ".new"
	if err := os.Remove(half); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := start(half, o.Site); err != nil {
		return errors.Join(plain(err), os.Remove(half))
	}
	if err := os.Rename(half, path); err != nil {
		return err
	}
	return syncDir(dir)
}

// start writes and syncs a journal without facts.
func start(path, site string) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{bucketMeta, bucketSources, bucketDays} {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		meta := tx.Bucket([]byte(bucketMeta))
		return errors.Join(
			meta.Put([]byte(metaSchema), number(uint64(len(steps())+1))),
			meta.Put([]byte(metaSite), []byte(site)),
			meta.Put([]byte(metaID), []byte(newID())),
			meta.Put([]byte(metaLast), number(0)),
			meta.Put([]byte(metaForgotten), number(0)),
		)
	})
	return errors.Join(err, db.Close())
}

// idLetters leaves out i, l, o and u, as ticket codes do.
const idLetters = "0123456789abcdefghjkmnpqrstvwxyz"

func newID() string {
	var b [8]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = idLetters[b[i]%32]
	}
	return string(b[:])
}

// makeDir is os.MkdirAll whose folders outlast a power cut.
func makeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := makeDir(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(parent)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// lockDir waits for the folder as the store waits for its file.
func lockDir(dir string, timeout time.Duration) (unlock func() error, err error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(timeout); ; time.Sleep(10 * time.Millisecond) {
		err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return d.Close, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(err, d.Close())
		}
		if time.Now().After(deadline) {
			return nil, errors.Join(ErrLocked, d.Close())
		}
	}
}

// writeFile writes a file that is at path either whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
