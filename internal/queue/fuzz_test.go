package queue

import (
	"encoding/json"
	"testing"
	"time"
)

// Whatever is typed, a label is an error or is written one way.
func FuzzParseLabel(f *testing.F) {
	for _, s := range []string{"C 042", "c42", "cbk7", "C BK 7", "T 1000", "", "C", "42", "C +1", "é 1", "CBKXZ 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := ParseLabel(s)
		if err != nil {
			return
		}
		again, err := ParseLabel(string(l))
		if err != nil || again != l || !l.Valid() || l.Number() < 1 {
			t.Errorf("%q reads as %q, and that as %q, %v", s, l, again, err)
		}
	})
}

// Whatever is typed, a code is an error or of its alphabet.
func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"7K3F9QXD", "7k3f 9qxd", "7K3F-9QXD", "OIL", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCode(s)
		if err == nil && !c.Valid() {
			t.Errorf("%q reads as %q", s, c)
		}
	})
}

// Whatever facts come in whatever order, a day balances.
func FuzzApply(f *testing.F) {
	day := `"day":"2026-11-24","at":"2026-11-24T09:00:00Z"`
	f.Add([]byte(`[{"kind":"issued","ticket":"a-1","code":"7K3F9QXD","service":"creer",` + day + `},{"kind":"numbered","ticket":"a-1","label":"C 001",` + day + `},
		{"kind":"desk-opened","desk":"5","services":["creer"],` + day + `},{"kind":"called","ticket":"a-1","desk":"5",` + day + `},
		{"kind":"started","ticket":"a-1","desk":"5",` + day + `},{"kind":"transferred","ticket":"a-1","service":"droit","desk":"5",` + day + `}]`))
	f.Add([]byte(`[{"kind":"issued","ticket":"a-1","code":"7K3F9QXD","service":"creer",` + day + `},{"kind":"parked","ticket":"a-1","desk":"5",` + day + `},
		{"kind":"voided","ticket":"a-1",` + day + `},{"kind":"day-closed",` + day + `},{"kind":"counted","sensor":"s","boot":"b","in":3,` + day + `}]`))
	f.Add([]byte(`[{"kind":"issued","ticket":"a-1","code":"7K3F9QXD","service":"creer",` + day + `},{"kind":"desk-opened","desk":"5","services":["creer"],` + day + `},
		{"kind":"called","ticket":"a-1","desk":"5",` + day + `},{"kind":"missed","ticket":"a-1","desk":"5",` + day + `},{"kind":"undone","desk":"5","of":4,` + day + `},
		{"kind":"missed","ticket":"a-1","desk":"5",` + day + `},{"kind":"reinstated","ticket":"a-1",` + day + `},{"kind":"corrected","ticket":"a-1","service":"droit",` + day + `},
		{"kind":"delayed","ticket":"a-1","length":60000000000,` + day + `},{"kind":"contact-began","desk":"5","service":"creer","mode":"phone",` + day + `},
		{"kind":"contact-ended","desk":"5",` + day + `},{"kind":"undone","desk":"5","of":11,` + day + `},{"kind":"day-closed",` + day + `},{"kind":"day-opened",` + day + `}]`))
	f.Add([]byte(`[{"kind":"issued","ticket":"a-1","code":"7K3F9QXD","service":"creer",` + day + `},{"kind":"corrected","ticket":"a-1","service":"droit",` + day + `},
		{"kind":"undone","ticket":"a-1","of":2,` + day + `},{"kind":"leveled","ticket":"a-1","level":2,` + day + `},{"kind":"voided","ticket":"a-1","reason":"twice",` + day + `},
		{"kind":"undone","ticket":"a-1","of":5,` + day + `},{"kind":"left","ticket":"a-1",` + day + `},{"kind":"day-closed",` + day + `},{"kind":"undone","ticket":"a-1","of":7,` + day + `}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var facts []Fact
		if json.Unmarshal(text, &facts) != nil {
			return
		}
		d := NewDay("2026-11-24", Rules{Letters: map[string]string{"creer": "C", "droit": "D"}, HeadStart: []time.Duration{time.Minute}})
		for i, fact := range facts {
			if fact.Validate() != nil {
				continue // no journal holds it
			}
			fact.No = uint64(i + 1)
			d.Apply(fact)
			if wrong := d.Check(); len(wrong) > 0 {
				t.Fatalf("after fact %d: %v", i, wrong)
			}
		}
	})
}
