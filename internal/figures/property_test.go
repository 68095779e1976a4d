package figures_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"accueil/config"
	"accueil/internal/figures"
	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/rehearsal"
	"accueil/internal/site"
	"accueil/internal/waits"
)

// modelOf a seed; making one computes the calendar of a year.
func modelOf(t testing.TB, seed uint64) *rehearsal.Model {
	t.Helper()
	s, problems := site.Load(config.FS)
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	model, err := rehearsal.New(s, rehearsal.Default(), seed)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// played are n days from the first on, the last of them possibly cut short.
func played(model *rehearsal.Model, first time.Time, n, cut int) facts {
	house, journal := rehearsal.NewHouse(model, "hub"), facts{}
	no, last := uint64(0), queue.Date("")
	for i := range n {
		d := queue.Date(first.AddDate(0, 0, i).Format(time.DateOnly))
		list := house.Day(d)
		if len(list) == 0 {
			continue
		}
		for i := range list {
			no++
			list[i].No = no
		}
		journal[d], last = list, d
	}
	if last != "" {
		journal[last] = journal[last][:max(1, len(journal[last])-cut)]
	}
	return journal
}

// TestFiguresAddUp for any days: every row balances, every total is the sum of
// its rows, every number is what the facts say, and a span is the sum of its parts.
func TestFiguresAddUp(t *testing.T) {
	models := []*rehearsal.Model{modelOf(t, 1), modelOf(t, 2), modelOf(t, 3)}
	rapid.Check(t, func(r *rapid.T) {
		first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 360).Draw(r, "first"))
		days := rapid.IntRange(1, 9).Draw(r, "days")
		journal := played(rapid.SampledFrom(models).Draw(r, "model"), first, days, rapid.IntRange(0, 900).Draw(r, "cut"))
		date := func(i int) queue.Date { return queue.Date(first.AddDate(0, 0, i).Format(time.DateOnly)) }
		span := read(t, journal, date(0), date(days-1))
		checkBalance(r, span)
		checkTotals(r, figures.NewReport(figures.Place{}, span))
		checkAgainstFacts(r, journal, span)
		split := rapid.IntRange(0, days-1).Draw(r, "split")
		parts := read(t, journal, date(0), date(split)).Total()
		if split < days-1 {
			rest := read(t, journal, date(split+1), date(days-1)).Total()
			parts.Add(&rest)
		}
		if diff := gocmp.Diff(inOrder(span.Total()), inOrder(parts)); diff != "" {
			r.Errorf("the parts do not add up to the span (-span +parts):\n%s", diff)
		}
	})
}

func inOrder(t figures.Tally) figures.Tally {
	slices.Sort(t.Waits)
	slices.Sort(t.Talks)
	slices.SortFunc(t.Kept, func(a, b waits.Kept) int {
		return cmp.Or(cmp.Compare(a.Waited, b.Waited), cmp.Compare(a.Promise.Low, b.Promise.Low), cmp.Compare(a.Promise.High, b.Promise.High))
	})
	return t
}

func checkBalance(t *rapid.T, span figures.Span) {
	for _, key := range []func(figures.Key) figures.Key{
		func(k figures.Key) figures.Key { return k },
		func(k figures.Key) figures.Key { return figures.Key{Service: k.Service} },
		func(k figures.Key) figures.Key { return figures.Key{Hour: k.Hour} },
		func(k figures.Key) figures.Key { return figures.Key{Day: k.Day} },
	} {
		for _, row := range span.By(key) {
			if !row.Balanced() {
				t.Errorf("%+v does not balance: %+v", row.Key, row.Tally)
			}
		}
	}
	all := span.Total()
	if all.TransferredIn != all.In(queue.MovedOn) {
		t.Errorf("%d came from another service, %d went to one", all.TransferredIn, all.In(queue.MovedOn))
	}
}

func checkTotals(t *rapid.T, r figures.Report) {
	for _, table := range r.Tables {
		for i, column := range table.Columns {
			if table.Total == nil || !column.Adds {
				continue
			}
			sum := 0
			for _, row := range table.Rows {
				sum += row[i].N
			}
			if sum != table.Total[i].N {
				t.Errorf("%s %s: rows add up to %d, the total is %d", table.Key, column.Key, sum, table.Total[i].N)
			}
		}
	}
	// The same number in two tables is the same number.
	cells, services := r.Table("cells"), r.Table("services")
	for i, column := range services.Columns {
		at := cells.Column(column.Key)
		if !column.Adds || at < 0 {
			continue
		}
		sum := 0
		for _, row := range cells.Rows {
			sum += row[at].N
		}
		if sum != services.Total[i].N {
			t.Errorf("%s: %d in the finest rows, %d in all", column.Key, sum, services.Total[i].N)
		}
	}
}

// checkAgainstFacts counts once more, without the domain: by kinds of facts.
func checkAgainstFacts(t *rapid.T, journal facts, span figures.Span) {
	kinds := map[queue.Kind]int{}
	asked := map[string]int{}
	for _, list := range journal {
		for _, f := range list {
			kinds[f.Kind]++
			if f.Kind == queue.Asked {
				asked[f.Question]++
			}
		}
	}
	all, foot := span.Total(), queue.Footfall{}
	for _, hour := range span.Footfall() {
		foot.Visits += hour.Visits
		foot.Questions += hour.Questions
		foot.Tickets += hour.Tickets
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"issued", all.Issued, kinds[queue.Issued]}, {"tickets", foot.Tickets, kinds[queue.Issued]},
		{"came from another service", all.TransferredIn, kinds[queue.Transferred]},
		{"interviews", all.Interviews, kinds[queue.Started]},
		{"no-shows", all.In(queue.NoShow), kinds[queue.Missed] - kinds[queue.Reinstated]},
		{"contacts", all.Phone + all.Video + all.Groups + all.Emails, kinds[queue.Contacted]},
		{"left", all.In(queue.Gone) - all.LeftAtClose, kinds[queue.Left]},
		{"void", all.In(queue.Void), kinds[queue.Voided]},
		{"visits", foot.Visits, kinds[queue.Began]}, {"questions", foot.Questions, kinds[queue.Asked]},
		{"odds", span.Odds(), 0},
	} {
		if c.got != c.want {
			t.Errorf("%s: figures say %d, facts %d", c.what, c.got, c.want)
		}
	}
	if diff := gocmp.Diff(asked, span.Asked()); diff != "" {
		t.Errorf("questions (-facts +figures):\n%s", diff)
	}
}

// BenchmarkYear reads and folds a year of one centre from its journal.
func BenchmarkYear(b *testing.B) {
	year := played(modelOf(b, 1), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), 365, 0)
	path := b.TempDir() + "/hub.journal"
	j, err := journal.Open(path, journal.Options{Site: "villette"})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	days, _ := year.Days()
	for _, d := range days {
		if _, err := j.Append(j.Last(), year[d]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		span, err := figures.Read(j, "2025-01-01", "2025-12-31", queue.Rules{Zone: paris(b)})
		if err != nil || len(span.Days) != len(days) {
			b.Fatal(len(span.Days), err)
		}
	}
	b.ReportMetric(float64(j.Last())*float64(b.N)/b.Elapsed().Seconds(), "facts/s")
}
