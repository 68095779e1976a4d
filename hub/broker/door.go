package broker

import (
	"net"
	"sync"
	"sync/atomic"
	"time"

	"accueil/internal/line"
)

const (
	// introduceWithin is how long a connection may take to say CONNECT.
	introduceWithin = 5 * time.Second
	// maxStrangers is how many connections may be about to say CONNECT. One more
	// pushes the oldest out: those who hang give way to those who come to talk.
	maxStrangers = 64
	writeWithin  = 5 * time.Second
)

// guest is one connection.
type guest struct {
	*line.Guarded
	visa    Visa          // what it may do; set before it is introduced
	id      string        // its client id, once introduced
	gone    chan struct{} // closed when it has been served
	warned  atomic.Bool   // about what it may not publish
	atShelf bool          // see shelf
}

func newGuest(c net.Conn) *guest {
	return &guest{Guarded: line.Guard(c, writeWithin), gone: make(chan struct{})}
}

// door lets connections in, knows who is inside, and shuts.
type door struct {
	evicted   atomic.Int64
	displaced atomic.Int64
	shut      chan struct{}
	all       sync.WaitGroup

	mu        sync.Mutex
	closed    bool
	strangers []*guest          // not introduced yet, oldest first
	names     map[string]*guest // introduced, by client id
}

func newDoor() *door {
	return &door{shut: make(chan struct{}), names: map[string]*guest{}}
}

// enter admits a stranger, who must leave in the end.
func (d *door) enter(g *guest) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return ErrClosed
	}
	if len(d.strangers) == maxStrangers {
		d.evicted.Add(1)
		d.strangers[0].Close()
		d.strangers = d.strangers[1:]
	}
	d.strangers = append(d.strangers, g)
	d.all.Add(1)
	return nil
}

// introduce gives g the client id and tells whether someone else held it. They are
// shown out first, and waited for: so that their will is published before the
// newcomer's first message and not after, and so that what the library forgets
// about them is not the newcomer's.
func (d *door) introduce(g *guest, id string) (displaced bool) {
	for {
		before := d.claim(g, id)
		if before == nil {
			return displaced
		}
		displaced = true
		d.displaced.Add(1)
		before.Close()
		<-before.gone
	}
}

// claim takes the id, or returns who has it.
func (d *door) claim(g *guest, id string) *guest {
	d.mu.Lock()
	defer d.mu.Unlock()
	if before := d.names[id]; before != nil {
		return before
	}
	g.id = id
	d.names[id] = g
	d.forget(g)
	return nil
}

// forget takes g off the list of strangers, if it is there.
func (d *door) forget(g *guest) {
	for i, s := range d.strangers {
		if s == g {
			d.strangers = append(d.strangers[:i], d.strangers[i+1:]...)
			return
		}
	}
}

func (d *door) leave(g *guest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget(g)
	if d.names[g.id] == g {
		delete(d.names, g.id)
	}
	close(g.gone)
	d.all.Done()
}

// expired is who is inside without a valid visa.
func (d *door) expired() (guests []*guest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, g := range d.names {
		if !g.visa.Valid() {
			guests = append(guests, g)
		}
	}
	return guests
}

func (d *door) inside() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.names)
}

// close shows everyone out and waits until they have left.
func (d *door) close() {
	for _, g := range d.lock() {
		g.Close()
	}
	d.all.Wait()
}

// lock lets nobody in any more and returns who is inside.
func (d *door) lock() []*guest {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	close(d.shut)
	guests := append([]*guest(nil), d.strangers...)
	for _, g := range d.names {
		guests = append(guests, g)
	}
	return guests
}

// wait returns after the duration, or earlier when the door is shut.
func (d *door) wait(duration time.Duration) {
	select {
	case <-time.After(duration):
	case <-d.shut:
	}
}
