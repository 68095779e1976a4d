package broker

import (
	"strings"
)

const (
	maxTopic  = 256 // bytes of a topic or filter
	maxLevels = 16
	maxID     = 64 // bytes of a client id
)

// rights are the bounds of everybody: below the site, and modest. Within them each
// client has those of its visa.
type rights struct{ prefix string }

func (r rights) mayPublish(g *guest, topic string) bool {
	return strings.HasPrefix(topic, r.prefix) && len(topic) > len(r.prefix) && modest(topic) && g.visa.MayPublish(topic)
}

// mayRead is asked for filters and for every topic delivered. Filters that begin
// with $ are the library's own counters and shared subscriptions.
func (r rights) mayRead(g *guest, filter string) bool {
	return !strings.HasPrefix(filter, "$") && modest(filter) && g.visa.MayRead(filter)
}

// anyone is the visa of who may do everything.
type anyone struct{}

func (anyone) MayPublish(string) bool { return true }
func (anyone) MayRead(string) bool    { return true }
func (anyone) Valid() bool            { return true }

// modest tells whether a topic is small enough: each level costs the library
// memory and a call deep.
func modest(topic string) bool {
	return len(topic) <= maxTopic && strings.Count(topic, "/") < maxLevels
}
