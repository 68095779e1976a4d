package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"

	"golang.org/x/text/language"
)

// page is what the template draws: sentences, nothing to compute.
type page struct {
	Lang, Dir string
	Languages []choice
	Title     string
	Centre    string
	Label     string
	Alias     string
	Service   string
	Place     string
	State     string   // called, waiting …: the look of the page
	Lines     []string // largest first
	Refresh   int      // seconds; 0 when nothing will change any more
	Seen      string
	Back      string
}

type choice struct{ Lang, Name string }

// refreshEvery is how often a waiting phone asks again by itself.
const refreshEvery = 10

func (s *Server) ticket(w http.ResponseWriter, r *http.Request) {
	code, err := queue.ParseCode(r.PathValue("code"))
	if err != nil {
		s.unknown(w, r)
		return
	}
	var p page
	found := false
	err = s.look(r.Context(), func(sight floor.Sight) {
		if t := sight.Day.ByCode(code); t != nil {
			p, found = s.describe(t, sight, s.speaker(r, t.Language)), true
		}
	})
	switch {
	case err != nil:
		s.say(w, r, http.StatusServiceUnavailable, "page.away")
	case !found:
		s.unknown(w, r)
	default:
		s.renderPage(w, http.StatusOK, p)
	}
}

// unknown is the one answer for every code that opens nothing today.
func (s *Server) unknown(w http.ResponseWriter, r *http.Request) {
	if !s.misses.Allow() {
		s.say(w, r, http.StatusTooManyRequests, "page.busy")
		return
	}
	s.say(w, r, http.StatusNotFound, "page.unknown")
}

func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	s.say(w, r, http.StatusOK, "page.home")
}

// say answers with one sentence.
func (s *Server) say(w http.ResponseWriter, r *http.Request, status int, phrase string) {
	speak := s.speaker(r, "")
	p := s.frame(speak)
	p.Title, p.Lines = speak.Say("page.title"), []string{speak.Say(phrase)}
	s.renderPage(w, status, p)
}

func (s *Server) frame(speak phrases.Speaker) page {
	p := page{Lang: speak.Lang(), Dir: "ltr", Centre: s.site.Name.In(speak.Lang())}
	if speak.RightToLeft() {
		p.Dir = "rtl"
	}
	for _, l := range s.site.Languages {
		if l != speak.Lang() {
			p.Languages = append(p.Languages, choice{l, s.phrases.In(l).Say("language.name")})
		}
	}
	return p
}

// speaker chooses the language: asked for in the address, else the ticket's, else
// the browser's among those the site speaks.
func (s *Server) speaker(r *http.Request, ticket string) phrases.Speaker {
	if asked := r.URL.Query().Get("lang"); slices.Contains(s.site.Languages, asked) {
		return s.phrases.In(asked)
	}
	if slices.Contains(s.site.Languages, ticket) {
		return s.phrases.In(ticket)
	}
	tags := make([]language.Tag, 0, len(s.site.Languages))
	for _, l := range s.site.Languages {
		tags = append(tags, language.Make(l))
	}
	_, i := language.MatchStrings(language.NewMatcher(tags), r.Header.Get("Accept-Language"))
	return s.phrases.In(s.site.Languages[i])
}

// describe says in sentences where the ticket stands.
func (s *Server) describe(t *queue.Ticket, sight floor.Sight, speak phrases.Speaker) page {
	stage := t.Now()
	p := s.frame(speak)
	p.Label, p.Alias, p.State = string(t.Label()), string(t.Alias()), stage.State.String()
	p.Title = speak.Say("page.ticket", "Label", p.Label)
	if service, ok := s.site.Service(stage.Service); ok {
		p.Service, p.Place = service.Name.In(p.Lang), service.Place.In(p.Lang)
	}
	p.Seen = speak.Say("page.seen", "Time", speak.Clock(sight.Stamp.At.In(s.zone)))
	if !stage.State.Ended() {
		p.Refresh = refreshEvery
	}
	p.Lines = s.lines(t, sight, speak)
	return p
}

func (s *Server) lines(t *queue.Ticket, sight floor.Sight, speak phrases.Speaker) []string {
	stage := t.Now()
	switch stage.State {
	case queue.Waiting:
		return s.waiting(t, sight, speak)
	case queue.InCall, queue.Serving:
		desk, _ := s.site.Desk(stage.Desk)
		key := "page.called"
		if stage.State == queue.Serving {
			key = "page.serving"
		}
		return []string{speak.Say(key, "Desk", desk.Label), desk.Place.In(speak.Lang())}
	case queue.OnPark:
		return []string{speak.Say("page.parked")}
	case queue.NoShow:
		return []string{speak.Say("page.missed")}
	case queue.Gone:
		return []string{speak.Say("page.left")}
	case queue.Void:
		return []string{speak.Say("page.void")}
	}
	return []string{speak.Say("page.served")}
}

func (s *Server) waiting(t *queue.Ticket, sight floor.Sight, speak phrases.Speaker) []string {
	ahead := sight.Day.Ahead(t)
	lines := []string{speak.Say("wait.ahead-none")}
	if ahead > 0 {
		lines[0] = speak.Say("wait.ahead", "Count", ahead)
	}
	if wait := sight.Wait(t.Now().Service, ahead); wait != nil {
		lines = append(lines, speak.Say("page.wait", "Interval", between(speak, wait)))
	} else {
		lines = append(lines, speak.Say("wait.unknown-sentence"))
	}
	if t.High > 0 {
		until := t.Arrived.Add(t.High).In(s.zone)
		lines = append(lines, speak.Say("page.if-not-called", "Time", speak.Clock(until)))
	}
	return lines
}

func between(speak phrases.Speaker, i *wire.Interval) string {
	return speak.Between(time.Duration(i.Low)*time.Minute, time.Duration(i.High)*time.Minute)
}

// beforeMinus keeps the sign of a number at its left in a text from right to left: a
// left-to-right mark goes before it. The content itself has no such marks.
func beforeMinus(text string) string { return strings.ReplaceAll(text, "−", "\u200e−") }

// renderPage draws the page of a sentence or of a ticket.
func (s *Server) renderPage(w http.ResponseWriter, status int, p page) {
	if p.Dir == "rtl" {
		p.Place = beforeMinus(p.Place)
		for i, line := range p.Lines {
			p.Lines[i] = beforeMinus(line)
		}
	}
	s.render(w, status, "ticket.html", p)
}

func (s *Server) render(w http.ResponseWriter, status int, name string, p any) {
	var out bytes.Buffer
	if err := s.html.ExecuteTemplate(&out, name, p); err != nil {
		s.log.Error("a page could not be drawn", "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(out.Bytes())
}
