// Package centre is a whole centre in one process, for tests and measurements:
// broker, journal, floor and pages of a hub, and as many terminals as wanted,
// joined by real MQTT.
package centre

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"accueil/config"
	"accueil/hub/broker"
	"accueil/hub/floor"
	"accueil/internal/journal"
	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/kiosk/uplink"
)

// Options say how a centre is made; the zero value but for Dir is a good one.
type Options struct {
	Dir     string           // for journals; needed
	Now     func() time.Time // the site's clock; time.Now when nil
	Log     *slog.Logger     // nothing is logged when nil
	TCP     bool             // terminals come through a loopback port, not through pipes
	Broker  string           // address of another broker than the embedded one
	Journal func(floor.Journal) floor.Journal
}

// Centre is a running centre.
type Centre struct {
	Site  *site.Site
	Floor *floor.Floor
	URL   string // of the broker, when TCP

	options Options
	broker  *broker.Embedded
	hub     *hub

	mu        sync.Mutex
	terminals []*uplink.Uplink
	running   sync.WaitGroup
	stop      context.CancelFunc
	ctx       context.Context
}

// hub is what dies when the hub is killed.
type hub struct {
	journal *journal.Bolt
	line    *line.Line
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// Start opens the centre with its embedded content.
func Start(o Options) (*Centre, error) {
	s, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return nil, fmt.Errorf("content: %w", problems[0])
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &Centre{Site: s, options: o, ctx: ctx, stop: stop, URL: o.Broker}
	if o.Broker == "" {
		if err := c.OpenBroker(); err != nil {
			return nil, err
		}
	}
	if err := c.OpenHub(); err != nil {
		c.CloseBroker()
		return nil, err
	}
	return c, nil
}

// OpenBroker starts the broker, also after [Centre.CloseBroker].
func (c *Centre) OpenBroker() (err error) {
	o := broker.Options{Site: c.Site.Key, Log: c.options.Log, Detached: !c.options.TCP, Addr: "127.0.0.1:0"}
	if c.URL != "" {
		o.Addr = c.URL[len("tcp://"):]
	}
	b, err := broker.Serve(context.Background(), o)
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.broker = b
	c.mu.Unlock()
	if c.options.TCP {
		c.URL = "tcp://" + b.Addr()
	}
	return nil
}

// CloseBroker cuts everybody off, unless the broker is another's.
func (c *Centre) CloseBroker() {
	if c.options.Broker == "" {
		c.current().Close()
	}
}

func (c *Centre) current() *broker.Embedded {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.broker
}

// dial is the way to whichever broker runs now.
func (c *Centre) dial(ctx context.Context) (net.Conn, error) { return c.current().Dial(ctx) }

// way leads a line to the broker.
func (c *Centre) way(o line.Options) line.Options {
	if o.URL = c.options.Broker; o.URL == "" {
		o.Dial = c.dial
	}
	return o
}

// OpenHub starts the hub on its journal, also after [Centre.CloseHub].
func (c *Centre) OpenHub() error {
	j, err := journal.Open(filepath.Join(c.options.Dir, "hub.journal"), journal.Options{Site: c.Site.Key})
	if err != nil {
		return err
	}
	var keep floor.Journal = j
	if c.options.Journal != nil {
		keep = c.options.Journal(j)
	}
	f, err := floor.New(floor.Options{Site: c.Site, Journal: keep, Now: c.options.Now, Log: c.options.Log})
	if err != nil {
		j.Close()
		return err
	}
	a := floor.NewAttendant(f, "test", strings.ToLower(rand.Text()), c.options.Log)
	ctx, stop := context.WithCancel(c.ctx)
	l, err := line.Connect(context.WithoutCancel(ctx), c.way(line.Options{
		Name: "hub", ClientID: "hub", Will: floor.Will(c.Site.Key), OnUp: a.Up, Log: c.options.Log, Buffer: 1 << 13,
	}))
	if err != nil {
		stop()
		j.Close()
		return err
	}
	h := &hub{journal: j, line: l, stop: stop}
	h.done.Go(func() { f.Run(ctx) })
	h.done.Go(func() { a.Run(ctx, l) })
	c.Floor, c.hub = f, h
	return nil
}

// CloseHub stops the hub as a service manager does.
func (c *Centre) CloseHub() {
	c.hub.stop()
	c.hub.done.Wait()
	c.hub.line.Close()
	c.hub.journal.Close()
}

// Look reads the day as it is durable.
func (c *Centre) Look(ctx context.Context, read func(*queue.Day)) error {
	return c.Floor.Look(ctx, func(s floor.Sight) { read(s.Day) })
}

// Journal is the hub's journal.
func (c *Centre) Journal() *journal.Bolt { return c.hub.journal }

// Terminal starts a terminal; a kiosk gets a data folder of its own.
func (c *Centre) Terminal(role, name string, set ...func(*uplink.Options)) (*uplink.Uplink, error) {
	o := uplink.Options{Site: c.Site.Key, Role: role, Name: name, Now: c.options.Now, Log: c.options.Log}
	if c.URL != "" {
		o.URL = c.URL
	} else {
		o.Dial = c.dial
	}
	if role == "kiosk" || role == "reception" {
		o.Dir = filepath.Join(c.options.Dir, name)
	}
	for _, s := range set {
		s(&o)
	}
	u, err := uplink.Open(o)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	c.terminals = append(c.terminals, u)
	c.mu.Unlock()
	c.running.Go(func() { u.Run(c.ctx) })
	return u, nil
}

// Line is one more client of the broker, for listening to everything.
func (c *Centre) Line(name string) (*line.Line, error) {
	return line.Connect(c.ctx, c.way(line.Options{Name: name, ClientID: name, Log: c.options.Log, Buffer: 1 << 14}))
}

// Close ends everything and returns when it has.
func (c *Centre) Close() {
	c.mu.Lock()
	terminals := c.terminals
	c.mu.Unlock()
	for _, u := range terminals {
		u.Close()
	}
	c.CloseHub()
	c.stop()
	c.running.Wait()
	c.CloseBroker()
}
