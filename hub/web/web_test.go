package web_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"accueil/config"
	"accueil/hub/floor"
	"accueil/hub/web"
	"accueil/internal/journal"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// tuesday is 10:00 in Paris on a day on which the centre is open.
var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// pages is a running floor with its pages.
type pages struct {
	t     *testing.T
	floor *floor.Floor
	http  http.Handler
	web   *web.Server
	site  *site.Site
	seq   uint64
	ahead *atomic.Int64 // what its clock is ahead of the beginning
	asks  string        // the question of whoever takes a ticket
}

// open starts it; what it stands on may be changed before.
func open(t *testing.T, change ...func(*floor.Options)) *pages {
	t.Helper()
	return openAt(t, tuesday, change...)
}

// openAt is open at another moment, at which its clock stands until it is moved.
func openAt(t *testing.T, now time.Time, change ...func(*floor.Options)) *pages {
	t.Helper()
	s, problems := site.Load(config.FS)
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	return openAs(t, s, now, change...)
}

// openAs is openAt with content of one's own.
func openAs(t *testing.T, s *site.Site, now time.Time, change ...func(*floor.Options)) *pages {
	t.Helper()
	ahead := &atomic.Int64{}
	j, err := journal.Open(t.TempDir()+"/hub.journal", journal.Options{Site: s.Key})
	if err != nil {
		t.Fatal(err)
	}
	options := floor.Options{Site: s, Journal: j, Now: func() time.Time { return now.Add(time.Duration(ahead.Load())) }, Log: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(&options)
	}
	f, err := floor.New(options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { f.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended; j.Close() })
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Options{Site: s, Phrases: book, Floor: f, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return &pages{t: t, floor: f, http: server.Handler(), web: server, site: s, ahead: ahead}
}

// issue gives the code of a new ticket.
func (p *pages) issue(language string) queue.Code {
	p.t.Helper()
	p.seq++
	f := queue.Fact{
		Kind: queue.Issued, Seq: p.seq, Day: "2026-11-24", At: tuesday.Add(time.Duration(p.ahead.Load())), Ticket: queue.NewTicketID("k", p.seq),
		Code: queue.NewCode(), Label: queue.OwnLabel("C", "BK", int(p.seq)), Service: "creer", Language: language, Question: p.asks,
	}
	done := make(chan struct{})
	p.floor.Hear(wire.Facts{
		V: 1, Source: queue.Source{Site: p.site.Key, Terminal: "k", Journal: "k"}, Sent: f.At, Facts: []queue.Fact{f},
	}, func(wire.Ack) { close(done) })
	<-done
	return f.Code
}

func (p *pages) ask(do queue.Deed) {
	p.t.Helper()
	done := make(chan wire.Reply, 1)
	p.floor.Ask(wire.RoleAdviser, wire.Request{V: 1, Ask: queue.Ask{
		ID: fmt.Sprint(do, p.seq), Do: do, Desk: p.site.DesksOf("creer")[0].Key, Services: []string{"creer"},
	}}, func(r wire.Reply) { done <- r })
	if r := <-done; r.Refused != "" {
		p.t.Fatalf("%s: %s", do, r.Refused)
	}
}

func (p *pages) get(path string, header ...string) (int, string, http.Header) {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	p.http.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return w.Code, string(body), w.Header()
}

func (p *pages) see(path string, want ...string) {
	p.t.Helper()
	status, body, _ := p.get(path)
	if status != http.StatusOK {
		p.t.Errorf("%s: status %d", path, status)
	}
	for _, w := range want {
		if !strings.Contains(body, w) {
			p.t.Errorf("%s does not say %q:\n%s", path, w, body)
		}
	}
	if strings.Contains(body, "⟦") {
		p.t.Errorf("%s lacks a phrase:\n%s", path, body)
	}
}

func TestTheTicketPageFollowsTheVisit(t *testing.T) {
	p := open(t)
	first, second := p.issue("fr"), p.issue("en")
	p.see("/t/"+string(first), "C 001", "Vous êtes la prochaine personne", "Créer son activité", `http-equiv="refresh"`)
	p.see("/T/"+string(second), "C 002", "1 person before you", "Start")
	p.see("/t/"+strings.ToLower(string(first))+"?lang=en", "C 001", "You are next")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	p.see("/t/"+string(first), "C&#39;est à vous : bureau "+p.site.DesksOf("creer")[0].Label)
	p.ask(queue.DoStart)
	p.see("/t/"+string(first), "On vous reçoit")
	p.ask(queue.DoFinish)
	p.see("/t/"+string(first), "terminée")
}

// TestNoOracle wants one and the same answer for every code that opens nothing,
// so that nothing can be learnt by trying, and a brake on trying.
func TestNoOracle(t *testing.T) {
	p := open(t)
	code := p.issue("fr")
	_, unknown, _ := p.get("/t/00000000")
	for _, path := range []string{"/t/nonsense", "/t/" + string(code) + "0", "/t/%00%00", "/t/<script>"} {
		if status, body, _ := p.get(path); status != http.StatusNotFound || body != unknown {
			t.Errorf("%s: status %d, and another answer than for an unknown code", path, status)
		}
	}
	braked := false
	for range 1000 {
		status, _, _ := p.get("/t/00000000")
		braked = braked || status == http.StatusTooManyRequests
	}
	if !braked {
		t.Error("a thousand wrong codes at once met no brake")
	}
	if status, _, _ := p.get("/t/" + string(code)); status != http.StatusOK {
		t.Errorf("while somebody guesses, a right code gets %d", status)
	}
}

func TestPagesAreSafeAndSmall(t *testing.T) {
	p := open(t)
	code := p.issue("fr")
	size := 0
	inline := regexp.MustCompile(`<script[^>]*>[^<]|<script>|style=| on[a-z]+=`)
	for _, path := range []string{"/", "/t/" + string(code), "/style.css", "/ticket.js", "/t/unknown1"} {
		_, body, header := p.get(path, "Accept-Language", "de, en;q=0.5")
		size += len(body)
		if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: content security policy %q", path, csp)
		}
		if header.Get("Set-Cookie") != "" || inline.MatchString(body) {
			t.Errorf("%s has a cookie, a script or an inline style", path)
		}
		if header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s lets a ticket's address travel on", path)
		}
	}
	if size > 30<<10 {
		t.Errorf("the pages have %d bytes", size)
	}
}

func TestLanguageOfTheBrowser(t *testing.T) {
	p := open(t)
	for accept, want := range map[string]string{"en-GB,en;q=0.9": `lang="en"`, "fr": `lang="fr"`, "ja": `lang="fr"`, "": `lang="fr"`} {
		if _, body, _ := p.get("/", "Accept-Language", accept); !strings.Contains(body, "<html "+want) {
			t.Errorf("Accept-Language %q does not give %s", accept, want)
		}
	}
}

func TestHealth(t *testing.T) {
	p := open(t)
	if status, body, _ := p.get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("status %d %q", status, body)
	}
	p.issue("fr")
}

func TestOnlyLoopback(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "[::]:0", "example.org:80"} {
		if l, err := web.Listen(addr, nil); err == nil {
			l.Close()
			t.Errorf("%s was opened to everybody", addr)
		}
	}
	l, err := web.Listen("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

// TestServeStops answers over a real socket and ends with its context.
func TestServeStops(t *testing.T) {
	p := open(t)
	book, _ := phrases.Load()
	server, err := web.New(web.Options{Site: p.site, Phrases: book, Floor: p.floor, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := web.Listen("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l) }()
	client := &http.Client{Transport: &http.Transport{}}
	r, err := client.Get("http://" + l.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	client.CloseIdleConnections()
	ahead, err := net.Dial("tcp", l.Addr().String()) // as browsers do before they ask
	if err != nil {
		t.Fatal(err)
	}
	defer ahead.Close()
	stop()
	if err := <-ended; err != nil {
		t.Errorf("serve ended with %v", err)
	}
}
