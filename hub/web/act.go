package web

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// newID names a request before it is made, so that a form sent twice asks once.
func newID() string { return "phone-" + strings.ToLower(rand.Text()) }

// outcomes are what a page can be told after something was asked: the ends of
// the keys of phrases, and nothing that comes from outside.
var outcomes = []string{"passed", "pass-nobody", "pass-often", "pass-late"}

// said is what became of what was asked, from the address the answer led to.
func said(r *http.Request, speak phrases.Speaker) string {
	if what := r.URL.Query().Get("said"); slices.Contains(outcomes, what) {
		return speak.Say("page." + what)
	}
	return ""
}

// leave takes the ticket out of its queue at its person's word.
func (s *Server) leave(w http.ResponseWriter, r *http.Request) {
	s.act(w, r, queue.Ask{Do: queue.DoLeave})
}

// pass lets others pass.
func (s *Server) pass(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	a := queue.Ask{Do: queue.DoDelay}
	a.Persons, _ = strconv.Atoi(r.PostFormValue("persons")) // 0 when absent, which is refused
	a.Minutes, _ = strconv.Atoi(r.PostFormValue("minutes"))
	if a.Persons != 0 && a.Persons != 1 && a.Persons != 3 || a.Minutes != 0 && a.Minutes != 15 {
		a.Persons, a.Minutes = 0, 0
	}
	s.act(w, r, a)
}

// act asks the floor in the name of a ticket's person and leads back to the page.
func (s *Server) act(w http.ResponseWriter, r *http.Request, a queue.Ask) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	at, ok := s.find(w, r)
	if !ok {
		return
	}
	a.Ticket, a.ID = at.id, r.PostFormValue("id")
	if !queue.ValidKey(a.ID) || !strings.HasPrefix(a.ID, "phone-") {
		a.ID = newID()
	}
	answer := make(chan wire.Reply, 1)
	if !s.floor.Ask(wire.RolePhone, wire.Request{V: wire.Version, Ask: a}, func(reply wire.Reply) { answer <- reply }) {
		s.say(w, r, http.StatusServiceUnavailable, "page.away")
		return
	}
	var reply wire.Reply
	select {
	case reply = <-answer:
	case <-r.Context().Done():
		return
	case <-s.closing:
		s.say(w, r, http.StatusServiceUnavailable, "page.away")
		return
	}
	back := url.Values{}
	if lang := r.URL.Query().Get("lang"); slices.Contains(s.site.Languages, lang) {
		back.Set("lang", lang)
	}
	if what := outcome(a.Do, reply.Refused); what != "" {
		back.Set("said", what)
	}
	path := r.URL.Path[:strings.LastIndexByte(r.URL.Path, '/')]
	http.Redirect(w, r, path+"?"+back.Encode(), http.StatusSeeOther)
}

// outcome is what the page says of an answer, "" when the page itself shows it.
func outcome(do queue.Deed, refused queue.Refusal) string {
	switch {
	case refused == "" && do == queue.DoDelay:
		return "passed"
	case refused == "" || refused == queue.BadRequest:
		return "" // the page itself shows how things are
	case refused == queue.NobodyBehind:
		return "pass-nobody"
	case refused == queue.DelayedOften:
		return "pass-often"
	}
	return "pass-late"
}
