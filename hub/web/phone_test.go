package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"accueil/hub/web"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// serve has the pages on a port of this machine until the test ends.
func (p *pages) serve() (address string) {
	p.t.Helper()
	l, err := web.Listen("127.0.0.1:0", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.web.Serve(ctx, l) }()
	p.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, http.ErrServerClosed) {
			p.t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// stream is an open page that is kept up to date.
type stream struct {
	t    *testing.T
	in   *bufio.Reader
	body io.Closer
}

func (p *pages) stream(address string) *stream {
	p.t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: (&net.Dialer{}).DialContext}}
	answer, err := client.Get(address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { answer.Body.Close(); client.CloseIdleConnections() })
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		p.t.Fatalf("%s: %s %s", address, answer.Status, answer.Header.Get("Content-Type"))
	}
	return &stream{p.t, bufio.NewReader(answer.Body), answer.Body}
}

// see waits for a piece of news that says so.
func (s *stream) see(want string) {
	s.t.Helper()
	var piece string
	for {
		line, err := s.in.ReadString('\n')
		if err != nil {
			s.t.Fatalf("waiting for %q: %v; the last piece was %s", want, err, piece)
		}
		if line != "\n" {
			piece += strings.TrimPrefix(line, "data: ")
			continue
		}
		if strings.Contains(piece, want) {
			return
		}
		piece = ""
	}
}

// TestThePageLives: each change reaches the phone by itself.
func TestThePageLives(t *testing.T) {
	p := open(t)
	first, second := p.issue("fr"), p.issue("fr")
	address := p.serve()
	one, two := p.stream(address+"/t/"+string(first)+"/live"), p.stream(address+"/T/"+string(second)+"/live?lang=en")
	one.see("Vous êtes la prochaine personne")
	two.see("1 person before you")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	one.see(`data-state="called" data-title="▶ C&#39;est à vous ! Ticket C 001"`)
	two.see("You are next")
	p.ask(queue.DoStart)
	one.see("On vous reçoit")
	p.ask(queue.DoFinish)
	one.see("terminée")
}

// press sends a form of the page as a phone without script does.
func (p *pages) press(address, path string, form url.Values, header ...string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequest(http.MethodPost, address+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

var requestID = regexp.MustCompile(`name="id" value="(phone-[a-z0-9]+)"`)

func TestLettingOthersPassFromThePhone(t *testing.T) {
	p := open(t)
	first, second := p.issue("fr"), p.issue("fr")
	address := p.serve()
	_, body, _ := p.get("/t/" + string(first))
	id := requestID.FindStringSubmatch(body)
	if id == nil {
		t.Fatalf("the form has no request id:\n%s", body)
	}
	form := url.Values{"id": {id[1]}, "persons": {"1"}}
	for range 2 { // a double press, or a page sent again
		status, after := p.press(address, "/t/"+string(first)+"/pass?lang=fr", form)
		if status != http.StatusOK || !strings.Contains(after, "votre place est plus loin") || !strings.Contains(after, "1 personne avant vous") {
			t.Fatalf("%d\n%s", status, after)
		}
	}
	p.see("/t/"+string(second), "Vous êtes la prochaine personne")
	_, last := p.press(address, "/t/"+string(first)+"/pass?lang=fr", url.Values{"persons": {"3"}})
	if !strings.Contains(last, "Personne n&#39;attend derrière vous") {
		t.Errorf("the last of the line:\n%s", last)
	}
	_, later := p.press(address, "/t/"+string(first)+"/pass?lang=fr", url.Values{"minutes": {"15"}})
	if !strings.Contains(later, "Vous serez de retour à 10:15") {
		t.Errorf("in a quarter of an hour:\n%s", later)
	}
	for _, odd := range []url.Values{{"persons": {"40"}}, {"minutes": {"600"}}, {}, {"persons": {"1"}, "minutes": {"15"}}} {
		if _, body := p.press(address, "/t/"+string(second)+"/pass", odd); strings.Contains(body, "votre place est plus loin") {
			t.Errorf("%v was done", odd)
		}
	}
}

func TestLeavingFromThePhone(t *testing.T) {
	p := open(t)
	code := p.issue("ar")
	address := p.serve()
	status, body := p.press(address, "/T/"+string(code)+"/leave", nil)
	if status != http.StatusOK || !strings.Contains(body, "خرجت هذه التذكرة من الدور") || !strings.Contains(body, `dir="rtl"`) {
		t.Fatalf("%d\n%s", status, body)
	}
	if _, again := p.press(address, "/T/"+string(code)+"/leave", nil); !strings.Contains(again, "فات الأوان") {
		t.Errorf("left twice:\n%s", again)
	}
}

// TestOnlyThePageItselfAsks: a form on another site does nothing, and a wrong
// code gives nothing away.
func TestOnlyThePageItselfAsks(t *testing.T) {
	p := open(t)
	code := p.issue("fr")
	address := p.serve()
	status, _ := p.press(address, "/t/"+string(code)+"/leave", nil, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site")
	if status != http.StatusForbidden {
		t.Errorf("from another site: %d", status)
	}
	p.see("/t/"+string(code), "Vous êtes la prochaine personne")
	wrong := string(queue.NewCode())
	for _, path := range []string{"/t/" + wrong, "/t/" + wrong + "/live", "/t/zzz/live"} {
		if status, body, _ := p.get(path); status != http.StatusNotFound || strings.Contains(body, "C 001") {
			t.Errorf("%s: %d", path, status)
		}
	}
	for _, path := range []string{"/leave", "/pass"} {
		if status, _ := p.press(address, "/t/"+wrong+path, url.Values{"minutes": {"15"}}); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// TestAnnouncementsReachThePhone as they go up.
func TestAnnouncementsReachThePhone(t *testing.T) {
	p := open(t)
	code := p.issue("uk")
	s := p.stream(p.serve() + "/t/" + string(code) + "/live")
	s.see("data-state=\"waiting\"")
	done := make(chan wire.Reply, 1)
	n := &wire.Notice{Phrase: "notice.closing-30", Until: tuesday.Add(time.Hour)}
	p.floor.Ask(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{ID: "n", Do: wire.DoAnnounce}, Notice: n}, func(r wire.Reply) { done <- r })
	if r := <-done; r.Refused != "" {
		t.Fatal(r.Refused)
	}
	s.see("Ми зачиняємося за пів години.")
}
