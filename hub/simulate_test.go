package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

// hubRun runs a command as a person does.
func hubRun(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e strings.Builder
	status = run(context.Background(), args, &o, &e)
	return status, o.String(), e.String()
}

// simulated is a folder with a journal of some November days.
func simulated(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	status, out, errs := hubRun(t, "simulate", "--days", "4", "--from", "2026-11-24", "--seed", "5", "--data", dir)
	if status != 0 || !strings.Contains(out, "the centre is open on 4 of them") {
		t.Fatalf("status %d\n%s%s", status, out, errs)
	}
	return dir
}

func TestSimulateVerifies(t *testing.T) {
	dir := simulated(t)
	status, out, errs := hubRun(t, "verify", "--json", "--data", dir)
	var found verdict
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatalf("%v\n%s%s", err, out, errs)
	}
	if status != 0 || found.Days != 4 || found.Facts < 2000 || len(found.Odds) > 0 || len(found.Wrong) > 0 {
		t.Errorf("status %d: %+v", status, found)
	}
}

// TestSimulateTwice gives the same facts but for the id of the journal, which
// names the tickets issued at desks.
func TestSimulateTwice(t *testing.T) {
	read := func(dir string) string {
		j, err := journal.Open(filepath.Join(dir, journalFile), journal.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		var all []queue.Fact
		days, _ := j.Days()
		for _, d := range days {
			j.Day(d, func(f queue.Fact) error { all = append(all, f); return nil })
		}
		text, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(text), j.ID(), "ID")
	}
	if a, b := read(simulated(t)), read(simulated(t)); a != b {
		t.Error("the same seed gave other facts")
	}
}

func TestSimulateRefuses(t *testing.T) {
	full := simulated(t)
	volumes := filepath.Join(t.TempDir(), "v.yaml")
	if err := os.WriteFile(volumes, []byte("visits: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, want string
		args       []string
	}{
		{"a journal with facts", "facts already; simulated days need a folder of their own", []string{"--data", full}},
		{"no day", "is not a day; write it like 2025-01-01", []string{"--from", "24/11/2026"}},
		{"no days", "--days must be from 1 to", []string{"--days", "0"}},
		{"closed days", "the centre is closed on all days", []string{"--days", "2", "--from", "2026-11-22"}},
		{"no such file", "no such file", []string{"--volumes", "nowhere.yaml"}},
		{"bad volumes", "v.yaml:1: entries is missing", []string{"--volumes", volumes}},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := append([]string{"simulate"}, test.args...)
			if test.name != "a journal with facts" {
				args = append(args, "--data", t.TempDir())
			}
			status, _, errs := hubRun(t, args...)
			if status == 0 || !strings.Contains(errs, test.want) {
				t.Errorf("status %d: %s", status, errs)
			}
		})
	}
	if status, out, _ := hubRun(t, "verify", "--data", full); status != 0 || !strings.Contains(out, "4 days") {
		t.Errorf("the refused simulation changed the journal: %s", out)
	}
}

// TestSimulateStops when it is told to, and leaves a journal that verifies.
func TestSimulateStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	var out, errs strings.Builder
	if status := run(ctx, []string{"simulate", "--days", "30", "--data", dir}, &out, &errs); status == 0 {
		t.Error("it went on")
	}
	if status, out, errs := hubRun(t, "verify", "--data", dir); status != 0 {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
}
