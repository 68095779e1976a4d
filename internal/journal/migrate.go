package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// A step rewrites a journal of one schema as the next. It keeps schema, site
// and id where they are and must not rely on the types of this package, which
// go on changing.
type step func(*bolt.Tx) error

// steps lead from schema 1 to the newest: the first makes a journal of schema
// 1 one of schema 2, and so on. A step is never changed once released.
func steps() []step { return []step{moreFields} }

// moreFields is schema 2: records may have the keys from 26 to 31. Those of
// schema 1 are records of schema 2 as they are.
func moreFields(*bolt.Tx) error { return nil }

// migrate takes the journal to the newest schema, one commit a step, after a
// copy of the file as it was has been put beside it.
func (j *Bolt) migrate(from uint64, steps []step) (index, error) {
	if from == 0 {
		return index{}, fmt.Errorf("%w (schema 0)", ErrDamaged)
	}
	keep := fmt.Sprintf("%s.schema%d", j.path, from)
	if err := j.backupTo(keep); err != nil {
		return index{}, fmt.Errorf("back up as %s before migrating: %w", keep, err)
	}
	for n := from; n <= uint64(len(steps)); n++ {
		if err := guard(func() error { return j.db.Update(steps[n-1].then(n + 1)) }); err != nil {
			return index{}, fmt.Errorf("migrate from schema %d to %d: %w", n, n+1, err)
		}
	}
	return j.readIndex(uint64(len(steps) + 1))
}

// then is s followed by noting the schema reached.
func (s step) then(schema uint64) step {
	return func(tx *bolt.Tx) error {
		if err := s(tx); err != nil {
			return err
		}
		return tx.Bucket([]byte(bucketMeta)).Put([]byte(metaSchema), number(schema))
	}
}

// backupTo leaves an earlier backup alone: it is of the same schema, made
// before a migration that did not get to its end.
func (j *Bolt) backupTo(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return writeFile(path, func(w io.Writer) error {
		_, err := j.Backup(w)
		return err
	})
}
