package figures

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"accueil/internal/queue"
)

// Version is the version of the JSON: it grows with every change of its schema.
const Version = 2

//go:embed figures.schema.json
var schema string

// Schema is the JSON Schema of what [JSON] writes.
func Schema() string { return schema }

// JSON writes the tables of the span, without the finest rows. A value that is
// not there is null.
func JSON(w io.Writer, r Report) error {
	open := r.StillOpen
	if open == nil {
		open = []queue.Date{}
	}
	var b bytes.Buffer
	b.WriteString("{\n")
	for _, f := range []struct {
		key   string
		value any
	}{
		{"schema", "accueil.figures"}, {"version", Version}, {"site", r.Site}, {"zone", r.Zone},
		{"from", r.From}, {"to", r.To}, {"days", r.Days}, {"days_still_open", open},
		{"days_uncounted", r.Uncounted}, {"odds", r.Odds},
	} {
		value, err := json.Marshal(f.value)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "  %q: %s,\n", f.key, value)
	}
	b.WriteString("  \"tables\": {\n")
	tables := slices.DeleteFunc(slices.Clone(r.Tables), func(t Table) bool { return t.Total == nil })
	for i, t := range tables {
		writeTable(&b, t)
		b.WriteString(comma(i, len(tables)))
	}
	b.WriteString("  }\n}\n")
	_, err := w.Write(b.Bytes())
	return err
}

func comma(i, n int) string {
	if i == n-1 {
		return "\n"
	}
	return ",\n"
}

// writeTable writes a row a line, which both people and programs can read.
func writeTable(b *bytes.Buffer, t Table) {
	fmt.Fprintf(b, "    %q: {\n      \"rows\": [", t.Key)
	for i, row := range t.Rows {
		if i == 0 {
			b.WriteString("\n")
		}
		b.WriteString("        ")
		writeRow(b, t.Columns, row)
		b.WriteString(comma(i, len(t.Rows)))
	}
	if len(t.Rows) > 0 {
		b.WriteString("      ")
	}
	b.WriteString("],\n      \"total\": ")
	writeRow(b, t.Columns, t.Total)
	b.WriteString("\n    }")
}

func writeRow(b *bytes.Buffer, columns []Column, row []Cell) {
	sign := "{"
	for i, c := range columns {
		value := cellJSON(c, row[i])
		if value == "" {
			continue
		}
		fmt.Fprintf(b, "%s%q: %s", sign, c.Key, value)
		sign = ", "
	}
	b.WriteString("}")
}

// cellJSON is a cell as JSON; "" for the name of a total, which has none.
func cellJSON(c Column, cell Cell) string {
	switch {
	case cell.None != There:
		return "null"
	case c.Unit == Share:
		return strconv.FormatFloat(math.Round(cell.Share*1000)/1000, 'f', -1, 64)
	case c.Unit != Name:
		return strconv.Itoa(cell.N)
	case cell.Name == "":
		return ""
	case c.Key == "hour":
		return cell.Name
	}
	return strconv.Quote(cell.Name)
}
