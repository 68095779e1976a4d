package centre_test

import (
	"bytes"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/figures"
	"accueil/internal/queue"
	"accueil/scripts/centre"
)

// paper is a log that can be read while it is written.
type paper struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *paper) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

var ipAddress = regexp.MustCompile(`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`)

// TestNothingAboutThePerson looks for leaks after a busy day: every fact holds
// keys and times and nothing else, and neither a log nor the figures carry a
// ticket's code, an address or a terminal.
func TestNothingAboutThePerson(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var log paper
		shift := time.Until(tuesday)
		c, err := centre.Start(centre.Options{
			Dir: dir, Now: func() time.Time { return time.Now().Add(shift) },
			Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		busy(t, c)

		var secrets []string
		read := func(f queue.Fact) error {
			if err := f.Validate(); err != nil {
				t.Errorf("fact %d holds something that is no key: %v", f.No, err)
			}
			if f.Code != "" {
				secrets = append(secrets, string(f.Code))
			}
			return nil
		}
		if err := c.Journal().Day("2026-11-24", read); err != nil {
			t.Fatal(err)
		}
		if len(secrets) < 40 {
			t.Fatalf("%d tickets are too few to look for", len(secrets))
		}
		secrets = append(secrets, "entrance", "desk", "office") // names of terminals
		figures := report(t, c)
		said := log.String()
		for i, s := range secrets {
			if i < len(secrets)-3 && strings.Contains(said, s) {
				t.Errorf("a log carries the code %s", s)
			}
			if strings.Contains(figures, s) {
				t.Errorf("the figures carry %q", s)
			}
		}
		if found := ipAddress.FindString(said + figures); found != "" {
			t.Errorf("an address was written down: %s", found)
		}
	})
}

// report is the day's figures in every format.
func report(t *testing.T, c *centre.Centre) string {
	t.Helper()
	zone, err := c.Site.Location()
	if err != nil {
		t.Fatal(err)
	}
	span, err := figures.Read(c.Journal(), "2026-11-24", "2026-11-24", queue.Rules{Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	made := figures.NewReport(figures.Place{Site: c.Site.Key}, span)
	var out bytes.Buffer
	if err := figures.CSV(&out, made); err != nil {
		t.Fatal(err)
	}
	if err := figures.JSON(&out, made); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
