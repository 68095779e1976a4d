package visitor

import (
	"context"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// sample is the line of an example: a Tuesday morning that stands still.
type sample struct {
	now    time.Time
	public wire.Public
	hub    bool

	turnedAway bool
}

// quietSample is when it is quieter in an example.
var quietSample = []calendar.Span{{From: 13 * 60, To: 14 * 60}, {From: 16*60 + 30, To: 17*60 + 30}}

// newSample makes a waiting room for a site: some services wait long, one has
// nobody, of one nothing is known yet; each is open as its calendar says.
func newSample(s *site.Site) (*sample, error) {
	hours, err := s.Calendar()
	if err != nil {
		return nil, err
	}
	now := time.Date(2026, time.November, 24, 10, 42, 0, 0, hours.Zone())
	rooms := []wire.Line{
		{Waiting: 3, Wait: &wire.Interval{Low: 15, High: 30}}, {Waiting: 6, Wait: &wire.Interval{Low: 45, High: 80}},
		{}, {Waiting: 2, Wait: &wire.Interval{Low: 10, High: 25}},
		{Waiting: 1}, {Waiting: 1, Wait: &wire.Interval{Low: 0, High: 10}},
	}
	sample := &sample{now: now, hub: true}
	sample.public.Stamp.Day = queue.DateOf(now, now.Location())
	for i, service := range s.Services {
		line := rooms[i%len(rooms)]
		line.Service, line.Open = service.Key, hours.At(service.Hours, now).Open
		line.Quiet = quietSample
		sample.public.Services = append(sample.public.Services, line)
	}
	return sample, nil
}

func (s *sample) Issue(context.Context, uplink.Order) (uplink.Ticket, error) {
	return uplink.Ticket{}, uplink.ErrNotReady
}

func (s *sample) Began(string)                {}
func (s *sample) Asked(string, string)        {}
func (s *sample) Public() (wire.Public, bool) { return s.public, true }
func (s *sample) Hub() bool                   { return s.hub }
func (s *sample) TurnedAway() bool            { return s.turnedAway }
func (s *sample) Now() time.Time              { return s.now }

// ticket is what the example hands over for a service.
func (s *sample) ticket(service site.Service, own bool) uplink.Ticket {
	t := uplink.Ticket{ID: "example-1", Code: "7K3F9QXD", Label: queue.HubLabel(service.Letter, 42)}
	if own {
		t.Own, t.Label = true, queue.OwnLabel(service.Letter, "BK", 12)
		return t
	}
	t.Ahead, t.Wait = 2, &wire.Interval{Low: 10, High: 25}
	return t
}
