package web

import (
	"net"
	"net/http"
	"testing"
)

// conn says when it is closed.
type conn struct {
	net.Conn
	closed chan struct{}
}

func (c *conn) Close() error { close(c.closed); return nil }

// Those who only hold connections give way to those who come to ask; who is being
// answered is left alone.
func TestTheCrowdMakesRoom(t *testing.T) {
	var c crowd
	all := make([]*conn, maxCrowd+50)
	for i := range all {
		all[i] = &conn{closed: make(chan struct{})}
		c.note(all[i], http.StateNew)
		if i < 10 {
			c.note(all[i], http.StateActive)
		}
	}
	for i := 10; i < 60; i++ {
		<-all[i].closed
	}
	if len(c.all) != maxCrowd || c.pushed.Load() != 50 {
		t.Errorf("%d connections, %d pushed out", len(c.all), c.pushed.Load())
	}
	for _, i := range []int{0, 9, 60, len(all) - 1} {
		select {
		case <-all[i].closed:
			t.Errorf("connection %d was pushed out", i)
		default:
		}
		c.note(all[i], http.StateClosed)
	}
	if len(c.all) != maxCrowd-4 {
		t.Errorf("%d connections after four have left", len(c.all))
	}
}

// When everybody is being answered the newcomer goes.
func TestAFullHouseTakesNobody(t *testing.T) {
	var c crowd
	for range maxCrowd {
		active := &conn{closed: make(chan struct{})}
		c.note(active, http.StateNew)
		c.note(active, http.StateActive)
	}
	late := &conn{closed: make(chan struct{})}
	c.note(late, http.StateNew)
	<-late.closed
}

// However many pages are kept up to date, some can still come to ask.
func TestFollowersLeaveRoom(t *testing.T) {
	if room := maxCrowd - maxFollowers - maxBoards; room < 500 {
		t.Errorf("pages that are kept up to date leave %d connections to all others", room)
	}
}
