package figures

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"accueil/internal/phrases"
	"accueil/internal/queue"
)

// Words are what a text needs beside the figures.
type Words struct {
	phrases.Speaker
	Centre   string                  // name of the centre
	Service  func(key string) string // short name
	Question func(key string) string
	Topic    func(key string) string
}

// mostDays is how many days a text lists before it goes on by month.
const mostDays = 31

// Text writes the figures for people, in about 100 columns. What happens rarely
// has a column only when it happened.
func Text(w io.Writer, r Report, words Words) error {
	t := text{Words: words, report: r}
	t.head()
	if r.Days > 0 {
		t.body()
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// text is a text being written.
type text struct {
	Words
	strings.Builder
	report Report
}

// width is how wide a text may be: a page of paper or a terminal.
const width = 100

// say writes a phrase as a paragraph.
func (t *text) say(key string, pairs ...any) {
	for _, line := range breakWords(t.Say(key, pairs...), width) {
		fmt.Fprintln(t, line)
	}
}

func (t *text) head() {
	r := t.report
	fmt.Fprintln(t, t.Centre)
	if r.From == r.To {
		t.say("figures.of-day", "Day", t.date(r.From))
	} else {
		t.say("figures.of-days", "From", t.date(r.From), "To", t.date(r.To), "Days", t.Say("figures.days", "Count", r.Days))
	}
	switch {
	case r.Days == 0:
		t.say("figures.none")
	case len(r.StillOpen) == 1:
		t.say("figures.still-open", "Day", t.date(r.StillOpen[0]))
	case len(r.StillOpen) > 1:
		t.say("figures.still-open-days", "Count", len(r.StillOpen))
	}
	if r.Odds > 0 {
		t.say("figures.odds", "Count", r.Odds)
	}
}

func (t *text) date(d queue.Date) string {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.LongDay(day) + " " + strconv.Itoa(day.Year())
}

func (t *text) body() {
	t.section("services")
	t.say("figures.services.note")
	t.whenAny("contacts", "groups", "phone", "video", "emails")
	t.section("times")
	t.say("figures.times.note")
	t.section("promises")
	t.say("figures.promises.note")
	if t.report.Days > 1 {
		t.periods()
	}
	t.section("hours")
	t.say("figures.hours.note")
	t.section("footfall")
	t.say("figures.footfall.note")
	switch n := t.report.Uncounted; {
	case n == t.report.Days:
		t.say("figures.uncounted-all")
	case n > 0:
		t.say("figures.uncounted", "Count", n)
	}
	t.section("questions")
	t.whenAny("topics", "named")
}

// whenAny writes a table, and its note, when one of the columns has anything.
func (t *text) whenAny(table string, keys ...string) {
	total := t.report.Table(table)
	for _, key := range keys {
		if total.Total[total.Column(key)].N > 0 {
			t.section(table)
			t.say("figures." + table + ".note")
			return
		}
	}
}

func (t *text) periods() {
	if t.report.Days <= mostDays {
		t.section("days")
	} else {
		t.section("months")
	}
}

// section writes a table under its title.
func (t *text) section(key string) {
	table := t.report.Table(key)
	fmt.Fprintln(t)
	fmt.Fprintln(t, strings.ToUpper(t.Say("figures.title."+key)))
	table = table.only(shown(key)).spare("walk_ins", "transferred_in", "left_at_close", "void", "transferred_out", "open", "welcomed", "groups_welcomed",
		"groups", "phone", "video", "emails", "contact_total")
	t.grid(t.lines(table), names(table.Columns))
}

// shown are the columns of a table that people read; nil for all of it.
func shown(table string) []string {
	switch table {
	case "hours":
		return []string{"service", "hour", "issued", "transferred_in", "served", "no_show", "left", "transferred_out", "interviews", "wait_mean"}
	case "days", "months":
		return []string{"day", "month", "issued", "walk_ins", "served", "no_show", "left", "left_at_close", "void", "open", "interviews"}
	}
	return nil
}

func names(columns []Column) (n int) {
	for n < len(columns) && columns[n].Unit == Name {
		n++
	}
	return n
}

// lines are the heads, rows and total of a table as texts.
func (t *text) lines(table Table) [][]string {
	var heads []string
	for _, c := range table.Columns {
		heads = append(heads, t.Say("figures.col."+strings.ReplaceAll(c.Key, "_", "-")))
	}
	lines := [][]string{heads}
	before := ""
	for _, row := range table.Rows {
		line := t.line(table.Columns, row)
		if line[0] == before && table.Columns[1].Unit == Name {
			line[0] = "" // the name stands above
		} else {
			before = line[0]
		}
		lines = append(lines, line)
	}
	if table.Total != nil {
		total := t.line(table.Columns, table.Total)
		total[0] = t.Say("figures.total")
		lines = append(lines, total)
	}
	return lines
}

func (t *text) line(columns []Column, row []Cell) []string {
	line := make([]string, len(row))
	for i, c := range columns {
		line[i] = t.cell(c, row[i])
	}
	return line
}

func (t *text) cell(c Column, cell Cell) string {
	switch {
	case cell.None == TooFew:
		return t.Say("figures.too-few")
	case cell.None != There:
		return t.Say("figures.unknown")
	case c.Unit == Count:
		return t.Number(cell.N)
	case c.Unit == Seconds:
		return t.Minutes((time.Duration(cell.N)*time.Second + time.Minute/2).Truncate(time.Minute))
	case c.Unit == Share:
		return t.Say("figures.percent", "Count", int(cell.Share*100+0.5))
	}
	return t.name(c.Key, cell.Name)
}

func (t *text) name(column, key string) string {
	if key == "" {
		return ""
	}
	switch column {
	case "service":
		return t.Service(key)
	case "question":
		return t.Question(key)
	case "topic":
		return t.Topic(key)
	case "hour":
		return t.Say("figures.hour", "Hour", key)
	case "day":
		if day, err := time.Parse(time.DateOnly, key); err == nil {
			return t.Day(day)
		}
	case "month":
		if month, err := time.Parse("2006-01", key); err == nil {
			return t.Say("month.long."+strconv.Itoa(int(month.Month()))) + " " + strconv.Itoa(month.Year())
		}
	}
	return key
}

// grid writes lines in columns: the first ones, names, to the left; numbers to
// the right; the first line, the heads, broken between words.
func (t *text) grid(lines [][]string, names int) {
	widths := make([]int, len(lines[0]))
	for i, line := range lines {
		for j, s := range line {
			if i == 0 {
				s = longestWord(s)
			}
			widths[j] = max(widths[j], uniseg.StringWidth(s))
		}
	}
	for _, head := range breakHeads(lines[0], widths) {
		t.row(head, widths, names)
	}
	for _, line := range lines[1:] {
		t.row(line, widths, names)
	}
}

func (t *text) row(line []string, widths []int, names int) {
	var b strings.Builder
	for i, s := range line {
		if i > 0 {
			b.WriteString("  ")
		}
		blank := strings.Repeat(" ", max(0, widths[i]-uniseg.StringWidth(s)))
		if i < names {
			b.WriteString(s + blank)
		} else {
			b.WriteString(blank + s)
		}
	}
	fmt.Fprintln(t, strings.TrimRight(b.String(), " "))
}

func longestWord(s string) (longest string) {
	for _, word := range strings.Split(s, " ") {
		if uniseg.StringWidth(word) > uniseg.StringWidth(longest) {
			longest = word
		}
	}
	return longest
}

// breakHeads breaks each head to its column's width and lets all end on the
// same line.
func breakHeads(heads []string, widths []int) [][]string {
	broken := make([][]string, len(heads))
	most := 0
	for i, head := range heads {
		broken[i] = breakWords(head, widths[i])
		most = max(most, len(broken[i]))
	}
	lines := make([][]string, most)
	for l := range lines {
		lines[l] = make([]string, len(heads))
		for i, words := range broken {
			if at := l - (most - len(words)); at >= 0 {
				lines[l][i] = words[at]
			}
		}
	}
	return lines
}

// breakWords breaks between words, never within one.
func breakWords(s string, width int) (lines []string) {
	for _, word := range strings.Split(s, " ") {
		if n := len(lines); n > 0 && uniseg.StringWidth(lines[n-1]+" "+word) <= width {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
