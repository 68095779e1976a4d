package figures

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
)

// header are the columns of the CSV, one value a line. A name that does not
// apply is empty.
//
//	day        2006-01-02; empty for what cannot be added up over days
//	hour       0 to 23, local
//	service    key
//	question   key
//	topic      key
//	indicator  key of what is counted
//	unit       count or seconds
//	value      a whole number; empty when there is none
//	note       why there is no value: none, too-few or unknown
//
// Every indicator is given at one level only, the finest, so that adding up
// lines never counts anything twice. A count without a line is zero.
func header() []string {
	return []string{"day", "hour", "service", "question", "topic", "indicator", "unit", "value", "note"}
}

// CSV writes the finest rows, one value a line, in UTF-8.
func CSV(w io.Writer, r Report) error {
	out := csv.NewWriter(w)
	out.Write(header()) // errors stay until Error
	for _, key := range []string{"cells", "doors", "choices", "subjects"} {
		melt(out, r.Table(key), func(Column) bool { return true })
	}
	melt(out, r.Table("times"), func(c Column) bool { return !c.Adds })
	out.Flush()
	return out.Error()
}

// melt writes the cells of the wanted columns, a line each.
func melt(out *csv.Writer, t Table, wanted func(Column) bool) {
	for _, row := range t.Rows {
		line := make([]string, len(header()))
		for i, c := range t.Columns {
			if c.Unit == Name {
				line[slices.Index(header(), c.Key)] = row[i].Name
			}
		}
		for i, c := range t.Columns {
			if c.Unit == Name || !wanted(c) || row[i] == (Cell{}) && c.Adds {
				continue
			}
			value := strconv.Itoa(row[i].N)
			if row[i].None != There {
				value = ""
			}
			copy(line[5:], []string{c.Key, string(c.Unit), value, string(row[i].None)})
			out.Write(line)
		}
	}
}
