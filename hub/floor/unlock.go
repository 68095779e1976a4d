package floor

import (
	"context"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// Doorkeeper says which terminals somebody has unlocked; see accueil/hub/access.
type Doorkeeper interface {
	// HasPIN says whether a role opens with a PIN.
	HasPIN(role string) bool
	// Unlock gives a pass for the right PIN, else says why not, and for how long
	// none is looked at. It takes a moment and is called by one goroutine.
	Unlock(role, name, pin string) (pass string, refused queue.Refusal, wait time.Duration)
	// Unlocked says whether a terminal may act with this pass.
	Unlocked(role, name, pass string) bool
}

// Lock has requests of locked terminals refused. To be called before Run.
func (a *Attendant) Lock(k Doorkeeper) { a.keeper = k }

const (
	// maxUnlocks may wait; one more is dropped, and sent again by its terminal.
	maxUnlocks = 32
	// knownUnlocks are remembered, so that a PIN sent again is not a second try.
	knownUnlocks = 256
)

// unlock is a PIN that a terminal shows.
type unlock struct {
	topic   wire.Topic
	request wire.Request
}

// takeRequest passes a request on to the floor if its terminal is unlocked. Who
// may fetch content need not be: it is what every terminal begins with.
func (a *Attendant) takeRequest(t wire.Topic, r wire.Request) {
	reply := func(reply wire.Reply) {
		a.post(wire.TerminalTopic(t.Site, t.Role, t.Name, wire.LeafReplies), wire.Encode(reply))
	}
	switch {
	case r.Do == wire.DoUnlock:
		select {
		case a.unlocks <- unlock{t, r}:
		default:
		}
		return
	case r.Do != wire.DoContent && a.keeper != nil && !a.keeper.Unlocked(t.Role, t.Name, r.Pass):
		if queue.ValidKey(r.ID) {
			reply(wire.Reply{V: wire.Version, ID: r.ID, Refused: wire.Locked, At: a.floor.time()})
		}
		return
	}
	r.PIN, r.Pass = "", "" // they end here
	a.floor.Ask(t.Role, r, reply)
}

// unlockAll looks at PINs, one at a time and away from the floor, until ctx ends.
func (a *Attendant) unlockAll(ctx context.Context) {
	said := map[string]wire.Reply{}
	var order []string
	for {
		var u unlock
		select {
		case <-ctx.Done():
			return
		case u = <-a.unlocks:
		}
		if !queue.ValidKey(u.request.ID) {
			continue
		}
		who := u.topic.Role + "/" + u.topic.Name + "/" + u.request.ID
		reply, known := said[who]
		if !known {
			reply = a.unlock(u)
			if order = append(order, who); len(order) > knownUnlocks {
				delete(said, order[0])
				order = order[1:]
			}
			said[who] = reply
		}
		a.post(wire.TerminalTopic(u.topic.Site, u.topic.Role, u.topic.Name, wire.LeafReplies), wire.Encode(reply))
	}
}

func (a *Attendant) unlock(u unlock) wire.Reply {
	reply := wire.Reply{V: wire.Version, ID: u.request.ID, At: a.floor.time()}
	role, name := u.topic.Role, u.topic.Name
	switch {
	case a.keeper == nil || !a.keeper.HasPIN(role):
	case u.request.PIN == "":
		reply.Refused = wire.Locked
	default:
		var wait time.Duration
		reply.Pass, reply.Refused, wait = a.keeper.Unlock(role, name, u.request.PIN)
		reply.Wait = int((wait + time.Second - 1) / time.Second)
		if reply.Refused != "" {
			a.grumble.Do(func() { a.log.Warn("a PIN did not open a terminal", "role", role, "name", name, "why", reply.Refused) })
		}
	}
	return reply
}
