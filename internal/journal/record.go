package journal

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// A record is one fact as bytes, for ever:
//
//	1 byte   version, 1
//	4 bytes  big endian: CRC-32C of the number (8 bytes, big endian) and the
//	         CBOR, xor CRC-32C of the day, xor CRC-32C of the source
//	         ("site/terminal/journal"), so that a record under the wrong
//	         number, day or source is found out
//	rest     a CBOR map (RFC 8949, core deterministic encoding), a field each,
//	         zero fields left out
//
// Keys are the numbers below. Source is its ordinal; times are milliseconds
// since 1970 UTC, durations milliseconds, both signed; the rest is text or
// unsigned, services and languages an array of text. No and day are not in the record: they
// are where it is filed. A key is never used again for something else; a new
// key is a new schema, because an older program must not read half a fact.
const recordVersion = 1

const (
	keySource   = 1
	keySeq      = 2
	keyKind     = 3
	keyAt       = 4
	keyHeard    = 5
	keySkew     = 6
	keyDated    = 7
	keyTicket   = 8
	keyCode     = 9
	keyLabel    = 10
	keyService  = 11
	keyQuestion = 12
	keyLanguage = 13
	keyLevel    = 14
	keyLow      = 15
	keyHigh     = 16
	keyDesk     = 17
	keyServices = 18
	keyTopic    = 19
	keyReason   = 20
	keyRequest  = 21
	keySensor   = 22
	keyBoot     = 23
	keyIn       = 24
	keyOut      = 25

	// Since schema 2.
	keyLanguages = 26
	keyOf        = 27
	keyMode      = 28
	keyPersons   = 29
	keyLength    = 30
	keyRole      = 31
)

const headSize = 5 // version and checksum

// fit makes f equal to what will be read back, or says why that cannot be.
func fit(f *queue.Fact) error {
	if !f.Day.Valid() {
		return fmt.Errorf("%w: day %.20q is not a date like 2006-01-02", queue.ErrFact, f.Day)
	}
	for _, part := range []string{f.Source.Site, f.Source.Terminal, f.Source.Journal} {
		if !queue.ValidKey(part) {
			return fmt.Errorf("%w: source %.80q has a part that is no key", queue.ErrFact, f.Source)
		}
	}
	fields := texts(f)
	for _, list := range [][]string{fields[:], f.Services, f.Languages} {
		for _, s := range list {
			if !utf8.ValidString(s) {
				return fmt.Errorf("%w: %.40q is not UTF-8", queue.ErrFact, s)
			}
		}
	}
	f.At, f.Heard = cut(f.At), cut(f.Heard)
	for _, d := range []*time.Duration{&f.Skew, &f.Low, &f.High, &f.Length} {
		*d = d.Truncate(time.Millisecond)
	}
	if len(f.Services) == 0 {
		f.Services = nil
	}
	if len(f.Languages) == 0 {
		f.Languages = nil
	}
	return nil
}

func texts(f *queue.Fact) [16]string {
	return [...]string{
		string(f.Kind), string(f.Dated), string(f.Ticket), string(f.Code), string(f.Label), f.Service,
		f.Question, f.Language, f.Desk, f.Topic, f.Reason, f.Request, f.Sensor, f.Boot, f.Mode, f.Role,
	}
}

func cut(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(s string) uint32 { return crc32.Checksum([]byte(s), castagnoli) }

// checksum is that of a record filed under key by a day and a source with
// their own sums.
func checksum(key, body []byte, day, source uint32) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, body) ^ day ^ source
}

// encode writes the record of f as number no from the source with an ordinal.
// Scratch is memory to be handed on to the next call.
func encode(f *queue.Fact, no uint64, ordinal int, scratch []byte) (record, again []byte) {
	w := writer{buf: scratch[:0]}
	w.pairs(f, ordinal)
	record = make([]byte, headSize, headSize+2+len(w.buf))
	record[0] = recordVersion
	record = append(appendHead(record, majorMap, uint64(w.n)), w.buf...)
	binary.BigEndian.PutUint32(record[1:], checksum(number(no), record[headSize:], sum(string(f.Day)), sum(f.Source.String())))
	return record, w.buf
}

func (w *writer) pairs(f *queue.Fact, ordinal int) {
	w.key(keySource).uint(uint64(ordinal))
	w.number(keySeq, f.Seq)
	w.text(keyKind, string(f.Kind))
	w.time(keyAt, f.At)
	w.time(keyHeard, f.Heard)
	w.signed(keySkew, f.Skew.Milliseconds())
	w.text(keyDated, string(f.Dated))
	w.text(keyTicket, string(f.Ticket))
	w.text(keyCode, string(f.Code))
	w.text(keyLabel, string(f.Label))
	w.text(keyService, f.Service)
	w.text(keyQuestion, f.Question)
	w.text(keyLanguage, f.Language)
	w.signed(keyLevel, int64(f.Level))
	w.signed(keyLow, f.Low.Milliseconds())
	w.signed(keyHigh, f.High.Milliseconds())
	w.text(keyDesk, f.Desk)
	w.list(keyServices, f.Services)
	w.text(keyTopic, f.Topic)
	w.text(keyReason, f.Reason)
	w.text(keyRequest, f.Request)
	w.text(keySensor, f.Sensor)
	w.text(keyBoot, f.Boot)
	w.number(keyIn, f.In)
	w.number(keyOut, f.Out)
	w.list(keyLanguages, f.Languages)
	w.number(keyOf, f.Of)
	w.text(keyMode, f.Mode)
	w.signed(keyPersons, int64(f.Persons))
	w.signed(keyLength, f.Length.Milliseconds())
	w.text(keyRole, f.Role)
}

// decoder reads records, giving equal words the same memory.
type decoder struct {
	words   words
	sources map[uint64]source
	day     queue.Date // the one met last, and its sum
	daySum  uint32
}

type source struct {
	queue.Source
	sum uint32
}

func newDecoder() decoder { return decoder{words: newWords(), sources: map[uint64]source{}} }

// fact reads the record filed under a day and a number into f, which is zero.
func (d *decoder) fact(tx *bolt.Tx, day queue.Date, k, v []byte, f *queue.Fact) error {
	if len(k) != 8 || len(v) <= headSize || v[0] != recordVersion {
		return fmt.Errorf("%w (day %s, key %.8x: no record of version %d)", ErrDamaged, day, k, recordVersion)
	}
	if day != d.day {
		d.day, d.daySum = day, sum(string(day))
	}
	f.No, f.Day = binary.BigEndian.Uint64(k), day
	r := cborReader{buf: v[headSize:], words: d.words}
	ordinal := r.fact(f)
	s, err := d.source(tx, ordinal)
	if err != nil || r.bad || binary.BigEndian.Uint32(v[1:]) != checksum(k, v[headSize:], d.daySum, s.sum) {
		return fmt.Errorf("%w (day %s, fact %d)", ErrDamaged, day, f.No)
	}
	f.Source = s.Source
	return nil
}

func (d *decoder) source(tx *bolt.Tx, ordinal uint64) (source, error) {
	if s, known := d.sources[ordinal]; known {
		return s, nil
	}
	s, _, err := readSource(tx.Bucket([]byte(bucketSources)).Get(number(ordinal)))
	if err != nil {
		return source{}, err
	}
	d.sources[ordinal] = source{s, sum(s.String())}
	return d.sources[ordinal], nil
}

// fact reads the map and returns the ordinal of its source.
func (r *cborReader) fact(f *queue.Fact) (ordinal uint64) {
	last := uint64(0)
	for range r.head(majorMap) {
		key := r.uint()
		if key <= last || r.bad { // sorted, so none is there twice
			r.bad = true
			return 0
		}
		last = key
		if key == keySource {
			ordinal = r.uint()
		} else {
			r.field(f, key)
		}
	}
	r.bad = r.bad || len(r.buf) > 0
	return ordinal
}

func (r *cborReader) field(f *queue.Fact, key uint64) {
	switch key {
	case keySeq:
		f.Seq = r.uint()
	case keyKind:
		f.Kind = queue.Kind(r.word())
	case keyAt:
		f.At = r.time()
	case keyHeard:
		f.Heard = r.time()
	case keySkew:
		f.Skew = r.duration()
	case keyDated:
		f.Dated = queue.Date(r.word())
	case keyTicket:
		f.Ticket = queue.TicketID(r.word())
	case keyCode:
		f.Code = queue.Code(r.text())
	case keyLabel:
		f.Label = queue.Label(r.word())
	case keyService:
		f.Service = r.word()
	case keyQuestion:
		f.Question = r.word()
	case keyLanguage:
		f.Language = r.word()
	case keyLevel:
		f.Level = int(r.int())
	case keyLow:
		f.Low = r.duration()
	case keyHigh:
		f.High = r.duration()
	case keyDesk:
		f.Desk = r.word()
	case keyServices:
		f.Services = r.list()
	case keyTopic:
		f.Topic = r.word()
	case keyReason:
		f.Reason = r.word()
	case keyRequest:
		f.Request = r.text()
	case keySensor:
		f.Sensor = r.word()
	case keyBoot:
		f.Boot = r.word()
	case keyIn:
		f.In = r.uint()
	case keyOut:
		f.Out = r.uint()
	case keyLanguages:
		f.Languages = r.list()
	case keyOf:
		f.Of = r.uint()
	case keyMode:
		f.Mode = r.word()
	case keyPersons:
		f.Persons = int(r.int())
	case keyLength:
		f.Length = r.duration()
	case keyRole:
		f.Role = r.word()
	default:
		r.bad = true
	}
}
