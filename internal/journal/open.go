package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/safety"
)

// Open opens the journal at path and, unless it is only to be read, makes it
// and its folder when absent. An older journal is backed up beside itself and
// migrated. Errors name the file and wrap [ErrLocked], [ErrNewer], [ErrOlder],
// [ErrSite] or [ErrDamaged]; reading an absent journal is [fs.ErrNotExist].
func Open(path string, o Options) (*Bolt, error) {
	j, err := open(path, o, steps())
	if err != nil {
		return nil, fmt.Errorf("open journal %s: %w", path, err)
	}
	return j, nil
}

func open(path string, o Options, steps []step) (*Bolt, error) {
	if o.Timeout == 0 {
		o.Timeout = time.Second
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !o.ReadOnly {
		if err := create(path, o); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	db, err := openFile(path, o)
	if err != nil {
		return nil, err
	}
	j := &Bolt{db: db, path: path}
	if err := errors.Join(j.settle(o), j.load(o, steps)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return j, nil
}

// smallest is the size of a journal without facts: four pages.
const smallest = 4 * 4096

// openFile takes the lock and maps the file. One cut short is refused first,
// because the store would take an empty file for a new one and start it in place.
func openFile(path string, o Options) (db *bolt.DB, err error) {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Size() < smallest {
		return nil, fmt.Errorf("%w (%d bytes are too few)", ErrDamaged, info.Size())
	}
	var file *os.File
	err = guard(func() error {
		db, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout:      o.Timeout,
			ReadOnly:     o.ReadOnly,
			FreelistType: bolt.FreelistMapType,
			NoStatistics: true,
			NoSync:       safety.Off(safety.Sync),
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
				file = f
				return f, err
			},
		})
		return err
	})
	if err != nil && file != nil {
		// A damaged file can make the store panic. Its mapping then stays, and
		// would keep the lock even when the file is closed.
		syscall.Flock(int(file.Fd()), syscall.LOCK_UN)
		file.Close()
	}
	return db, err
}

// settle syncs what a killed program wrote and could not sync any more: what is
// found now is shown from now on and must outlast a power cut.
func (j *Bolt) settle(o Options) error {
	if o.ReadOnly || safety.Off(safety.Sync) {
		return nil
	}
	return errors.Join(j.db.Sync(), syncDir(filepath.Dir(j.path)))
}

// load reads the index and holds it against what the caller wants.
func (j *Bolt) load(o Options, steps []step) error {
	newest := uint64(len(steps) + 1)
	x, err := j.readIndex(newest)
	switch {
	case err != nil:
		return err
	case o.Site != "" && o.Site != x.site:
		return fmt.Errorf("%w: it belongs to %q, not to %q", ErrSite, x.site, o.Site)
	case x.schema > newest:
		return fmt.Errorf("%w (schema %d, this one knows %d)", ErrNewer, x.schema, newest)
	case x.schema < newest && o.ReadOnly:
		return ErrOlder
	case x.schema < newest:
		if x, err = j.migrate(x.schema, steps); err != nil {
			return err
		}
	}
	j.adopt(x)
	return nil
}
