package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/internal/queue"
)

// TestOddRequests: whatever is sent, the answer is a short page in a language of the
// centre, or a word of the protocol, and gives nothing of the request back.
func TestOddRequests(t *testing.T) {
	p := open(t)
	code := string(p.issue("uk"))
	long := strings.Repeat("a-", 3000)
	for _, c := range []struct {
		method, path, header, value string
		status                      int
		says                        string
	}{
		{"GET", "/t/" + code + "?lang=" + long, "", "", 200, `lang="uk"`},
		{"GET", "/t/" + code + "?lang=%00&said=<b>&open=../etc", "", "", 200, `lang="uk"`},
		{"GET", "/t/" + code + "?said=passed&said=pass-late", "", "", 200, "C 001"},
		{"GET", "/", "Accept-Language", "en-" + long, 200, `lang="`},
		{"GET", "/", "Accept-Language", "\xff\xfe;q=zz,,,*;q=9", 200, `lang="fr"`},
		{"GET", "/", "Accept-Language", strings.Repeat("ar;q=0.001,", 700), 200, `dir="rtl"`},
		{"GET", "/t/" + code, "Host", "evil.example", 200, "C 001"},
		{"GET", "/t/" + code, "X-Forwarded-Host", "evil.example", 200, "C 001"},
		{"GET", "/t/" + code + "/", "", "", 303, ""},
		{"GET", "/T/" + strings.ToLower(code), "", "", 200, "C 001"},
		{"GET", "/t/", "", "", 404, "QR"},
		{"GET", "/evil.example", "Accept-Language", "en", 404, `lang="en"`},
		{"GET", "/t/" + code + "%2Flive", "", "", 404, ""},
		{"GET", "/t/" + code + "/leave", "", "", 404, "QR"},
		{"GET", "/t/" + code + "/pass", "", "", 404, "QR"},
		{"PUT", "/t/" + code, "", "", 405, ""},
		{"DELETE", "/t/" + code, "", "", 405, ""},
		{"OPTIONS", "/t/" + code, "Origin", "https://evil.example", 405, ""},
		{"TRACE", "/t/" + code, "X-Secret", "evil.example", 405, ""},
		{"POST", "/t/" + code, "", "", 405, ""},
		{"HEAD", "/t/" + code, "", "", 200, ""},
	} {
		r := httptest.NewRequest(c.method, "http://hub.example/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(c.path, "?")
		if c.header == "Host" {
			r.Host = c.value
		} else if c.header != "" {
			r.Header.Set(c.header, c.value)
		}
		w := httptest.NewRecorder()
		p.http.ServeHTTP(w, r)
		body := w.Body.String()
		if w.Code != c.status || !strings.Contains(body, c.says) || len(body) > 16<<10 {
			t.Errorf("%s %.60s (%s %.30q): %d and %d bytes, want %d and %q", c.method, c.path, c.header, c.value, w.Code, len(body), c.status, c.says)
		}
		for _, back := range []string{"evil.example", "<b>", "a-a-a", "../etc"} { // nothing that a random name can have
			if strings.Contains(body, back) || strings.Contains(fmt.Sprint(w.Header()), back) {
				t.Errorf("%s %.60s gives %q back", c.method, c.path, back)
			}
		}
	}
	p.see("/t/"+code, `data-state="waiting"`)
}

// TestAskingForTheHeadOfAStream is answered at once and holds no place.
func TestAskingForTheHeadOfAStream(t *testing.T) {
	p := open(t)
	code := p.issue("fr")
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	w := httptest.NewRecorder()
	p.http.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/t/"+string(code)+"/live", nil).WithContext(ctx))
	if ctx.Err() != nil || w.Code != http.StatusOK || w.Body.Len() > 0 {
		t.Errorf("%v, status %d, %d bytes", ctx.Err(), w.Code, w.Body.Len())
	}
}

// TestYesterdaysTicket opens nothing and is answered as any wrong code; a page that
// stayed open overnight is told.
func TestYesterdaysTicket(t *testing.T) {
	p := open(t)
	code := p.issue("fr")
	address := p.serve()
	s := p.stream(address + "/t/" + string(code) + "/live")
	s.see(`data-state="waiting"`)
	p.ahead.Store(int64(16 * time.Hour)) // one in the morning of Wednesday
	p.issue("fr")                        // so that the floor notices
	if body, err := io.ReadAll(s.in); err != nil || !strings.Contains(string(body), "event: over") {
		t.Errorf("a page that stayed open overnight: %q, %v", body, err)
	}
	_, unknown, _ := p.get("/t/" + string(queue.NewCode()))
	if status, body, _ := p.get("/t/" + string(code)); status != http.StatusNotFound || body != unknown {
		t.Errorf("a code of yesterday: %d\n%s", status, body)
	}
	for _, what := range []string{"/live", "/leave", "/pass"} {
		status := 0
		if what == "/live" {
			status, _, _ = p.get("/t/" + string(code) + what)
		} else {
			status, _ = p.press(address, "/t/"+string(code)+what, nil)
		}
		if status != http.StatusNotFound {
			t.Errorf("%s of yesterday: %d", what, status)
		}
	}
}

// stuck is the connection of a phone that takes nothing.
type stuck struct {
	http.ResponseWriter
	taken   chan struct{} // something is to be taken
	release chan struct{}
	once    sync.Once
}

func (s *stuck) Flush() {}
func (s *stuck) Write(b []byte) (int, error) {
	s.once.Do(func() { close(s.taken) })
	<-s.release
	return 0, io.ErrClosedPipe
}

// TestSlowPhonesHoldUpNobody: as many as the hub has processors take nothing that is
// sent to them, and everybody else is told.
func TestSlowPhonesHoldUpNobody(t *testing.T) {
	p := open(t)
	address := p.serve()
	release := make(chan struct{})
	var slow sync.WaitGroup
	defer slow.Wait()
	defer close(release)
	for range runtime.GOMAXPROCS(0) + 1 {
		w := &stuck{ResponseWriter: httptest.NewRecorder(), taken: make(chan struct{}), release: release}
		r := httptest.NewRequest(http.MethodGet, "/t/"+string(p.issue("fr"))+"/live", nil)
		slow.Go(func() { p.http.ServeHTTP(w, r) })
		<-w.taken
	}
	s := p.stream(address + "/t/" + string(p.issue("en")) + "/live")
	s.see("people before you")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	s.see(fmt.Sprint(runtime.GOMAXPROCS(0), " p"))
}
