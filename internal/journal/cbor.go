package journal

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"time"
)

// The few forms of CBOR that records use. A year is read in one go, so reading
// is written out here, several times faster than by reflection; tests hold it
// to a general library.

// Major types, RFC 8949 section 3.1.
const (
	majorUint     = 0
	majorNegative = 1
	majorText     = 3
	majorArray    = 4
	majorMap      = 5
)

// appendHead writes a major type and its argument in the shortest form.
func appendHead(b []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n < 1<<8:
		return append(b, major|24, byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n < 1<<32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

// writer writes the pairs of a map and counts them.
type writer struct {
	buf []byte
	n   int
}

func (w *writer) key(k uint64) *writer {
	w.n++
	w.uint(k)
	return w
}

func (w *writer) uint(n uint64) { w.buf = appendHead(w.buf, majorUint, n) }

func (w *writer) number(k, n uint64) {
	if n != 0 {
		w.key(k).uint(n)
	}
}

func (w *writer) int(n int64) {
	if n < 0 {
		w.buf = appendHead(w.buf, majorNegative, uint64(-1-n))
	} else {
		w.uint(uint64(n))
	}
}

func (w *writer) signed(k uint64, n int64) {
	if n != 0 {
		w.key(k).int(n)
	}
}

func (w *writer) time(k uint64, t time.Time) {
	if !t.IsZero() {
		w.key(k).int(t.UnixMilli())
	}
}

func (w *writer) string(s string) { w.buf = append(appendHead(w.buf, majorText, uint64(len(s))), s...) }

func (w *writer) text(k uint64, s string) {
	if s != "" {
		w.key(k).string(s)
	}
}

func (w *writer) list(k uint64, list []string) {
	if len(list) == 0 {
		return
	}
	w.key(k)
	w.buf = appendHead(w.buf, majorArray, uint64(len(list)))
	for _, s := range list {
		w.string(s)
	}
}

// words gives a word that comes again and again the same memory: the last one
// met is kept for each hash.
type words struct {
	seed maphash.Seed
	kept *[512]string
}

func newWords() words { return words{maphash.MakeSeed(), new([512]string)} }

func (w words) of(b []byte) string {
	slot := &w.kept[maphash.Bytes(w.seed, b)%uint64(len(w.kept))]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}

// cborReader reads what writer writes. Once something else is met it is bad
// and gives zeros.
type cborReader struct {
	buf   []byte
	bad   bool
	words words
}

// any reads the head of whatever comes.
func (r *cborReader) any() (major byte, n uint64) {
	if len(r.buf) == 0 {
		return r.fail()
	}
	major, n = r.buf[0]>>5, uint64(r.buf[0]&31)
	r.buf = r.buf[1:]
	if n < 24 {
		return major, n
	}
	size := 1 << (n - 24)
	if n > 27 || len(r.buf) < size {
		return r.fail()
	}
	b := r.buf
	r.buf = r.buf[size:]
	switch size {
	case 1:
		return major, uint64(b[0])
	case 2:
		return major, uint64(binary.BigEndian.Uint16(b))
	case 4:
		return major, uint64(binary.BigEndian.Uint32(b))
	}
	return major, binary.BigEndian.Uint64(b)
}

func (r *cborReader) fail() (byte, uint64) {
	r.bad, r.buf = true, nil
	return 0, 0
}

// head reads the head of what must come.
func (r *cborReader) head(want byte) uint64 {
	if len(r.buf) > 0 && r.buf[0]>>5 == want && r.buf[0]&31 < 24 { // mostly
		n := r.buf[0] & 31
		r.buf = r.buf[1:]
		return uint64(n)
	}
	major, n := r.any()
	if major != want {
		r.fail()
		return 0
	}
	return n
}

func (r *cborReader) uint() uint64 { return r.head(majorUint) }

func (r *cborReader) int() int64 {
	major, n := r.any()
	switch {
	case n > math.MaxInt64 || major > majorNegative:
		r.fail()
		return 0
	case major == majorNegative:
		return -1 - int64(n)
	}
	return int64(n)
}

func (r *cborReader) time() time.Time { return time.UnixMilli(r.int()).UTC() }

func (r *cborReader) duration() time.Duration { return time.Duration(r.int()) * time.Millisecond }

// bytes lie in the buffer, which is valid only in the store's transaction.
func (r *cborReader) bytes() []byte {
	n := r.head(majorText)
	if n > uint64(len(r.buf)) {
		r.fail()
		return nil
	}
	b := r.buf[:n]
	r.buf = r.buf[n:]
	return b
}

func (r *cborReader) text() string { return string(r.bytes()) }

func (r *cborReader) word() string { return r.words.of(r.bytes()) }

func (r *cborReader) list() []string {
	n := r.head(majorArray)
	if n > uint64(len(r.buf)) {
		r.fail()
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.word()
	}
	return list
}
