// Package wire holds the topics and messages that hub and terminals share;
// docs/asyncapi.yaml is its public face.
package wire

import (
	"strings"

	"accueil/internal/queue"
)

// Version is the version of the messages. A hub understands its own and the
// one before it.
const Version = 1

// MaxPayload is the most bytes any message may have; with its topic it fits the
// brokers' packets of 64 KiB.
const MaxPayload = 60 << 10

// Roles are the second level of every topic, so that rights are rules on topics.
const (
	RoleHub         = "hub"
	RoleKiosk       = "kiosk"
	RoleReception   = "reception"
	RoleAdviser     = "adviser"
	RoleCoordinator = "coordinator"
	RoleBoard       = "board"
	RoleSensor      = "sensor"

	// RolePhone is a visitor at the ticket's page. It has no topics: only the
	// pages ask in its name, about the ticket whose code they were given.
	RolePhone = "phone"
)

// Leaves of the topics of a terminal, ROLE/NAME/leaf.
const (
	LeafFacts    = "facts"    // terminal → hub: Facts
	LeafAcks     = "acks"     // hub → terminal: Ack
	LeafRequests = "requests" // terminal → hub: Request
	LeafReplies  = "replies"  // hub → terminal: Reply
	LeafState    = "state"    // terminal → all, retained, with a will: State
	LeafCount    = "count"    // sensor → hub: Count
)

// Names below hub/.
const (
	NameState       = "state"       // State, retained, with a will
	NameBeat        = "beat"        // Beat, every two seconds, not retained
	NamePublic      = "public"      // Public, retained
	NameCoordinator = "coordinator" // Coordinator, retained
	NameAlerts      = "alerts"      // Alerts, retained
	NameService     = "service"     // service/KEY: Service, retained
)

// Topic is one parsed topic: accueil/v1/SITE/ROLE/NAME[/LEAF].
type Topic struct {
	Site, Role, Name, Leaf string
}

const prefix = "accueil/v1/"

func (t Topic) String() string {
	s := prefix + t.Site + "/" + t.Role + "/" + t.Name
	if t.Leaf != "" {
		s += "/" + t.Leaf
	}
	return s
}

// ParseTopic reads a topic; false when it is none of ours.
func ParseTopic(s string) (Topic, bool) {
	rest, ok := strings.CutPrefix(s, prefix)
	parts := strings.Split(rest, "/")
	if !ok || len(parts) < 3 || len(parts) > 4 {
		return Topic{}, false
	}
	for _, p := range parts {
		if !queue.ValidKey(p) {
			return Topic{}, false
		}
	}
	t := Topic{Site: parts[0], Role: parts[1], Name: parts[2]}
	if len(parts) == 4 {
		t.Leaf = parts[3]
	}
	return t, true
}

// HubTopic is the topic of one of the hub's own messages.
func HubTopic(site, name string) string { return Topic{Site: site, Role: RoleHub, Name: name}.String() }

// ServiceTopic is the topic of one service's view.
func ServiceTopic(site, service string) string {
	return Topic{Site: site, Role: RoleHub, Name: NameService, Leaf: service}.String()
}

// TerminalTopic is one topic of a terminal.
func TerminalTopic(site, role, name, leaf string) string {
	return Topic{Site: site, Role: role, Name: name, Leaf: leaf}.String()
}

// Filter is a subscription to one leaf of every terminal of a role; "+" for
// every role.
func Filter(site, role, leaf string) string { return prefix + site + "/" + role + "/+/" + leaf }
