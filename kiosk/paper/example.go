package paper

import (
	"slices"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/printer"
	"accueil/kiosk/uplink"
)

// Examples are the papers that Example draws: a ticket, one that a kiosk gave
// without its hub, and one of another terminal.
func Examples() []string { return []string{"ticket", "own", "elsewhere"} }

// Example is a paper of a made-up ticket of a Tuesday morning; false when there
// is none of that name.
func Example(name string, s *site.Site, say phrases.Speaker) (printer.Slip, bool) {
	zone, err := s.Location()
	if err != nil || !slices.Contains(Examples(), name) || len(s.Services) == 0 {
		return printer.Slip{}, false
	}
	service := s.Services[min(3, len(s.Services)-1)]
	t := Ticket{Service: service.Key, At: time.Date(2026, time.November, 24, 10, 43, 0, 0, zone), Ticket: uplink.Ticket{
		Label: queue.HubLabel(service.Letter, 42), Code: "7K3F9QXD", Ahead: 2, Wait: &wire.Interval{Low: 10, High: 25},
	}}
	switch name {
	case "own":
		t.Own, t.Label, t.Ahead, t.Wait = true, queue.OwnLabel(service.Letter, "BK", 7), 0, nil
	case "elsewhere":
		t.Code, t.Ahead, t.Wait = "", 0, nil
	}
	return Slip(s, say, t), true
}
