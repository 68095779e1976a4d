package floor_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"accueil/hub/floor"
	"accueil/internal/journal"
	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// strangers is a line on which anything may come.
type strangers chan line.Message

func (strangers) Publish(string, []byte, bool) error { return nil }
func (strangers) Subscribe(string) error             { return nil }
func (s strangers) Messages() <-chan line.Message    { return s }

// Whatever comes in on whatever topic, the hub goes on and its books balance.
func FuzzHear(f *testing.F) {
	j, err := journal.Open(f.TempDir()+"/hub.journal", journal.Options{Site: "villette"})
	if err != nil {
		f.Fatal(err)
	}
	defer j.Close()
	log := slog.New(slog.DiscardHandler)
	fl, err := floor.New(floor.Options{Site: centre(), Journal: j, Now: func() time.Time { return tuesday }, Log: log})
	if err != nil {
		f.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{}, 2)
	in := make(strangers)
	go func() { _ = fl.Run(ctx); ended <- struct{}{} }()
	go func() { _ = floor.NewAttendant(fl, "test", "boot", log).Run(ctx, in); ended <- struct{}{} }()
	defer func() { cancel(); <-ended; <-ended }()

	source := queue.Source{Site: "villette", Terminal: "k1", Journal: "k1"}
	topic := func(role, name, leaf string) string { return wire.TerminalTopic("villette", role, name, leaf) }
	f.Add(topic("kiosk", "k1", "facts"), wire.Encode(wire.Facts{V: 1, Source: source, Sent: tuesday, Facts: []queue.Fact{
		{Kind: queue.Joined, Seq: 1, Day: "2026-11-24", At: tuesday},
		{Kind: queue.Issued, Seq: 2, Day: "2026-11-24", At: tuesday, Ticket: "k1-2", Code: "7K3F9QXD", Label: "C BK 1", Service: "creer"},
		{Kind: queue.Handed, Seq: 3, Day: "2026-11-24", At: tuesday, Ticket: "k1-2", Label: "C BK 1"},
	}}))
	for i, a := range []queue.Ask{
		{ID: "r1", Do: queue.DoOpenDesk, Desk: "5", Services: []string{"creer"}}, {ID: "r2", Do: queue.DoCall, Desk: "5"},
		{ID: "r3", Do: queue.DoReceive, Desk: "5", Service: "creer"}, {ID: "r4", Do: queue.DoTransfer, Desk: "5", Service: "travailler"},
		{ID: "r5", Do: wire.DoContent},
	} {
		f.Add(topic([]string{"adviser", "coordinator"}[i%2], "a", "requests"), wire.Encode(wire.Request{V: 1, Ask: a}))
	}
	f.Add(topic("kiosk", "k1", "state"), wire.Encode(wire.State{V: 1, Online: true}))
	f.Add(topic("sensor", "door", "count"), wire.Encode(wire.Count{V: 1, Boot: "b", In: 3}))
	f.Fuzz(func(t *testing.T, topic string, payload []byte) {
		in <- line.Message{Topic: topic, Payload: payload}
		in <- line.Message{} // taken when the one before is
		if err := fl.Look(ctx, func(s floor.Sight) {
			for _, wrong := range s.Day.Check() {
				t.Error(wrong)
			}
		}); err != nil {
			t.Fatal(err)
		}
	})
}
