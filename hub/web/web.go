// Package web serves the hub's pages: the ticket page that the QR code opens,
// and the health check.
package web

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"time"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/site"

	"golang.org/x/time/rate"
)

//go:embed pages
var pages embed.FS

// Floor lets pages see the day; see [floor.Floor.Look].
type Floor interface {
	Look(context.Context, func(floor.Sight)) error
}

// Options are what the pages stand on.
type Options struct {
	Site    *site.Site
	Phrases *phrases.Book
	Floor   Floor
	Report  http.Handler // answers /report with figures
	Verify  http.Handler // answers /verify with what is wrong with the books
	Healthy func() error // what else must be well, with the reason when it is not
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
	misses  *rate.Limiter
	zone    *time.Location
}

// Wrong codes are answered at this pace at most, for everybody together: 40
// random bits are then out of reach, and right codes are never slowed down.
const (
	missesPerSecond = 20
	missesAtOnce    = 100
)

// New prepares the pages.
func New(o Options) (*Server, error) {
	html, err := template.ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, err
	}
	zone, err := o.Site.Location()
	if err != nil {
		return nil, err
	}
	if o.Healthy == nil {
		o.Healthy = func() error { return nil }
	}
	return &Server{
		site: o.Site, phrases: o.Phrases, floor: o.Floor, report: o.Report, verify: o.Verify, healthy: o.Healthy, log: o.Log, html: html, zone: zone,
		misses: rate.NewLimiter(missesPerSecond, missesAtOnce),
	}, nil
}

// Handler is every page.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /t/{code}", s.ticket)
	mux.HandleFunc("GET /T/{code}", s.ticket) // the QR carries capitals, which makes it small
	mux.HandleFunc("GET /healthz", s.health)
	if s.report != nil {
		mux.Handle("GET /report", s.report)
	}
	if s.verify != nil {
		mux.Handle("GET /verify", s.verify)
	}
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFileFS(w, r, pages, "pages/style.css")
	})
	return secure(mux)
}

// secure says in every answer what a browser may do with it: nothing but show it.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer") // a ticket's address must not travel on
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// ErrNotLoopback is returned for an address that others could reach: there are
// no accounts yet that would tell them apart.
var ErrNotLoopback = errors.New("pages are served on loopback only until accounts exist; use an address like 127.0.0.1:8080")

// Listen opens the address the pages are served on.
func Listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, ErrNotLoopback
	}
	return net.Listen("tcp", addr)
}

// Serve answers on l until ctx ends, then lets the answers under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	err := server.Shutdown(last)
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
