package figures

import (
	"slices"
	"time"
)

// Unit says what the cells of a column are.
type Unit string

// The units. Times are whole seconds, so that they add up exactly.
const (
	Name    Unit = "name" // whose row it is
	Count   Unit = "count"
	Seconds Unit = "seconds"
	Share   Unit = "share" // 0 to 1
)

// Missing says why a cell has no value.
type Missing string

// The reasons.
const (
	There   Missing = ""
	Nothing Missing = "none"    // there is nothing to take it of
	TooFew  Missing = "too-few" // fewer values than [Enough]
	Unknown Missing = "unknown" // nothing told us: not the same as zero
)

// Column is one column of a table. Keys are for programs and never change.
type Column struct {
	Key  string
	Unit Unit
	Adds bool // its total is the sum of its rows
}

// Cell is one value of a table; which field holds it, the column's unit says.
type Cell struct {
	Name  string
	N     int // of a Count or of Seconds
	Share float64
	None  Missing
}

// Table is a finished table. Whatever is written anywhere comes from one, so
// this is where figures that leave the centre can be protected.
type Table struct {
	Key     string
	Columns []Column
	Rows    [][]Cell
	Total   []Cell // as long as Columns; nil when the rows have no sensible total
}

// Column is the place of a column, -1 if there is none.
func (t Table) Column(key string) int {
	for i, c := range t.Columns {
		if c.Key == key {
			return i
		}
	}
	return -1
}

// only is the table with some of its columns; with all when keys is nil.
func (t Table) only(keys []string) Table {
	if keys == nil {
		return t
	}
	less := Table{Key: t.Key}
	keep := func(row []Cell) (kept []Cell) {
		for i, c := range t.Columns {
			if slices.Contains(keys, c.Key) {
				kept = append(kept, row[i])
			}
		}
		return kept
	}
	for _, c := range t.Columns {
		if slices.Contains(keys, c.Key) {
			less.Columns = append(less.Columns, c)
		}
	}
	for _, row := range t.Rows {
		less.Rows = append(less.Rows, keep(row))
	}
	if t.Total != nil {
		less.Total = keep(t.Total)
	}
	return less
}

// spare leaves out those of the columns that are zero in every row.
func (t Table) spare(keys ...string) Table {
	var kept []string
	for i, c := range t.Columns {
		nonzero := slices.ContainsFunc(t.Rows, func(row []Cell) bool { return row[i] != Cell{} })
		if nonzero || !slices.Contains(keys, c.Key) {
			kept = append(kept, c.Key)
		}
	}
	return t.only(kept)
}

// addUp makes a total: what adds is the sum of the rows; the rest is given.
func (t *Table) addUp(rest []Cell) {
	t.Total = rest
	for i, c := range t.Columns {
		if !c.Adds {
			continue
		}
		sum := Cell{None: Unknown}
		for _, row := range t.Rows {
			if row[i].None == There {
				sum.N, sum.None = sum.N+row[i].N, There
			}
		}
		if len(t.Rows) == 0 {
			sum.None = There
		}
		t.Total[i] = sum
	}
}

// measure is a column that is computed from a tally.
type measure struct {
	Column
	of func(*Tally) Cell
}

func count(key string, of func(*Tally) int) measure {
	return measure{Column{key, Count, true}, func(t *Tally) Cell { return Cell{N: of(t)} }}
}

func sumOf(key string, of func(*Tally) []time.Duration) measure {
	return measure{Column{key, Seconds, true}, func(t *Tally) Cell { return seconds(total(of(t)), true) }}
}

func meanOf(key string, of func(*Tally) []time.Duration) measure {
	return measure{Column{key, Seconds, false}, func(t *Tally) Cell { return seconds(mean(of(t))) }}
}

func quantileOf(key string, q float64, of func(*Tally) []time.Duration) measure {
	return measure{Column{key, Seconds, false}, func(t *Tally) Cell {
		if n := len(of(t)); n < Enough {
			return Cell{None: fewer(n)}
		}
		return seconds(quantile(of(t), q))
	}}
}

// fewer says why so few values, less than [Enough], give none.
func fewer(n int) Missing {
	if n == 0 {
		return Nothing
	}
	return TooFew
}

func seconds(d time.Duration, ok bool) Cell {
	if !ok {
		return Cell{None: Nothing}
	}
	return Cell{N: int(d / time.Second)}
}
