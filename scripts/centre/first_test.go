package centre_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/scripts/centre"
)

// The folder testdata/first holds what terminals of the first version sent in a
// busy day, and the contract that they know. Neither is ever written again.
const firstVersion = "testdata/first/"

// sentence is one message as it was sent, and what became of a request.
type sentence struct {
	After   string          `json:"after"`
	Topic   string          `json:"topic"`
	Payload json.RawMessage `json:"payload"`
	Refused queue.Refusal   `json:"refused"`
}

func recorded(t *testing.T) (all []sentence) {
	t.Helper()
	f, err := os.Open(firstVersion + "messages.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var s sentence
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// answers are what the hub said to the terminals of the first version.
type answers struct {
	acked   map[string]uint64 // by the journal of the source
	refused map[string]queue.Refusal
}

func (a answers) hear(t *testing.T, topic wire.Topic, payload []byte) {
	switch topic.Leaf {
	case wire.LeafAcks:
		ack, err := wire.Read[wire.Ack](payload)
		if err != nil {
			t.Error(err)
		}
		a.acked[ack.Journal] = ack.Last
	case wire.LeafReplies:
		reply, err := wire.Read[wire.Reply](payload)
		if err != nil {
			t.Error(err)
		}
		a.refused[reply.ID] = reply.Refused
	}
}

// replay says again what terminals of the first version said, in its time.
func replay(t *testing.T, c *centre.Centre, all []sentence) answers {
	t.Helper()
	l, err := c.Line("first")
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range []string{wire.LeafAcks, wire.LeafReplies} {
		if err := l.Subscribe(wire.Filter(c.Site.Key, "+", leaf)); err != nil {
			t.Fatal(err)
		}
	}
	until(t, "the terminals are connected", l.Up)
	a := answers{map[string]uint64{}, map[string]queue.Refusal{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m := range l.Messages() {
			if topic, ok := wire.ParseTopic(m.Topic); ok {
				a.hear(t, topic, m.Payload)
			}
		}
	}()
	began := time.Now()
	for _, s := range all {
		after, err := time.ParseDuration(s.After)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(began.Add(after)))
		if err := l.Publish(s.Topic, s.Payload, strings.HasSuffix(s.Topic, wire.LeafState)); err != nil {
			t.Error(err)
		}
	}
	time.Sleep(time.Second)
	l.Close()
	<-done
	return a
}

// TestTerminalsOfTheFirstVersion work with the hub of today: it takes all their
// facts and does what they ask.
func TestTerminalsOfTheFirstVersion(t *testing.T) {
	all := recorded(t)
	bubble(t, func(t *testing.T, c *centre.Centre) {
		a := replay(t, c, all)
		issued := map[queue.TicketID]bool{}
		for _, s := range all {
			switch {
			case strings.HasSuffix(s.Topic, wire.LeafFacts):
				var m wire.Facts
				if err := json.Unmarshal(s.Payload, &m); err != nil {
					t.Fatal(err)
				}
				for _, f := range m.Facts {
					issued[f.Ticket] = issued[f.Ticket] || f.Kind == queue.Issued
					if a.acked[m.Source.Journal] < f.Seq {
						t.Errorf("fact %d of %s was not taken: %d", f.Seq, m.Source, a.acked[m.Source.Journal])
					}
				}
			case strings.HasSuffix(s.Topic, wire.LeafRequests):
				var r wire.Request
				if err := json.Unmarshal(s.Payload, &r); err != nil {
					t.Fatal(err)
				}
				if refused, answered := a.refused[r.ID]; !answered || refused != s.Refused {
					t.Errorf("%s: answered %v, %q, at the time %q", r.Do, answered, refused, s.Refused)
				}
			}
		}
		look(t, c, func(d *queue.Day) {
			for _, o := range d.Odds() {
				t.Errorf("fact %d, %s, did not fit: %s", o.No, o.Kind, o.Why)
			}
			for id, yes := range issued {
				if ticket := d.Ticket(id); yes && (ticket == nil || ticket.Printed == "") {
					t.Errorf("ticket %s: %+v", id, ticket)
				}
			}
		})
	})
}

// TestTheFirstVersionReadsTheHub holds all that the hub says in a busy day to the
// contract of the first version, whose terminals ignore what was added since.
func TestTheFirstVersionReadsTheHub(t *testing.T) {
	rules := contractIn(t, firstVersion+"asyncapi.yaml")
	bubble(t, func(t *testing.T, c *centre.Centre) {
		judged := 0
		for _, m := range busy(t, c) {
			topic, ok := wire.ParseTopic(m.Topic)
			role := topic.Role
			if !ok || role == wire.RoleReception || role == wire.RoleHub && topic.Name == wire.NameAlerts { // not known to it
				continue
			}
			if role != wire.RoleHub && topic.Leaf != wire.LeafAcks && topic.Leaf != wire.LeafReplies {
				continue
			}
			judged++
			if _, err := rules.judge(m.Topic, m.Payload); err != nil {
				t.Errorf("%s: %v\n%.300s", m.Topic, err, m.Payload)
			}
		}
		if judged == 0 {
			t.Error("the hub said nothing")
		}
	})
}
