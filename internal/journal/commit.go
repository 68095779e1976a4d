package journal

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// view runs do in a reading transaction.
func (j *Bolt) view(do func(*bolt.Tx) error) error {
	return guard(func() error { return j.db.View(do) })
}

// update runs do in a writing transaction and commits. The caller holds
// j.writing. After an error nothing has changed and it may be tried again, or
// the journal is broken.
func (j *Bolt) update(do func(*bolt.Tx) error) error {
	if j.broken != nil {
		return j.broken
	}
	id := 0 // until the transaction has begun
	err := guard(func() error {
		return j.db.Update(func(tx *bolt.Tx) error {
			id = tx.ID()
			return do(tx)
		})
	})
	if err == nil || id == 0 || errors.Is(err, errNothing) {
		return err
	}
	// What the failed commit wrote lies in free pages and is written anew, so
	// that trying again is safe, unless the commit became visible.
	if !errors.Is(err, ErrDamaged) && j.unmoved(id) {
		return err
	}
	j.broken = fmt.Errorf("%w (%w)", ErrBroken, err)
	return j.broken
}

// errNothing is returned inside update to save a commit that changes nothing.
var errNothing = errors.New("nothing to change")

// unmoved says whether the store still is as before the failed transaction id.
// If even its last page was written and only the sync failed, the store shows
// what may not be there after a power cut.
func (j *Bolt) unmoved(id int) bool {
	err := j.view(func(tx *bolt.Tx) error {
		if tx.ID() != id-1 {
			return errNothing
		}
		return nil
	})
	return err == nil
}

// wrap says what was done to which file when err happened.
func (j *Bolt) wrap(what string, err error) error {
	if err != nil {
		return fmt.Errorf("journal %s: %s: %w", j.path, what, err)
	}
	return nil
}
