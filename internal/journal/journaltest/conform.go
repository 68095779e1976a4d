// Package journaltest holds what every store of facts must do, as tests.
package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

// Site is the site of every journal that is tested.
const Site = "paris"

// Journal is what a store offers.
type Journal interface {
	ID() string
	Site() string
	Last() uint64
	Heads() map[queue.Source]uint64
	Ordinal(queue.Source) (int, bool)
	Append(expected uint64, facts []queue.Fact) (uint64, error)
	Day(queue.Date, func(queue.Fact) error) error
	Days() ([]queue.Date, error)
	After(no uint64, limit int) ([]queue.Fact, error)
	Forget(before queue.Date, upTo uint64) (int, error)
	Renew() (string, error)
	Check() error
	Close() error
}

// Place is one place for a journal of [Site]. Its first call makes the journal;
// each later one, after Close, opens the same journal again.
type Place func() (Journal, error)

// Conform runs the suite. Every call of place gives another, empty place.
func Conform(t *testing.T, place func(testing.TB) Place) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, Place)
	}{
		{"begins empty", beginsEmpty},
		{"numbers facts and keeps every field", keepsFields},
		{"cuts what it cannot keep", cuts},
		{"appends nothing", appendsNothing},
		{"refuses another end", refusesEnd},
		{"refuses a gap and a repetition", refusesOrder},
		{"refuses facts it could not give back", refusesFacts},
		{"lets exactly one of two writers win", oneWins},
		{"stops where the reader stops", stops},
		{"lets the reader append", appendsWhileReading},
		{"gives late facts their number and their own day", late},
		{"forgets whole days and nothing else", forgets},
		{"never gives an ordinal again", keepsOrdinals},
		{"takes a new id and keeps its facts", renews},
		{"refuses everything once closed", closed},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, place(t)) })
	}
	t.Run("behaves like a list in memory", func(t *testing.T) { likeModel(t, place) })
}

// begin opens a journal that is checked when the test ends.
func begin(t testing.TB, p Place) Journal {
	t.Helper()
	j, err := p()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Check(); err != nil && !errors.Is(err, journal.ErrClosed) {
			t.Errorf("Check after the test: %v", err)
		}
		if err := j.Close(); err != nil {
			t.Errorf("Close after the test: %v", err)
		}
	})
	return j
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const today, yesterday = queue.Date("2026-11-24"), queue.Date("2026-11-23")

func from(terminal string) queue.Source {
	return queue.Source{Site: Site, Terminal: terminal, Journal: "7k3f9qxd"}
}

// began are n facts of a terminal, the first with a sequence.
func began(terminal string, seq uint64, day queue.Date, n int) []queue.Fact {
	facts := make([]queue.Fact, n)
	for i := range facts {
		facts[i] = queue.Fact{Kind: queue.Began, Source: from(terminal), Seq: seq + uint64(i), Day: day, At: noon}
	}
	return facts
}

func mustAppend(t testing.TB, j Journal, facts []queue.Fact) {
	t.Helper()
	expected := j.Last()
	last, err := j.Append(expected, facts)
	if err != nil {
		t.Fatal(err)
	}
	if want := expected + uint64(len(facts)); last != want || j.Last() != want {
		t.Fatalf("after %d facts more Append says %d, Last %d, want %d", len(facts), last, j.Last(), want)
	}
}

func day(t testing.TB, j Journal, d queue.Date) (facts []queue.Fact) {
	t.Helper()
	if err := j.Day(d, func(f queue.Fact) error { facts = append(facts, f); return nil }); err != nil {
		t.Fatal(err)
	}
	return facts
}

func same[T any](t testing.TB, what string, want, got T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func beginsEmpty(t *testing.T, p Place) {
	j := begin(t, p)
	days, err := j.Days()
	if err != nil || len(days) > 0 || j.Last() != 0 || len(j.Heads()) > 0 {
		t.Errorf("new journal: days %v (%v), last %d, heads %v", days, err, j.Last(), j.Heads())
	}
	if !queue.ValidKey(j.ID()) || j.Site() != Site {
		t.Errorf("new journal: id %q, site %q", j.ID(), j.Site())
	}
	if facts := day(t, j, today); len(facts) > 0 {
		t.Errorf("a day without facts: %v", facts)
	}
	if n, met := j.Ordinal(from("visitor-1")); met {
		t.Errorf("a source never met has ordinal %d", n)
	}
	id := j.ID()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if again := begin(t, p); again.ID() != id {
		t.Errorf("opened again it has id %q, not %q", again.ID(), id)
	}
}

func keepsFields(t *testing.T, p Place) {
	j := begin(t, p)
	facts := []queue.Fact{full(1), full(2)}
	mustAppend(t, j, facts)
	want := []queue.Fact{full(1), full(2)}
	want[0].No, want[1].No = 1, 2
	same(t, "given facts", want, facts)
	same(t, "facts read back", want, day(t, j, today))
	same(t, "heads", map[queue.Source]uint64{from("visitor-1"): 2}, j.Heads())
}

// full has something in every field.
func full(seq uint64) queue.Fact {
	return queue.Fact{
		Kind: queue.Numbered, Source: from("visitor-1"), Seq: seq, Day: today, Dated: yesterday,
		At: noon.Add(time.Millisecond), Heard: noon.Add(-1500 * time.Millisecond), Skew: -1501 * time.Millisecond,
		Ticket: "7k3f9qxd-1", Code: "0123ABCD", Label: "C 042", Service: "creer", Question: "statut", Language: "fr", Level: 3,
		Low: 10 * time.Minute, High: 25 * time.Minute, Desk: "5", Services: []string{"creer", "évoluer"}, Topic: "association",
		Reason: "walk-in", Request: "r-1", Sensor: "door", Boot: "b1", In: 1 << 63, Out: 1<<64 - 1,
		Languages: []string{"fr", "es"}, Of: 9, Mode: "phone", Persons: -3, Length: 20 * time.Minute, Role: "adviser",
	}
}

func cuts(t *testing.T, p Place) {
	j := begin(t, p)
	zone := time.FixedZone("site", 3600)
	f := began("visitor-1", 1, today, 1)
	f[0].At = time.Date(2026, 11, 24, 13, 0, 0, 1_999_999, zone)
	f[0].Heard = time.Now()
	f[0].Skew, f[0].Low, f[0].High = -1_999_999, 1_999_999, 2*time.Millisecond+1
	f[0].Services, f[0].Languages = []string{}, []string{}
	heard := f[0].Heard.UnixMilli()
	mustAppend(t, j, f)
	want := queue.Fact{
		No: 1, Kind: queue.Began, Source: from("visitor-1"), Seq: 1, Day: today,
		At: noon.Add(time.Millisecond), Heard: time.UnixMilli(heard).UTC(),
		Skew: -time.Millisecond, Low: time.Millisecond, High: 2 * time.Millisecond,
	}
	for _, got := range append(f, day(t, j, today)...) {
		same(t, "cut fact", want, got)
		if got.At != want.At || got.Heard != want.Heard {
			t.Errorf("times %#v and %#v are not bare UTC milliseconds", got.At, got.Heard)
		}
	}
}

func appendsNothing(t *testing.T, p Place) {
	j := begin(t, p)
	mustAppend(t, j, nil)
	mustAppend(t, j, began("visitor-1", 1, today, 1))
	mustAppend(t, j, nil)
	if _, err := j.Append(0, nil); !errors.Is(err, journal.ErrExpected) {
		t.Errorf("nothing after another end: %v, want ErrExpected", err)
	}
}

// refuses tries an append that must fail and leave everything as it was.
func refuses(t *testing.T, j Journal, expected uint64, facts []queue.Fact, want error) {
	t.Helper()
	last, heads, before := j.Last(), j.Heads(), day(t, j, today)
	got, err := j.Append(expected, facts)
	if !errors.Is(err, want) {
		t.Errorf("Append = %v, want %v", err, want)
	}
	if got != last || j.Last() != last {
		t.Errorf("refused append moved the end from %d to %d (%d)", last, j.Last(), got)
	}
	same(t, "heads after a refused append", heads, j.Heads())
	same(t, "facts after a refused append", before, day(t, j, today))
	for _, f := range facts {
		if f.No != 0 {
			t.Errorf("a refused fact is numbered %d", f.No)
		}
	}
}

func refusesEnd(t *testing.T, p Place) {
	j := begin(t, p)
	refuses(t, j, 1, began("visitor-1", 1, today, 1), journal.ErrExpected)
	mustAppend(t, j, began("visitor-1", 1, today, 2))
	refuses(t, j, 1, began("visitor-1", 3, today, 1), journal.ErrExpected)
	refuses(t, j, 3, began("visitor-1", 3, today, 1), journal.ErrExpected)
}

func refusesOrder(t *testing.T, p Place) {
	j := begin(t, p)
	refuses(t, j, 0, began("visitor-1", 2, today, 1), journal.ErrOrder)
	refuses(t, j, 0, began("visitor-1", 0, today, 1), journal.ErrOrder)
	mustAppend(t, j, began("visitor-1", 1, today, 2))
	refuses(t, j, 2, began("visitor-1", 2, today, 1), journal.ErrOrder)
	refuses(t, j, 2, began("visitor-1", 4, today, 1), journal.ErrOrder)
	good, twice := began("visitor-2", 1, today, 1), began("visitor-2", 1, today, 1)
	refuses(t, j, 2, append(good, twice...), journal.ErrOrder)
	mustAppend(t, j, append(began("visitor-1", 3, today, 1), began("visitor-2", 1, today, 1)...))
}

func refusesFacts(t *testing.T, p Place) {
	j := begin(t, p)
	for name, spoil := range map[string]func(*queue.Fact){
		"no day":           func(f *queue.Fact) { f.Day = "" },
		"a day of no year": func(f *queue.Fact) { f.Day = "2026-02-30" },
		"no source":        func(f *queue.Fact) { f.Source = queue.Source{} },
		"a slash":          func(f *queue.Fact) { f.Source.Terminal = "a/b" },
		"not UTF-8":        func(f *queue.Fact) { f.Label = "\xff" },
		"a bad service":    func(f *queue.Fact) { f.Services = []string{"ok", "\xff"} },
	} {
		t.Run(name, func(t *testing.T) {
			facts := began("visitor-1", 1, today, 2)
			spoil(&facts[1])
			refuses(t, j, 0, facts, queue.ErrFact)
		})
	}
}

func oneWins(t *testing.T, p Place) {
	j := begin(t, p)
	const writers, each = 4, 25
	var won [writers]int
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for won[w] < each {
				_, err := j.Append(j.Last(), began(fmt.Sprint("visitor-", w), uint64(won[w])+1, today, 1))
				if err == nil {
					won[w]++
				} else if !errors.Is(err, journal.ErrExpected) {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := len(day(t, j, today)); n != writers*each {
		t.Errorf("%d facts, want %d", n, writers*each)
	}
}

func renews(t *testing.T, place Place) {
	j := begin(t, place)
	mustAppend(t, j, began("k1", 1, "2026-11-24", 3))
	old := j.ID()
	id, err := j.Renew()
	if err != nil || id == old || id != j.ID() || !queue.ValidKey(id) {
		t.Fatalf("Renew = %q, %v; the id was %q and is %q", id, err, old, j.ID())
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = begin(t, place)
	if j.ID() != id || j.Last() != 3 {
		t.Errorf("opened again it is %q with %d facts, want %q with 3", j.ID(), j.Last(), id)
	}
}
