package journal

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// Check reads the whole file and says, wrapping [ErrDamaged], how it
// contradicts itself: facts that cannot be read, numbers kept beside the facts
// that do not follow from them, pages that hang together wrongly. Appends wait
// meanwhile.
func (j *Bolt) Check() error {
	j.writing.Lock() // the store must not be written while its pages are checked
	defer j.writing.Unlock()
	err := j.view(func(tx *bolt.Tx) error {
		var x index
		if err := errors.Join(x.readName(tx), x.readRest(tx)); err != nil {
			return err
		}
		if err := checkFacts(tx, x); err != nil {
			return err
		}
		return checkPages(tx) // last, because it trusts the pages more than we do
	})
	return j.wrap("check", err)
}

func checkPages(tx *bolt.Tx) (err error) {
	for e := range tx.Check() { // to its end, or its goroutine stays
		if err == nil {
			err = fmt.Errorf("%w (%v)", ErrDamaged, e)
		}
	}
	return err
}

func checkFacts(tx *bolt.Tx, x index) error {
	m, err := mergeAfter(tx, 0)
	if err != nil {
		return err
	}
	c := checker{index: x, seen: make(map[queue.Source]uint64, len(x.sources))}
	for {
		f, more, err := m.next()
		if err != nil {
			return err
		}
		if !more {
			return c.end()
		}
		if err := c.fact(f); err != nil {
			return err
		}
	}
}

// checker derives the index from the facts. Where whole days were forgotten
// there are gaps, which it can only count.
type checker struct {
	index
	no, count uint64
	seen      map[queue.Source]uint64 // last sequence
}

func (c *checker) fact(f queue.Fact) error {
	if f.No <= c.no || f.No > c.last {
		return fmt.Errorf("%w (fact %d after %d, the last should be %d)", ErrDamaged, f.No, c.no, c.last)
	}
	c.no = f.No
	c.count++
	seq, met := c.seen[f.Source]
	if f.Seq <= seq || c.forgotten == 0 && f.Seq != seq+1 {
		return fmt.Errorf("%w (fact %d: %s has %d after %d)", ErrDamaged, f.No, f.Source, f.Seq, seq)
	}
	if !met && c.forgotten == 0 && c.sources[len(c.seen)] != f.Source {
		return fmt.Errorf("%w (fact %d: source %d should be %s)", ErrDamaged, f.No, len(c.seen), f.Source)
	}
	c.seen[f.Source] = f.Seq
	return nil
}

func (c *checker) end() error {
	if c.count+c.forgotten != c.last {
		return fmt.Errorf("%w (%d facts and %d forgotten are not %d)", ErrDamaged, c.count, c.forgotten, c.last)
	}
	for i, s := range c.sources {
		if seq := c.seen[s]; seq > c.heads[i] || c.forgotten == 0 && seq != c.heads[i] {
			return fmt.Errorf("%w (%s ends with %d, not with %d)", ErrDamaged, s, seq, c.heads[i])
		}
	}
	return nil
}
