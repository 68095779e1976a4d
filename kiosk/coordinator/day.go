package coordinator

import (
	"strconv"
	"strings"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

// account is one figure of a service's day; its name is that of its column.
type account struct {
	name string
	of   func(wire.Row) int
}

// The states of whoever is here. Each has one word, wherever it is counted.
var (
	waiting = account{"waiting", func(r wire.Row) int { return r.Waiting }}
	called  = account{"called", func(r wire.Row) int { return r.Called }}
	serving = account{"serving", func(r wire.Row) int { return r.Serving }}
	parked  = account{"parked", func(r wire.Row) int { return r.Parked }}
)

// came are the tickets that came to a service, and ended what became of them; with
// whoever is here they balance.
var (
	came = []account{
		{"issued", func(r wire.Row) int { return r.Issued }},
		{"in", func(r wire.Row) int { return r.TransferredIn }},
	}
	here  = account{"here", func(r wire.Row) int { return r.Waiting + r.Called + r.Serving + r.Parked }}
	ended = []account{
		{"served", func(r wire.Row) int { return r.Served }},
		{"no-show", func(r wire.Row) int { return r.NoShow }},
		{"left", func(r wire.Row) int { return r.Left }},
		{"void", func(r wire.Row) int { return r.Void }},
		{"out", func(r wire.Row) int { return r.TransferredOut }},
	}
)

// accounts are the columns of the day that have room: whoever is here by state, or in
// one number.
func (v *view) accounts(width int) []account {
	var all []account
	for _, now := range [][]account{{waiting, called, serving, parked}, {here}} {
		all = append(append(append([]account(nil), came...), now...), ended...)
		if v.nameRoom(width, all) >= nameLeast {
			break
		}
	}
	return all
}

// nameLeast is the least room for a service's name beside its day.
const nameLeast = 9

func (v *view) nameRoom(width int, all []account) int { return open(width, v.dayColumns(all)) }

func (v *view) dayColumns(all []account) []screen.Column {
	cols := []screen.Column{{Title: v.say.Say("coordinator.column.today")}}
	for _, a := range all {
		title := v.say.Say("coordinator.column." + a.name)
		cols = append(cols, screen.Column{Title: title, Width: max(4, screen.Width(title)), Right: true})
	}
	return cols
}

// drawDay is a row a service: what became of its tickets today, and all in all.
func (v *view) drawDay(c *screen.Canvas, r screen.Rect) {
	all := v.accounts(r.W)
	cols := v.dayColumns(all)
	name := v.names(open(r.W, cols))
	t := screen.Table{Columns: cols, Scroll: &v.scrolls.queues, Marks: true}
	for _, s := range v.site.Services {
		row, _ := v.row(s.Key)
		t.Rows = append(t.Rows, screen.Row{Cells: dayCells(name(s.Key), row, all), Mark: c.Theme().Mark(s.Key)})
	}
	t.Rows = append(t.Rows, screen.Row{Cells: dayCells(v.say.Say("coordinator.all"), v.sum(), all), Strong: true})
	c.Table(r, t)
}

// sum is all services in one row.
func (v *view) sum() (all wire.Row) {
	for _, r := range v.floor.Services {
		all.Issued += r.Issued
		all.TransferredIn += r.TransferredIn
		all.Waiting += r.Waiting
		all.Called += r.Called
		all.Serving += r.Serving
		all.Parked += r.Parked
		all.Served += r.Served
		all.NoShow += r.NoShow
		all.Left += r.Left
		all.Void += r.Void
		all.TransferredOut += r.TransferredOut
	}
	return all
}

func dayCells(name string, row wire.Row, all []account) []string {
	cells := []string{name}
	for _, a := range all {
		text := "·"
		if n := a.of(row); n != 0 {
			text = strconv.Itoa(n)
		}
		cells = append(cells, text)
	}
	return cells
}

// crowd says how many are in these states, and of all but the first only those that
// somebody is in.
func (v *view) crowd(row wire.Row, states ...account) string {
	var parts []string
	for i, a := range states {
		if n := a.of(row); n > 0 || i == 0 {
			parts = append(parts, v.say.Say("coordinator.crowd."+a.name, "Count", n))
		}
	}
	return strings.Join(parts, " · ")
}
