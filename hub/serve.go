package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"time"

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
	MQTT      string  `help:"Address the embedded broker listens on; beyond this machine with TLS, for accounts only." default:"127.0.0.1:1883" placeholder:"ADDR"`
	HTTP      string  `help:"Address of the pages; beyond this machine with TLS." default:"127.0.0.1:8080" placeholder:"ADDR"`
	Terminals int     `help:"How many clients the embedded broker takes at once." default:"512"`
	Public    string  `help:"Address visitors' phones reach the pages at, for QR codes; the content's own when absent." placeholder:"URL"`
	Clock     string  `help:"Rehearse: local site time to start at, like 2026-11-24T10:00." placeholder:"TIME"`
	Speed     float64 `help:"Rehearse: how many times faster site time runs." default:"1"`

	Accounts      bool   `help:"Only terminals with an account come in, on this machine too. From the first account on it is always so."`
	BrokerAccount string `help:"File with the hub's account at the outside broker, as hub mosquitto writes it." type:"path" placeholder:"FILE"`
	TLSCert       string `help:"Certificate of the pages that browsers know, instead of the site's own." type:"path" placeholder:"FILE"`
	TLSKey        string `help:"Its key." type:"path" placeholder:"FILE"`
}

func journalPath(dir string) string { return filepath.Join(dir, journalFile) }

// Run serves until the process is told to stop.
func (s *serve) Run(c console) error {
	h, err := openHub(c, *s)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "hub %s: broker %s, pages %s, journal %s\n", version, h.doors.brokerURL(), h.doors.address(), journalPath(s.Data))
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
	doors     *doors
	web       *web.Server
	log       *slog.Logger
}

func openHub(c console, s serve) (_ *hub, err error) {
	h := &hub{log: c.log}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.site, err = c.content(s.Config); err != nil {
		return nil, err
	}
	if h.doors, err = openDoors(s, h.site.Key, c.log); err != nil {
		return nil, err
	}
	switch {
	case s.Public != "":
		if u, err := url.Parse(s.Public); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			return nil, fmt.Errorf("--public %s is no web address; write such as https://accueil.exemple.fr", s.Public)
		}
		h.site.PublicURL = s.Public
	case s.Config == "": // nobody has said where phones find the embedded centre
		h.site.PublicURL = h.doors.public()
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
	h.door = openDoor(s.Data, c.log)
	h.door.mux.Handle("GET /backup", &copier{dir: s.Data, journal: h.journal})
	h.door.mux.Handle("GET /verify", verifier{h.journal, h.site})
	h.door.mux.HandleFunc("GET /where", h.doors.where)
	h.floor, err = floor.New(floor.Options{Site: h.site, Journal: h.journal, Now: clock.now, Speed: s.Speed, Notices: noticesFile{filepath.Join(s.Data, "notices.json")}, Log: c.log})
	if err != nil {
		return nil, err
	}
	h.attendant = floor.NewAttendant(h.floor, version, strings.ToLower(rand.Text()), c.log)
	h.attendant.Lock(keeper{h.doors.store})
	if err = h.openWeb(s); err != nil {
		return nil, err
	}
	return h, h.doors.openBroker(c.ctx, s, h.site.Key)
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
	h.door.mux.Handle("GET /report", figures)
	h.web, err = web.New(web.Options{
		Site: h.site, Phrases: book, Floor: h.floor, Report: figures, Verify: verifier{h.journal, h.site}, Log: h.log,
		Access: h.doors.store, Enrol: h.doors.enrol,
		Secure: h.doors.shown != "", Guarded: s.securePages(),
	})
	return err
}

// run works until ctx ends: then nothing more is taken in, what was decided is
// durable and answered, and the broker is told goodbye.
func (h *hub) run(ctx context.Context) error {
	defer h.close()
	options := h.doors.line()
	options.Name, options.Will, options.OnUp = "hub", floor.Will(h.site.Key), h.attendant.Up
	options.ClientID = cmp.Or(options.ClientID, "hub-"+h.site.Key)
	options.Log, options.Buffer = h.log, 1<<13
	l, err := line.Connect(context.WithoutCancel(ctx), options)
	if err != nil {
		return err
	}
	defer l.Close()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return h.floor.Run(ctx) })
	g.Go(func() error { return h.attendant.Run(ctx, l) })
	g.Go(func() error { return h.door.serve(ctx) })
	g.Go(func() error { return h.web.Serve(ctx, h.doors.pages) })
	g.Go(func() error { h.doors.review(ctx); return nil })
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
	if h.doors != nil {
		h.doors.close()
	}
	if h.door != nil {
		h.door.close()
	}
	if h.journal != nil {
		h.journal.Close()
	}
}
