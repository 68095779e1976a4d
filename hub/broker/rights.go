package broker

import (
	"strings"
)

const (
	maxTopic  = 256 // bytes of a topic or filter
	maxLevels = 16
	maxID     = 64 // bytes of a client id
)

// rights say who may do what. Before there are accounts, everyone on this machine
// may read everything and publish below the site.
type rights struct{ prefix string }

func (r rights) mayConnect(user, password []byte) bool { return true }

func (r rights) mayPublish(id, topic string) bool {
	return strings.HasPrefix(topic, r.prefix) && len(topic) > len(r.prefix) && modest(topic)
}

// mayRead is asked for filters and for every topic delivered. Filters that begin
// with $ are the library's own counters and shared subscriptions.
func (r rights) mayRead(id, filter string) bool {
	return !strings.HasPrefix(filter, "$") && modest(filter)
}

// modest tells whether a topic is small enough: each level costs the library
// memory and a call deep.
func modest(topic string) bool {
	return len(topic) <= maxTopic && strings.Count(topic, "/") < maxLevels
}
