package journal

import (
	"encoding/binary"
	"fmt"
	"os"
	"strings"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// The names in the file.
const (
	bucketMeta    = "meta"
	bucketSources = "sources"
	bucketDays    = "days"

	metaSchema    = "schema"
	metaSite      = "site"
	metaID        = "id"
	metaLast      = "last"
	metaForgotten = "forgotten"
)

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// readIndex reads all that is stored beside the facts. Of a journal of another
// schema than newest only schema, site and id are read: they are where they
// are for ever.
func (j *Bolt) readIndex(newest uint64) (x index, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		if err := whole(tx, j.path); err != nil {
			return err
		}
		if err := x.readName(tx); err != nil || x.schema != newest {
			return err
		}
		return x.readRest(tx)
	})
	return x, err
}

// whole says whether the file is as long as its pages need; reading beyond its
// end would kill the program.
func whole(tx *bolt.Tx, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return fmt.Errorf("%w (%d bytes long, %d needed)", ErrDamaged, info.Size(), tx.Size())
	}
	return nil
}

func (x *index) readName(tx *bolt.Tx) (err error) {
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil {
		return fmt.Errorf("%w (this file is no journal)", ErrDamaged)
	}
	x.site, x.id = string(meta.Get([]byte(metaSite))), string(meta.Get([]byte(metaID)))
	if !queue.ValidKey(x.site) || !queue.ValidKey(x.id) {
		return fmt.Errorf("%w (it has no name)", ErrDamaged)
	}
	x.schema, err = readNumber(meta, metaSchema)
	return err
}

func (x *index) readRest(tx *bolt.Tx) (err error) {
	meta, sources := tx.Bucket([]byte(bucketMeta)), tx.Bucket([]byte(bucketSources))
	if sources == nil || tx.Bucket([]byte(bucketDays)) == nil {
		return fmt.Errorf("%w (it has no sources or no days)", ErrDamaged)
	}
	if x.last, err = readNumber(meta, metaLast); err != nil {
		return err
	}
	if x.forgotten, err = readNumber(meta, metaForgotten); err != nil {
		return err
	}
	return x.readSources(sources)
}

func readNumber(meta *bolt.Bucket, key string) (uint64, error) {
	v := meta.Get([]byte(key))
	if len(v) != 8 {
		return 0, fmt.Errorf("%w (%s is missing)", ErrDamaged, key)
	}
	return binary.BigEndian.Uint64(v), nil
}

// readSources also holds the heads against the number of the last fact: every
// fact was the next one of exactly one source.
func (x *index) readSources(sources *bolt.Bucket) error {
	sum := uint64(0)
	c := sources.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		s, head, err := readSource(v)
		if err != nil || len(k) != 8 || binary.BigEndian.Uint64(k) != uint64(len(x.sources)) {
			return fmt.Errorf("%w (source %d cannot be read)", ErrDamaged, len(x.sources))
		}
		x.sources, x.heads = append(x.sources, s), append(x.heads, head)
		sum += head
	}
	if sum != x.last {
		return fmt.Errorf("%w (the sources have %d facts, the journal %d)", ErrDamaged, sum, x.last)
	}
	return nil
}

// A source is stored as its last sequence, eight bytes, and its name.
func writeSource(s queue.Source, head uint64) []byte { return append(number(head), s.String()...) }

func readSource(v []byte) (s queue.Source, head uint64, err error) {
	if len(v) < 8 {
		return s, 0, ErrDamaged
	}
	parts := strings.Split(string(v[8:]), "/")
	if len(parts) != 3 {
		return s, 0, ErrDamaged
	}
	s = queue.Source{Site: parts[0], Terminal: parts[1], Journal: parts[2]}
	return s, binary.BigEndian.Uint64(v), nil
}
