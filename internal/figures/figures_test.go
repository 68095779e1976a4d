package figures_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"accueil/internal/figures"
	"accueil/internal/queue"
)

// TestOldJournalsFoldToTheSameFigures for ever.
func TestOldJournalsFoldToTheSameFigures(t *testing.T) {
	for name, date := range map[string]queue.Date{"day": day, "acts": "2026-11-25"} {
		r := reportOf(read(t, old(t, name), date, date))
		golden(t, name+".fr.txt", text(t, r, "fr"))
		golden(t, name+".en.txt", text(t, r, "en"))
		for ending, write := range map[string]func(*bytes.Buffer) error{
			".csv":  func(b *bytes.Buffer) error { return figures.CSV(b, r) },
			".json": func(b *bytes.Buffer) error { return figures.JSON(b, r) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, name+ending, b.Bytes())
		}
	}
}

// TestTheActsCountedByHand holds the fold to what a person finds in acts.jsonl,
// where things are undone, somebody comes back, a wrong choice is corrected,
// and people are received at a distance.
func TestTheActsCountedByHand(t *testing.T) {
	span := read(t, old(t, "acts"), "2026-11-25", "2026-11-25")
	total := span.Total()
	if span.Odds() != 0 || !total.Balanced() {
		t.Errorf("%d odds; %+v", span.Odds(), total)
	}
	got := fmt.Sprintf("issued %d, served %d, no-show %d, void %d, interviews %d, persons %d, phone %d, video %d, groups %d, emails %d",
		total.Issued, total.In(queue.Served), total.In(queue.NoShow), total.In(queue.Void), total.Interviews, total.Persons,
		total.Phone, total.Video, total.Groups, total.Emails)
	// Persons: 1 + 1 + 3 on tickets, 1 by telephone, 2 by video, 12 in a group.
	want := "issued 4, served 3, no-show 0, void 1, interviews 3, persons 20, phone 1, video 1, groups 1, emails 1"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// The call at 9:12 was taken back; who came back waited until the call that was heard.
	if want := minutes(5, 45, 40); !cmp.Equal(sorted(total.Waits), sorted(want)) {
		t.Errorf("waits %v, want %v", total.Waits, want)
	}
	if want := minutes(30, 14, 20); !cmp.Equal(sorted(total.Talks), sorted(want)) {
		t.Errorf("interviews %v, want %v", total.Talks, want)
	}
	if want := minutes(15, 25); !cmp.Equal(sorted(total.Calls), sorted(want)) {
		t.Errorf("contacts %v, want %v", total.Calls, want)
	}
	// Judged is the first alone: the second did not come when called, the third
	// was promised something about another queue.
	if total.Promised != 2 || len(total.Kept) != 1 {
		t.Errorf("promised %d, known %d", total.Promised, len(total.Kept))
	}
	if f := span.Footfall()[13]; f.Welcomed != 25 || f.Groups != 1 {
		t.Errorf("welcomed %+v", f)
	}
	if got := span.Topics()[figures.Subject{Service: "creer", Topic: "idee"}]; got != 3 {
		t.Errorf("%d times about an idea", got)
	}
	if rows := span.By(func(k figures.Key) figures.Key { return figures.Key{Service: k.Service} }); len(rows) != 1 {
		t.Errorf("the service of the wrong choice has figures: %+v", rows)
	}
}

// TestTheDayCountedByHand holds the fold to what a person finds in day.jsonl.
func TestTheDayCountedByHand(t *testing.T) {
	span := read(t, theDay(t), day, day)
	total := span.Total()
	got := fmt.Sprintf("issued %d (%d walk in), in %d, served %d, no-show %d, left %d (%d at close), void %d, out %d, open %d, interviews %d",
		total.Issued, total.WalkIns, total.TransferredIn, total.In(queue.Served), total.In(queue.NoShow), total.In(queue.Gone),
		total.LeftAtClose, total.In(queue.Void), total.In(queue.MovedOn), total.Open(), total.Interviews)
	want := "issued 8 (1 walk in), in 1, served 4, no-show 1, left 2 (1 at close), void 1, out 1, open 0, interviews 5"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// 10:10–10:11, 10:20–10:42, 10:55–11:18 (the recall), 11:15–11:21, 12:30–12:41.
	if want := minutes(1, 22, 23, 6, 11); !cmp.Equal(sorted(total.Waits), sorted(want)) {
		t.Errorf("waits %v, want %v", total.Waits, want)
	}
	// 29, 31½ minus 12 aside, 28, 20, 18.
	if want := append(minutes(29, 28, 20, 18), 19*time.Minute+30*time.Second); !cmp.Equal(sorted(total.Talks), sorted(want)) {
		t.Errorf("interviews %v, want %v", total.Talks, want)
	}
	// Four promises; one left, one did not come, one held, one was five minutes at most.
	if total.Promised != 4 || len(total.Kept) != 2 {
		t.Errorf("promised %d, known %d", total.Promised, len(total.Kept))
	}
	hours := span.Footfall()
	if hours[10].In != 12 || hours[10].Out != 1 || hours[14].In != 7 || hours[14].Out != 30 || hours[6].In != 0 {
		t.Errorf("people: %+v", hours)
	}
	if span.Odds() != 1 {
		t.Errorf("%d odds", span.Odds())
	}
}

func minutes(list ...int) (all []time.Duration) {
	for _, m := range list {
		all = append(all, time.Duration(m)*time.Minute)
	}
	return all
}

func sorted(d []time.Duration) []time.Duration { return slices.Sorted(slices.Values(d)) }

// TestTheSchemaDescribesTheJSON, and a changed field breaks it.
func TestTheSchemaDescribesTheJSON(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(figures.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("figures", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("figures")
	if err != nil {
		t.Fatal(err)
	}
	for _, span := range []figures.Span{read(t, theDay(t), day, day), read(t, facts{}, day, day)} {
		var b bytes.Buffer
		if err := figures.JSON(&b, reportOf(span)); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
		mutated := strings.Replace(b.String(), `"odds"`, `"oddities"`, 1)
		value, err = jsonschema.UnmarshalJSON(strings.NewReader(mutated))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(value) == nil {
			t.Error("a renamed field was not noticed")
		}
	}
}

// TestEmptyDays are days like others: nothing happened.
func TestEmptyDays(t *testing.T) {
	r := reportOf(read(t, facts{}, day, day))
	if said := string(text(t, r, "fr")); !strings.Contains(said, "Aucune donnée pour ces dates.") {
		t.Errorf("text says\n%s", said)
	}
	var b bytes.Buffer
	if err := figures.CSV(&b, r); err != nil || strings.Count(b.String(), "\n") != 1 {
		t.Errorf("CSV %q, %v", b.String(), err)
	}
	opened := facts{day: {{Kind: queue.DayOpened, Day: day, At: time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)}}}
	r = reportOf(read(t, opened, day, day))
	total := r.Table("services").Total
	if len(r.Table("services").Rows) != 0 || total[1].N != 0 {
		t.Errorf("services of an empty day: %+v", r.Table("services"))
	}
	text(t, r, "en")
}

// TestADayStillOpenSaysSo, and shows who is still there.
func TestADayStillOpenSaysSo(t *testing.T) {
	journal := theDay(t)
	journal[day] = journal[day][:len(journal[day])-1]
	span := read(t, journal, day, day)
	total := span.Total()
	if !slices.Equal(span.StillOpen(), []queue.Date{day}) || total.Open() != 1 || total.LeftAtClose != 0 || !total.Balanced() {
		t.Errorf("still open %v, here %d", span.StillOpen(), total.Open())
	}
	if said := string(text(t, reportOf(span), "fr")); !strings.Contains(said, "n'est pas close") {
		t.Errorf("text says\n%s", said)
	}
}

// TestASilentCounterIsUnknownNotZero in every format.
func TestASilentCounterIsUnknownNotZero(t *testing.T) {
	journal := theDay(t)
	journal[day] = slices.DeleteFunc(journal[day], func(f queue.Fact) bool {
		return f.Kind == queue.Counted && f.Reason != queue.ReasonForward
	})
	r := reportOf(read(t, journal, day, day))
	table := r.Table("footfall")
	if in := table.Total[table.Column("people_in")]; in.None != figures.Unknown {
		t.Errorf("people in: %+v", in)
	}
	if said := string(text(t, r, "fr")); !strings.Contains(said, "Aucun compteur n'a parlé") {
		t.Errorf("text says\n%s", said)
	}
	var b bytes.Buffer
	if err := figures.CSV(&b, r); err != nil || !strings.Contains(b.String(), "people_in,count,,unknown") {
		t.Errorf("CSV says\n%s", b.String())
	}
}

// TestQuantilesNeedTwenty values; a mean needs one.
func TestQuantilesNeedTwenty(t *testing.T) {
	for _, n := range []int{1, figures.Enough - 1, figures.Enough, 21} {
		var tally figures.Tally
		for i := range n {
			tally.Waits = append(tally.Waits, time.Duration(i+1)*time.Minute)
		}
		span := figures.Span{From: day, To: day, Days: []figures.Day{{
			Date: day, Rows: []figures.Row{{Key: figures.Key{Day: day, Service: "creer", Hour: 10}, Tally: tally}},
		}}}
		table := reportOf(span).Table("times")
		cell := func(key string) figures.Cell { return table.Rows[0][table.Column(key)] }
		if few := cell("wait_median").None == figures.TooFew; few != (n < figures.Enough) {
			t.Errorf("%d values: median %+v", n, cell("wait_median"))
		}
		if cell("wait_mean").None != figures.There {
			t.Errorf("%d values: mean %+v", n, cell("wait_mean"))
		}
		if n == 20 && (cell("wait_median").N != 600 || cell("wait_p90").N != 18*60) {
			t.Errorf("median %d s, nine in ten %d s", cell("wait_median").N, cell("wait_p90").N)
		}
	}
}

// TestHoursOnTheDaysOfChangingClocks: two hours of wall time are one row in
// autumn; in spring the missing hour has none.
func TestHoursOnTheDaysOfChangingClocks(t *testing.T) {
	for _, test := range []struct {
		day   queue.Date
		first time.Time // local midnight
		want  map[string]int
	}{
		{"2026-10-25", time.Date(2026, 10, 24, 22, 0, 0, 0, time.UTC), map[string]int{"0": 1, "1": 1, "2": 2, "3": 1, "4": 1}},
		{"2026-03-29", time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC), map[string]int{"0": 1, "1": 1, "3": 1, "4": 1, "5": 1, "6": 1}},
	} {
		var journal []queue.Fact
		for i := range 6 {
			at := test.first.Add(time.Duration(i)*time.Hour + 30*time.Minute)
			id := queue.TicketID("j-" + strconv.Itoa(i))
			journal = append(journal,
				queue.Fact{Kind: queue.Began, Day: test.day, At: at},
				queue.Fact{Kind: queue.Issued, Day: test.day, At: at, Ticket: id, Code: queue.NewCode(), Service: "creer"})
		}
		r := reportOf(read(t, facts{test.day: journal}, test.day, test.day))
		hours := map[string]int{}
		for _, row := range r.Table("hours").Rows {
			hours[row[1].Name] = row[2].N
		}
		if !cmp.Equal(hours, test.want) {
			t.Errorf("%s: %v, want %v", test.day, hours, test.want)
		}
		for _, row := range r.Table("footfall").Rows {
			if row[1].N != test.want[row[0].Name] {
				t.Errorf("%s: hour %s has %d visits", test.day, row[0].Name, row[1].N)
			}
		}
	}
}

// TestTheTextFitsThePage whatever the figures.
func TestTheTextFitsThePage(t *testing.T) {
	large := figures.Tally{Issued: 1_234_567, WalkIns: 123_456, TransferredIn: 123_456, LeftAtClose: 123_456, Interviews: 1_234_567}
	for s := range large.Stages {
		large.Stages[s] = 123_456
	}
	span := figures.Span{From: "2026-01-01", To: "2026-12-31"}
	for i := range 300 {
		d := queue.Date(time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		row := figures.Row{Key: figures.Key{Day: d, Service: "permanence Numérique", Hour: 10}, Tally: figures.Tally{Issued: 400, Interviews: 400}}
		span.Days = append(span.Days, figures.Day{Date: d, Rows: []figures.Row{row}})
	}
	for _, lang := range []string{"fr", "en"} {
		for _, line := range strings.Split(string(text(t, reportOf(span), lang)), "\n") {
			if n := uniseg.StringWidth(line); n > 118 {
				t.Errorf("%s: %d cells: %s", lang, n, line)
			}
		}
	}
}

// TestCSVHasEachIndicatorAtOneLevel, so that adding up lines counts nothing twice.
func TestCSVHasEachIndicatorAtOneLevel(t *testing.T) {
	var b bytes.Buffer
	r := reportOf(read(t, theDay(t), day, day))
	if err := figures.CSV(&b, r); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	level, sums, seen := map[string]string{}, map[string]int{}, map[string]bool{}
	for _, line := range lines[1:] {
		at := ""
		for _, name := range line[:5] {
			at += strconv.FormatBool(name != "") + " "
		}
		if level[line[5]] != "" && level[line[5]] != at {
			t.Errorf("%s is given at the levels %s and %s", line[5], level[line[5]], at)
		}
		level[line[5]] = at
		n, _ := strconv.Atoi(line[7])
		sums[line[5]] += n
		if key := strings.Join(line[:6], "|"); seen[key] {
			t.Errorf("twice: %s", key)
		} else {
			seen[key] = true
		}
	}
	services := r.Table("services")
	for i, c := range services.Columns {
		if c.Adds && sums[c.Key] != services.Total[i].N {
			t.Errorf("%s: the lines add up to %d, the total is %d", c.Key, sums[c.Key], services.Total[i].N)
		}
	}
}

func TestBadDates(t *testing.T) {
	for _, test := range []struct{ from, to queue.Date }{
		{"2026-11-31", "2026-12-01"}, {"yesterday", day}, {day, "24.11.2026"}, {day, "2026-11-23"}, {"", ""},
	} {
		if _, err := figures.Read(facts{}, test.from, test.to, queue.Rules{}); !errors.Is(err, figures.ErrDates) {
			t.Errorf("%q to %q: %v", test.from, test.to, err)
		}
	}
}

// broken is a journal that cannot be read.
type broken struct{ facts }

func (broken) Day(queue.Date, func(queue.Fact) error) error { return os.ErrInvalid }

func TestAJournalThatCannotBeReadIsAnError(t *testing.T) {
	if _, err := figures.Read(broken{theDay(t)}, day, day, queue.Rules{}); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("error %v", err)
	}
}
