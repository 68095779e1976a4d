package journal

import (
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
	"accueil/internal/safety"
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
	p, err := j.plan(expected, facts)
	if err == nil && len(facts) > 0 {
		err = j.update(p.write)
	}
	if err != nil {
		return j.last, j.wrap("append", err)
	}
	j.publish(p)
	for i := range facts {
		facts[i].No = p.first + uint64(i)
	}
	return j.last, nil
}

// plan is one append before it is written.
type plan struct {
	first   uint64       // number of the first fact
	days    []queue.Date // of each fact
	records [][]byte     // each fact
	old     []uint64     // heads by ordinal before
	heads   []uint64     // and after, those of the sources just met at the end
	met     []queue.Source
	known   map[queue.Source]int // ordinals before
	scratch []byte
}

func (p *plan) last() uint64 { return p.first + uint64(len(p.records)) - 1 }

// plan needs no lock on what it reads: only an append changes it.
func (j *Bolt) plan(expected uint64, facts []queue.Fact) (*plan, error) {
	if expected != j.last {
		return nil, fmt.Errorf("%w: its last fact is %d, expected was %d", ErrExpected, j.last, expected)
	}
	p := &plan{first: expected + 1, old: j.heads, heads: slices.Clone(j.heads), known: j.ordinal}
	for i := range facts {
		if err := p.add(&facts[i]); err != nil {
			return nil, fmt.Errorf("fact %d of %d (%.20s): %w", i+1, len(facts), facts[i].Kind, err)
		}
	}
	return p, nil
}

func (p *plan) add(f *queue.Fact) error {
	if err := fit(f); err != nil {
		return err
	}
	n := p.ordinal(f.Source)
	if f.Seq != p.heads[n]+1 && !safety.Off(safety.Sequence) {
		return fmt.Errorf("%w: %s sent %d, its next is %d", ErrOrder, f.Source, f.Seq, p.heads[n]+1)
	}
	p.heads[n] = f.Seq
	var record []byte
	record, p.scratch = encode(f, p.last()+1, n, p.scratch)
	p.days, p.records = append(p.days, f.Day), append(p.records, record)
	return nil
}

func (p *plan) ordinal(s queue.Source) int {
	if n, known := p.known[s]; known {
		return n
	}
	n := slices.Index(p.met, s)
	if n < 0 {
		n = len(p.met)
		p.met, p.heads = append(p.met, s), append(p.heads, 0)
	}
	return len(p.old) + n
}

// write carries the plan out. That the store still is as the plan found it is
// looked at once more where it counts.
func (p *plan) write(tx *bolt.Tx) error {
	meta := tx.Bucket([]byte(bucketMeta))
	if last, err := readNumber(meta, metaLast); err != nil || last != p.first-1 {
		return fmt.Errorf("%w (its last fact is %d, not %d)", ErrDamaged, last, p.first-1)
	}
	if err := p.writeRecords(tx.Bucket([]byte(bucketDays))); err != nil {
		return err
	}
	sources := tx.Bucket([]byte(bucketSources))
	for n, head := range p.heads {
		if err := p.writeHead(sources, n, head); err != nil {
			return err
		}
	}
	return meta.Put([]byte(metaLast), number(p.last()))
}

// writeRecords files the records. Numbers only grow, so pages are filled to the brim.
func (p *plan) writeRecords(days *bolt.Bucket) (err error) {
	var day *bolt.Bucket
	for i, record := range p.records {
		if i == 0 || p.days[i] != p.days[i-1] {
			if day, err = days.CreateBucketIfNotExists([]byte(p.days[i])); err != nil {
				return err
			}
			day.FillPercent = 1
		}
		if err := day.Put(number(p.first+uint64(i)), record); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) writeHead(sources *bolt.Bucket, n int, head uint64) error {
	if n >= len(p.old) {
		return sources.Put(number(uint64(n)), writeSource(p.met[n-len(p.old)], head))
	}
	if head == p.old[n] {
		return nil
	}
	s, stored, err := readSource(sources.Get(number(uint64(n))))
	if err != nil || stored != p.old[n] {
		return fmt.Errorf("%w (source %d ends at %d, not at %d)", ErrDamaged, n, stored, p.old[n])
	}
	return sources.Put(number(uint64(n)), writeSource(s, head))
}

// publish lets everybody see what is now on the disk.
func (j *Bolt) publish(p *plan) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, s := range p.met {
		j.ordinal[s] = len(p.old) + i
	}
	j.last, j.heads, j.sources = p.last(), p.heads, append(j.sources, p.met...)
}
