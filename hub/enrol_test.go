package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"accueil/internal/certificate"
	"accueil/internal/enrol"
	"accueil/internal/line"
	"accueil/internal/wire"
)

func TestServeSaysWhatIsWrong(t *testing.T) {
	for _, args := range [][]string{
		{"--clock", "tomorrow"}, {"--speed", "0"}, {"--speed", "99999"}, {"--mqtt", "hub.example.org:1883"},
		{"--tls-cert", "x.pem"}, {"--broker-account", "x.json"}, {"--tls-cert", "x.pem", "--tls-key", "x.pem"},
	} {
		all := append([]string{"serve", "--data", t.TempDir(), "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0"}, args...)
		if status, _, errs := hubRun(t, all...); status != 1 || errs == "" {
			t.Errorf("%v: status %d: %s", args, status, errs)
		}
	}
}

// runHub runs a whole hub with these flags until the test ends.
func runHub(t *testing.T, s serve) *hub {
	t.Helper()
	s.Clock, s.Speed = "2026-11-24T10:00", 1
	ctx, stop := context.WithCancel(t.Context())
	h, err := openHub(console{ctx: ctx, out: io.Discard, err: io.Discard, log: slog.New(slog.DiscardHandler)}, s)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- h.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the hub ended with %v", err)
		}
	})
	return h
}

var codeShape = regexp.MustCompile(`^([0-9A-Z]{4}-[0-9A-Z]{4})\n`)

// code is what `hub enrol` prints.
func code(t *testing.T, dir, role, name string) string {
	t.Helper()
	status, out, errs := hubRun(t, "enrol", "--data", dir, role, name)
	found := codeShape.FindStringSubmatch(out)
	if status != 0 || found == nil {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	return found[1]
}

// TestATerminalIsEnrolledOverTheNetwork: what `--mqtt 0.0.0.0` and `--http
// 0.0.0.0` mean. TLS everywhere, nobody without an account, and whose account is
// revoked is gone at once.
func TestATerminalIsEnrolledOverTheNetwork(t *testing.T) {
	dir := t.TempDir()
	h := runHub(t, serve{Data: dir, MQTT: "0.0.0.0:0", HTTP: "0.0.0.0:0"})
	_, port, _ := net.SplitHostPort(h.doors.pages.Addr().String())
	pages := "https://127.0.0.1:" + port
	answer, err := enrol.Exchange(t.Context(), pages, code(t, dir, "board", "salle"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(answer.Broker, "mqtts://127.0.0.1:") || answer.Site != "villette" || answer.User != "board.salle" {
		t.Errorf("%+v", answer)
	}
	if _, err := enrol.Exchange(t.Context(), pages, "2222-2222"); err == nil || !strings.Contains(err.Error(), "ten minutes") {
		t.Errorf("a wrong code: %v", err)
	}
	o := line.Options{
		URL: answer.Broker, User: answer.User, Password: answer.Key, ClientID: answer.User, Fingerprint: answer.Fingerprint,
	}
	up := make(chan struct{}, 8)
	o.OnUp = func() { up <- struct{}{} }
	l, err := line.Connect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Subscribe(wire.HubTopic("villette", wire.NamePublic)); err != nil {
		t.Fatal(err)
	}
	<-up
	if m := <-l.Messages(); m.Topic != wire.HubTopic("villette", wire.NamePublic) {
		t.Errorf("heard %s", m.Topic)
	}
	if err := l.Subscribe(wire.HubTopic("villette", wire.NameCoordinator)); !errors.Is(err, line.ErrRefused) {
		t.Errorf("a board reads the coordinator's view: %v", err)
	}
	if status, _, errs := hubRun(t, "revoke", "--data", dir, "board", "salle"); status != 0 {
		t.Fatal(errs)
	}
	for !errors.Is(l.Failure(), line.ErrNotAdmitted) {
		time.Sleep(10 * time.Millisecond)
	}
}

// TestStaffPagesNeedTheirPIN, and the hub's own commands a word of their own.
func TestStaffPagesNeedTheirPIN(t *testing.T) {
	dir := t.TempDir()
	h := runHub(t, serve{Data: dir, MQTT: "127.0.0.1:0", HTTP: "0.0.0.0:0"})
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: certificate.Pinned(h.doors.shown)}}
	address := h.doors.address()
	defer client.CloseIdleConnections()
	get := func(path string) int {
		answer, err := client.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	for path, want := range map[string]int{"/report": 403, "/verify": 403, "/healthz": 200, "/": 200} {
		if got := get(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	setPIN(t, dir, "coordinator", "482913")
	if got := get("/report"); got != 401 {
		t.Errorf("with a PIN set: %d", got)
	}
	if status, _, errs := hubRun(t, "verify", "--data", dir); status != 0 || !strings.Contains(errs, "asked it") {
		t.Errorf("the command: status %d: %s", status, errs)
	}
	if h.doors.shown == "" {
		t.Error("pages in the clear")
	}
	plain, err := http.Get(strings.Replace(address, "https", "http", 1) + "/")
	if err == nil && plain.StatusCode != http.StatusBadRequest {
		t.Errorf("in the clear: %v", plain.Status)
	}
}

func setPIN(t *testing.T, dir, role, pin string) {
	t.Helper()
	var out, errs bytes.Buffer
	c := console{ctx: t.Context(), in: strings.NewReader(pin + "\n"), out: &out, err: &errs, log: slog.New(slog.DiscardHandler)}
	p := pinCommand{accounts: accounts{Data: dir}, Role: role}
	if err := p.Run(c); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String()+errs.String(), pin) {
		t.Error("the PIN is shown")
	}
}

func TestAccountsAreListed(t *testing.T) {
	dir := t.TempDir()
	if status, out, _ := hubRun(t, "accounts", "--data", dir); status != 0 || !strings.Contains(out, "no accounts yet") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, out, errs := hubRun(t, "enrol", "--data", dir, "sensor", "porte"); status != 0 || !strings.Contains(out, "sensor.porte") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	code(t, dir, "visitor", "pc-07")
	setPIN(t, dir, "adviser", "482913")
	status, out, _ := hubRun(t, "accounts", "--data", dir)
	for _, want := range []string{"sensor       porte", "visitor      pc-07", "code open until", "adviser      opens with a PIN"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("status %d, without %q: %s", status, want, out)
		}
	}
	for _, args := range [][]string{{"revoke", "board", "salle"}, {"enrol", "king", "x"}, {"enrol", "board", "a b"}} {
		if status, _, errs := hubRun(t, append([]string{args[0], "--data", dir}, args[1:]...)...); status != 1 || errs == "" {
			t.Errorf("%v: status %d: %s", args, status, errs)
		}
	}
}
