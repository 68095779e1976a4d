package web

import (
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/waits"

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
	Again     string   // when a page without scripts asks again, and what for
	Open      string   // the panel that is open on a page without scripts
	Seen      string

	Path    string   // of the page, for what is asked from it
	Said    string   // what became of what was asked
	Notices []string // what the staff announce
	Turn    string   // the title when it is the visitor's turn
	Stale   string   // what is said without a connection
	Age     string   // how old the news is then, "…" standing for how long
	Ring    string   // offers to ring; Rings says that it will
	Rings   string
	Pass    *passes  // ways to let others pass; nil when that is not possible
	Leave   *leaving // nil when that is not possible
	Later   *cannotWait
	Share   *sharing
	Reading []readable // what to read or do meanwhile
	Heading string     // above it
	Shows   []readable // workshops to join, under ShowsHeading

	ShowsHeading string
}

// passes are the ways to let others pass.
type passes struct {
	Heading, About string
	Ways           []way
	ID             string // of the request, the same however often the form is sent
}

// way is one button: so many people, or so many minutes.
type way struct{ Text, Name, Value string }

type leaving struct{ Heading, Sure, Yes, ID string }

// readable is something to read or do meanwhile.
type readable struct{ Title, Where, URL string }

type choice struct{ Lang, Name string }

const (
	// refreshEvery is how often, in seconds, a waiting phone without scripts asks again by itself.
	refreshEvery = 10
	// keptFor is how long, in seconds, such a phone keeps still what its person has opened
	// and is about to press. Then it asks again, so that no call is missed.
	keptFor = 60
	// calmly is how often, in seconds, such a phone asks when its ticket has ended: the
	// staff may have brought it back.
	calmly = 15
)

// panels can be opened on a page without scripts, which must not close them again when
// it asks anew: they have addresses of their own.
var panels = []string{"pass", "leave", "later", "share"}

func (s *Server) ticket(w http.ResponseWriter, r *http.Request) {
	at, ok := s.find(w, r)
	if !ok {
		return
	}
	speak := s.speaker(r, at.language)
	p := s.framed(s.describe(at, speak), speak)
	if at.state == queue.Waiting {
		s.meanwhile(&p, at, speak)
		p.Share = s.share(r.PathValue("code"), speak)
	}
	if at.state == queue.Waiting || at.state == queue.Gone {
		p.Later = s.cannotWait(at, speak)
	}
	if at.state != queue.InCall { // nothing stands beside "it is your turn"
		p.Said = said(r, s.phrases.In(p.Lang))
	}
	p.Path = r.URL.Path
	if open := r.URL.Query().Get("open"); slices.Contains(panels, open) && (at.state == queue.Waiting || p.Later != nil) {
		p.Open = open
	}
	p.Again = again(p)
	s.renderPage(w, http.StatusOK, p)
}

// again is how a page without scripts asks anew: for itself, so that it stays where it
// has been scrolled to; without what was opened or said, which is over by then.
func again(p page) string {
	plain := "; url=?lang=" + p.Lang
	switch {
	case p.Open != "":
		return strconv.Itoa(keptFor) + plain
	case p.Said != "":
		return strconv.Itoa(p.Refresh) + plain
	}
	return strconv.Itoa(p.Refresh)
}

// find answers a request for a ticket that cannot be shown, or returns where
// the ticket stands.
func (s *Server) find(w http.ResponseWriter, r *http.Request) (at stand, ok bool) {
	code, err := queue.ParseCode(r.PathValue("code"))
	if err != nil {
		s.unknown(w, r)
		return at, false
	}
	var outlook waits.State
	err = s.look(r.Context(), func(sight floor.Sight) {
		if t := sight.Day.ByCode(code); t != nil {
			at, ok = standOf(t, sight, noticeIDs(sight.Notices())), true
			outlook = sight.Outlook(at.service)
			copy(at.quiet[:], sight.Quiet(at.service))
		}
	})
	at.wait = s.prospects.of(outlook, at)
	switch {
	case err != nil:
		s.say(w, r, http.StatusServiceUnavailable, "page.away")
		return at, false
	case !ok:
		s.unknown(w, r)
	}
	return at, ok
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

// lost is the answer where there is no page.
func (s *Server) lost(w http.ResponseWriter, r *http.Request) {
	s.say(w, r, http.StatusNotFound, "page.home")
}

// ticketItself leads from an address that was typed with a stroke too many.
func (s *Server) ticketItself(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, strings.TrimSuffix(r.URL.EscapedPath(), "/"), http.StatusSeeOther)
}

// say answers with one sentence.
func (s *Server) say(w http.ResponseWriter, r *http.Request, status int, phrase string) {
	speak := s.speaker(r, "")
	p := s.frame(speak)
	p.Title, p.Lines = speak.Say("page.title"), []string{speak.Say(phrase)}
	s.renderPage(w, status, p)
}

// frame is a page with nothing in it yet.
func (s *Server) frame(speak phrases.Speaker) page { return s.framed(inLanguage(speak), speak) }

func inLanguage(speak phrases.Speaker) page {
	if speak.RightToLeft() {
		return page{Lang: speak.Lang(), Dir: "rtl"}
	}
	return page{Lang: speak.Lang(), Dir: "ltr"}
}

// framed puts around a page what every page has.
func (s *Server) framed(p page, speak phrases.Speaker) page {
	p.Centre = s.site.Name.In(p.Lang)
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

// describe says in sentences where the ticket stands: what changes with it, and no more.
func (s *Server) describe(at stand, speak phrases.Speaker) page {
	p := inLanguage(speak)
	p.Label, p.Alias, p.State = string(at.label), string(at.alias), at.state.String()
	p.Title = speak.Say("page.ticket", "Label", p.Label)
	if service, ok := s.site.Service(at.service); ok {
		p.Service, p.Place = service.Name.In(p.Lang), service.Place.In(p.Lang)
	}
	p.Lines = s.lines(at, speak)
	p.Turn = speak.Say("page.turn")
	p.Notices = s.announced(at, speak)
	if !at.state.Ended() {
		p.Seen = speak.Say("page.seen", "Time", speak.Clock(at.seen.In(s.zone)))
	}
	if !at.over {
		p.Refresh = refreshEvery
		if at.state.Ended() {
			p.Refresh = calmly
		}
		p.Age = speak.Say("page.stale-age", "Duration", "…")
		p.Stale, p.Ring, p.Rings = speak.Say("page.stale"), speak.Say("page.sound"), speak.Say("page.sound-on")
	}
	if at.state == queue.Waiting {
		s.offer(&p, at, speak)
	}
	return p
}

func (s *Server) lines(at stand, speak phrases.Speaker) []string {
	switch at.state {
	case queue.Waiting:
		return s.waiting(at, speak)
	case queue.InCall, queue.Serving:
		desk, _ := s.site.Desk(at.desk)
		key := "page.called"
		if at.state == queue.Serving {
			key = "page.serving"
		}
		return []string{speak.Say(key, "Desk", desk.Label), desk.Place.In(speak.Lang())}
	case queue.OnPark:
		return []string{speak.Say("page.parked")}
	case queue.NoShow:
		return []string{speak.Say("page.missed")}
	case queue.Gone:
		if at.closed {
			return s.closed(at, speak)
		}
		return []string{speak.Say("page.left")}
	case queue.Void:
		return []string{speak.Say("page.void")}
	}
	return []string{speak.Say("page.served")}
}

// beforeMinus keeps the sign of a number at its left in a text from right to left: the
// two are isolated, so that what follows is not drawn to them. The content itself has
// no such marks.
func beforeMinus(text string) string { return below.ReplaceAllString(text, "\u2066$0\u2069") }

var below = regexp.MustCompile(`−[0-9]+`)

// renderPage draws the page of a sentence or of a ticket.
func (s *Server) renderPage(w http.ResponseWriter, status int, p page) {
	s.render(w, status, "ticket.html", s.mirrored(p))
}

// mirrored makes numbers with a sign read right in a language from right to left.
func (s *Server) mirrored(p page) page {
	if p.Dir == "rtl" {
		p.Place = beforeMinus(p.Place)
		for _, list := range [][]readable{p.Reading, p.Shows} {
			for i, r := range list {
				list[i].Where = beforeMinus(r.Where)
			}
		}
		for i, line := range p.Lines {
			p.Lines[i] = beforeMinus(line)
		}
	}
	return p
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
