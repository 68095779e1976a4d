package line

import (
	"net"
	"sync"
	"time"
)

// Guarded is a connection on which nothing waits for ever to write, and whose end
// can be waited for.
type Guarded struct {
	net.Conn
	limit time.Duration
	turn  chan struct{} // held by the one who writes; see Write
	done  chan struct{} // closed by Close
	once  sync.Once
}

// Guard makes a failed read close c, and a write that does not get through within
// limit. A write that failed may have sent half a packet, so nothing can follow it.
func Guard(c net.Conn, limit time.Duration) *Guarded {
	return &Guarded{Conn: c, limit: limit, turn: make(chan struct{}, 1), done: make(chan struct{})}
}

// Write writes all of p or closes the connection. Waiting for another writer is
// waiting for a channel, not a lock, so that a synctest bubble sees it as idle.
func (g *Guarded) Write(p []byte) (int, error) {
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-g.done:
		return 0, net.ErrClosed
	}
	n, err := g.write(p)
	if err != nil {
		g.Close()
	}
	return n, err
}

func (g *Guarded) write(p []byte) (int, error) {
	if g.closed() { // while waiting for the turn
		return 0, net.ErrClosed
	}
	if err := g.Conn.SetWriteDeadline(time.Now().Add(g.limit)); err != nil {
		return 0, err
	}
	return g.Conn.Write(p)
}

// Read reads or closes the connection.
func (g *Guarded) Read(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	if err != nil {
		g.Close()
	}
	return n, err
}

// Close closes the connection; only the first call does anything.
func (g *Guarded) Close() error {
	var err error
	g.once.Do(func() {
		close(g.done)
		err = g.Conn.Close()
	})
	return err
}

// Done is closed when the connection has been closed at this end.
func (g *Guarded) Done() <-chan struct{} { return g.done }

func (g *Guarded) closed() bool {
	select {
	case <-g.done:
		return true
	default:
		return false
	}
}

// SetDeadline limits reading only: the limit of writing is the guard's.
func (g *Guarded) SetDeadline(t time.Time) error { return g.Conn.SetReadDeadline(t) }

// SetWriteDeadline does nothing: the limit of writing is the guard's.
func (g *Guarded) SetWriteDeadline(time.Time) error { return nil }
