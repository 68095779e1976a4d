package figures

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"accueil/internal/queue"
)

// Report is a span as finished tables, ready to be written. Its tables:
//
//	services   the books of each service
//	contacts   interviews here, with groups, by telephone and video; e-mails; persons
//	times      waits and interviews of each service
//	promises   promises of each service, and how they were kept
//	hours      books and waits by service and hour of the day
//	days       books by day
//	months     books by month
//	footfall   what happened at the doors and kiosks, by hour of the day
//	questions  how often each question was chosen
//	topics     what interviews and contacts were about
//
// and the finest rows, which add up to all of them:
//
//	cells, doors, choices, subjects    by day, hour and service, question or topic
type Report struct {
	Place
	From, To  queue.Date
	Days      int          // days with facts
	StillOpen []queue.Date // their figures can change
	Uncounted int          // days on which no people counter was heard
	Odds      int          // facts that did not fit
	Tables    []Table
}

// Place says whose figures they are.
type Place struct {
	Site      string   // key
	Zone      string   // of the hours
	Services  []string // keys in the order of the site
	Questions []string // keys in the order of the site, each before those under it
}

// NewReport makes the tables of a span.
func NewReport(p Place, s Span) Report {
	r := Report{
		Place: p, From: s.From, To: s.To, Days: len(s.Days), StillOpen: s.StillOpen(),
		Uncounted: s.Uncounted(), Odds: s.Odds(),
	}
	services := s.By(func(k Key) Key { return Key{Service: k.Service} })
	hours := s.By(func(k Key) Key { return Key{Service: k.Service, Hour: k.Hour} })
	days := s.By(func(k Key) Key { return Key{Day: k.Day} })
	months := s.By(func(k Key) Key { return Key{Day: k.Day[:len("2006-01")]} })
	cells := s.By(func(k Key) Key { return k })
	all := s.Total()
	r.Tables = []Table{
		r.tallies("services", []string{"service"}, books(), services, &all),
		r.tallies("contacts", []string{"service"}, contacts(), services, &all),
		r.tallies("times", []string{"service"}, times(), services, &all),
		r.tallies("promises", []string{"service"}, append(promises(), coverage()...), services, &all),
		r.tallies("hours", []string{"service", "hour"}, append(books(), times()[:4]...), hours, &all),
		r.tallies("days", []string{"day"}, books(), days, &all),
		r.tallies("months", []string{"month"}, books(), months, &all),
		footfall(s),
		r.questions(s),
		r.topics(s),
		r.tallies("cells", []string{"day", "hour", "service"}, slices.Concat(books(), contacts()[1:], sums()), cells, nil),
		doors(s),
		choices(s),
		subjects(s),
	}
	return r
}

// Table is the table with the key; empty if there is none.
func (r Report) Table(key string) Table {
	for _, t := range r.Tables {
		if t.Key == key {
			return t
		}
	}
	return Table{Key: key}
}

// tallies makes a table of rows; with a tally of everything it has a total.
func (r Report) tallies(key string, names []string, measures []measure, rows []Row, all *Tally) Table {
	t := Table{Key: key}
	for _, name := range names {
		t.Columns = append(t.Columns, Column{Key: name, Unit: Name})
	}
	for _, m := range measures {
		t.Columns = append(t.Columns, m.Column)
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), compareIn(r.Services, a.Service, b.Service), cmp.Compare(a.Hour, b.Hour))
	})
	for i := range rows {
		t.Rows = append(t.Rows, cells(names, rows[i].Key, measures, &rows[i].Tally))
	}
	if all != nil {
		t.addUp(cells(names, Key{}, measures, all))
		for i := range names {
			t.Total[i] = Cell{}
		}
	}
	return t
}

// compareIn orders as the list does; what is not in it comes last.
func compareIn(list []string, a, b string) int {
	place := func(s string) int {
		if i := slices.Index(list, s); i >= 0 {
			return i
		}
		return len(list)
	}
	return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
}

func cells(names []string, k Key, measures []measure, t *Tally) []Cell {
	row := make([]Cell, 0, len(names)+len(measures))
	for _, name := range names {
		row = append(row, Cell{Name: k.part(name)})
	}
	for _, m := range measures {
		row = append(row, m.of(t))
	}
	return row
}

func (k Key) part(name string) string {
	switch name {
	case "service":
		return k.Service
	case "hour":
		return strconv.Itoa(k.Hour)
	}
	return string(k.Day) // or its month
}

// steps are the columns of footfall.
func steps() []Column {
	return []Column{
		{"visits", Count, true}, {"questions", Count, true}, {"tickets", Count, true},
		{"people_in", Count, true}, {"people_out", Count, true},
		{"welcomed", Count, true}, {"groups_welcomed", Count, true},
	}
}

func stepCells(f queue.Footfall, counted bool) []Cell {
	in, out := Cell{N: f.In}, Cell{N: f.Out}
	if !counted {
		in, out = Cell{None: Unknown}, Cell{None: Unknown}
	}
	return []Cell{{N: f.Visits}, {N: f.Questions}, {N: f.Tickets}, in, out, {N: f.Welcomed}, {N: f.Groups}}
}

// footfall has a row for every hour from the first to the last one in which
// anything happened.
func footfall(s Span) Table {
	t := Table{Key: "footfall", Columns: append([]Column{{Key: "hour", Unit: Name}}, steps()...)}
	t.Rows = hoursOf(s.Footfall(), s.Uncounted() < len(s.Days))
	t.addUp(make([]Cell, len(t.Columns)))
	return t
}

func hoursOf(hours [24]queue.Footfall, counted bool) (rows [][]Cell) {
	first, last := len(hours), -1
	for h, f := range hours {
		if f != (queue.Footfall{}) {
			first, last = min(first, h), h
		}
	}
	for h := first; h <= last; h++ {
		rows = append(rows, append([]Cell{{Name: strconv.Itoa(h)}}, stepCells(hours[h], counted)...))
	}
	return rows
}

// doors are the rows of footfall of every day.
func doors(s Span) Table {
	t := Table{Key: "doors", Columns: append([]Column{{Key: "day", Unit: Name}, {Key: "hour", Unit: Name}}, steps()...)}
	for _, d := range s.Days {
		for _, row := range hoursOf(d.Footfall, d.Counters > 0) {
			t.Rows = append(t.Rows, append([]Cell{{Name: string(d.Date)}}, row...))
		}
	}
	return t
}

// questions are in the order of the site.
func (r Report) questions(s Span) Table {
	t := Table{Key: "questions", Columns: []Column{{Key: "question", Unit: Name}, {"chosen", Count, true}}}
	asked := s.Asked()
	keys := slices.SortedFunc(maps.Keys(asked), func(a, b string) int { return compareIn(r.Questions, a, b) })
	for _, q := range keys {
		t.Rows = append(t.Rows, []Cell{{Name: q}, {N: asked[q]}})
	}
	t.addUp(make([]Cell, len(t.Columns)))
	return t
}

// topics are in the order of the site's services, the most frequent first.
func (r Report) topics(s Span) Table {
	t := Table{Key: "topics", Columns: []Column{{Key: "service", Unit: Name}, {Key: "topic", Unit: Name}, {"named", Count, true}}}
	counts := s.Topics()
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b Subject) int {
		return cmp.Or(compareIn(r.Services, a.Service, b.Service), cmp.Compare(counts[b], counts[a]), a.compare(b))
	})
	for _, k := range keys {
		t.Rows = append(t.Rows, []Cell{{Name: k.Service}, {Name: k.Topic}, {N: counts[k]}})
	}
	t.addUp(make([]Cell, len(t.Columns)))
	return t
}

// subjects are the topics of every day.
func subjects(s Span) Table {
	t := Table{Key: "subjects", Columns: []Column{
		{Key: "day", Unit: Name}, {Key: "service", Unit: Name}, {Key: "topic", Unit: Name}, {"named", Count, true},
	}}
	for _, d := range s.Days {
		for _, k := range slices.SortedFunc(maps.Keys(d.Topics), Subject.compare) {
			t.Rows = append(t.Rows, []Cell{{Name: string(d.Date)}, {Name: k.Service}, {Name: k.Topic}, {N: d.Topics[k]}})
		}
	}
	return t
}

// choices are the questions of every day.
func choices(s Span) Table {
	t := Table{Key: "choices", Columns: []Column{{Key: "day", Unit: Name}, {Key: "question", Unit: Name}, {"chosen", Count, true}}}
	for _, d := range s.Days {
		for _, q := range slices.Sorted(maps.Keys(d.Asked)) {
			t.Rows = append(t.Rows, []Cell{{Name: string(d.Date)}, {Name: q}, {N: d.Asked[q]}})
		}
	}
	return t
}
