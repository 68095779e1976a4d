package centre_test

import (
	"bytes"
	"testing"

	"accueil/internal/calendar"
	"accueil/internal/wire"
)

// TestContractKnowsQuieterHours, which a busy day without any like it has not.
func TestContractKnowsQuieterHours(t *testing.T) {
	rules := readContract(t)
	topic := wire.HubTopic("villette", wire.NamePublic)
	view := wire.Public{V: wire.Version, Stamp: wire.Stamp{Journal: "j", Day: "2026-11-24"}, Calls: []wire.Call{},
		Services: []wire.Line{{Service: "creer", Open: true, Quiet: []calendar.Span{{From: 570, To: 780}, {From: 990, To: 1440}}}}}
	if _, err := rules.judge(topic, wire.Encode(view)); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{`"9:30-13:00"`, `"09:30"`, `930`, `"09:30-13:00","16:30-24:00","18:00-19:00"`} {
		spoilt := bytes.Replace(wire.Encode(view), []byte(`"09:30-13:00"`), []byte(bad), 1)
		if _, err := rules.judge(topic, spoilt); err == nil {
			t.Errorf("%s is no hours, and nobody notices", bad)
		}
	}
}
