// Package journal keeps the facts of one site on disk, in order, a bucket a day.
//
// A [Bolt] is one file. What [Bolt.Append] has returned survives a kill and a
// power cut; what it has refused left no trace. The file holds four things:
//
//	meta     schema, site, id, the number of the last fact, how many were forgotten
//	sources  ordinal → the source and the sequence of its last fact
//	days     date → number → the fact, as record.go writes it
//
// Of these only the facts are primary. The other numbers can be derived from
// them, and [Bolt.Check] does.
package journal

import (
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// Options say how to open a journal. The zero value opens the journal of any
// site for writing.
type Options struct {
	Site     string        // whose journal it must be; needed to make a new one
	Timeout  time.Duration // how long to wait for another program to let go of the file; one second when zero
	ReadOnly bool          // never create, change or migrate; several readers may share the file
}

// Bolt is a journal in one bbolt file. Its methods may be called at the same
// time from several goroutines; appends take turns.
type Bolt struct {
	db   *bolt.DB
	path string
	site string

	writing sync.Mutex // held from the first look at the heads to the end of the commit
	broken  error      // guarded by writing: why nothing can be appended any more

	mu      sync.RWMutex // guards what follows; the store's own words, kept to save a reading
	id      string
	last    uint64
	heads   []uint64 // by ordinal
	sources []queue.Source
	ordinal map[queue.Source]int
}

// ID names this file: eight characters drawn when it was made or restored, so
// that a journal begun anew, or gone on with from a copy, is never taken for the
// one it replaces.
func (j *Bolt) ID() string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.id
}

// Site is the key of the site whose facts these are.
func (j *Bolt) Site() string { return j.site }

// Last is the number of the last fact, 0 before the first.
func (j *Bolt) Last() uint64 {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.last
}

// Heads gives every source met so far with the sequence of its last fact.
func (j *Bolt) Heads() map[queue.Source]uint64 {
	j.mu.RLock()
	defer j.mu.RUnlock()
	heads := make(map[queue.Source]uint64, len(j.sources))
	for i, s := range j.sources {
		heads[s] = j.heads[i]
	}
	return heads
}

// Ordinal says as which one, from 0, a source was first met; false if it never
// was. An ordinal is never given to another source, not even when all facts of
// the first are forgotten.
func (j *Bolt) Ordinal(s queue.Source) (int, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	n, met := j.ordinal[s]
	return n, met
}

// Close lets go of the file once running calls have ended. A second call does nothing.
func (j *Bolt) Close() error {
	return j.wrap("close", plain(j.db.Close()))
}

// index is what the store knows beside the facts.
type index struct {
	schema    uint64
	site, id  string
	last      uint64
	forgotten uint64
	sources   []queue.Source
	heads     []uint64
}

func (j *Bolt) adopt(x index) {
	j.site, j.id, j.last = x.site, x.id, x.last
	j.sources, j.heads = x.sources, x.heads
	j.ordinal = make(map[queue.Source]int, len(x.sources))
	for i, s := range x.sources {
		j.ordinal[s] = i
	}
}
