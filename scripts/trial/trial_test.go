package trial_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Names in the environment: where the programs are, and, in a child that is to
// be killed, what it shall do.
const (
	binEnv   = "ACCUEIL_TRIAL_BIN"
	childEnv = "ACCUEIL_TRIAL_CHILD"
)

// limit is how long anything may take on a busy machine before it counts as failed.
const limit = time.Minute

// TestMain builds the programs once, as they are shipped.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(child())
	}
	os.Exit(withPrograms(m.Run))
}

func withPrograms(run func() int) int {
	dir, err := os.MkdirTemp("", "accueil-trial-")
	if err == nil {
		defer os.RemoveAll(dir)
		build := exec.Command("go", "build", "-o", dir, "accueil/hub", "accueil/kiosk", "accueil/scripts/stage", "accueil/scripts/player")
		build.Stderr = os.Stderr
		err = errors.Join(build.Run(), os.Setenv(binEnv, dir))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		return 1
	}
	return run()
}

// need skips a test where a tool is missing.
func need(t *testing.T, tool, debian string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("no %s: install the Debian package %s", tool, debian)
	}
}

// await looks until something is so.
func await(t testing.TB, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(limit); !is(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("not within %v: %s", limit, what)
		}
	}
}

// command is one of our programs, which does not outlive its test.
func command(t testing.TB, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), filepath.Join(os.Getenv(binEnv), program), args...)
	cmd.WaitDelay = limit
	return cmd
}

// ended runs a program that ends by itself.
func ended(t testing.TB, program string, args ...string) (status int, out, said string) {
	t.Helper()
	var o, e strings.Builder
	cmd := command(t, program, args...)
	cmd.Stdout, cmd.Stderr = &o, &e
	timer := time.AfterFunc(limit, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), o.String(), e.String()
}

// hub is a real hub that can be killed and started again at the same addresses.
type hub struct {
	t             testing.TB
	dir, log      string
	mqtt, pages   string // addresses
	cmd           *exec.Cmd
	finished      chan struct{}
	withArguments []string
}

// tuesday is site time for a hub at a moment when every service is open.
const tuesday = "2026-11-24T10:00"

// newHub starts a hub; whatever time it really is, it is Tuesday there.
func newHub(t testing.TB, args ...string) *hub {
	t.Helper()
	if !slices.Contains(args, "--clock") {
		args = append(args, "--clock", tuesday)
	}
	dir := t.TempDir()
	h := &hub{t: t, dir: filepath.Join(dir, "hub"), log: filepath.Join(dir, "hub.log"), mqtt: "127.0.0.1:0", pages: "127.0.0.1:0", withArguments: args}
	h.start()
	t.Cleanup(h.kill)
	return h
}

func (h *hub) url() string { return "tcp://" + h.mqtt }

// start waits for the first line, which says where the hub is.
func (h *hub) start() {
	h.t.Helper()
	log, err := os.OpenFile(h.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		h.t.Fatal(err)
	}
	defer log.Close()
	args := append([]string{"serve", "--data", h.dir, "--mqtt", h.mqtt, "--http", h.pages}, h.withArguments...)
	h.cmd = exec.Command(filepath.Join(os.Getenv(binEnv), "hub"), args...)
	h.cmd.Stderr = log
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	cmd, finished := h.cmd, make(chan struct{})
	h.finished = finished
	go func() { _ = cmd.Wait(); close(finished) }()
	if err != nil {
		h.t.Fatalf("the hub does not start: %v\n%s", err, h.said())
	}
	words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' })
	for i, w := range words {
		if broker, ok := strings.CutPrefix(w, "tcp://"); ok && words[i-1] == "broker" {
			h.mqtt = broker
		}
		if pages, ok := strings.CutPrefix(w, "http://"); ok {
			h.pages = pages
		}
	}
}

func (h *hub) said() string {
	said, _ := os.ReadFile(h.log)
	return string(said)
}

// kill pulls the plug.
func (h *hub) kill() {
	_ = h.cmd.Process.Kill()
	<-h.finished
}

// stop ends the hub as a service manager does.
func (h *hub) stop() {
	h.t.Helper()
	_ = h.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-h.finished:
	case <-time.After(limit):
		h.t.Fatalf("the hub does not stop:\n%s", h.said())
	}
}

// get fetches a page.
func (h *hub) get(path string) (int, string) {
	h.t.Helper()
	client := http.Client{Timeout: limit}
	r, err := client.Get("http://" + h.pages + path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// verdict is what hub verify says.
type verdict struct {
	Facts   int      `json:"facts"`
	Tickets int      `json:"tickets"`
	Odds    []any    `json:"odds"`
	Wrong   []string `json:"wrong"`
}

// verify wants balanced books.
func (h *hub) verify() (v verdict) {
	h.t.Helper()
	status, out, said := ended(h.t, "hub", "verify", "--json", "--data", h.dir)
	if err := json.Unmarshal([]byte(out), &v); err != nil || status != 0 || len(v.Wrong) > 0 {
		h.t.Errorf("hub verify: status %d, %v: %s%s", status, err, out, said)
	}
	return v
}
