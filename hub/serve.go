package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"time"

	"accueil/hub/broker"
	"accueil/hub/floor"
	"accueil/hub/web"
	"accueil/internal/journal"
	"accueil/internal/line"
	"accueil/internal/phrases"
	"accueil/internal/site"

	"github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/sync/errgroup"
)

// serve is the server.
type serve struct {
	Config    string  `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data      string  `help:"Folder for the journal." type:"path" default:"${data}" placeholder:"DIR"`
	Broker    string  `help:"Address of a broker to use instead of the embedded one, like tcp://127.0.0.1:1883." placeholder:"URL"`
	MQTT      string  `help:"Loopback address the embedded broker listens on." default:"127.0.0.1:1883" placeholder:"ADDR"`
	HTTP      string  `help:"Loopback address of the pages." default:"127.0.0.1:8080" placeholder:"ADDR"`
	Terminals int     `help:"How many clients the embedded broker takes at once." default:"512"`
	Public    string  `help:"Address visitors' phones reach the pages at, for QR codes; the content's own when absent." placeholder:"URL"`
	Clock     string  `help:"Rehearse: local site time to start at, like 2026-11-24T10:00." placeholder:"TIME"`
	Speed     float64 `help:"Rehearse: how many times faster site time runs." default:"1"`
}

func journalPath(dir string) string { return filepath.Join(dir, journalFile) }

// Run serves until the process is told to stop.
func (s *serve) Run(c console) error {
	h, err := openHub(c, *s)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "hub %s: broker %s, pages http://%s, journal %s\n", version, h.brokerURL, h.pages.Addr(), journalPath(s.Data))
	err = h.run(c.ctx)
	c.log.Info("stopped")
	return err
}

// hub is the whole server, opened but not yet running.
type hub struct {
	site      *site.Site
	journal   *journal.Bolt
	floor     *floor.Floor
	attendant *floor.Attendant
	door      *door
	embedded  *broker.Embedded // nil with an outside broker
	brokerURL string
	web       *web.Server
	pages     net.Listener
	log       *slog.Logger
}

func openHub(c console, s serve) (_ *hub, err error) {
	h := &hub{log: c.log, brokerURL: s.Broker}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.site, err = c.content(s.Config); err != nil {
		return nil, err
	}
	if h.pages, err = web.Listen(s.HTTP); err != nil {
		return nil, fmt.Errorf("pages on %s: %w; choose another address with --http", s.HTTP, err)
	}
	switch {
	case s.Public != "":
		h.site.PublicURL = s.Public
	case s.Config == "": // nobody has said where phones find the embedded centre
		h.site.PublicURL = "http://" + h.pages.Addr().String()
	}
	zone, err := h.site.Location()
	if err != nil {
		return nil, err
	}
	clock, err := newClock(s.Clock, s.Speed, zone)
	if err != nil {
		return nil, err
	}
	if h.journal, err = openJournal(s.Data, h.site.Key, false); err != nil {
		return nil, err
	}
	if h.door, err = openDoor(s.Data, c.log); err != nil {
		return nil, err
	}
	h.door.mux.Handle("GET /backup", &copier{dir: s.Data, journal: h.journal})
	h.door.mux.Handle("GET /verify", verifier{h.journal, h.site})
	h.floor, err = floor.New(floor.Options{Site: h.site, Journal: h.journal, Now: clock.now, Speed: s.Speed, Notices: noticesFile{filepath.Join(s.Data, "notices.json")}, Log: c.log})
	if err != nil {
		return nil, err
	}
	h.attendant = floor.NewAttendant(h.floor, version, strings.ToLower(rand.Text()), c.log)
	if err = h.openWeb(s); err != nil {
		return nil, err
	}
	return h, h.openBroker(c.ctx, s)
}

func (h *hub) openWeb(s serve) error {
	book, err := phrases.Load()
	if err != nil {
		return err
	}
	figures, err := newReporter(h.journal, h.site)
	if err != nil {
		return err
	}
	h.web, err = web.New(web.Options{Site: h.site, Phrases: book, Floor: h.floor, Report: figures, Verify: verifier{h.journal, h.site}, Log: h.log})
	return err
}

func (h *hub) openBroker(ctx context.Context, s serve) (err error) {
	if s.Broker != "" {
		return nil
	}
	// The broker outlives ctx, so that the last answers still go out.
	h.embedded, err = broker.Serve(context.WithoutCancel(ctx), broker.Options{Addr: s.MQTT, Site: h.site.Key, Clients: s.Terminals, Log: h.log})
	if err != nil {
		return err
	}
	h.brokerURL = "tcp://" + h.embedded.Addr()
	return nil
}

// run works until ctx ends: then nothing more is taken in, what was decided is
// durable and answered, and the broker is told goodbye.
func (h *hub) run(ctx context.Context) error {
	defer h.close()
	options := line.Options{
		URL: h.brokerURL, Name: "hub", ClientID: "hub-" + h.site.Key, Will: floor.Will(h.site.Key),
		OnUp: h.attendant.Up, Log: h.log, Buffer: 1 << 13,
	}
	if h.embedded != nil {
		options.Dial = h.embedded.Dial // no way around through the network
	}
	l, err := line.Connect(context.WithoutCancel(ctx), options)
	if err != nil {
		return err
	}
	defer l.Close()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return h.floor.Run(ctx) })
	g.Go(func() error { return h.attendant.Run(ctx, l) })
	g.Go(func() error { return h.web.Serve(ctx, h.pages) })
	g.Go(func() error { return h.door.serve(ctx) })
	g.Go(func() error { h.tellManager(ctx); return nil })
	return g.Wait()
}

// tellManager tells systemd, when there is one, that the hub is ready and,
// as long as its writer answers, alive.
func (h *hub) tellManager(ctx context.Context) {
	daemon.SdNotify(false, daemon.SdNotifyReady)
	defer daemon.SdNotify(false, daemon.SdNotifyStopping)
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil || every == 0 {
		<-ctx.Done()
		return
	}
	ticker := time.NewTicker(every / 2)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if h.floor.Look(ctx, func(floor.Sight) {}) == nil {
			daemon.SdNotify(false, daemon.SdNotifyWatchdog)
		}
	}
}

func (h *hub) close() {
	if h.embedded != nil {
		h.embedded.Close()
	}
	if h.pages != nil {
		h.pages.Close()
	}
	if h.door != nil {
		h.door.listener.Close()
	}
	if h.journal != nil {
		h.journal.Close()
	}
}
