package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// terminals are an adviser's, then those of the kiosks, each with the code of the
// first ticket it gave; they are the first to be called.
func terminals(url, dir string) (all []*uplink.Uplink, first []queue.Code, closeAll func(), err error) {
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
			return all, nil, closeAll, err
		}
		all = append(all, u)
		go u.Run(ctx)
	}
	for i, u := range all {
		ready := u.Hub
		if i > 0 {
			ready = func() bool {
				t, err := u.Issue(ctx, waiting)
				if err == nil {
					first = append(first, t.Code)
				}
				return err == nil && !t.Own
			}
		}
		if err := wait(ready); err != nil {
			return all, nil, closeAll, fmt.Errorf("a terminal does not become ready: %w", err)
		}
	}
	return all, first, closeAll, nil
}

var waiting = uplink.Order{Service: "creer", Letter: "C", Language: "fr"}

// issuing does something while each kiosk issues at a pace, all of them evenly
// spread over it.
func (c *followed) issuing(pace time.Duration, do func() error) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var work errgroup.Group
	for i, u := range c.kiosks() {
		work.Go(func() error { return issueUntil(ctx, u, pace, time.Duration(i)*pace/kiosks) })
	}
	err := do()
	stop()
	return errors.Join(err, work.Wait())
}

// issueUntil issues at a pace, after a while, until ctx ends.
func issueUntil(ctx context.Context, u *uplink.Uplink, pace, after time.Duration) error {
	for pause := time.NewTimer(after); ; pause.Reset(pace) {
		select {
		case <-ctx.Done():
			pause.Stop()
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
	heard  chan time.Duration // since the call was made, once for each page behind it and call
	turn   chan time.Duration // since the call was made, once for each page that is called
	mu     sync.Mutex
	began  []time.Time // of each call
	bodies []io.Closer
	behind int        // how many pages wait behind all that are called
	code   queue.Code // of the last ticket
}

// newAudience is of so many who say what they hear.
func newAudience(n int) *audience {
	return &audience{heard: make(chan time.Duration, n), turn: make(chan time.Duration, kiosks)}
}

func (a *audience) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, b := range a.bodies {
		b.Close()
	}
}

func (a *audience) last() queue.Code {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.code
}

// begin notes that a call is made now.
func (a *audience) begin() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.began = append(a.began, time.Now())
}

// wait collects the news of a call from every page.
func (a *audience) wait(m *measured) error {
	late := time.After(20 * time.Second)
	own := len(m.own)
	for i := range a.behind + 1 {
		select {
		case one := <-a.heard:
			m.told = append(m.told, one)
		case one := <-a.turn:
			m.own = append(m.own, one)
		case <-late:
			return fmt.Errorf("only %d pieces of news came, %d of them to whoever is called", i, len(m.own)-own)
		}
	}
	return nil
}

// fill issues so many tickets and opens the page of each.
func (a *audience) fill(us []*uplink.Uplink, pages string, n int) error {
	a.behind = n
	var work errgroup.Group
	for k, u := range us {
		work.Go(func() error {
			for i := k; i < n; i += len(us) {
				t, err := u.Issue(context.Background(), waiting)
				if err != nil {
					return err
				}
				if err := a.open(pages, t.Code, a.heard); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return work.Wait()
}

// open has a phone follow a ticket and say when it hears of calls; one that has
// nowhere to say it takes what it is sent with as little work as can be, since phones
// do not work on the hub's machine.
func (a *audience) open(pages string, code queue.Code, heard chan<- time.Duration) error {
	if heard == nil {
		return a.take(pages, code)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get(pages + "/t/" + string(code) + "/live?lang=fr")
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.bodies, a.code = append(a.bodies, answer.Body), code
	a.mu.Unlock()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("a page cannot follow: %s", answer.Status)
	}
	if heard == a.turn {
		go a.await(answer.Body)
	} else {
		go a.follow(answer.Body)
	}
	return nil
}

// take is open for a phone that only takes.
func (a *audience) take(pages string, code queue.Code) error {
	host := strings.TrimPrefix(pages, "http://")
	line, err := net.Dial("tcp", host)
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.bodies, a.code = append(a.bodies, line), code
	a.mu.Unlock()
	if _, err := fmt.Fprintf(line, "GET /t/%s/live?lang=fr HTTP/1.1\r\nHost: %s\r\n\r\n", code, host); err != nil {
		return err
	}
	answer := make([]byte, len("HTTP/1.1 200"))
	if _, err := io.ReadFull(line, answer); err != nil {
		return err
	}
	if !bytes.HasSuffix(answer, []byte(" 200")) {
		return fmt.Errorf("a page cannot follow: %s", answer)
	}
	go io.Copy(io.Discard, line)
	return nil
}

// await notes when a page is told that it is its turn.
func (a *audience) await(body io.Reader) {
	for lines := bufio.NewScanner(body); lines.Scan(); {
		if bytes.Contains(lines.Bytes(), []byte(`data-state="called"`)) {
			now := time.Now()
			a.mu.Lock()
			if len(a.began) > 0 {
				a.turn <- now.Sub(a.began[len(a.began)-1])
			}
			a.mu.Unlock()
			return
		}
	}
}

var ahead = regexp.MustCompile(`(\d[\d\pZ]*) personnes? avant`) // 1 000 with a space in it

// follow notes when a page learns of each call: one person fewer is before it.
func (a *audience) follow(body io.Reader) {
	first, known := -1, 0
	for lines := bufio.NewScanner(body); lines.Scan(); {
		if !bytes.Contains(lines.Bytes(), []byte(`class="first"`)) {
			continue
		}
		now := time.Now()
		found := ahead.FindStringSubmatch(lines.Text())
		if found == nil {
			continue
		}
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
