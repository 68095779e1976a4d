package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// killed is how long it takes, after the hub was killed while everybody issues and
// started again at once, until a kiosk has the hub's next number.
func (g gauge) killed(dir string) ([]row, error) {
	data := filepath.Join(dir, "hub")
	hub, url, err := g.startHub(data)
	if err != nil {
		return nil, err
	}
	defer func() { hub.stop() }()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var rush rush
	var work sync.WaitGroup
	for i := range kiosks {
		u, err := uplink.Open(uplink.Options{
			Site: "villette", Role: wire.RoleKiosk, Name: fmt.Sprint("pc-", i), Dir: filepath.Join(dir, fmt.Sprint("pc-", i)), URL: url,
			Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			return nil, err
		}
		defer u.Close()
		go u.Run(ctx)
		work.Go(func() { rush.issue(ctx, u, i) })
	}
	rush.started()
	if err := wait(rush.all); err != nil {
		return nil, fmt.Errorf("the kiosks do not become ready: %w", err)
	}
	for range g.samples(10) {
		time.Sleep(300 * time.Millisecond)
		hub.cmd.Process.Kill()
		<-hub.ended
		rush.killed()
		if hub, _, err = g.startHubAt(data, url); err != nil {
			return nil, err
		}
		rush.started()
		if err := wait(rush.all); err != nil {
			return nil, fmt.Errorf("a kiosk does not come back: %w", err)
		}
		rush.note()
	}
	stop()
	work.Wait()
	p99 := quantile(rush.gaps, 0.99)
	return []row{{
		Name: "hub killed under load → next label from the hub, p99", Measured: p99, Unit: "ms", Bound: "≤ 1500 ms", OK: p99 <= 1500,
		Note: fmt.Sprintf("41 kiosks, %d kills, the hub started again at once; p50 %.0f ms, longest %.0f ms; %d tickets meanwhile had the kiosks' own labels",
			len(rush.gaps)/kiosks, quantile(rush.gaps, 0.5), quantile(rush.gaps, 1), rush.own),
	}}, nil
}

// rush is when each kiosk got a number of the hub again after it was killed.
type rush struct {
	mu    sync.Mutex
	dead  time.Time
	back  bool                  // the new hub has started: what comes is its word, not the old one's last
	first [kiosks]time.Duration // after that; 0: not yet
	gaps  []time.Duration
	own   int
}

func (r *rush) issue(ctx context.Context, u *uplink.Uplink, k int) {
	for ctx.Err() == nil {
		t, err := u.Issue(ctx, uplink.Order{Service: "creer", Letter: "C", Language: "fr"})
		if err == nil {
			r.got(k, t.Own)
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond): // a visitor takes longer
		}
	}
}

func (r *rush) got(k int, own bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case own:
		r.own++
	case r.first[k] == 0 && r.back:
		r.first[k] = time.Since(r.dead)
	}
}

// killed begins to wait for a number for everybody.
func (r *rush) killed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dead, r.back, r.first = time.Now(), false, [kiosks]time.Duration{}
}

func (r *rush) started() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.back = true
}

// all says whether every kiosk has got a number since.
func (r *rush) all() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !slices.Contains(r.first[:], 0)
}

// note keeps how long it took.
func (r *rush) note() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.gaps = append(r.gaps, r.first[:]...)
}
