package journal

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// Check reads the whole file and says, wrapping [ErrDamaged], how it
// contradicts itself: pages of the store, facts that cannot be read, and every
// number kept beside the facts that does not follow from them.
func (j *Bolt) Check() error {
	err := j.view(func(tx *bolt.Tx) error {
		if err := checkPages(tx); err != nil {
			return err
		}
		var x index
		if err := errors.Join(x.readName(tx), x.readRest(tx)); err != nil {
			return err
		}
		return checkFacts(tx, x)
	})
	return j.wrap("check", err)
}

func checkPages(tx *bolt.Tx) (err error) {
	for e := range tx.Check() { // to its end, or the checking goroutine stays
		err = errors.Join(err, fmt.Errorf("%w (%v)", ErrDamaged, e))
	}
	return err
}

func checkFacts(tx *bolt.Tx, x index) error {
	all, err := after(tx, 0, int(x.last)) // TODO: a page at a time
	if err != nil {
		return err
	}
	if uint64(len(all))+x.forgotten != x.last {
		return fmt.Errorf("%w (%d facts and %d forgotten are not %d)", ErrDamaged, len(all), x.forgotten, x.last)
	}
	_ = queue.Fact{}
	return nil
}
