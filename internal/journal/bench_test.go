package journal

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

// yearFacts are what one centre records in a year.
const yearFacts, yearDays = 375_000, 300

// visit is one visit as hub and kiosk record it, nine facts.
func visit(n int, at time.Time, day queue.Date) []queue.Fact {
	kiosk := queue.Source{Site: "paris", Terminal: fmt.Sprintf("visitor-%02d", n%41), Journal: "7k3f9qxd"}
	hub := queue.Source{Site: "paris", Terminal: "hub", Journal: "0a1b2c3d"}
	ticket := queue.NewTicketID(kiosk.Journal, uint64(n))
	service, desk := []string{"travailler", "evoluer", "orientation", "creer", "droit", "numerique"}[n%6], fmt.Sprint("bureau-", n%9)
	facts := []queue.Fact{
		{Kind: queue.Began, Source: kiosk},
		{Kind: queue.Asked, Source: kiosk, Question: "emploi-stage", Language: "fr"},
		{Kind: queue.Issued, Source: kiosk, Ticket: ticket, Code: "7K3F9QXD", Label: "C BK 7", Service: service, Question: "emploi-stage", Language: "fr"},
		{Kind: queue.Handed, Source: kiosk, Ticket: ticket, Label: queue.HubLabel("C", n%200+1)},
		{Kind: queue.Numbered, Source: hub, Ticket: ticket, Label: queue.HubLabel("C", n%200+1), Low: 10 * time.Minute, High: 25 * time.Minute},
		{Kind: queue.Called, Source: hub, Ticket: ticket, Desk: desk, Request: fmt.Sprint("r-", n, "-1")},
		{Kind: queue.Started, Source: hub, Ticket: ticket, Desk: desk, Request: fmt.Sprint("r-", n, "-2")},
		{Kind: queue.Finished, Source: hub, Ticket: ticket, Desk: desk, Topic: "cv", Request: fmt.Sprint("r-", n, "-3")},
		{Kind: queue.Counted, Source: hub, Sensor: "door", Boot: "b1", In: uint64(n), Out: uint64(n)},
	}
	for i := range facts {
		facts[i].Day, facts[i].At = day, at
		if facts[i].Source == kiosk {
			facts[i].Heard, facts[i].Skew = at.Add(40*time.Millisecond), 12*time.Millisecond
		}
	}
	return facts
}

// year fills a journal with a year and returns its days.
func year(tb testing.TB, facts int) (*Bolt, []queue.Date) {
	tb.Helper()
	j, err := Open(filepath.Join(tb.TempDir(), "year.journal"), Options{Site: "paris"})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { j.Close() })
	at, n, heads := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), 0, map[queue.Source]uint64{}
	for range yearDays {
		var day []queue.Fact
		for len(day) < facts/yearDays {
			day = append(day, visit(n, at.Add(time.Duration(len(day))*20*time.Second), queue.DateOf(at, time.UTC))...)
			n++
		}
		for i := range day {
			heads[day[i].Source]++
			day[i].Seq = heads[day[i].Source]
		}
		if _, err := j.Append(j.Last(), day); err != nil {
			tb.Fatal(err)
		}
		at = at.AddDate(0, 0, 1)
	}
	days, err := j.Days()
	if err != nil {
		tb.Fatal(err)
	}
	return j, days
}

// BenchmarkDayDecode reads a year, a day after the other, on one core.
func BenchmarkDayDecode(b *testing.B) {
	j, days := year(b, yearFacts)
	b.ReportAllocs()
	b.ResetTimer()
	n := 0
	for b.Loop() {
		for _, d := range days {
			if err := j.Day(d, func(queue.Fact) error { n++; return nil }); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "facts/s")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/year")
}

// BenchmarkDecode compares reading one record here and by reflection.
func BenchmarkDecode(b *testing.B) {
	f := visit(7, time.Now(), "2026-11-24")[2]
	record, _ := encode(&f, 1, 3, nil)
	b.Run("here", func(b *testing.B) {
		words := newWords()
		for b.Loop() {
			var f queue.Fact
			r := cborReader{buf: record[headSize:], words: words}
			if r.fact(&f); r.bad {
				b.Fatal("bad")
			}
		}
	})
	b.Run("reflection", func(b *testing.B) {
		for b.Loop() {
			var f reference
			if err := cbor.Unmarshal(record[headSize:], &f); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAppend shows an append beside its floors: the same bytes appended to
// a plain file and synced, and put by a bare update of the store.
func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 64} {
		b.Run(fmt.Sprintf("%d/journal", n), func(b *testing.B) { benchAppend(b, n) })
		b.Run(fmt.Sprintf("%d/bbolt", n), func(b *testing.B) { benchStore(b, n) })
		b.Run(fmt.Sprintf("%d/file", n), func(b *testing.B) { benchFile(b, n) })
	}
}

func batch(n int) []queue.Fact {
	facts := make([]queue.Fact, n)
	for i := range facts {
		facts[i] = visit(7, time.Now(), "2026-11-24")[2]
		facts[i].Seq = uint64(i) + 1
	}
	return facts
}

func benchAppend(b *testing.B, n int) {
	j, err := Open(filepath.Join(b.TempDir(), "j"), Options{Site: "paris"})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	facts := batch(n)
	for b.Loop() {
		if _, err := j.Append(j.Last(), facts); err != nil {
			b.Fatal(err)
		}
		for i := range facts {
			facts[i].Seq += uint64(n)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "facts/s")
}

func benchStore(b *testing.B, n int) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "b"), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	record, _ := encode(&batch(1)[0], 1, 0, nil)
	no := uint64(0)
	for b.Loop() {
		err := db.Update(func(tx *bolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("facts"))
			for range n {
				no++
				if err == nil {
					bucket.FillPercent = 1
					err = bucket.Put(binary.BigEndian.AppendUint64(nil, no), record)
				}
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "facts/s")
}

func benchFile(b *testing.B, n int) {
	f, err := os.OpenFile(filepath.Join(b.TempDir(), "f"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	record, _ := encode(&batch(1)[0], 1, 0, nil)
	all := make([]byte, 0, n*len(record))
	for range n {
		all = append(all, record...)
	}
	for b.Loop() {
		if _, err := f.Write(all); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "facts/s")
}
