package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// page is how many facts are read in one transaction: a reader that takes its
// time must not keep the writer from growing the file.
const page = 128

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

// reader reads the facts of one day, page by page.
type reader struct {
	day   queue.Date
	last  uint64 // the last number read
	facts []queue.Fact
	decoder
}

func newReader(d queue.Date) *reader {
	return &reader{day: d, facts: make([]queue.Fact, 0, page), decoder: newDecoder()}
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
		r.facts = append(r.facts, queue.Fact{})
		f := &r.facts[len(r.facts)-1]
		if err := r.fact(tx, r.day, k, v, f); err != nil {
			return err
		}
		r.last = f.No
	}
	return nil
}

// merge reads days at once, in the order of their facts' numbers. Mostly one
// day follows the other, but a fact heard late is filed under its own, older day.
type merge struct {
	decoder
	tx    *bolt.Tx
	heads []head // sorted by key
}

// head is the next record of a day.
type head struct {
	day    queue.Date
	cursor *bolt.Cursor
	k, v   []byte
}

// mergeAfter starts behind number no.
func mergeAfter(tx *bolt.Tx, no uint64) (*merge, error) {
	m := &merge{decoder: newDecoder(), tx: tx}
	days := tx.Bucket([]byte(bucketDays))
	err := days.ForEachBucket(func(name []byte) error {
		c := days.Bucket(name).Cursor()
		if k, _ := c.Last(); len(k) != 8 {
			return fmt.Errorf("%w (day %.20q cannot be read)", ErrDamaged, name)
		} else if binary.BigEndian.Uint64(k) > no {
			k, v := c.Seek(number(no + 1))
			m.heads = append(m.heads, head{day: queue.Date(name), cursor: c, k: k, v: v})
		}
		return nil
	})
	slices.SortFunc(m.heads, func(a, b head) int { return bytes.Compare(a.k, b.k) })
	return m, err
}

// next reads the fact with the next number; false after the last one.
func (m *merge) next() (f queue.Fact, more bool, err error) {
	if len(m.heads) == 0 {
		return f, false, nil
	}
	h := &m.heads[0]
	if err = m.fact(m.tx, h.day, h.k, h.v, &f); err != nil {
		return f, false, err
	}
	if h.k, h.v = h.cursor.Next(); h.k == nil {
		m.heads = m.heads[1:]
		return f, true, nil
	}
	for i := 1; i < len(m.heads) && bytes.Compare(m.heads[i-1].k, m.heads[i].k) > 0; i++ {
		m.heads[i-1], m.heads[i] = m.heads[i], m.heads[i-1]
	}
	return f, true, nil
}

func after(tx *bolt.Tx, no uint64, limit int) (facts []queue.Fact, err error) {
	m, err := mergeAfter(tx, no)
	if err != nil {
		return nil, err
	}
	for len(facts) < limit {
		f, more, err := m.next()
		if err != nil || !more {
			return facts, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}
