package access

import (
	"slices"
	"strings"

	"accueil/internal/wire"
)

// Rights are the topics below accueil/v1/SITE/ that a terminal may write and
// read. Everything else is forbidden.
type Rights struct{ Write, Read []string }

// RightsOf is the table: what a terminal of a role may do under its name. No
// role may write another's topics, so whoever reads kiosk/pc-07/facts knows who
// wrote them.
func RightsOf(role, name string) Rights {
	own := func(leaves ...string) (topics []string) {
		for _, leaf := range leaves {
			topics = append(topics, role+"/"+name+"/"+leaf)
		}
		return topics
	}
	hub := func(names ...string) (topics []string) {
		for _, n := range names {
			topics = append(topics, wire.RoleHub+"/"+n)
		}
		return topics
	}
	// What every terminal hears: whether the hub is there, what time it is, what
	// everybody may see, and the answers to itself.
	heard := append(hub(wire.NameState, wire.NameBeat, wire.NamePublic), own(wire.LeafReplies)...)
	queues := hub(wire.NameService + "/+")
	switch role {
	case wire.RoleKiosk:
		return Rights{own(wire.LeafFacts, wire.LeafRequests, wire.LeafState), append(heard, own(wire.LeafAcks)...)}
	case wire.RoleReception:
		return Rights{own(wire.LeafFacts, wire.LeafRequests, wire.LeafState), slices.Concat(heard, queues, own(wire.LeafAcks), hub(wire.NameAlerts))}
	case wire.RoleAdviser:
		return Rights{own(wire.LeafRequests, wire.LeafState), append(heard, queues...)}
	case wire.RoleCoordinator:
		return Rights{own(wire.LeafRequests, wire.LeafState), slices.Concat(heard, queues, hub(wire.NameCoordinator, wire.NameAlerts))}
	case wire.RoleBoard:
		return Rights{own(wire.LeafRequests, wire.LeafState), heard}
	case wire.RoleSensor:
		return Rights{Write: own(wire.LeafCount, wire.LeafState)}
	case wire.RoleHub:
		return hubRights()
	}
	return Rights{}
}

// hubRights are what the hub needs of an outside broker.
func hubRights() Rights {
	each := func(leaf string) string { return "+/+/" + leaf }
	return Rights{
		Write: []string{"hub/+", "hub/" + wire.NameService + "/+", each(wire.LeafAcks), each(wire.LeafReplies)},
		Read:  []string{each(wire.LeafFacts), each(wire.LeafRequests), each(wire.LeafState), each(wire.LeafCount)},
	}
}

// prefix is what all topics of a site begin with.
func prefix(site string) string { return "accueil/v1/" + site + "/" }

// MayWrite says whether a message may go to a topic.
func (r Rights) MayWrite(site, topic string) bool { return covered(r.Write, site, topic) }

// MayRead says whether a filter may be subscribed to: nothing that it takes in
// may be outside the rights.
func (r Rights) MayRead(site, filter string) bool { return covered(r.Read, site, filter) }

func covered(patterns []string, site, filter string) bool {
	rest, ok := strings.CutPrefix(filter, prefix(site))
	if !ok {
		return false
	}
	for _, p := range patterns {
		if covers(p, rest) {
			return true
		}
	}
	return false
}

// covers tells whether every topic of the filter is one of the pattern's, which
// has no "#". A "+" in the filter needs one in the pattern.
func covers(pattern, filter string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(filter, "/")
	if len(want) != len(have) {
		return false
	}
	for i, w := range want {
		if h := have[i]; h == "#" || h == "" || w != "+" && w != h {
			return false
		}
	}
	return true
}
