package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"accueil/hub/access"
	"accueil/hub/web"
	"accueil/internal/enrol"
	"accueil/internal/phrases"
)

const pin = "482913"

// guarded is the pages of a hub that can be reached from elsewhere.
func guarded(t *testing.T) (*httptest.Server, *access.Store) {
	t.Helper()
	p := open(t)
	store, err := access.Open(access.Options{Dir: t.TempDir(), Site: p.site.Key, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	figures := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "the figures") })
	s, err := web.New(web.Options{
		Site: p.site, Phrases: book, Floor: p.floor, Report: figures, Verify: figures, Log: slog.New(slog.DiscardHandler),
		Access: store, Guarded: true,
		Enrol: func(ask enrol.Ask, _ bool) (enrol.Answer, error) { return store.Redeem(ask, "", "tcp://:1883", "") },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return server, store
}

// browser keeps cookies and does not follow.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func send(t *testing.T, c *http.Client, method, address string, form url.Values, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		return answer, "" // it has no end
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

func logIn(t *testing.T, c *http.Client, server, role, pin string) *http.Response {
	t.Helper()
	answer, _ := send(t, c, "POST", server+"/login", url.Values{"role": {role}, "pin": {pin}, "to": {"/report"}})
	return answer
}

// pagesTable says who sees which page of a guarded hub: everybody (all), or who
// has shown the PIN of a role.
const pagesTable = `
GET /            all
GET /t/7K3F9QXD  all
GET /T/7K3F9QXD  all
GET /healthz     all
GET /style.css   all
GET /ticket.js   all
GET /no-such-page      all
GET /t/7K3F9QXD/       all
GET /t/7K3F9QXD/qr.svg all
GET /T/7K3F9QXD/qr.svg all
GET /T/7K3F9QXD/       all
GET /t/7K3F9QXD/live   all
GET /T/7K3F9QXD/live   all
POST /t/7K3F9QXD/leave all
POST /T/7K3F9QXD/leave all
POST /t/7K3F9QXD/pass  all
POST /T/7K3F9QXD/pass  all
GET /login       all
POST /login      all
POST /logout     all
POST /enrol      all
GET /board       all
GET /board/live  all
GET /board.css   all
GET /board.js    all
GET /staff.css   all
GET /coordinator       coordinator
GET /coordinator/acts  coordinator
POST /coordinator/acts coordinator
GET /report      coordinator
GET /verify      coordinator
`

// TestPagesAreForWhomTheTableSays walks role × page.
func TestPagesAreForWhomTheTableSays(t *testing.T) {
	server, store := guarded(t)
	who := map[string]*http.Client{"nobody": browser(t)}
	for _, role := range access.StaffRoles() {
		if err := store.SetPIN(role, pin); err != nil {
			t.Fatal(err)
		}
		who[role] = browser(t)
		if answer := logIn(t, who[role], server.URL, role, pin); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/report" {
			t.Fatalf("%s: %s to %s", role, answer.Status, answer.Header.Get("Location"))
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(pagesTable), "\n") {
		f := strings.Fields(line)
		for role, client := range who {
			if f[0] == "POST" && f[1] == "/logout" {
				continue // after everything else
			}
			answer, _ := send(t, client, f[0], server.URL+f[1], nil)
			denied := answer.StatusCode == http.StatusForbidden || answer.StatusCode == http.StatusUnauthorized && f[1] != "/login"
			if f[1] == "/login" && f[0] == "POST" {
				denied = false // it says no for a reason of its own
			}
			if may := f[2] == "all" || f[2] == role; may == denied {
				t.Errorf("%s %s: %s gets %s", f[0], f[1], role, answer.Status)
			}
		}
	}
	send(t, who["coordinator"], "POST", server.URL+"/logout", nil)
	if answer, _ := send(t, who["coordinator"], "GET", server.URL+"/report", nil); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("after logging out: %s", answer.Status)
	}
}

// TestEveryPageIsInTheTable: whoever adds a page says whose it is.
func TestEveryPageIsInTheTable(t *testing.T) {
	text, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`"((?:GET|POST|PUT|DELETE) /[^"]*)"`).FindAllStringSubmatch(string(text), -1)
	if len(found) < 10 {
		t.Fatalf("%d routes found", len(found))
	}
	for _, f := range found {
		page := strings.NewReplacer("{$}", "", "{code}", "7K3F9QXD").Replace(f[1])
		if !strings.Contains(pagesTable, "\n"+page+" ") {
			t.Errorf("%s stands in nobody's row", page)
		}
	}
}

func TestABrowserIsSentToThePINAndBack(t *testing.T) {
	server, store := guarded(t)
	c := browser(t)
	if answer, text := send(t, c, "GET", server.URL+"/report", nil); answer.StatusCode != http.StatusForbidden || !strings.Contains(text, "hub pin") {
		t.Errorf("without a PIN set: %s %s", answer.Status, text)
	}
	if err := store.SetPIN("coordinator", pin); err != nil {
		t.Fatal(err)
	}
	answer, _ := send(t, c, "GET", server.URL+"/report?from=2026-11-24", nil, "Accept", "text/html")
	to := answer.Header.Get("Location")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/login?") {
		t.Fatalf("%s to %s", answer.Status, to)
	}
	_, form := send(t, c, "GET", server.URL+to, nil)
	if !strings.Contains(form, `value="/report?from=2026-11-24"`) || !strings.Contains(form, `type="password"`) {
		t.Error(form)
	}
	if answer := logIn(t, c, server.URL, "coordinator", "000001"); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("a wrong PIN: %s", answer.Status)
	}
	answer = logIn(t, c, server.URL, "coordinator", pin)
	for _, cookie := range answer.Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || strings.Contains(cookie.Value, pin) {
			t.Errorf("%v", cookie)
		}
	}
	if answer, text := send(t, c, "GET", server.URL+"/report", nil); answer.StatusCode != http.StatusOK || text != "the figures" {
		t.Errorf("inside: %s", answer.Status)
	}
	if err := store.SetPIN("coordinator", "573920"); err != nil {
		t.Fatal(err)
	}
	if answer, _ := send(t, c, "GET", server.URL+"/report", nil); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("after a new PIN: %s", answer.Status)
	}
}

func TestALoginLeadsNowhereElse(t *testing.T) {
	server, store := guarded(t)
	if err := store.SetPIN("coordinator", pin); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", ""} {
		answer, _ := send(t, browser(t), "POST", server.URL+"/login", url.Values{"role": {"coordinator"}, "pin": {pin}, "to": {to}})
		if got := answer.Header.Get("Location"); got != "/" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
}

// Another site can make a browser send things; they are not taken.
func TestOtherSitesCannotAct(t *testing.T) {
	server, _ := guarded(t)
	for _, path := range []string{"/login", "/logout", "/enrol"} {
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
			if answer, _ := send(t, browser(t), "POST", server.URL+path, url.Values{}, headers...); answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v: %s", path, headers, answer.Status)
			}
		}
	}
}

func TestEveryAnswerIsSafeToShow(t *testing.T) {
	server, store := guarded(t)
	if err := store.SetPIN("coordinator", pin); err != nil {
		t.Fatal(err)
	}
	inline := regexp.MustCompile(`(?i)<script[^>]*>[^<]|\son[a-z]+=|\sstyle=|<style|javascript:`)
	for _, path := range []string{"/", "/t/7K3F9QXD", "/login", "/report", "/healthz", "/style.css", "/nothing", "/login?to=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"} {
		answer, text := send(t, browser(t), "GET", server.URL+path, nil)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if strings.HasPrefix(path, "/t/") && name == "Cross-Origin-Opener-Policy" {
				want = "" // it would hold up the first paint, and protects no session there
			}
			if got := answer.Header.Get(name); !strings.HasPrefix(got, want) || want == "" && got != "" {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := answer.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: %s", path, policy)
		}
		if found := inline.FindString(allowed(text, answer.Header.Get("Content-Security-Policy"))); found != "" {
			t.Errorf("%s has %q in it", path, found)
		}
	}
}

var ownStyle = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// allowed is a page without the styles that its policy names by what is in them.
func allowed(text, policy string) string {
	return ownStyle.ReplaceAllStringFunc(text, func(style string) string {
		sum := sha256.Sum256([]byte(ownStyle.FindStringSubmatch(style)[1]))
		if strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			return ""
		}
		return style
	})
}

// TestStrangersWhoGuessAreSlowedDown at every door, and learn the same from each
// wrong answer.
func TestStrangersWhoGuessAreSlowedDown(t *testing.T) {
	server, store := guarded(t)
	if err := store.SetPIN("coordinator", pin); err != nil {
		t.Fatal(err)
	}
	inside := browser(t)
	logIn(t, inside, server.URL, "coordinator", pin)
	stranger := browser(t)
	looked := 0
	for n := range 40 {
		if answer := logIn(t, stranger, server.URL, "coordinator", fmt.Sprintf("%06d", n)); answer.StatusCode == http.StatusUnauthorized {
			looked++
		}
	}
	if looked != 5 {
		t.Errorf("%d PINs were looked at", looked)
	}
	if answer, _ := send(t, inside, "GET", server.URL+"/report", nil); answer.StatusCode != http.StatusOK {
		t.Errorf("who was in is shut out: %s", answer.Status)
	}
	slowed := 0
	for range 60 {
		ask := `{"id":"22","nonce":"AAAAAAAAAAAAAAAAAAAAAA==","proof":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`
		r, err := stranger.Post(server.URL+"/enrol", "application/json", strings.NewReader(ask))
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		switch r.StatusCode {
		case http.StatusTooManyRequests:
			slowed++
		case http.StatusForbidden:
		default:
			t.Errorf("a guess: %s", r.Status)
		}
	}
	if slowed < 30 {
		t.Errorf("%d of 60 guesses were slowed down", slowed)
	}
	texts := map[string]bool{}
	for _, code := range []string{"7K3F9QXD", "00000000", "short", "much-too-long-for-a-code", "%00", "ÉÉÉÉÉÉÉÉ"} {
		answer, text := send(t, stranger, "GET", server.URL+"/t/"+url.PathEscape(code), nil)
		if answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", code, answer.Status)
		}
		texts[text] = true
	}
	if len(texts) != 1 {
		t.Errorf("%d different answers to wrong codes", len(texts))
	}
}

func TestALargeFormIsNotRead(t *testing.T) {
	server, store := guarded(t)
	if err := store.SetPIN("coordinator", pin); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/login", "/enrol"} {
		answer, _ := send(t, browser(t), "POST", server.URL+path, url.Values{"pin": {strings.Repeat("1", 1<<20)}})
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
}
