package trial_test

import (
	"bytes"
	"encoding/binary"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/creack/pty"
	bolt "go.etcd.io/bbolt"

	"accueil/config"
	"accueil/internal/line"
	"accueil/internal/wire"
)

// TestTwoHubsOnOneFolder: the second leaves and says what to do.
func TestTwoHubsOnOneFolder(t *testing.T) {
	h := newHub(t)
	status, _, said := ended(t, "hub", "serve", "--data", h.dir, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0")
	if status != 1 || !strings.Contains(said, "stop it first, or choose another folder") {
		t.Errorf("status %d: %s", status, said)
	}
}

// TestTwoKiosksOnOneFolder in real terminals.
func TestTwoKiosksOnOneFolder(t *testing.T) {
	h := newHub(t)
	dir := t.TempDir()
	terminal(t, h, wire.RoleKiosk, "first", dir) // has the folder
	cmd := command(t, "kiosk", "visitor", "--hub", h.url(), "--data", dir, "--name", "second", "--quit")
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 30, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var said bytes.Buffer
	_, _ = said.ReadFrom(file) // ends with the program
	_ = cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != 1 || !strings.Contains(said.String(), "close it, or give this one its own with --data") {
		t.Errorf("status %d: %s", status, said.String())
	}
}

// TestNewerJournalIsLeftAlone by a program that cannot know what it says.
func TestNewerJournalIsLeftAlone(t *testing.T) {
	h := newHub(t)
	h.stop()
	path := filepath.Join(h.dir, "hub.journal")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, 99))
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	status, _, said := ended(t, "hub", "serve", "--data", h.dir, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0")
	if status != 1 || !strings.Contains(said, "install that version again") {
		t.Errorf("status %d: %s", status, said)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the journal was changed (%v)", err)
	}
}

// TestBrokenContent is told by file and line.
func TestBrokenContent(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, config.FS); err != nil {
		t.Fatal(err)
	}
	desks, err := os.ReadFile(filepath.Join(dir, "desks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	broken := bytes.Replace(desks, []byte("services: [creer]"), []byte("services: [nowhere]"), 1)
	if err := os.WriteFile(filepath.Join(dir, "desks.yaml"), broken, 0o600); err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`(?m)^desks\.yaml:\d+:`)
	for _, args := range [][]string{
		{"check", dir},
		{"serve", "--config", dir, "--data", t.TempDir(), "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0"},
	} {
		if status, _, said := ended(t, "hub", args...); status != 1 || !place.MatchString(said) {
			t.Errorf("hub %s: status %d: %s", args[0], status, said)
		}
	}
}

// TestStrangers send a running hub what nobody should.
func TestStrangers(t *testing.T) {
	h := newHub(t)
	for _, raw := range []string{
		"\x10\xff\xff\xff\x7f\x00\x04MQTT\x04\x02\x00\x3c", // CONNECT that claims 256 MB
		strings.Repeat("\x00\xff\x7fgarbage", 500), "GET / HTTP/1.1\r\n\r\n",
	} {
		c, err := net.Dial("tcp", h.mqtt)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write([]byte(raw))
		c.Close()
	}
	k := terminal(t, h, wire.RoleKiosk, "good", t.TempDir())
	all := meet(t, k)
	l, err := line.Connect(t.Context(), line.Options{URL: h.url(), Name: "stranger", ClientID: "stranger"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	await(t, "the stranger is connected", l.Up)
	own := `{"site":"villette","terminal":"s","journal":"strange1"}`
	fact := func(seq, rest string) string {
		return `{"v":1,"source":` + own + `,"sent":"2026-11-24T10:00:00Z","facts":[{"source":` + own + `,"seq":` + seq + `,` + rest + `}]}`
	}
	joined := `"kind":"joined","day":"2026-11-24","at":"2026-11-24T10:00:00Z"`
	payloads := []string{
		"", "null", "[]", "\x00\xff", `{"v":"one"}`, `{"v":99}`, strings.Repeat("x", 60<<10), strings.Repeat("[", 60<<10),
		fact("1", joined), fact("1", joined), fact("7", joined), strings.ReplaceAll(fact("2", joined), `"s"`, `"good"`),
		fact("2", strings.ReplaceAll(joined, "2026", "2199")), fact("3", strings.ReplaceAll(joined, "joined", "stolen")),
		fact(`"x"`, joined), `{"v":1,"id":"x","do":"steal"}`, `{"v":1,"boot":"b","in":-1,"out":1e99}`,
	}
	for _, site := range []string{villette, "elsewhere"} {
		for _, leaf := range []string{"facts", "requests", "state"} {
			for _, p := range payloads {
				_ = l.Publish(wire.TerminalTopic(site, wire.RoleKiosk, "s", leaf), []byte(p), false)
			}
		}
		for _, p := range payloads {
			_ = l.Publish(wire.TerminalTopic(site, wire.RoleSensor, "s", "count"), []byte(p), false)
		}
	}
	// What is understood after all that is answered, so all that was heard.
	if err := l.Subscribe(wire.TerminalTopic(villette, wire.RoleKiosk, "s", wire.LeafAcks)); err != nil {
		t.Fatal(err)
	}
	asking := []byte(`{"v":1,"source":{"site":"villette","terminal":"s","journal":"strange2"},"sent":"2026-11-24T10:00:00Z","facts":[]}`)
	await(t, "the hub answers the stranger", func() bool {
		_ = l.Publish(wire.TerminalTopic(villette, wire.RoleKiosk, "s", wire.LeafFacts), asking, false)
		select {
		case m := <-l.Messages():
			return bytes.Contains(m.Payload, []byte("strange2"))
		default:
			return false
		}
	})
	all = append(all, meet(t, k)...)
	if status, body := h.get("/healthz"); status != 200 {
		t.Errorf("healthz: %d %s", status, body)
	}
	await(t, "the hub has everything", sent(k))
	h.stop()
	h.books().hold(t, all)
	v := h.verify()
	said := h.said()
	if len(said) > 64<<10 || !utf8.ValidString(said) || strings.Contains(said, "\x00") {
		t.Errorf("the log has %d bytes:\n%.2000s", len(said), said)
	}
	t.Logf("%d facts, %d odds, %d bytes of log", v.Facts, len(v.Odds), len(said))
}
