package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"

	"accueil/config"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// phones is one hub with 2,000 pages that follow their tickets while 41 kiosks
// issue: how long after a call every page knows, how fast a page comes meanwhile.
func (g gauge) phones(dir string) ([]row, error) {
	n, calls := g.samples(2000), g.samples(10)
	hub, url, err := g.startHub(filepath.Join(dir, "hub"), "--terminals", "200")
	if err != nil {
		return nil, err
	}
	defer hub.stop()
	pages := regexp.MustCompile(`http://[0-9.:]+`).FindString(hub.said)
	all, closeAll, err := terminals(url, dir)
	defer closeAll()
	if err != nil {
		return nil, err
	}
	before, err := anonymous(hub.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	a := &audience{heard: make(chan time.Duration, n)}
	defer a.close()
	if err := a.fill(all[1:], pages, n); err != nil {
		return nil, err
	}
	time.Sleep(6 * time.Second) // until every page has been told where the last tickets came in
	ctx, stop := context.WithCancel(context.Background())
	var issuing errgroup.Group
	for _, u := range all[1:] {
		issuing.Go(func() error { return issueUntil(ctx, u) })
	}
	told, came, err := a.calls(all[0], pages, calls)
	stop()
	if err := errors.Join(err, issuing.Wait()); err != nil {
		return nil, err
	}
	size, err := anonymous(hub.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	p95 := quantile(came, 0.95)
	return []row{
		{
			Name: fmt.Sprintf("call to all of %d phones, %d kiosks issuing, p99", n, kiosks), Measured: quantile(told, 0.99), Unit: "ms", Bound: "shown", OK: true,
			Note: fmt.Sprintf("p50 %.1f ms; each call changes every page", quantile(told, 0.5)),
		},
		{
			Name: fmt.Sprintf("ticket's page, %d phones following, p95", n), Measured: p95, Unit: "ms", Bound: "≤ 100 ms", OK: p95 <= 100,
			Note: fmt.Sprintf("p50 %.1f ms", quantile(came, 0.5)),
		},
		{
			Name: fmt.Sprintf("hub RssAnon, %d phones following", n), Measured: size, Unit: "MB", Beside: "MB before", Floor: before, Ratio: size / before,
			Bound: "shown", OK: true, Note: fmt.Sprintf("%.1f KB each", (size-before)*1024/float64(n)),
		},
	}, nil
}

// terminals are an adviser's, then those of the kiosks.
func terminals(url, dir string) (all []*uplink.Uplink, closeAll func(), err error) {
	ctx, stop := context.WithCancel(context.Background())
	closeAll = func() {
		stop()
		for _, u := range all {
			u.Close()
		}
	}
	for i := range kiosks + 1 {
		role, name := wire.RoleKiosk, fmt.Sprint("pc-", i)
		if i == 0 {
			role, name = wire.RoleAdviser, "desk"
		}
		u, err := uplink.Open(uplink.Options{Site: "villette", Role: role, Name: name, Dir: filepath.Join(dir, name), URL: url, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			return all, closeAll, err
		}
		all = append(all, u)
		go u.Run(ctx)
	}
	for i, u := range all {
		ready := u.Hub
		if i > 0 {
			ready = func() bool { t, err := u.Issue(ctx, waiting); return err == nil && !t.Own }
		}
		if err := wait(ready); err != nil {
			return all, closeAll, fmt.Errorf("a terminal does not become ready: %w", err)
		}
	}
	return all, closeAll, nil
}

var waiting = uplink.Order{Service: "creer", Letter: "C", Language: "fr"}

// issueUntil issues with a visitor's pauses between until ctx ends.
func issueUntil(ctx context.Context, u *uplink.Uplink) error {
	pause := time.NewTicker(time.Second)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pause.C:
		}
		if _, err := u.Issue(context.Background(), waiting); err != nil {
			return err
		}
	}
}

// audience is everybody who follows.
type audience struct {
	heard  chan time.Duration // since the call was made, once for each page and call
	mu     sync.Mutex
	began  []time.Time // of each call
	bodies []io.Closer
	code   queue.Code // of the last ticket
}

func (a *audience) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, b := range a.bodies {
		b.Close()
	}
}

// fill issues so many tickets and opens the page of each.
func (a *audience) fill(us []*uplink.Uplink, pages string, n int) error {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	var work errgroup.Group
	for k, u := range us {
		work.Go(func() error {
			for i := k; i < n; i += len(us) {
				t, err := u.Issue(context.Background(), waiting)
				if err != nil {
					return err
				}
				answer, err := client.Get(pages + "/t/" + string(t.Code) + "/live?lang=fr")
				if err != nil {
					return err
				}
				a.mu.Lock()
				a.bodies, a.code = append(a.bodies, answer.Body), t.Code
				a.mu.Unlock()
				if answer.StatusCode != http.StatusOK {
					return fmt.Errorf("a page cannot follow: %s", answer.Status)
				}
				go a.follow(answer.Body)
			}
			return nil
		})
	}
	return work.Wait()
}

var ahead = regexp.MustCompile(`(\d[\d\pZ]*) personnes? avant`) // 1 000 with a space in it

// follow notes when a page learns of each call: one person fewer is before it.
func (a *audience) follow(body io.Reader) {
	first, known := -1, 0
	for lines := bufio.NewScanner(body); lines.Scan(); {
		found := ahead.FindStringSubmatch(lines.Text())
		if found == nil || !strings.Contains(lines.Text(), `class="first"`) {
			continue
		}
		now := time.Now()
		n, _ := strconv.Atoi(strings.Join(strings.FieldsFunc(found[1], unicode.IsSpace), ""))
		a.mu.Lock()
		if len(a.began) == 0 || first < 0 {
			first = n
		}
		for ; known < first-n && known < len(a.began); known++ {
			a.heard <- now.Sub(a.began[known])
		}
		a.mu.Unlock()
	}
}

// calls makes calls, one after the other when every page knows of the last, and
// opens a page after each piece of news.
func (a *audience) calls(u *uplink.Uplink, pages string, n int) (told, came []time.Duration, err error) {
	content, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	d := desk{u, content.DesksOf(waiting.Service)[0].Key}
	if _, err := d.do(queue.Ask{Do: queue.DoOpenDesk, Services: []string{waiting.Service}}); err != nil {
		return nil, nil, err
	}
	for k := range n { // fewer than the tickets that the kiosks took first, which nobody follows
		a.mu.Lock()
		a.began = append(a.began, time.Now())
		a.mu.Unlock()
		if err := d.visit(); err != nil {
			return nil, nil, err
		}
		took, err := timed(20, func(int) error { return get(pages + "/t/" + string(a.code)) })
		if err != nil {
			return nil, nil, err
		}
		came = append(came, took...)
		late := time.After(20 * time.Second)
		for range len(a.bodies) {
			select {
			case one := <-a.heard:
				told = append(told, one)
			case <-late:
				return nil, nil, fmt.Errorf("call %d: only %d pieces of news came", k+1, len(told))
			}
		}
	}
	return told, came, nil
}

// get reads a page to its end, as somebody who has just scanned the code.
func get(address string) error {
	answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(address)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return errors.New(answer.Status)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
