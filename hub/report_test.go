package main

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

func TestReportFormats(t *testing.T) {
	dir := simulated(t)
	_, text, _ := hubRun(t, "report", "--data", dir)
	if !strings.Contains(text, "Chiffres du vendredi 27 novembre 2026") || !strings.Contains(text, "pôle Évoluer") {
		t.Errorf("the last day in French:\n%s", text)
	}
	_, text, _ = hubRun(t, "report", "--data", dir, "--from", "2026-11-24", "--to", "2026-11-27", "--lang", "en")
	if !strings.Contains(text, "(4 days with data)") || !strings.Contains(text, "DAY BY DAY") {
		t.Errorf("four days in English:\n%s", text)
	}
	_, text, _ = hubRun(t, "report", "--data", dir, "--to", "2026-11-25", "--format", "json")
	var doc struct{ From, To string }
	if err := json.Unmarshal([]byte(text), &doc); err != nil || doc.From != "2026-11-25" || doc.To != doc.From {
		t.Errorf("JSON %+v, %v", doc, err)
	}
	_, text, _ = hubRun(t, "report", "--data", dir, "--format", "csv")
	if lines, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil || len(lines) < 50 {
		t.Errorf("CSV of %d lines, %v", len(lines), err)
	}
	path := filepath.Join(t.TempDir(), "figures.csv")
	status, out, _ := hubRun(t, "report", "--data", dir, "--format", "csv", "--out", path)
	if written, err := os.ReadFile(path); err != nil || string(written) != text || out != "" || status != 0 {
		t.Errorf("file of %d bytes, %v; said %q", len(written), err, out)
	}
}

func TestReportRefuses(t *testing.T) {
	dir := simulated(t)
	empty := t.TempDir()
	if j, err := openJournal(empty, "villette", false); err != nil || j.Close() != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, want string
		args       []string
	}{
		{"a day that is none", `"2026-02-30" is not a day; write it like 2026-11-24`, []string{"--data", dir, "--from", "2026-02-30"}},
		{"the wrong way round", "the days end on 2026-11-24, before they begin on 2026-11-25", []string{"--data", dir, "--from", "2026-11-25", "--to", "2026-11-24"}},
		{"no journal", "no journal in", []string{"--data", filepath.Join(dir, "nowhere")}},
		{"an empty journal", "the journal has no facts yet", []string{"--data", empty}},
		{"a format", "--format", []string{"--data", dir, "--format", "pdf"}},
		{"no folder for the file", "no such file or directory", []string{"--data", dir, "--out", filepath.Join(dir, "a", "b")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, out, errs := hubRun(t, append([]string{"report"}, test.args...)...)
			if status == 0 || !strings.Contains(errs, test.want) {
				t.Errorf("status %d: %s", status, errs)
			}
			if strings.Contains(out, "Chiffres") {
				t.Errorf("figures all the same: %s", out)
			}
		})
	}
}

func TestReportOfDaysWithoutFactsSaysSo(t *testing.T) {
	status, out, errs := hubRun(t, "report", "--data", simulated(t), "--from", "2026-12-01")
	if status != 0 || !strings.Contains(out, "Aucune donnée pour ces dates.") {
		t.Errorf("status %d: %s", status, out)
	}
	if want := "the journal has 4 days from 2026-11-24 to 2026-11-27"; !strings.Contains(errs, want) {
		t.Errorf("said %q, want %q", errs, want)
	}
}

// running is a hub, as far as reports go: it holds the journal and answers.
func running(t *testing.T, dir string) (*journal.Bolt, *httptest.Server) {
	t.Helper()
	s, err := console{err: os.Stderr}.content("")
	if err != nil {
		t.Fatal(err)
	}
	j, err := openJournal(dir, s.Key, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	reporter, err := newReporter(j, s)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /report", reporter)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return j, server
}

// TestReportAsksTheRunningHub, which alone can open the journal.
func TestReportAsksTheRunningHub(t *testing.T) {
	dir := simulated(t)
	for _, format := range []string{"text", "csv", "json"} {
		_, alone, _ := hubRun(t, "report", "--data", dir, "--format", format, "--from", "2026-11-24", "--to", "2026-11-26")
		j, server := running(t, dir)
		status, out, errs := hubRun(t, "report", "--data", t.TempDir(), "--format", format, "--from", "2026-11-24", "--to", "2026-11-26", "--hub", server.URL+"/")
		if status != 0 || out != alone {
			t.Errorf("%s: status %d, %d bytes, want %d: %s", format, status, len(out), len(alone), errs)
		}
		if !strings.Contains(errs, "asked the hub at "+server.URL) {
			t.Errorf("said %q", errs)
		}
		server.Close()
		j.Close()
	}
}

func TestReportWithoutTheHubThatHoldsTheJournal(t *testing.T) {
	dir := simulated(t)
	_, server := running(t, dir)
	server.Close()
	status, _, errs := hubRun(t, "report", "--data", dir, "--hub", server.URL)
	if status == 0 || !strings.Contains(errs, "name the address of its pages with --hub") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// TestTheHubAnswersBadQueries with a sentence, and never with a path of its disk.
func TestTheHubAnswersBadQueries(t *testing.T) {
	j, server := running(t, simulated(t))
	get := func(query string) (int, string) {
		answer, err := http.Get(server.URL + "/report" + query)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var body strings.Builder
		answer.Write(&body)
		return answer.StatusCode, body.String()
	}
	for query, want := range map[string]int{
		"": 200, "?format=csv": 200, "?lang=zz": 200, "?from=2030-01-01": 200,
		"?from=x": 400, "?to=2026-13-01": 400, "?format=exe": 400, "?from=2026-11-25&to=2026-11-24": 400,
	} {
		if status, body := get(query); status != want {
			t.Errorf("%s: %d, want %d\n%s", query, status, want, body)
		}
	}
	j.Close()
	if status, body := get(""); status != 500 || strings.Contains(body, journalFile) {
		t.Errorf("%d: %s", status, body)
	}
}

// TestReportsWhileTheHubWrites: readers and the writer do not disturb each other.
func TestReportsWhileTheHubWrites(t *testing.T) {
	j, server := running(t, simulated(t))
	source := queue.Source{Site: "villette", Terminal: "borne-99", Journal: "late"}
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for range 5 {
				answer, err := http.Get(server.URL + "/report?format=json&from=2026-11-24&to=2026-11-27")
				if err != nil || answer.StatusCode != 200 {
					t.Errorf("%v %v", answer, err)
					return
				}
				answer.Body.Close()
			}
		})
	}
	var at queue.Fact
	j.Day("2026-11-27", func(f queue.Fact) error { at = f; return nil })
	for i := range 100 {
		f := queue.Fact{Kind: queue.Began, Source: source, Seq: uint64(i + 1), Day: at.Day, At: at.At, Heard: at.Heard}
		if _, err := j.Append(j.Last(), []queue.Fact{f}); err != nil {
			t.Fatal(err)
		}
	}
	readers.Wait()
}
