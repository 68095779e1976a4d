package web_test

import (
	"regexp"
	"strconv"
	"testing"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// TestCoordinatorsDayAddsUp: in every row of the page, and in its last of all, what
// came is who is here and what became of the others; also after a transfer.
func TestCoordinatorsDayAddsUp(t *testing.T) {
	p := open(t)
	p.issue("fr")
	p.issue("fr")
	for _, a := range []queue.Ask{{Do: queue.DoOpenDesk, Services: []string{"creer"}}, {Do: queue.DoCall}, {Do: queue.DoStart}, {Do: queue.DoTransfer, Service: "travailler"}} {
		a.ID, a.Desk = "day-"+string(a.Do), p.site.DesksOf("creer")[0].Key
		done := make(chan wire.Reply, 1)
		p.floor.Ask(wire.RoleAdviser, wire.Request{V: 1, Ask: a}, func(r wire.Reply) { done <- r })
		if r := <-done; r.Refused != "" {
			t.Fatalf("%s: %s", a.Do, r.Refused)
		}
	}
	p.see("/coordinator", "sans temps annoncé attend") // whoever was transferred
	table := regexp.MustCompile(`(?s)<table id="day">.*?</table>`).FindString(p.body("/coordinator"))
	rows := regexp.MustCompile(`<tr><th scope="row">.*`).FindAllString(table, -1)
	moved := 0
	for _, row := range rows {
		var n []int
		for _, cell := range regexp.MustCompile(`<td class="n">(\d+)</td>`).FindAllStringSubmatch(row, -1) {
			figure, _ := strconv.Atoi(cell[1])
			n = append(n, figure)
		}
		if len(n) != 11 {
			t.Fatalf("%d columns in %s", len(n), row)
		}
		rest := 0
		for _, figure := range n[2:] {
			rest += figure
		}
		if n[0]+n[1] != rest {
			t.Errorf("%d + %d came, %d are told: %s", n[0], n[1], rest, row)
		}
		moved += n[1]
	}
	if len(rows) != len(p.site.Services)+1 || moved != 2 { // once in its row, once in all
		t.Errorf("%d rows, %d transferred in", len(rows), moved)
	}
}
