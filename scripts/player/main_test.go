package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"accueil/internal/wire"
	"accueil/scripts/centre"
)

// TestRunEndsWithoutATrace: no goroutine, and journals that the next run takes up.
func TestRunEndsWithoutATrace(t *testing.T) {
	defer goleak.VerifyNone(t)
	c, err := centre.Start(centre.Options{Dir: t.TempDir(), TCP: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	data := t.TempDir()
	for range 2 {
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- player{Broker: c.URL, Data: data, Kiosks: 2, Seed: 1}.run(ctx) }()
		waitFor(t, c, wire.TerminalTopic(c.Site.Key, wire.RoleKiosk, "borne-2", wire.LeafState))
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(data, "borne-1")); err != nil {
		t.Error(err)
	}
}

// waitFor returns when something is online.
func waitFor(t *testing.T, c *centre.Centre, topic string) {
	t.Helper()
	l, err := c.Line("witness")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Subscribe(topic); err != nil {
		t.Fatal(err)
	}
	for m := range l.Messages() {
		if s, err := wire.Read[wire.State](m.Payload); err == nil && s.Online {
			return
		}
	}
}

func TestRunRefuses(t *testing.T) {
	defer goleak.VerifyNone(t)
	bad := filepath.Join(t.TempDir(), "v.yaml")
	if err := os.WriteFile(bad, []byte("visits: -3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, want string
		player     player
	}{
		{"a broker that is none", "only tcp://HOST:PORT", player{Broker: "http://127.0.0.1", Data: t.TempDir()}},
		{"volumes", "visits is -3", player{Volumes: bad, Data: t.TempDir()}},
		{"no content", "the file is missing", player{Config: t.TempDir(), Data: t.TempDir()}},
	} {
		err := test.player.run(t.Context())
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
