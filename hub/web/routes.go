package web

import (
	"net/http"
	"strings"

	"accueil/internal/wire"
)

// route is one page and who may see it.
type route struct {
	pattern string
	staff   []string // roles whose PIN opens it; nil: everybody, strangers too
	serve   http.Handler
}

// routes is every page: who may see one is said here and nowhere else.
func (s *Server) routes() []route {
	coordinator := []string{wire.RoleCoordinator}
	all := []route{
		{"GET /{$}", nil, http.HandlerFunc(s.home)},
		{"GET /t/{code}", nil, http.HandlerFunc(s.ticket)},
		{"GET /T/{code}", nil, http.HandlerFunc(s.ticket)}, // the QR carries capitals, which makes it small
		{"GET /t/{code}/qr.svg", nil, http.HandlerFunc(s.qr)},
		{"GET /T/{code}/qr.svg", nil, http.HandlerFunc(s.qr)},
		{"GET /t/{code}/{$}", nil, http.HandlerFunc(s.ticketItself)},
		{"GET /T/{code}/{$}", nil, http.HandlerFunc(s.ticketItself)},
		{"GET /", nil, http.HandlerFunc(s.lost)},
		{"GET /t/{code}/live", nil, http.HandlerFunc(s.live)},
		{"GET /T/{code}/live", nil, http.HandlerFunc(s.live)},
		{"POST /t/{code}/leave", nil, http.HandlerFunc(s.leave)},
		{"POST /T/{code}/leave", nil, http.HandlerFunc(s.leave)},
		{"POST /t/{code}/pass", nil, http.HandlerFunc(s.pass)},
		{"POST /T/{code}/pass", nil, http.HandlerFunc(s.pass)},
		{"GET /ticket.js", nil, file("ticket.js")},
		{"GET /healthz", nil, http.HandlerFunc(s.health)},
		{"GET /style.css", nil, file("style.css")},
		{"GET /login", nil, http.HandlerFunc(s.showLogin)},
		{"POST /login", nil, s.sessions.LoadAndSave(http.HandlerFunc(s.logIn))},
		{"POST /logout", nil, s.sessions.LoadAndSave(http.HandlerFunc(s.logOut))},
		{"GET /board", nil, http.HandlerFunc(s.board)},
		{"GET /board/live", nil, http.HandlerFunc(s.liveBoard)},
		{"GET /board.css", nil, file("board.css")},
		{"GET /board.js", nil, file("board.js")},
		{"GET /coordinator", coordinator, http.HandlerFunc(s.overview)},
		{"GET /coordinator/acts", coordinator, http.HandlerFunc(s.acts)},
		{"POST /coordinator/acts", coordinator, http.HandlerFunc(s.carryOut)},
		{"GET /staff.css", nil, file("staff.css")},
		{"GET /report", coordinator, s.report},
		{"GET /verify", coordinator, s.verify},
	}
	if s.enrol != nil {
		all = append(all, route{"POST /enrol", nil, http.HandlerFunc(s.enrolTerminal)})
	}
	return all
}

// Handler is every page.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		switch {
		case r.serve == nil: // not part of this hub
		case r.staff != nil:
			mux.Handle(r.pattern, s.needs(r.serve, r.staff...))
		default:
			mux.Handle(r.pattern, r.serve)
		}
	}
	// What changes something is taken from these pages only, and from programs.
	return s.secure(http.NewCrossOriginProtection().Handler(mux))
}

// file answers with a file of the pages that does not change while the hub runs.
func file(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFileFS(w, r, pages, "pages/"+name)
	})
}

// forVisitors says whether a page is a ticket's, which is to be painted at once: it has no
// session that a page which opened it could use, and shows nothing without its code.
func forVisitors(path string) bool {
	return strings.HasPrefix(path, "/t/") || strings.HasPrefix(path, "/T/")
}

// secure says in every answer what a browser may do with it: show it, with what
// comes from here as files of its own. No script within a page runs, and no style but
// the ticket's page's own.
func (s *Server) secure(next http.Handler) http.Handler {
	policy := "default-src 'none'; style-src " + s.styles.policy() + "; script-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer") // a ticket's address must not travel on
		if !forVisitors(r.URL.Path) {
			// A browser starts a process of its own for it, before it paints.
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
		}
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
