package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accueil/config"
)

// startHub runs a whole hub on free ports until the test ends.
func startHub(t *testing.T, dir string) (pages string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	c := console{ctx: ctx, out: io.Discard, err: io.Discard, log: slog.New(slog.DiscardHandler)}
	h, err := openHub(c, serve{Data: dir, MQTT: "127.0.0.1:0", HTTP: "127.0.0.1:0", Clock: "2026-11-24T10:00", Speed: 1})
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
	return "http://" + h.doors.pages.Addr().String()
}

func TestVerifyAsksTheHubThatRuns(t *testing.T) {
	dir := t.TempDir()
	pages := startHub(t, dir)
	status, out, errs := hubRun(t, "verify", "--json", "--data", dir, "--hub", pages)
	var found verdict
	if err := json.Unmarshal([]byte(out), &found); err != nil || status != 0 || found.Days != 1 {
		t.Fatalf("status %d, %v: %s%s", status, err, out, errs)
	}
	if !strings.Contains(errs, "asked the hub at "+pages) {
		t.Errorf("it does not say whom it asked: %s", errs)
	}
}

func TestTwoHubsOnOneFolder(t *testing.T) {
	dir := t.TempDir()
	startHub(t, dir)
	status, _, errs := hubRun(t, "serve", "--data", dir, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0")
	if status != 1 || !strings.Contains(errs, dir) || !strings.Contains(errs, "another program") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// TestAnAddressInUse says which flag gives another.
func TestAnAddressInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, flag := range []string{"--mqtt", "--http"} {
		address := map[string]string{"--mqtt": "127.0.0.1:0", "--http": "127.0.0.1:0"}
		address[flag] = taken.Addr().String()
		status, _, errs := hubRun(t, "serve", "--data", t.TempDir(), "--mqtt", address["--mqtt"], "--http", address["--http"])
		if status == 0 || !strings.Contains(errs, taken.Addr().String()) || !strings.Contains(errs, "choose another address with "+flag) {
			t.Errorf("%s: status %d: %s", flag, status, errs)
		}
	}
}

func TestCheckNamesTheLine(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, config.FS); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := hubRun(t, "check", dir); status != 0 || !strings.Contains(out, "no mistake") {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	file := filepath.Join(dir, "services.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte("letter:"), []byte("leter:"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"check", dir}, {"serve", "--config", dir, "--data", t.TempDir()}} {
		status, _, errs := hubRun(t, command...)
		if status != 1 || !strings.Contains(errs, "services.yaml:") || !strings.Contains(errs, "letter") {
			t.Errorf("%s: status %d: %s", command[0], status, errs)
		}
	}
}

func TestCheckNamesWhatALanguageLacks(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, config.FS); err != nil {
		t.Fatal(err)
	}
	replace := func(file, old, text string) {
		t.Helper()
		path := filepath.Join(dir, file)
		was, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(was, []byte(old)) {
			t.Fatalf("%s has no %q: %v", file, old, err)
		}
		if err := os.WriteFile(path, bytes.Replace(was, []byte(old), []byte(text), 1), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	replace("languages/en/questions.yaml", "  short:", "  shirt:")
	status, _, errs := hubRun(t, "check", dir)
	for _, want := range []string{"languages/en/questions.yaml:", `unknown key "shirt"; did you mean short?`, "short has no translation in en; add a line short: … for"} {
		if status != 1 || !strings.Contains(errs, want) {
			t.Errorf("status %d, not %q: %s", status, want, errs)
		}
	}
	replace("languages/en/questions.yaml", "  shirt:", "  short:")
	replace("centre.yaml", "languages: [fr, ", "languages: [fr, de, ")
	if status, _, errs = hubRun(t, "check", dir); status != 1 || !strings.Contains(errs, "languages/de/centre.yaml: the file is missing") {
		t.Errorf("status %d: %s", status, errs)
	}
	if err := os.CopyFS(filepath.Join(dir, "languages", "de"), os.DirFS(filepath.Join(dir, "languages", "en"))); err != nil {
		t.Fatal(err)
	}
	words, err := os.ReadFile(filepath.Join(dir, "words", "en.yaml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "words", "de.yaml"), words, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if status, _, errs = hubRun(t, "check", dir); status != 1 || !strings.Contains(errs, "centre.yaml: the programs do not speak de") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func TestVerifyWithoutJournal(t *testing.T) {
	if status, _, errs := hubRun(t, "verify", "--data", t.TempDir()); status != 1 || !strings.Contains(errs, "--data") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func TestRehearsalClock(t *testing.T) {
	c, err := newClock("2026-11-24T10:00", 60, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	c.began = c.began.Add(-time.Minute)
	if got := c.now().Sub(c.start); got < time.Hour || got > time.Hour+time.Minute {
		t.Errorf("after a minute at 60 times the speed %s have passed", got)
	}
	if c, err := newClock("", 1, time.UTC); err != nil || time.Since(c.now()).Abs() > time.Second {
		t.Errorf("the real clock: %v", err)
	}
}
