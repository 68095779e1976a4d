package web

import (
	"testing"

	"accueil/internal/wire"
)

func TestCurve(t *testing.T) {
	var view wire.Coordinator
	if curveOf(view, "x") != nil {
		t.Error("a day without anything is drawn")
	}
	view.Footfall[10].Tickets, view.Footfall[12].Tickets = 6, 3
	c := curveOf(view, "x")
	if len(c.Hours) != 3 || c.Usual != "" || c.Hours[0].Label != "10" || c.Hours[0].Height != hourHeight || c.Hours[1].Height != 0 {
		t.Errorf("without a usual day: %+v", c)
	}
	view.Usual = make([]float64, 24)
	view.Usual[9], view.Usual[11] = 1, 12
	c = curveOf(view, "x")
	if len(c.Hours) != 4 || c.Hours[1].Height != hourHeight/2 || c.Usual != "28,130 84,140 140,20 196,140" {
		t.Errorf("with a usual day: %+v", c)
	}
}
