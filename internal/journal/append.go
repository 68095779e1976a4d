package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// Append records all facts, or none, in one commit, numbered from expected+1,
// each in the bucket of its day, and returns the number of the last one. When
// it returns they are on the disk.
//
// It changes the given facts to what will be read back: times are cut to the
// millisecond and put in UTC, durations cut to the millisecond, and, once
// recorded, No is set. Who goes on with the given facts is therefore in the
// same state as who replays them.
//
// It refuses with [ErrExpected] when the last fact is not number expected,
// with [ErrOrder] when a fact is not the next of its source, and with
// [queue.ErrFact] when a fact has no day, no source or text that is not UTF-8.
// [ErrFull] and [ErrBroken] say that the disk failed.
func (j *Bolt) Append(expected uint64, facts []queue.Fact) (last uint64, err error) {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.broken != nil {
		return j.Last(), fmt.Errorf("append to %s: %w", j.path, j.broken)
	}
	p, err := j.plan(expected, facts)
	if err == nil && len(facts) > 0 {
		err = j.commit(p)
	}
	if err != nil {
		return j.Last(), fmt.Errorf("append to %s: %w", j.path, err)
	}
	j.publish(p)
	for i := range facts {
		facts[i].No = expected + 1 + uint64(i)
	}
	return p.last, nil
}

// plan is one append before it is written.
type plan struct {
	expected, last uint64
	days           []queue.Date // of each fact
	records        [][]byte     // each fact
	heads          []uint64     // of all sources, by ordinal
	touched        map[int]bool // the ordinals whose head moves
	met            []queue.Source
	ordinal        map[queue.Source]int
}

func (j *Bolt) plan(expected uint64, facts []queue.Fact) (*plan, error) {
	p := &plan{expected: expected, touched: map[int]bool{}}
	p.last, p.heads, p.ordinal = j.snapshot()
	if expected != p.last {
		return nil, fmt.Errorf("%w: its last fact is %d, expected was %d", ErrExpected, p.last, expected)
	}
	for i := range facts {
		if err := p.add(&facts[i]); err != nil {
			return nil, fmt.Errorf("fact %d of %d (%s): %w", i+1, len(facts), facts[i].Kind, err)
		}
	}
	return p, nil
}

func (p *plan) add(f *queue.Fact) error {
	if err := fit(f); err != nil {
		return err
	}
	n, met := p.ordinal[f.Source]
	if !met {
		n = len(p.heads)
		p.heads, p.met = append(p.heads, 0), append(p.met, f.Source)
		p.ordinal[f.Source] = n
	}
	if f.Seq != p.heads[n]+1 {
		return fmt.Errorf("%w: %s sent %d, its next is %d", ErrOrder, f.Source, f.Seq, p.heads[n]+1)
	}
	p.heads[n], p.touched[n] = f.Seq, true
	p.last++
	p.days = append(p.days, f.Day)
	p.records = append(p.records, encode(f, p.last, n))
	return nil
}

func (j *Bolt) commit(p *plan) error {
	err := guard(func() error { return j.db.Update(p.write) })
	if err == nil {
		return nil
	}
	if errors.Is(err, ErrClosed) || errors.Is(err, ErrFull) && j.unmoved(p.expected) {
		return err
	}
	j.broken = fmt.Errorf("%w (%v)", ErrBroken, err)
	return j.broken
}

// unmoved says whether the store still ends where it did before a failed
// commit. If even its last page was written and only the sync failed, it shows
// facts that may not be there after a power cut.
func (j *Bolt) unmoved(expected uint64) bool {
	x, err := j.readIndex(uint64(len(steps()) + 1))
	return err == nil && x.last == expected
}

func (p *plan) write(tx *bolt.Tx) error {
	meta, sources := tx.Bucket([]byte(bucketMeta)), tx.Bucket([]byte(bucketSources))
	if stored, err := readNumber(meta, metaLast); err != nil || stored != p.expected {
		return fmt.Errorf("%w (its last fact is %d, not %d)", ErrDamaged, stored, p.expected)
	}
	for i, record := range p.records {
		if err := put(tx, p.days[i], p.expected+1+uint64(i), record); err != nil {
			return err
		}
	}
	for _, n := range slices.Sorted(maps.Keys(p.touched)) {
		if err := p.writeHead(sources, n); err != nil {
			return err
		}
	}
	return meta.Put([]byte(metaLast), number(p.last))
}

// put files a record. Numbers only grow, so pages are filled to the brim.
func put(tx *bolt.Tx, d queue.Date, no uint64, record []byte) error {
	day, err := tx.Bucket([]byte(bucketDays)).CreateBucketIfNotExists([]byte(d))
	if err != nil {
		return err
	}
	day.FillPercent = 1
	return day.Put(number(no), record)
}

func (p *plan) writeHead(sources *bolt.Bucket, n int) error {
	if first := len(p.heads) - len(p.met); n >= first {
		return sources.Put(number(uint64(n)), writeSource(p.met[n-first], p.heads[n]))
	}
	old := sources.Get(number(uint64(n)))
	if len(old) < 8 {
		return fmt.Errorf("%w (source %d is gone)", ErrDamaged, n)
	}
	v := slices.Clone(old)
	binary.BigEndian.PutUint64(v, p.heads[n])
	return sources.Put(number(uint64(n)), v)
}

// publish lets the others see what is now on the disk.
func (j *Bolt) publish(p *plan) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last, j.heads, j.ordinal = p.last, p.heads, p.ordinal
	j.sources = append(j.sources, p.met...)
}
