package uplink

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// Whatever comes in on whatever topic, a terminal goes on, in order.
func FuzzHear(f *testing.F) {
	u, err := Open(Options{
		Site: testSite, Role: wire.RoleKiosk, Name: "K1", Dir: f.TempDir(), Log: slog.New(slog.DiscardHandler),
		Check: func(string, []byte) (*time.Location, error) { return time.UTC, nil },
	})
	if err != nil {
		f.Fatal(err)
	}
	defer u.Close()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	stamp := wire.Stamp{Journal: "j1", Fact: 3, At: now, Day: "2026-11-24"}
	for topic, m := range map[string]any{
		wire.HubTopic(testSite, wire.NameBeat):                                 wire.Beat{V: 1, Journal: "j1", Fact: 3, At: now, Speed: 1, Day: "2026-11-24", Content: "c1"},
		wire.HubTopic(testSite, wire.NamePublic):                               wire.Public{V: 1, Stamp: stamp, Services: []wire.Line{{Service: "creer", Open: true}}},
		wire.HubTopic(testSite, wire.NameState):                                wire.State{V: 1, Online: true, Boot: "b1"},
		wire.ServiceTopic(testSite, "creer"):                                   wire.Service{V: 1, Stamp: stamp, Key: "creer", Tickets: []wire.Ticket{{ID: "a-1", Label: "C 001"}}},
		wire.TerminalTopic(testSite, wire.RoleKiosk, "K1", wire.LeafAcks):      wire.Ack{V: 1, Journal: u.store.id(), Last: 1, Series: "BK", Tickets: []wire.Given{{Ticket: "a-1", Label: "C 001"}}},
		wire.TerminalTopic(testSite, wire.RoleKiosk, "K1", wire.LeafReplies):   wire.Reply{V: 1, ID: "r1", Refused: queue.NobodyWaits},
		wire.TerminalTopic(testSite, wire.RoleKiosk, "other", wire.LeafAcks):   wire.Ack{V: 1},
		wire.TerminalTopic("elsewhere", wire.RoleKiosk, "K1", wire.LeafAcks):   wire.Ack{V: 1},
		wire.TerminalTopic(testSite, wire.RoleKiosk, "K1", wire.LeafRequests):  wire.Request{V: 1},
		wire.HubTopic(testSite, wire.NameCoordinator):                          wire.Coordinator{V: 1, Stamp: stamp},
		wire.TerminalTopic(testSite, wire.RoleAdviser, "K1", wire.LeafReplies): wire.Reply{V: 1, ID: "r1"},
	} {
		payload, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(topic, payload, false)
		f.Add(topic, payload, true)
	}
	f.Fuzz(func(t *testing.T, topic string, payload []byte, retained bool) {
		u.hear(line.Message{Topic: topic, Payload: payload, Retained: retained})
		if n := u.Unsent(); n < 0 {
			t.Errorf("%d facts are unsent", n)
		}
		if p, known := u.Public(); known && !p.Stamp.Day.Valid() {
			t.Errorf("a view of the day %q", p.Stamp.Day)
		}
	})
}
