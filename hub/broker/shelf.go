package broker

import (
	"sync"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"
)

// shelf is the lock on the retained messages that the library lacks. Without it a
// new subscriber looks for them while others change them: a data race, and it can
// get an old message after a newer one on the same topic.
//
// The library takes and gives at fixed places, so the lock is held from one of its
// calls to the next; in between it neither reads nor writes a connection:
//
//	publisher:   OnPublish or OnWill … keeps the message … OnRetainMessage … delivers
//	subscriber:  SUBACK sent … looks for messages and queues them … packet processed
type shelf struct{ lock sync.RWMutex }

func (s *shelf) put()  { s.lock.Lock() }
func (s *shelf) done() { s.lock.Unlock() }

func (s *shelf) look(g *guest) {
	s.lock.RLock()
	g.atShelf = true
}

func (s *shelf) leave(g *guest) {
	if g.atShelf {
		g.atShelf = false
		s.lock.RUnlock()
	}
}

func (h *hook) OnWill(_ *mqtt.Client, will mqtt.Will) (mqtt.Will, error) {
	if will.Retain {
		h.shelf.put()
	}
	return will, nil
}

func (h *hook) OnRetainMessage(*mqtt.Client, packets.Packet, int64) { h.shelf.done() }

func (h *hook) OnPacketSent(cl *mqtt.Client, pk packets.Packet, _ []byte) {
	if pk.FixedHeader.Type == packets.Suback {
		h.shelf.look(guestOf(cl))
	}
}

func (h *hook) OnPacketProcessed(cl *mqtt.Client, pk packets.Packet, _ error) {
	if pk.FixedHeader.Type == packets.Subscribe {
		h.shelf.leave(guestOf(cl))
	}
}
