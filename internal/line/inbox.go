package line

import (
	"sync"
	"sync/atomic"
)

// inbox is a bounded queue whose writers never wait.
type inbox struct {
	messages chan Message
	dropped  atomic.Int64

	mu     sync.Mutex // makes put and close exclusive
	closed bool
}

func newInbox(size int) *inbox {
	return &inbox{messages: make(chan Message, size)}
}

// put adds m and reports whether there was room; if not, the oldest had to go.
// After close it does nothing.
func (b *inbox) put(m Message) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return true
	}
	for room := true; ; {
		select {
		case b.messages <- m:
			return room
		default:
		}
		select {
		case <-b.messages:
			room = false
			b.dropped.Add(1)
		default: // the reader was faster
		}
	}
}

func (b *inbox) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	close(b.messages)
}
