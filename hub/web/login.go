package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"accueil/hub/access"
)

// login is what its template draws.
type login struct {
	page
	Role   string
	Name   string // of the role, in words
	To     string
	Wrong  string // why the last try did not open
	PIN    string
	Open   string
	Denied bool
}

// showLogin asks for the PIN of a role.
func (s *Server) showLogin(w http.ResponseWriter, r *http.Request) {
	s.askPIN(w, r, http.StatusOK, r.URL.Query(), "")
}

func (s *Server) askPIN(w http.ResponseWriter, r *http.Request, status int, v url.Values, wrong string) {
	role := v.Get("role")
	if !slices.Contains(access.StaffRoles(), role) {
		role = "coordinator"
	}
	speak := s.staffSpeaker(r)
	l := login{
		page: s.frame(speak), Role: role, Name: speak.Say("login.role." + role), To: within(v.Get("to")), Wrong: wrong,
		PIN: speak.Say("login.pin"), Open: speak.Say("login.open"),
	}
	l.Title, l.page.Languages = speak.Say("login.title"), nil
	s.render(w, status, "login.html", l)
}

// within keeps whoever logs in on these pages: an address elsewhere could look
// like them and ask for the PIN again.
func within(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// logIn looks at a PIN.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if !s.logins.Allow() {
		s.tell(w, r, http.StatusTooManyRequests, "login.busy")
		return
	}
	if err := r.ParseForm(); err != nil || s.access == nil {
		s.tell(w, r, http.StatusBadRequest, "login.needed")
		return
	}
	role := r.PostForm.Get("role")
	known, _ := r.Cookie(knownCookie)
	pass, knownNow, err := s.access.LogIn(role, r.PostForm.Get("pin"), valueOf(known))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		s.log.Error("no session could be made", "err", err)
		s.tell(w, r, http.StatusInternalServerError, "page.away")
		return
	}
	s.sessions.Put(r.Context(), role, pass)
	http.SetCookie(w, &http.Cookie{
		Name: knownCookie, Value: knownNow, Path: "/login", MaxAge: int(knownFor / time.Second),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: s.sessions.Cookie.Secure,
	})
	http.Redirect(w, r, within(r.PostForm.Get("to")), http.StatusSeeOther)
}

func valueOf(c *http.Cookie) string {
	if c == nil {
		return ""
	}
	return c.Value
}

// refuse says why a PIN did not open, and asks again.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	speak := s.staffSpeaker(r)
	var wait access.WaitError
	switch {
	case errors.As(err, &wait):
		minutes := max(1, int((wait.Wait+time.Minute-1)/time.Minute))
		s.askPIN(w, r, http.StatusTooManyRequests, r.PostForm, speak.Say("login.wait", "Count", minutes))
	case errors.Is(err, access.ErrPIN):
		s.askPIN(w, r, http.StatusUnauthorized, r.PostForm, speak.Say("login.wrong"))
	default:
		s.tell(w, r, http.StatusForbidden, "login.no-pin")
	}
}

// logOut forgets the browser's session.
func (s *Server) logOut(w http.ResponseWriter, r *http.Request) {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		s.log.Error("a session could not be ended", "err", err)
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}
