package journal

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// Forget deletes the days before a date, each only if none of its facts has a
// number greater than upTo, and says how many facts went. Last, heads and
// ordinals stay.
func (j *Bolt) Forget(before queue.Date, upTo uint64) (n int, err error) {
	j.writing.Lock()
	defer j.writing.Unlock()
	err = j.update(func(tx *bolt.Tx) error {
		n, err = forget(tx, before, upTo)
		return err
	})
	switch {
	case errors.Is(err, errNothing):
		return 0, nil
	case err != nil:
		return 0, j.wrap("forget", err)
	}
	return n, nil
}

func forget(tx *bolt.Tx, before queue.Date, upTo uint64) (n int, err error) {
	days, meta := tx.Bucket([]byte(bucketDays)), tx.Bucket([]byte(bucketMeta))
	old := [][]byte{}
	c := days.Cursor()
	for name, _ := c.First(); name != nil && string(name) < string(before); name, _ = c.Next() {
		day := days.Bucket(name)
		if k, _ := day.Cursor().Last(); len(k) == 8 && binary.BigEndian.Uint64(k) <= upTo {
			n += day.Stats().KeyN
			old = append(old, slices.Clone(name))
		}
	}
	if len(old) == 0 {
		return 0, errNothing
	}
	for _, name := range old {
		if err := days.DeleteBucket(name); err != nil {
			return 0, err
		}
	}
	forgotten, err := readNumber(meta, metaForgotten)
	if err != nil {
		return 0, err
	}
	return n, meta.Put([]byte(metaForgotten), number(forgotten+uint64(n)))
}

// Backup writes a copy of the whole journal, as it is at this moment, while
// facts go on being appended, and says how many bytes it has. The copy is a
// journal file. Now and then an append has to wait for the end of a backup, so
// w should be quick, like a file, and must not itself wait for an append.
func (j *Bolt) Backup(w io.Writer) (n int64, err error) {
	err = j.db.View(func(tx *bolt.Tx) error {
		n, err = tx.WriteTo(w)
		return err
	})
	return n, j.wrap("back up", plain(err))
}
