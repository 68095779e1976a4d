package journal

import (
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// page is how many facts are read in one transaction: a reader that takes its
// time must not keep the writer from growing the file.
const page = 512

// Days are the days that have facts, oldest first.
func (j *Bolt) Days() (days []queue.Date, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte(bucketDays)).ForEachBucket(func(k []byte) error {
			days = append(days, queue.Date(k))
			return nil
		})
	})
	return days, j.wrap("list the days", err)
}

// Day hands each fact of a day to do, in the order of their numbers, and stops
// at its first error. A day without facts is no error. No lock is held while
// do runs: it may take its time and append; what is appended meanwhile is read too.
func (j *Bolt) Day(d queue.Date, do func(queue.Fact) error) error {
	r := newReader(d)
	for more := true; more; {
		err := j.view(func(tx *bolt.Tx) error { return r.fill(tx, page) })
		if err != nil {
			return j.wrap("read "+string(d), err)
		}
		for _, f := range r.facts {
			if err := do(f); err != nil {
				return err
			}
		}
		more = len(r.facts) == page
	}
	return nil
}

// After returns at most limit facts whose numbers are greater than no, in
// their order, of whatever day.
func (j *Bolt) After(no uint64, limit int) (facts []queue.Fact, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		facts, err = after(tx, no, limit)
		return err
	})
	return facts, j.wrap("read", err)
}

func (j *Bolt) wrap(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s of journal %s: %w", what, j.path, err)
	}
	return nil
}

// reader reads the facts of one day, page by page.
type reader struct {
	day   queue.Date
	last  uint64 // the last number read
	facts []queue.Fact
	decoder
}

func newReader(d queue.Date) *reader {
	return &reader{day: d, decoder: decoder{words: map[string]string{}}}
}

// fill reads the next facts, at most limit.
func (r *reader) fill(tx *bolt.Tx, limit int) error {
	r.facts = r.facts[:0]
	day := tx.Bucket([]byte(bucketDays)).Bucket([]byte(r.day))
	if day == nil {
		return nil
	}
	c := day.Cursor()
	for k, v := c.Seek(number(r.last + 1)); k != nil && len(r.facts) < limit; k, v = c.Next() {
		f, err := r.fact(tx, r.day, k, v)
		if err != nil {
			return err
		}
		r.facts, r.last = append(r.facts, f), f.No
	}
	return nil
}

// after merges the days that go beyond no. Mostly that is the last one, but a
// fact heard late is filed under its own, older day.
func after(tx *bolt.Tx, no uint64, limit int) (facts []queue.Fact, err error) {
	heads, err := beyond(tx, no)
	if err != nil {
		return nil, err
	}
	d := decoder{words: map[string]string{}}
	for len(heads) > 0 && len(facts) < limit {
		i := lowest(heads)
		h := &heads[i]
		f, err := d.fact(tx, h.day, h.k, h.v)
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
		if h.k, h.v = h.cursor.Next(); h.k == nil {
			heads = append(heads[:i], heads[i+1:]...)
		}
	}
	return facts, nil
}

// head is the next record of a day.
type head struct {
	day    queue.Date
	cursor *bolt.Cursor
	k, v   []byte
}

func beyond(tx *bolt.Tx, no uint64) (heads []head, err error) {
	days := tx.Bucket([]byte(bucketDays))
	err = days.ForEachBucket(func(name []byte) error {
		c := days.Bucket(name).Cursor()
		if k, _ := c.Last(); len(k) != 8 || binary.BigEndian.Uint64(k) <= no {
			return nil
		}
		k, v := c.Seek(number(no + 1))
		heads = append(heads, head{day: queue.Date(name), cursor: c, k: k, v: v})
		return nil
	})
	return heads, err
}

func lowest(heads []head) (at int) {
	for i := range heads {
		if string(heads[i].k) < string(heads[at].k) {
			at = i
		}
	}
	return at
}
