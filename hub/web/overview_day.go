package web

import "accueil/internal/wire"

// dayColumns are the columns of a service's day: what came to it, who is here, and
// what became of the others.
var dayColumns = []string{"issued", "in", "waiting", "called", "serving", "parked", "served", "no-show", "left", "void", "out"}

// dayOf is a service's day, in the order of dayColumns.
func dayOf(r wire.Row) []int {
	return []int{r.Issued, r.TransferredIn, r.Waiting, r.Called, r.Serving, r.Parked, r.Served, r.NoShow, r.Left, r.Void, r.TransferredOut}
}

// DayColumns are the titles of a service's day.
func (o overview) DayColumns() (titles []string) {
	for _, key := range dayColumns {
		titles = append(titles, o.T("coordinator.column."+key))
	}
	return titles
}

// DayAll is the day of all services.
func (o overview) DayAll() []int {
	all := make([]int, len(dayColumns))
	for _, row := range o.Rows {
		for i, n := range row.Day {
			all[i] += n
		}
	}
	return all
}
