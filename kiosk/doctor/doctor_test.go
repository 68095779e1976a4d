package doctor_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/hub/broker"
	"accueil/internal/line"
	"accueil/internal/phrases"
	"accueil/internal/wire"
	"accueil/kiosk/doctor"
	"accueil/kiosk/printer/printertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func book(t *testing.T) *phrases.Book {
	t.Helper()
	b, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPrinter(t *testing.T) {
	machine, err := printertest.ESCPOS()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(machine.Close)
	look := func(address string) doctor.Finding { return doctor.Printer(address, 58, nil)(t.Context()) }
	for want, faults := range map[string]printertest.Faults{
		"doctor.printer.ready": {}, "doctor.printer.low": {NearEnd: true}, "doctor.printer.paper-out": {PaperOut: true},
		"doctor.printer.cover-open": {CoverOpen: true}, "doctor.printer.offline": {OffLine: true}, "doctor.printer.silent": {Silent: true},
	} {
		machine.Set(faults)
		if f := look(machine.Address()); f.Key != want {
			t.Errorf("%+v: %s, want %s", faults, f.Key, want)
		}
	}
	if len(machine.Papers()) > 0 {
		t.Error("looking at a printer printed something")
	}
	if f := look(""); f.Bad || f.Key != "doctor.printer.none" {
		t.Errorf("no printer: %+v", f)
	}
	if f := look("lpt:1"); !f.Bad || f.Key != "doctor.printer.address" {
		t.Errorf("a wrong address: %+v", f)
	}
}

// TestPage prints one page on request, and none on a printer in trouble.
func TestPage(t *testing.T) {
	machine, err := printertest.ESCPOS()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(machine.Close)
	print := doctor.Printer(machine.Address(), 58, doctor.Page(book(t).In("fr"), "mardi"))
	machine.Set(printertest.Faults{CoverOpen: true})
	if f := print(t.Context()); !f.Bad || len(machine.Papers()) > 0 {
		t.Errorf("cover open: %+v, %d papers", f, len(machine.Papers()))
	}
	machine.Set(printertest.Faults{})
	f := print(t.Context())
	if f.Key == "doctor.printer.drawing" {
		t.Skip("no fonts on this machine: ", f.Pairs)
	}
	if f.Bad || f.Key != "doctor.printer.printed" || len(machine.Papers()) != 1 {
		t.Errorf("%+v, %d papers", f, len(machine.Papers()))
	}
	machine.Set(printertest.Faults{Silent: true})
	if f := print(t.Context()); f.Bad || f.Key != "doctor.printer.sent" {
		t.Errorf("a printer that says nothing: %+v", f)
	}
}

func TestScreen(t *testing.T) {
	fits := func(w, h int) bool { return w >= 80 && h >= 22 }
	for _, c := range []struct {
		w, h int
		env  string
		want string
	}{
		{100, 30, "TERM=foot LANG=fr_FR.UTF-8", "well"}, {100, 30, "TERM=xterm-256color LANG=C", "well"},
		{100, 30, "TERM=screen COLORTERM=truecolor", "well"}, {0, 0, "TERM=foot", "none"}, {79, 30, "TERM=foot", "small"},
		{100, 30, "TERM=linux", "term"}, {100, 30, "", "term"}, {100, 30, "TERM=foot LANG=fr_FR.ISO-8859-15", "letters"},
		{100, 30, "TERM=foot LC_ALL=fr_FR.utf8 LANG=fr_FR.ISO-8859-15", "well"}, {100, 30, "TERM=vt220", "colours"},
	} {
		env := map[string]string{}
		for _, pair := range strings.Fields(c.env) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		f := doctor.Screen(doctor.Terminal{Columns: c.w, Rows: c.h, Env: env, Fits: fits})(t.Context())
		if f.Key != "doctor.screen."+c.want || f.Bad != (c.want != "well" && c.want != "none") {
			t.Errorf("%d × %d %s: %+v, want %s", c.w, c.h, c.env, f, c.want)
		}
	}
}

// TestSound with programs that speak, that cannot, and that are not there.
func TestSound(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{"speaks": "cat >/dev/null", "mute": "cat >/dev/null; exit 1", "absent": ""} {
		path := filepath.Join(dir, name)
		if body != "" {
			if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		want := map[string]string{"speaks": "well", "mute": "mute", "absent": "missing"}[name]
		if f := doctor.Sound(path, book(t).In("fr"))(t.Context()); f.Key != "doctor.sound."+want || f.Bad != (name != "speaks") {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// hub is a broker with a hub's beat on it, or without.
func hub(t *testing.T, beat *wire.Beat) *doctor.Hub {
	t.Helper()
	b, err := broker.Serve(t.Context(), broker.Options{Addr: "127.0.0.1:0", Site: "villette", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	if beat != nil {
		keep(t, b, *beat)
	}
	h := &doctor.Hub{Site: "villette", Now: time.Now, Patience: 20 * time.Second,
		Line: line.Options{URL: "tcp://" + b.Addr(), ClientID: "doctor", Name: "doctor", Log: slog.New(slog.DiscardHandler)}}
	return h
}

// keep has a beat said until the test ends.
func keep(t *testing.T, b *broker.Embedded, beat wire.Beat) {
	t.Helper()
	l, err := line.Connect(t.Context(), line.Options{Dial: b.Dial, ClientID: "hub", Name: "hub", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			_ = l.Publish(wire.HubTopic("villette", wire.NameBeat), wire.Encode(beat), false)
			select {
			case <-ctx.Done():
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	t.Cleanup(func() { stop(); <-ended; l.Close() })
}

// TestLineAndClock: a hub is heard, and its clock compared.
func TestLineAndClock(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	h := hub(t, &wire.Beat{V: wire.Version, Journal: "k7f3a91c", At: at, Speed: 1, Day: "2026-11-24", Content: "0123456789abcdef"})
	say := book(t).In("fr")
	for off, want := range map[time.Duration]string{0: "well", 5 * time.Minute: "fast", -5 * time.Minute: "slow"} {
		h.Now = func() time.Time { return at.Add(off) }
		if f := h.Look(t.Context()); f.Bad {
			t.Fatalf("%+v", f)
		}
		if f := h.Clock(say)(t.Context()); f.Key != "doctor.clock."+want || f.Bad != (off != 0) {
			t.Errorf("%v: %+v", off, f)
		}
	}
}

// TestNoHub tells a broker without a hub from nobody at all.
func TestNoHub(t *testing.T) {
	h := hub(t, nil)
	h.Patience = 3 * time.Second
	if f := h.Look(t.Context()); f.Key != "doctor.line.no-hub" && f.Key != "doctor.line.away" || !f.Bad { // away: on a very slow machine
		t.Errorf("a broker alone: %+v", f)
	}
	nobody := &doctor.Hub{Site: "villette", Now: time.Now, Patience: 300 * time.Millisecond,
		Line: line.Options{URL: "tcp://127.0.0.1:1", ClientID: "doctor", Name: "doctor", Log: slog.New(slog.DiscardHandler)}}
	if f := nobody.Look(t.Context()); f.Key != "doctor.line.away" || !f.Bad {
		t.Errorf("nobody: %+v", f)
	}
	if f := nobody.Clock(book(t).In("fr"))(t.Context()); f.Bad {
		t.Errorf("the clock of a hub that is away is blamed: %+v", f)
	}
}

// TestReport has a line for each part, in both languages, and counts what is bad.
func TestReport(t *testing.T) {
	b := book(t)
	for _, lang := range []string{"fr", "en"} {
		var out bytes.Buffer
		part := func(f doctor.Finding) doctor.Examine { return func(context.Context) doctor.Finding { return f } }
		bad, err := doctor.Run(t.Context(), b.ForStaff(lang), &out,
			part(doctor.Finding{Part: "printer", Key: "doctor.printer.paper-out", Bad: true}), part(doctor.Finding{Part: "sound", Key: "doctor.sound.well"}))
		if err != nil || bad != 1 || strings.Count(out.String(), "\n") != 2 || strings.Contains(out.String(), "⟦") {
			t.Errorf("%d bad, %v:\n%s", bad, err, out.String())
		}
	}
}
