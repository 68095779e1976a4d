package journal

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"accueil/internal/queue"
)

// reference is the body of a record for a general CBOR library.
type reference struct {
	Source   uint64   `cbor:"1,keyasint"`
	Seq      uint64   `cbor:"2,keyasint,omitempty"`
	Kind     string   `cbor:"3,keyasint,omitempty"`
	At       *int64   `cbor:"4,keyasint,omitempty"`
	Heard    *int64   `cbor:"5,keyasint,omitempty"`
	Skew     int64    `cbor:"6,keyasint,omitempty"`
	Dated    string   `cbor:"7,keyasint,omitempty"`
	Ticket   string   `cbor:"8,keyasint,omitempty"`
	Code     string   `cbor:"9,keyasint,omitempty"`
	Label    string   `cbor:"10,keyasint,omitempty"`
	Service  string   `cbor:"11,keyasint,omitempty"`
	Question string   `cbor:"12,keyasint,omitempty"`
	Language string   `cbor:"13,keyasint,omitempty"`
	Level    int64    `cbor:"14,keyasint,omitempty"`
	Low      int64    `cbor:"15,keyasint,omitempty"`
	High     int64    `cbor:"16,keyasint,omitempty"`
	Desk     string   `cbor:"17,keyasint,omitempty"`
	Services []string `cbor:"18,keyasint,omitempty"`
	Topic    string   `cbor:"19,keyasint,omitempty"`
	Reason   string   `cbor:"20,keyasint,omitempty"`
	Request  string   `cbor:"21,keyasint,omitempty"`
	Sensor   string   `cbor:"22,keyasint,omitempty"`
	Boot     string   `cbor:"23,keyasint,omitempty"`
	In       uint64   `cbor:"24,keyasint,omitempty"`
	Out      uint64   `cbor:"25,keyasint,omitempty"`

	Languages []string `cbor:"26,keyasint,omitempty"`
	Of        uint64   `cbor:"27,keyasint,omitempty"`
	Mode      string   `cbor:"28,keyasint,omitempty"`
	Persons   int64    `cbor:"29,keyasint,omitempty"`
	Length    int64    `cbor:"30,keyasint,omitempty"`
	Role      string   `cbor:"31,keyasint,omitempty"`
}

// everything has something in every field.
func everything() queue.Fact {
	at := time.UnixMilli(1_795_518_000_123).UTC()
	return queue.Fact{
		No: 300, Kind: queue.Numbered, Source: queue.Source{Site: "paris", Terminal: "hub", Journal: "0a1b2c3d"}, Seq: 70_000,
		Day: "2026-11-24", Dated: "2026-11-23", At: at, Heard: at.Add(40 * time.Millisecond), Skew: -1500 * time.Millisecond,
		Ticket: "7k3f9qxd-12", Code: "0123ABCD", Label: "C 042", Service: "creer", Question: strings.Repeat("q", 30), Language: "fr",
		Level: 2, Low: 10 * time.Minute, High: 25 * time.Minute, Desk: "5", Services: []string{"creer", "evoluer"},
		Topic: "association", Reason: "walk-in", Request: strings.Repeat("r", 300), Sensor: "door", Boot: "b1", In: 1 << 40, Out: 1<<64 - 1,
		Languages: []string{"fr", "es"}, Of: 70_001, Mode: "phone", Persons: -3, Length: 20 * time.Minute, Role: "adviser",
	}
}

func asReference(f queue.Fact, ordinal uint64) reference {
	at, heard := f.At.UnixMilli(), f.Heard.UnixMilli()
	r := reference{
		Source: ordinal, Seq: f.Seq, Kind: string(f.Kind), At: &at, Heard: &heard, Skew: f.Skew.Milliseconds(), Dated: string(f.Dated),
		Ticket: string(f.Ticket), Code: string(f.Code), Label: string(f.Label), Service: f.Service, Question: f.Question,
		Language: f.Language, Level: int64(f.Level), Low: f.Low.Milliseconds(), High: f.High.Milliseconds(), Desk: f.Desk,
		Services: f.Services, Topic: f.Topic, Reason: f.Reason, Request: f.Request, Sensor: f.Sensor, Boot: f.Boot, In: f.In, Out: f.Out,
		Languages: f.Languages, Of: f.Of, Mode: f.Mode, Persons: int64(f.Persons), Length: f.Length.Milliseconds(), Role: f.Role,
	}
	if f.At.IsZero() {
		r.At = nil
	}
	if f.Heard.IsZero() {
		r.Heard = nil
	}
	return r
}

func TestEveryFieldOfAFactIsTried(t *testing.T) {
	v := reflect.ValueOf(everything())
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("everything() has no %s: give the field a key in the record, raise the schema, and add it here", v.Type().Field(i).Name)
		}
	}
}

func TestRecordIsDeterministicCBOR(t *testing.T) {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(visit(7, time.Now(), "2026-11-24"), everything(), queue.Fact{Day: "2026-11-24"}) {
		if err := fit(&f); err != nil && f.Kind != "" {
			t.Fatal(err)
		}
		record, _ := encode(&f, f.No, 1000, nil)
		want, err := mode.Marshal(asReference(f, 1000))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, record[headSize:]) {
			t.Errorf("%s:\n got %x\nwant %x", f.Kind, record[headSize:], want)
		}
	}
}

// read decodes the body of a record.
func read(body []byte) (f queue.Fact, ordinal uint64, bad bool) {
	r := cborReader{buf: body, words: newWords()}
	ordinal = r.fact(&f)
	return f, ordinal, r.bad
}

func TestRecordIsReadBack(t *testing.T) {
	want := everything()
	record, _ := encode(&want, want.No, 7, nil)
	got, ordinal, bad := read(record[headSize:])
	if ordinal != 7 || bad {
		t.Errorf("ordinal %d, bad %v", ordinal, bad)
	}
	got.No, got.Day, got.Source = want.No, want.Day, want.Source // are where it is filed
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRecordRefuses(t *testing.T) {
	whole, _ := encode(&queue.Fact{Kind: queue.Began, Seq: 1, Day: "2026-11-24"}, 1, 0, nil)
	for name, body := range map[string][]byte{
		"nothing":            {},
		"no map":             {0x01},
		"a part":             whole[headSize : len(whole)-1],
		"more":               append(bytes.Clone(whole[headSize:]), 0),
		"an unknown key":     {0xa1, 0x18, 0x20, 0x00},
		"a key twice":        {0xa2, 0x02, 0x01, 0x02, 0x02},
		"keys not in order":  {0xa2, 0x02, 0x01, 0x01, 0x00},
		"text for a number":  {0xa1, 0x02, 0x61, 0x61},
		"a number for text":  {0xa1, 0x03, 0x01},
		"an endless text":    {0xa1, 0x03, 0x7f, 0x61, 0x61, 0xff},
		"a text too long":    {0xa1, 0x03, 0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"a list too long":    {0xa1, 0x12, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"a map too long":     {0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"a time beyond time": {0xa1, 0x04, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
	} {
		if f, _, bad := read(body); !bad {
			t.Errorf("%s (%x) is read as %+v", name, body, f)
		}
	}
}

// FuzzRecord reads anything without harm; what is read without complaint is
// what a general library reads.
func FuzzRecord(f *testing.F) {
	for _, fact := range append(visit(7, time.Now(), "2026-11-24"), everything()) {
		record, _ := encode(&fact, 1, 3, nil)
		f.Add(record[headSize:])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		fact, ordinal, bad := read(body)
		if bad {
			return
		}
		var want reference
		if err := cbor.Unmarshal(body, &want); err != nil {
			t.Skip(err) // stricter than we need to be: not UTF-8, a nil text
		}
		if d := cmp.Diff(want.Ticket+want.Label+want.Desk, string(fact.Ticket)+string(fact.Label)+fact.Desk); d != "" || want.Source != ordinal || want.Seq != fact.Seq {
			t.Errorf("%x: read %+v (source %d), want %+v", body, fact, ordinal, want)
		}
	})
}
