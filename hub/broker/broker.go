// Package broker is the MQTT broker inside the hub.
//
// It is a pipe without a memory of its own: it keeps retained messages while it
// runs and nothing else, no sessions, no queues on disk. Whoever connects gets a
// clean session; whoever reads too slowly loses messages, and the hub sees how
// many. Beyond this machine it listens only with TLS and to those it admits.
package broker

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	mqtt "github.com/mochi-mqtt/server/v2"
	"golang.org/x/time/rate"
)

// DefaultAddr is where the broker listens if nothing else is said.
const DefaultAddr = "127.0.0.1:1883"

const grumbleEvery = 10 * time.Second

// ErrClosed is returned when a connection comes after Close.
var ErrClosed = errors.New("the broker is closed")

// Options say where the broker listens and for which site.
type Options struct {
	// Addr is an address and a port; DefaultAddr if empty. Without a host it is
	// every address of this machine; port 0 takes any free one. Beyond loopback TLS
	// and Admit are needed.
	Addr string
	// TLS is how the listener speaks, if not in the clear.
	TLS *tls.Config
	// Admit says what a client may do who comes through the listener or Attach, or
	// why it may not come in. Nil lets everybody in and do everything below the site.
	Admit func(client, user, key string) (Visa, error)
	// Detached brokers have no listener at all: everyone comes through Attach or
	// Dial.
	Detached bool
	// Site is the SITE of accueil/v1/SITE/…; nothing else may be published.
	Site string
	// Clients is how many may be connected at once; DefaultClients if zero.
	Clients int
	Log     *slog.Logger
}

// Visa is what one client may do.
type Visa interface {
	MayPublish(topic string) bool
	// MayRead is asked for filters, and for topics of messages about to be delivered.
	MayRead(filter string) bool
	// Valid says whether the visa still stands; see [Embedded.Review].
	Valid() bool
}

// Stats are counts since the start, except Clients.
type Stats struct {
	Clients   int   // connected now
	Dropped   int64 // messages a client was too slow to take
	Refused   int64 // messages on topics a client may not publish on, or too many to keep
	Unwelcome int64 // clients that were not let in
	Evicted   int64 // connections that never said who they are and had to make room
	Displaced int64 // clients whose id another connection took: two with one name?
}

// Embedded is a running broker.
type Embedded struct {
	log      *slog.Logger
	server   *mqtt.Server
	listener net.Listener // nil if detached
	door     *door
	counts   counts
	rights   rights
	clients  int // how many may be connected
	admit    func(client, user, key string) (Visa, error)
	tls      *tls.Config    // nil in the clear
	serving  sync.WaitGroup // the accept loop
	close    func() error
	forget   context.CancelFunc // stops waiting for the end of Serve's context
}

type counts struct {
	dropped, refused, unwelcome atomic.Int64

	slow, twins, turned rate.Sometimes // when it is time to log about them
}

// drop counts a message that a client was too slow to take.
func (e *Embedded) drop(id, topic string) {
	total := e.counts.dropped.Add(1)
	e.counts.slow.Do(func() {
		e.log.Warn("a client reads too slowly; messages to it are dropped", "client", id, "topic", topic, "dropped", total)
	})
}

// Serve starts a broker that runs until Close is called or ctx ends.
func Serve(ctx context.Context, o Options) (*Embedded, error) {
	if o.Site == "" || strings.ContainsAny(o.Site, "/+#") {
		return nil, fmt.Errorf("broker: site %q cannot be part of a topic", o.Site)
	}
	e := &Embedded{
		log:     cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		door:    newDoor(),
		clients: cmp.Or(o.Clients, DefaultClients),
		rights:  rights{prefix: "accueil/v1/" + o.Site + "/"},
		admit:   o.Admit,
		tls:     o.TLS,
	}
	if e.admit == nil {
		e.admit = func(string, string, string) (Visa, error) { return anyone{}, nil }
	}
	for _, s := range []*rate.Sometimes{&e.counts.slow, &e.counts.twins, &e.counts.turned} {
		s.Interval = grumbleEvery
	}
	if err := e.start(); err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	e.close = sync.OnceValue(e.shut)
	ctx, e.forget = context.WithCancel(ctx)
	if !o.Detached {
		if err := e.listen(ctx, o); err != nil {
			return nil, fmt.Errorf("broker: %w", errors.Join(err, e.Close()))
		}
	}
	context.AfterFunc(ctx, func() { e.close() })
	return e, nil
}

func (e *Embedded) start() error {
	e.server = mqtt.New(&mqtt.Options{
		Capabilities:           capabilities(e.clients),
		Logger:                 slog.New(quiet{e.log.Handler()}),
		SysTopicResendInterval: int64((365 * 24 * time.Hour).Seconds()),
	})
	if err := e.server.AddHook(&hook{embedded: e}, nil); err != nil {
		return err
	}
	return e.server.Serve()
}

// Addr is the address the broker really listens on; empty if detached.
func (e *Embedded) Addr() string {
	if e.listener == nil {
		return ""
	}
	return e.listener.Addr().String()
}

// Attach serves a connection that did not come through the listener. The broker
// owns it from then on. It returns ErrClosed after Close.
func (e *Embedded) Attach(c net.Conn) error { return e.welcome(newGuest(c)) }

func (e *Embedded) welcome(g *guest) error {
	if err := e.door.enter(g); err != nil {
		return errors.Join(err, g.Close())
	}
	go e.serve(g)
	return nil
}

// Dial gives the client's end of a pipe: a way in without the network, for the
// program that runs the broker. Who comes this way may do everything.
func (e *Embedded) Dial(context.Context) (net.Conn, error) {
	here, there := net.Pipe()
	g := newGuest(there)
	g.visa = anyone{}
	if err := e.welcome(g); err != nil {
		return nil, errors.Join(err, here.Close())
	}
	return here, nil
}

// Review shows out whoever's visa does not stand any more, and returns how many.
func (e *Embedded) Review() int {
	expired := e.door.expired()
	for _, g := range expired {
		e.log.Info("a client's account is gone; it is shown out", "client", g.id)
		g.Close()
	}
	return len(expired)
}

// serve is one connection from its first byte to its end.
func (e *Embedded) serve(g *guest) {
	defer e.door.leave(g)
	defer g.Close()
	if err := g.SetDeadline(time.Now().Add(introduceWithin)); err != nil {
		return
	}
	err := e.server.EstablishConnection("door", g)
	e.log.Debug("a client has left", "client", g.id, "err", err)
}

// Stats says how the broker is doing.
func (e *Embedded) Stats() Stats {
	return Stats{
		Clients:   e.door.inside(),
		Dropped:   e.counts.dropped.Load(),
		Refused:   e.counts.refused.Load(),
		Unwelcome: e.counts.unwelcome.Load(),
		Evicted:   e.door.evicted.Load(),
		Displaced: e.door.displaced.Load(),
	}
}

// Close ends every connection and returns when all have ended. Any later call
// waits for the first and returns the same.
func (e *Embedded) Close() error { return e.close() }

// shut keeps the library's Close for last: it races with new connections, so by
// then there must be none and no way in.
func (e *Embedded) shut() error {
	e.forget()
	var err error
	if e.listener != nil {
		err = e.listener.Close()
	}
	e.door.close()
	e.serving.Wait()
	return errors.Join(err, e.server.Close())
}
