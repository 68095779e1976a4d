package journaltest

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

// model is the journal as a list. It is right by looking at it.
type model struct {
	facts   []queue.Fact // those not forgotten
	last    uint64
	heads   map[queue.Source]uint64
	ordinal []queue.Source
}

func (m *model) append(facts []queue.Fact) {
	for _, f := range facts {
		if !slices.Contains(m.ordinal, f.Source) {
			m.ordinal = append(m.ordinal, f.Source)
		}
		m.heads[f.Source] = f.Seq
		m.last = f.No
		m.facts = append(m.facts, f)
	}
}

func (m *model) day(d queue.Date) (facts []queue.Fact) {
	for _, f := range m.facts {
		if f.Day == d {
			facts = append(facts, f)
		}
	}
	return facts
}

func (m *model) days() []queue.Date {
	days := map[queue.Date]bool{}
	for _, f := range m.facts {
		days[f.Day] = true
	}
	return slices.Sorted(maps.Keys(days))
}

func (m *model) after(no uint64, limit int) []queue.Fact {
	i := slices.IndexFunc(m.facts, func(f queue.Fact) bool { return f.No > no })
	if i < 0 || limit == 0 {
		return nil
	}
	return slices.Clone(m.facts[i:min(i+limit, len(m.facts))])
}

func (m *model) forget(before queue.Date, upTo uint64) int {
	n := len(m.facts)
	for _, d := range m.days() {
		day := m.day(d)
		if d < before && day[len(day)-1].No <= upTo {
			m.facts = slices.DeleteFunc(m.facts, func(f queue.Fact) bool { return f.Day == d })
		}
	}
	return n - len(m.facts)
}

var (
	someDays  = []queue.Date{"2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"}
	aDay      = rapid.SampledFrom(someDays)
	aTerminal = rapid.SampledFrom([]string{"hub", "visitor-1", "visitor-2", "reception"})
	aWord     = rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[a-z0-9-]{1,12}`), rapid.String())
	aDuration = rapid.Map(rapid.Int64Range(-1<<62, 1<<62), func(n int64) time.Duration { return time.Duration(n) })
	aTime     = rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.IntRange(0, 4).Draw(t, "zero") == 0 {
			return time.Time{}
		}
		at := time.Unix(rapid.Int64Range(-1<<36, 1<<36).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		return at.In(time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600))
	})
)

// aFact has anything in every field but those the journal itself looks at.
func aFact(t *rapid.T) queue.Fact {
	word := func(name string) string { return aWord.Draw(t, name) }
	return queue.Fact{
		No: rapid.Uint64().Draw(t, "no"), Kind: queue.Kind(word("kind")), Day: aDay.Draw(t, "day"), Dated: queue.Date(word("dated")),
		At: aTime.Draw(t, "at"), Heard: aTime.Draw(t, "heard"), Skew: aDuration.Draw(t, "skew"),
		Ticket: queue.TicketID(word("ticket")), Code: queue.Code(word("code")), Label: queue.Label(word("label")),
		Service: word("service"), Question: word("question"), Language: word("language"), Level: rapid.Int().Draw(t, "level"),
		Low: aDuration.Draw(t, "low"), High: aDuration.Draw(t, "high"),
		Desk: word("desk"), Services: rapid.SliceOfN(aWord, 0, 3).Draw(t, "services"), Topic: word("topic"),
		Reason: word("reason"), Request: word("request"), Sensor: word("sensor"), Boot: word("boot"),
		In: rapid.Uint64().Draw(t, "in"), Out: rapid.Uint64().Draw(t, "out"),
		Languages: rapid.SliceOfN(aWord, 0, 3).Draw(t, "languages"), Of: rapid.Uint64().Draw(t, "of"), Mode: word("mode"),
		Persons: rapid.Int().Draw(t, "persons"), Length: aDuration.Draw(t, "length"), Role: word("role"),
	}
}

// pair is a journal and its model.
type pair struct {
	model
	place Place
	j     Journal
}

// likeModel does anything in any order to both and compares.
func likeModel(t *testing.T, place func(testing.TB) Place) {
	rapid.Check(t, func(rt *rapid.T) {
		p := &pair{place: place(t), model: model{heads: map[queue.Source]uint64{}}}
		p.open(rt)
		defer func() { p.check(rt); p.close(rt) }()
		rt.Repeat(map[string]func(*rapid.T){
			"":            p.compare,
			"append":      p.appendSome,
			"append more": p.appendSome,
			"refuse":      p.refuse,
			"forget":      p.forgetSome,
			"read on":     p.readOn,
			"reopen":      func(rt *rapid.T) { p.close(rt); p.open(rt) },
			"check":       p.check,
		})
	})
}

func (p *pair) open(rt *rapid.T) {
	j, err := p.place()
	if err != nil {
		rt.Fatal(err)
	}
	p.j = j
}

func (p *pair) close(rt *rapid.T) {
	if err := p.j.Close(); err != nil {
		rt.Fatal(err)
	}
}

func (p *pair) check(rt *rapid.T) {
	if err := p.j.Check(); err != nil {
		rt.Fatal(err)
	}
}

// some are facts that continue their sources.
func (p *pair) some(rt *rapid.T) []queue.Fact {
	heads := maps.Clone(p.heads)
	facts := make([]queue.Fact, rapid.IntRange(0, 5).Draw(rt, "facts"))
	for i := range facts {
		f := aFact(rt)
		f.Source = from(aTerminal.Draw(rt, "terminal"))
		heads[f.Source]++
		f.Seq = heads[f.Source]
		facts[i] = f
	}
	return facts
}

func (p *pair) appendSome(rt *rapid.T) {
	facts := p.some(rt)
	last, err := p.j.Append(p.last, facts)
	if err != nil || last != p.last+uint64(len(facts)) {
		rt.Fatalf("Append of %d facts after %d = %d, %v", len(facts), p.last, last, err)
	}
	p.append(facts) // as Append left them: what is live is what is replayed
}

func (p *pair) refuse(rt *rapid.T) {
	facts := append(p.some(rt), queue.Fact{Source: from("hub"), Day: today})
	expected, want := p.last, journal.ErrOrder
	if rapid.Bool().Draw(rt, "other end") {
		expected, want = p.last+rapid.Uint64Range(1, 9).Draw(rt, "off"), journal.ErrExpected
	}
	if last, err := p.j.Append(expected, facts); !errors.Is(err, want) || last != p.last {
		rt.Fatalf("Append = %d, %v, want %d, %v", last, err, p.last, want)
	}
}

func (p *pair) forgetSome(rt *rapid.T) {
	before, upTo := aDay.Draw(rt, "before"), rapid.Uint64Range(0, p.last).Draw(rt, "up to")
	want := p.forget(before, upTo)
	if n, err := p.j.Forget(before, upTo); err != nil || n != want {
		rt.Fatalf("Forget(%s, %d) = %d, %v, want %d", before, upTo, n, err, want)
	}
}

func (p *pair) readOn(rt *rapid.T) {
	no, limit := rapid.Uint64Range(0, p.last+1).Draw(rt, "no"), rapid.IntRange(0, 20).Draw(rt, "limit")
	facts, err := p.j.After(no, limit)
	p.equal(rt, fmt.Sprintf("After(%d, %d)", no, limit), p.after(no, limit), facts, err)
}

func (p *pair) compare(rt *rapid.T) {
	days, err := p.j.Days()
	p.equal(rt, "Days", append([]queue.Date{}, p.days()...), append([]queue.Date{}, days...), err)
	p.equal(rt, "Heads", p.heads, p.j.Heads(), nil)
	p.equal(rt, "Last", p.last, p.j.Last(), nil)
	for _, d := range someDays {
		var facts []queue.Fact
		err := p.j.Day(d, func(f queue.Fact) error { facts = append(facts, f); return nil })
		p.equal(rt, "Day "+string(d), p.day(d), facts, err)
	}
	for i, s := range p.ordinal {
		if n, met := p.j.Ordinal(s); n != i || !met {
			rt.Fatalf("Ordinal(%s) = %d, %v, want %d", s, n, met, i)
		}
	}
}

func (p *pair) equal(rt *rapid.T, what string, want, got any, err error) {
	if err != nil {
		rt.Fatalf("%s: %v", what, err)
	}
	if !reflect.DeepEqual(want, got) { // much faster than a diff
		rt.Fatalf("%s (-model +journal):\n%s", what, cmp.Diff(want, got))
	}
}
