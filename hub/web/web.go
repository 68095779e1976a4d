// Package web serves the hub's pages: the ticket page that the QR code opens,
// those of the staff behind their PIN, and the health check.
package web

import (
	"context"
	"crypto/tls"
	"embed"
	"errors"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"accueil/hub/access"
	"accueil/hub/floor"
	"accueil/internal/enrol"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/time/rate"
)

//go:embed pages
var pages embed.FS

// Floor lets pages see the day; see [floor.Floor.Look].
type Floor interface {
	Look(context.Context, func(floor.Sight)) error
	// Ask decides a request in the name of a role; false when the floor has stopped.
	Ask(role string, r wire.Request, answer func(wire.Reply)) bool
	// Changed is closed when something has changed since.
	Changed() <-chan struct{}
}

// Options are what the pages stand on.
type Options struct {
	Site    *site.Site
	Phrases *phrases.Book
	Floor   Floor
	Report  http.Handler  // answers /report with figures
	Verify  http.Handler  // answers /verify with what is wrong with the books
	Healthy func() error  // what else must be well, with the reason when it is not
	Access  *access.Store // who may see staff's pages; nil lets everybody
	// Enrol answers a terminal that has a code; secure says whether it came by TLS.
	Enrol   func(ask enrol.Ask, secure bool) (enrol.Answer, error)
	Secure  bool // the pages are reached by TLS, so cookies go no other way
	Guarded bool // the pages can be reached from elsewhere, so none of staff's is open
	Log     *slog.Logger
}

// Server answers HTTP.
type Server struct {
	site    *site.Site
	phrases *phrases.Book
	floor   Floor
	report  http.Handler
	verify  http.Handler
	healthy func() error
	log     *slog.Logger
	html    *template.Template
	styles  styles
	misses  *rate.Limiter // wrong codes of tickets
	logins  *rate.Limiter // PINs
	enrols  *rate.Limiter // codes of terminals
	looks   chan struct{} // held by a page that looks at the day
	almanac *site.Almanac
	zone    *time.Location

	followers *followers
	prospects prospects
	boards    *boards
	version   string        // of the pages
	closing   chan struct{} // closed when the server stops
	stop      sync.Once

	access   *access.Store
	guarded  bool
	enrol    func(enrol.Ask, bool) (enrol.Answer, error)
	sessions *scs.SessionManager
}

// Wrong codes are answered at this pace at most, for everybody together: 40
// random bits are then out of reach, and right codes are never slowed down.
const (
	missesPerSecond = 20
	missesAtOnce    = 100
)

// Other tries are answered at these paces, for everybody together.
const (
	loginsPerSecond = 5
	loginsAtOnce    = 20
	enrolsPerSecond = 2
	enrolsAtOnce    = 20
)

// maxLooks is how many pages may wait for the writer at once: however many
// strangers come, those who issue and call are not behind them all.
const maxLooks = 32

// look lets a page see the day.
func (s *Server) look(ctx context.Context, read func(floor.Sight)) error {
	select {
	case s.looks <- struct{}{}:
		defer func() { <-s.looks }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.floor.Look(ctx, read)
}

// New prepares the pages.
func New(o Options) (*Server, error) {
	css, err := readStyles(pages)
	if err != nil {
		return nil, err
	}
	html, err := template.New("").Funcs(css.funcs()).ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, err
	}
	almanac, err := o.Site.Almanac()
	if err != nil {
		return nil, err
	}
	version, err := versionOf(pages)
	if err != nil {
		return nil, err
	}
	if o.Healthy == nil {
		o.Healthy = func() error { return nil }
	}
	return &Server{
		site: o.Site, phrases: o.Phrases, floor: o.Floor, report: o.Report, verify: o.Verify, healthy: o.Healthy, log: o.Log, html: html, styles: css, almanac: almanac, zone: almanac.Zone(),
		misses: rate.NewLimiter(missesPerSecond, missesAtOnce), logins: rate.NewLimiter(loginsPerSecond, loginsAtOnce),
		enrols: rate.NewLimiter(enrolsPerSecond, enrolsAtOnce), looks: make(chan struct{}, maxLooks), followers: newFollowers(), prospects: prospects{lines: map[string]line{}},
		boards: newBoards(), version: version, closing: make(chan struct{}),
		access: o.Access, guarded: o.Guarded, enrol: o.Enrol, sessions: newSessions(o.Secure, o.Log),
	}, nil
}

// ErrNotLoopback is returned for an address that others could reach, in the clear.
var ErrNotLoopback = errors.New("beyond this machine pages are served with TLS only; use an address like 127.0.0.1:8080")

// Listen opens the address the pages are served on; with TLS when secure is not nil.
func Listen(addr string, secure *tls.Config) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); secure == nil && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, ErrNotLoopback
	}
	if secure != nil {
		return tls.Listen("tcp", addr, secure)
	}
	return net.Listen("tcp", addr)
}

// Serve answers on l until ctx ends, then lets the answers under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10, ConnState: new(crowd).note,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	var following sync.WaitGroup
	following.Go(func() { s.Follow(ctx) })
	following.Go(func() { s.showBoards(ctx) })
	defer following.Wait()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.stop.Do(func() { close(s.closing) })
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) { // browsers open connections ahead of any request
		err = server.Close()
	}
	<-ended
	return err
}

// health is 200 while the writer answers, its facts reach the disk and the rest is well.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	saves := false
	err := s.floor.Look(ctx, func(sight floor.Sight) { saves = sight.Saves() })
	if err == nil && !saves {
		err = errors.New("facts cannot be saved: is the hub's disk full?")
	}
	if err == nil {
		err = s.healthy()
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	w.Write([]byte("ok\n"))
}
