package floor

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// TestTheCoordinatorsViewFits a message, on a day beyond all days with names as long
// as they may be; and a usual one is left whole.
func TestTheCoordinatorsViewFits(t *testing.T) {
	long := func(s string, i int) string { s = fmt.Sprint(s, i); return s + strings.Repeat("x", 64-len(s)) }
	at := time.Date(2026, 11, 24, 13, 0, 0, 123e6, time.UTC)
	day := func(terminals, desks, parked, sensors int, name func(string, int) string) wire.Coordinator {
		v := wire.Coordinator{V: 1, Stamp: wire.Stamp{Journal: name("j", 1), At: at, Day: "2026-11-24"}, Usual: make([]float64, 24)}
		for i := range 12 {
			v.Services = append(v.Services, wire.Row{Line: wire.Line{Service: name("s", i), Wait: &wire.Interval{Low: 55, High: 155}}, Oldest: at, Warn: []string{wire.WarnWaiting, wire.WarnLongest}})
		}
		ticket := wire.Ticket{ID: queue.TicketID(name("t", 1)), Label: "C BKX 10042", Alias: "C 10042", Service: name("s", 1), Question: name("q", 1), Language: "es",
			State: "parked", Arrived: at, Called: at, Started: at, Desk: name("d", 1), Calls: 3, Due: at, Stands: at}
		for i := range desks {
			v.Desks = append(v.Desks, wire.Desk{Key: name("d", i), State: "open", Services: []string{name("s", 1), name("s", 2)}, Since: at, Ticket: &ticket, Parked: slices.Repeat([]wire.Ticket{ticket}, parked)})
		}
		for i := range terminals {
			v.Terminals = append(v.Terminals, wire.Terminal{Role: wire.RoleCoordinator, Name: name("pc", i), Since: at, Unsent: 1000, Work: wire.WorkBusy, Paper: wire.PaperTrouble})
		}
		for i := range sensors {
			v.Sensors = append(v.Sensors, wire.Sensor{Name: name("door", i), At: at})
		}
		v.Overdue = slices.Repeat([]wire.Overdue{{ID: ticket.ID, Label: ticket.Label, Alias: ticket.Alias, Service: ticket.Service, Language: "es", Arrived: at, Due: at, Passes: true}}, wire.MaxOverdue)
		return v
	}
	huge := day(wire.MaxTerminals, 40, 30, 8, long)
	fit(&huge)
	if size := len(wire.Encode(huge)); size > wire.MaxPayload || len(huge.Desks) != 40 || len(huge.Services) != 12 || len(huge.Overdue) == 0 || len(huge.Terminals) == 0 {
		t.Errorf("%d bytes, %d desks, %d overdue, %d terminals", size, len(huge.Desks), len(huge.Overdue), len(huge.Terminals))
	}
	usual := day(70, 12, 3, 4, func(s string, i int) string { return fmt.Sprint(s, i) })
	fit(&usual)
	if len(usual.Terminals) != 70 || len(usual.Overdue) != wire.MaxOverdue || len(usual.Desks[11].Parked) != 3 {
		t.Errorf("a usual day lost something: %d bytes", len(wire.Encode(usual)))
	}
	if bound := coordinatorSize(day(20, 12, 1, 2, long)); bound < len(wire.Encode(day(20, 12, 1, 2, long))) {
		t.Errorf("the bound says %d", bound)
	}
}
