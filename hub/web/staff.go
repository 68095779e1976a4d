package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"accueil/hub/access"
	"accueil/internal/phrases"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
)

const (
	// awayAfter is how long nobody may use a browser before it asks for the PIN again.
	awayAfter = 30 * time.Minute
	// maxForm is more than any form here sends.
	maxForm = 1 << 10

	knownCookie = "accueil_known"
	knownFor    = 180 * 24 * time.Hour
)

// newSessions keeps sessions in memory: after a restart the PIN is asked for
// again. Only a right PIN makes one, so strangers cannot fill anything.
//
// It is made by hand because the library's own way starts a goroutine for good.
func newSessions(secure bool, log *slog.Logger) *scs.SessionManager {
	return &scs.SessionManager{
		Store: memstore.NewWithCleanupInterval(0), Codec: scs.GobCodec{},
		Lifetime: access.PassLasts, IdleTimeout: awayAfter,
		Cookie: scs.SessionCookie{Name: "accueil_staff", Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: secure},
		ErrorFunc: func(w http.ResponseWriter, _ *http.Request, err error) {
			log.Error("a session could not be read", "err", err)
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		},
	}
}

// needs lets in those who have shown the PIN of one of the roles. On a hub that is
// open and whose roles have no PIN everybody is let in: it can be reached from its
// own machine only.
func (s *Server) needs(next http.Handler, roles ...string) http.Handler {
	return s.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.isOpen(roles) || s.isStaff(r, roles):
			next.ServeHTTP(w, r)
		case !s.anyPIN(roles):
			s.tell(w, r, http.StatusForbidden, "login.no-pin")
		case r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html"):
			to := url.Values{"role": {roles[0]}, "to": {r.URL.RequestURI()}}
			http.Redirect(w, r, "/login?"+to.Encode(), http.StatusSeeOther)
		default:
			s.tell(w, r, http.StatusUnauthorized, "login.needed")
		}
	}))
}

func (s *Server) isOpen(roles []string) bool {
	return s.access == nil || !s.guarded && !s.access.Strict() && !s.anyPIN(roles)
}

func (s *Server) anyPIN(roles []string) bool {
	for _, role := range roles {
		if s.access != nil && s.access.HasPIN(role) {
			return true
		}
	}
	return false
}

func (s *Server) isStaff(r *http.Request, roles []string) bool {
	for _, role := range roles {
		if s.access.LoggedIn(role, s.sessions.GetString(r.Context(), role)) {
			return true
		}
	}
	return false
}

// staffSpeaker speaks as the browser wishes, if staff does.
func (s *Server) staffSpeaker(r *http.Request) phrases.Speaker {
	return s.phrases.ForStaff(s.speaker(r, "").Lang())
}

// tell answers staff with one sentence.
func (s *Server) tell(w http.ResponseWriter, r *http.Request, status int, phrase string) {
	speak := s.staffSpeaker(r)
	p := s.frame(speak)
	p.Title, p.Lines = speak.Say("login.title"), []string{speak.Say(phrase)}
	s.renderPage(w, status, p)
}
