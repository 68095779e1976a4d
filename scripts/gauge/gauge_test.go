package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestQuantiles(t *testing.T) {
	var all []time.Duration
	for i := 100; i > 0; i-- {
		all = append(all, time.Duration(i)*time.Millisecond)
	}
	if got := quantile(all, 0.5); got != 51 {
		t.Errorf("median %v", got)
	}
	if got := quantile(all, 0.99); got != 100 {
		t.Errorf("p99 %v", got)
	}
	if got := quantile(all[:1], 0.99); got != 100 {
		t.Errorf("of one %v", got)
	}
}

func TestARowSaysItsVerdict(t *testing.T) {
	missed := row{Name: "tap", Measured: 3, Unit: "ms", Beside: "ms floor", Floor: 1, Ratio: 3, Bound: "ratio ≤ 2"}
	if said := missed.String(); !strings.Contains(said, "ratio 3.00") || !strings.Contains(said, "MISSED") {
		t.Error(said)
	}
	missed.OK = true
	if said := missed.String(); strings.Contains(said, "MISSED") {
		t.Error(said)
	}
}

// TestTapMeasuresBothSides takes one figure whole, on real parts.
func TestTapMeasuresBothSides(t *testing.T) {
	rows, err := gauge{Quick: true}.tap(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Measured <= 0 || rows[0].Floor <= 0 || rows[0].Ratio <= 0 {
		t.Errorf("rows %+v", rows)
	}
}

func TestPairs(t *testing.T) {
	p := pairs{{100, 90}, {10, 8}, {1000, 950}}
	if p.ratio() != 0.9 || p.ours() != 90 || p.bare() != 100 {
		t.Errorf("ratio %v, ours %v, bare %v", p.ratio(), p.ours(), p.bare())
	}
}

// TestTimeWorked: a process that counts has had a processor, and one that is no
// more cannot be asked.
func TestTimeWorked(t *testing.T) {
	before, err := worked(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for after := before; after == before; {
		if after, err = worked(os.Getpid()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := worked(0); err == nil {
		t.Error("no process has worked")
	}
}
