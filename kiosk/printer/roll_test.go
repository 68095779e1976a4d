package printer_test

import (
	"os"
	"path/filepath"
	"testing"

	"accueil/kiosk/printer"
)

// TestRollCounts: over restarts, until a new roll is in.
func TestRollCounts(t *testing.T) {
	dir := t.TempDir()
	ticket := printer.NewBitmap(printer.Paper80, 85*printer.Dots) // 100 mm with its feed
	r := printer.OpenRoll(dir, 10)
	if r.Low() || r.Left() != -1 {
		t.Error("a new roll is low or knows how long its tickets are")
	}
	for range 50 {
		if err := r.Printed(ticket, printer.Condition{}); err != nil {
			t.Fatal(err)
		}
	}
	r = printer.OpenRoll(dir, 10)
	if r.Tickets() != 50 || r.Left() != 50 || r.Low() {
		t.Errorf("half way: %d printed, %d left, low %t", r.Tickets(), r.Left(), r.Low())
	}
	for range 40 {
		if err := r.Printed(ticket, printer.Condition{}); err != nil {
			t.Fatal(err)
		}
	}
	if !r.Low() || r.Left() != 10 {
		t.Errorf("near the end: %d left, low %t", r.Left(), r.Low())
	}
	if err := printer.NewRoll(dir); err != nil {
		t.Fatal(err)
	}
	if err := r.Observe(printer.Condition{}); err != nil || r.Low() || r.Tickets() != 0 {
		t.Errorf("a new roll: %v, low %t", err, r.Low())
	}
	if err := r.Printed(ticket, printer.Condition{}); err != nil || r.Tickets() != 1 {
		t.Errorf("its first ticket: %v, %d", err, r.Tickets())
	}
}

// TestRollBelievesThePrinter: its sensor warns whatever the count says, and
// paper after that is a new roll.
func TestRollBelievesThePrinter(t *testing.T) {
	r := printer.OpenRoll(t.TempDir(), 0)
	ticket := printer.NewBitmap(printer.Paper80, 800)
	for _, step := range []struct {
		said printer.Condition
		low  bool
		n    int
	}{
		{printer.Condition{Known: true}, false, 1},
		{printer.Condition{Known: true, Low: true}, true, 2},
		{printer.Condition{}, true, 3}, // silence changes nothing
		{printer.Condition{Known: true, Trouble: printer.CoverOpen}, true, 4},
		{printer.Condition{Known: true}, false, 1},
	} {
		if err := r.Printed(ticket, step.said); err != nil {
			t.Fatal(err)
		}
		if r.Low() != step.low || r.Tickets() != step.n {
			t.Errorf("after %+v: low %t, %d tickets", step.said, r.Low(), r.Tickets())
		}
	}
	if err := r.Observe(printer.Condition{Known: true, Trouble: printer.PaperOut}); err != nil || !r.Low() {
		t.Errorf("out of paper: %v, low %t", err, r.Low())
	}
}

func TestRollWithASpoiltCount(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "roll.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := printer.OpenRoll(dir, 10); r.Tickets() != 0 {
		t.Error("a count out of nothing")
	}
}
