package main

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
)

// tenYears are enough simulated days for 3.75 million facts of one centre, up to
// the evening before the measured day.
const (
	tenYears      = 3900
	tenYearsBegin = "2016-03-20"
	tenYearsFacts = 3_750_000
)

// starts is how long a hub with ten years behind it takes until it answers.
func (g gauge) starts(dir string) ([]row, error) {
	data := cmp.Or(g.Years, filepath.Join(dir, "ten-years"))
	if err := g.tenYears(data); err != nil {
		return nil, err
	}
	empty := filepath.Join(dir, "empty")
	facts, err := countFacts(data)
	if err != nil {
		return nil, err
	}
	var starts, floors []time.Duration
	for range g.samples(11) { // in turns, because the machine's speed drifts
		if err := g.serveOnce(data, &starts); err != nil {
			return nil, err
		}
		if err := g.serveOnce(empty, &floors); err != nil {
			return nil, err
		}
	}
	start, floor := quantile(starts, 0.5), quantile(floors, 0.5)
	enough := facts >= tenYearsFacts || g.Quick
	return []row{{
		Name: "hub start to serving with ten years of journal, median", Measured: start, Unit: "ms", Beside: "ms with an empty journal",
		Floor: floor, Ratio: start / floor, Bound: "≤ 1000 ms", OK: start <= 1000 && enough,
		Note: fmt.Sprintf("%d facts; longest %.0f ms; until the writer has answered a page", facts, quantile(starts, 1)),
	}}, nil
}

// tenYears writes the journal unless it is there from another time.
func (g gauge) tenYears(data string) error {
	if _, err := os.Stat(filepath.Join(data, "hub.journal")); err == nil {
		return nil
	}
	out, err := exec.Command(filepath.Join(g.Bin, "hub"), "simulate", "--from", tenYearsBegin, "--days", fmt.Sprint(g.years()), "--seed", "1", "--data", data).CombinedOutput()
	if err != nil {
		return fmt.Errorf("hub simulate: %w: %s", err, out)
	}
	return nil
}

func countFacts(data string) (uint64, error) {
	j, err := journal.Open(filepath.Join(data, "hub.journal"), journal.Options{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	return j.Last(), j.Close()
}

func (g gauge) years() int {
	if g.Quick {
		return tenYears / 10
	}
	return tenYears
}

var pagesAt = regexp.MustCompile(`pages (http://[0-9.:]+)`)

// serveOnce starts a hub, waits until its writer answers, and lets it end.
func (g gauge) serveOnce(data string, took *[]time.Duration) error {
	began := time.Now()
	hub, _, err := g.startHub(data)
	if err != nil {
		return err
	}
	defer hub.stop()
	pages := pagesAt.FindStringSubmatch(hub.said)
	if pages == nil {
		return fmt.Errorf("the hub does not say where its pages are: %s", hub.said)
	}
	defer func() { *took = append(*took, time.Since(began)) }()
	return wait(func() bool {
		r, err := http.Get(pages[1] + "/healthz")
		if err != nil {
			return false
		}
		r.Body.Close()
		return r.StatusCode == http.StatusOK
	})
}

// queueOf is a day in which so many wait.
func queueOf(n int) *queue.Day {
	day := queue.NewDay("2026-11-24", queue.Rules{Zone: time.UTC, Letters: map[string]string{"creer": "C"}})
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for i := range n {
		id := queue.NewTicketID("7k3f9qxd", uint64(i+1))
		day.Apply(queue.Fact{No: uint64(2*i + 1), Kind: queue.Issued, Day: day.Date, At: at, Ticket: id, Code: queue.NewCode(), Service: "creer", Level: i % 3})
		day.Apply(queue.Fact{No: uint64(2*i + 2), Kind: queue.Numbered, Day: day.Date, At: at, Ticket: id, Label: queue.HubLabel("C", i+1)})
		at = at.Add(time.Second)
	}
	return day
}

// next is who is next over 2,000 waiting tickets: deciding the call, and folding it.
func (g gauge) next(string) ([]row, error) {
	const waiting = 2000
	day := queueOf(waiting)
	day.Apply(queue.Fact{Kind: queue.DeskOpened, Day: day.Date, At: day.Last, Desk: "5", Services: []string{"creer"}})
	no := uint64(10 * waiting)
	took, err := timed(g.samples(1000), func(i int) error {
		facts, err := day.Decide(queue.Ask{ID: fmt.Sprint("r-", i), Do: queue.DoCall, Desk: "5"}, day.Last)
		if err != nil {
			return err
		}
		at := day.Last.Add(time.Second)
		for _, f := range append(facts, queue.Fact{Kind: queue.Missed, Ticket: facts[0].Ticket, Desk: "5"}) {
			no++
			f.No, f.Day, f.At = no, day.Date, at
			day.Apply(f)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	p99 := quantile(took, 0.99)
	return []row{{
		Name: "who is next over 2,000 waiting tickets, p99", Measured: p99, Unit: "ms", Bound: "≤ 1 ms", OK: p99 <= 1,
		Note: fmt.Sprintf("decided and folded; p50 %.4f ms", quantile(took, 0.5)),
	}}, nil
}
