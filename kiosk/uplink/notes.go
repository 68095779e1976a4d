package uplink

import (
	"context"
	"sync/atomic"

	"accueil/internal/queue"
)

// maxNotes is how much footfall waits for the disk.
const maxNotes = 256

// notes is footfall on its way to the journal.
type notes struct {
	waiting chan queue.Fact
	dropped atomic.Int64
}

func newNotes() *notes { return &notes{waiting: make(chan queue.Fact, maxNotes)} }

// Began notes that a visit started. It never waits; see Asked.
func (u *Uplink) Began(language string) {
	u.note(queue.Fact{Kind: queue.Began, Language: language})
}

// Asked notes that a question was chosen. It never waits: footfall that finds
// no room is dropped with a line in the log.
func (u *Uplink) Asked(question, language string) {
	u.note(queue.Fact{Kind: queue.Asked, Question: question, Language: language})
}

// Welcomed notes that people came who take no ticket; fewer than none take a
// miscount back. It never waits; see Asked.
func (u *Uplink) Welcomed(mode string, persons int) {
	u.note(queue.Fact{Kind: queue.Welcomed, Mode: mode, Persons: persons})
}

func (u *Uplink) note(f queue.Fact) {
	zone := u.content.zone()
	f.At = u.Now()
	if u.store == nil || zone == nil || absurd(f.At) {
		return
	}
	f.Day = queue.DateOf(f.At, zone)
	if err := f.Validate(); err != nil {
		u.log.Warn("footfall that cannot be is dropped", "err", err)
		return
	}
	select {
	case u.notes.waiting <- f:
	default:
		u.notes.dropped.Add(1)
	}
}

// writeNotes commits what is there, in one commit, until ctx ends; then the rest.
func (u *Uplink) writeNotes(ctx context.Context) {
	for {
		select {
		case f := <-u.notes.waiting:
			u.saveNotes(u.notes.gather([]queue.Fact{f}))
		case <-ctx.Done():
			u.saveNotes(u.notes.gather(nil))
			return
		}
	}
}

func (n *notes) gather(facts []queue.Fact) []queue.Fact {
	for len(facts) < maxNotes {
		select {
		case f := <-n.waiting:
			facts = append(facts, f)
		default:
			return facts
		}
	}
	return facts
}

func (u *Uplink) saveNotes(facts []queue.Fact) {
	if n := u.notes.dropped.Swap(0); n > 0 {
		u.log.Warn("the disk is too slow; footfall was dropped", "facts", n)
	}
	if len(facts) == 0 {
		return
	}
	if err := u.store.commit(facts, nil); err != nil {
		u.log.Error("footfall could not be saved and is dropped", "facts", len(facts), "err", err)
		return
	}
	u.outbox.rest()
	u.changed()
}
