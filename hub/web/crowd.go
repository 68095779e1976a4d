package web

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

// maxCrowd is how many connections may be open at once. One more makes the one
// that has been without a request the longest go: those who only hold the door
// give way to those who come to ask.
// A page that is kept up to date holds one all the while.
const maxCrowd = 4096

// crowd is who is connected.
type crowd struct {
	pushed atomic.Int64

	mu   sync.Mutex
	idle []net.Conn // without a request under way, the longest first
	all  map[net.Conn]struct{}
}

// note is [http.Server.ConnState].
func (c *crowd) note(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget(conn)
	switch state {
	case http.StateNew, http.StateIdle:
		c.idle = append(c.idle, conn)
	case http.StateClosed, http.StateHijacked:
		delete(c.all, conn)
		return
	}
	if c.all == nil {
		c.all = map[net.Conn]struct{}{}
	}
	c.all[conn] = struct{}{}
	if len(c.all) > maxCrowd && len(c.idle) > 0 {
		c.pushed.Add(1)
		delete(c.all, c.idle[0])
		go c.idle[0].Close() // a farewell over TLS may take a moment
		c.idle = c.idle[1:]
	}
}

func (c *crowd) forget(conn net.Conn) {
	for i, other := range c.idle {
		if other == conn {
			c.idle = append(c.idle[:i], c.idle[i+1:]...)
			return
		}
	}
}
