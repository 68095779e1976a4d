package uplink

import (
	"context"
	"errors"
	"fmt"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

var (
	errStranger = errors.New("not on a topic of this terminal")
	errBeat     = fmt.Errorf("%w: a beat out of bounds", wire.ErrMessage)
)

// maxSpeed is how fast a demonstration's time may run.
const maxSpeed = 10_000

// receive takes what comes from outside, until the line is closed.
func (u *Uplink) receive(ctx context.Context, l link) {
	for {
		select {
		case <-ctx.Done():
			return
		case m, open := <-l.Messages():
			if !open {
				return
			}
			u.hear(m)
		}
	}
}

// hear is the edge: what is not exactly right goes no further.
func (u *Uplink) hear(m line.Message) {
	if err := u.take(m); err != nil {
		u.ignored.Add(1)
		u.grumble.Do(func() { u.log.Warn("a message was not understood and is dropped", "topic", m.Topic, "err", err) })
	}
}

func (u *Uplink) take(m line.Message) error {
	t, ok := wire.ParseTopic(m.Topic)
	switch o := u.options; {
	case !ok || t.Site != o.Site:
		return errStranger
	case t.Role == wire.RoleHub:
		return u.takeHub(t, m)
	case t.Role != o.Role || t.Name != o.Name || m.Retained:
		return errStranger
	case t.Leaf == wire.LeafAcks && u.outbox != nil:
		return u.takeAck(m)
	case t.Leaf == wire.LeafReplies:
		reply, err := wire.Read[wire.Reply](m.Payload)
		if err == nil {
			err = soundReply(reply)
		}
		if err == nil {
			u.requests.take(reply)
		}
		return err
	}
	return errStranger
}

func soundReply(r wire.Reply) error {
	if !queue.ValidKey(r.ID) || !maybeKey(string(r.Refused)) || r.Ticket != nil && !soundTicket(*r.Ticket) ||
		r.Overdue != nil && !all(r.Overdue.Tickets, soundOverdue) {
		return fmt.Errorf("%w: a reply with a key or label out of form", wire.ErrMessage)
	}
	return nil
}

func (u *Uplink) takeAck(m line.Message) error {
	a, err := wire.Read[wire.Ack](m.Payload)
	if err != nil {
		return err
	}
	if !maybeKey(a.Hub) {
		return fmt.Errorf("%w: an answer of a hub with no key", wire.ErrMessage)
	}
	if a.Journal != u.store.id() {
		return nil // of a journal before this one
	}
	if u.series.take(a.Journal, a.Series) {
		u.changed()
	}
	u.outbox.take(a)
	return nil
}

func (u *Uplink) takeHub(t wire.Topic, m line.Message) error {
	switch t.Name {
	case wire.NameBeat:
		if m.Retained {
			return errBeat // an old pulse says nothing
		}
		return u.takeBeat(m)
	case wire.NameState:
		s, err := wire.Read[wire.State](m.Payload)
		if err == nil {
			u.takeState(s)
		}
		return err
	}
	fresh, err := u.takeView(t, m)
	if fresh {
		u.changed()
	}
	return err
}

func (u *Uplink) takeView(t wire.Topic, m line.Message) (fresh bool, err error) {
	switch t.Name {
	case wire.NamePublic:
		v, err := wire.Read[wire.Public](m.Payload)
		if err != nil || !soundPublic(v) {
			return false, errors.Join(err, errView)
		}
		return u.views.takePublic(m.Topic, v), nil
	case wire.NameService:
		v, err := wire.Read[wire.Service](m.Payload)
		if err != nil || v.Key != t.Leaf || !soundService(v) {
			return false, errors.Join(err, errView)
		}
		return u.views.takeService(m.Topic, v), nil
	case wire.NameCoordinator:
		v, err := wire.Read[wire.Coordinator](m.Payload)
		if err != nil || !soundCoordinator(v) {
			return false, errors.Join(err, errView)
		}
		return u.views.takeCoordinator(m.Topic, v), nil
	}
	return false, errStranger
}

func (u *Uplink) takeBeat(m line.Message) error {
	b, err := wire.Read[wire.Beat](m.Payload)
	if err != nil {
		return err
	}
	if !queue.ValidKey(b.Journal) || !maybeKey(b.Content) || !b.Day.Valid() || absurd(b.At) || b.Speed <= 0 || b.Speed > maxSpeed {
		return errBeat
	}
	first := !u.clock.isSynced()
	set := func() time.Duration { return u.clock.follow(b.At, b.Speed) }
	if first && u.outbox != nil {
		u.outbox.learn(set)
	} else if step := set(); step.Abs() > 0 && !first {
		u.log.Warn("the site's clock and this terminal's had moved apart", "by", step)
	}
	doubt := u.pulse.beat(b.Journal, b.Day)
	switch {
	case u.outbox == nil:
	case doubt:
		u.outbox.doubt()
	case first:
		u.outbox.kick() // it waits for the site's time
	}
	if dropped := u.views.beat(b); dropped || first {
		u.changed()
	}
	u.content.want(b.Content)
	u.look()
	return nil
}

// takeState hears that the hub has started, or what the broker says when it is gone.
func (u *Uplink) takeState(s wire.State) {
	if u.pulse.state(s) {
		u.views.trustNext()
		if u.outbox != nil {
			u.outbox.doubt()
		}
	}
	u.look()
}
