package main

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/rehearsal"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// day is everybody around the hub.
type day struct {
	site   *site.Site
	model  *rehearsal.Model
	crowd  *rehearsal.Crowd
	kiosks int
	log    *slog.Logger

	terminal func(role, name string) (*uplink.Uplink, error)
	line     func(name string) (*line.Line, error)

	tempo *tempo
	stand []*kiosk
	staff *uplink.Uplink // lets people leave their queue
	watch *uplink.Uplink // sees the public view

	mu     sync.Mutex
	people map[queue.TicketID]string // whose ticket it is
}

// step is how often, in site time, it is asked who comes.
const step = 20 * time.Second

// play lets everybody in when the hub is heard, and returns when ctx has ended
// and all are gone.
func (d *day) play(ctx context.Context) error {
	d.tempo, d.people = newTempo(), map[queue.TicketID]string{}
	l, err := d.line(sensorName)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := l.Subscribe(wire.HubTopic(d.site.Key, wire.NameBeat)); err != nil {
		d.log.Debug("the beat will be heard at the next connection", "err", err)
	}
	if err := d.open(); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { d.listen(ctx, l); return nil })
	select {
	case <-d.tempo.first:
	case <-ctx.Done():
		return g.Wait()
	}
	d.log.Info("the day begins", "at", d.tempo.now().In(d.model.Zone()).Format("2006-01-02 15:04"))
	g.Go(func() error { d.countPeople(ctx, l); return nil })
	g.Go(func() error { d.lookAround(ctx); return nil })
	for _, s := range d.site.Services {
		g.Go(func() error { d.serviceDay(ctx, s); return nil })
		for _, post := range d.posts(s) {
			g.Go(func() error { return d.deskDay(ctx, post) })
		}
	}
	return g.Wait()
}

// open starts the terminals that visitors need.
func (d *day) open() (err error) {
	for i := range max(1, d.kiosks) {
		u, err := d.terminal(wire.RoleKiosk, rehearsal.KioskName(i))
		if err != nil {
			return err
		}
		d.stand = append(d.stand, &kiosk{uplink: u, turn: make(chan struct{}, 1)})
	}
	if d.staff, err = d.terminal(wire.RoleCoordinator, "player"); err != nil {
		return err
	}
	d.watch, err = d.terminal(wire.RoleBoard, "player")
	return err
}

// posts are the desks the player takes: as many as are usually present, so that
// others stay free for people.
func (d *day) posts(s site.Service) (posts []*post) {
	for _, desk := range d.site.DesksOf(s.Key) {
		if len(posts) < d.model.Service(s.Key).Desks && desk.Services[0] == s.Key {
			posts = append(posts, &post{day: d, desk: desk, aside: map[queue.TicketID]time.Time{}})
		}
	}
	return posts
}

// listen keeps the tempo.
func (d *day) listen(ctx context.Context, l *line.Line) {
	beat := wire.HubTopic(d.site.Key, wire.NameBeat)
	for {
		select {
		case <-ctx.Done():
			return
		case m, ok := <-l.Messages():
			if !ok {
				return
			}
			if m.Topic != beat {
				continue
			}
			if b, err := wire.Read[wire.Beat](m.Payload); err == nil {
				d.tempo.take(b)
			}
		}
	}
}

// sensorName is the people counter's.
const sensorName = "entree"

// countPeople speaks for the people counter at the door.
func (d *day) countPeople(ctx context.Context, l *line.Line) {
	topic := wire.TerminalTopic(d.site.Key, wire.RoleSensor, sensorName, wire.LeafCount)
	total := wire.Count{V: wire.Version, Boot: "player-" + strings.ToLower(string(queue.NewCode()))}
	for d.tempo.pass(ctx, step) {
		if d.anyOpen() {
			in, out := d.crowd.Passes(step)
			total.In += uint64(in)
			total.Out += uint64(min(out, int(total.In-total.Out)))
		}
		total.At = d.tempo.now()
		if err := l.Publish(topic, wire.Encode(total), false); err != nil {
			d.log.Debug("the count could not be sent; the next one says the same and more", "err", err)
		}
	}
}

func (d *day) anyOpen() bool {
	v, _ := d.watch.Public()
	for _, l := range v.Services {
		if l.Open && !v.Closed {
			return true
		}
	}
	return false
}

// of is what the public view says of a service.
func (d *day) of(service string) (wire.Line, bool) {
	v, ok := d.watch.Public()
	for _, l := range v.Services {
		if l.Service == service {
			return l, ok && !v.Closed
		}
	}
	return wire.Line{}, false
}

func (d *day) know(id queue.TicketID, name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.people[id] = name
}

// who is the person of a ticket. Somebody who took it at a real kiosk comes
// when called, like most.
func (d *day) who(t wire.Ticket) rehearsal.Person {
	d.mu.Lock()
	name, ours := d.people[t.ID]
	d.mu.Unlock()
	if !ours {
		name = "real/" + string(t.Label)
	}
	p := d.model.Person(t.Service, name)
	p.NoShow = p.NoShow && ours
	return p
}
