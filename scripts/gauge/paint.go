package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/chromedp/chromedp"
)

const chromium = "/usr/bin/chromium"

// What goes on around somebody who opens their page. A visitor who reads and chooses
// stands half a minute at a kiosk, so this is all of them in use without a pause.
// Twenty desks call each every hundred seconds.
const (
	visitorTakes = 30 * time.Second
	callEvery    = 5 * time.Second
)

// paint is how long a browser that has just scanned a ticket's code shows nothing,
// while 2,000 pages follow their tickets and 41 kiosks issue, beside the same
// browser and a page of one word that a bare server sends.
func (g gauge) paint(dir string) ([]row, error) {
	n, samples := g.samples(2000), g.samples(100)
	name := fmt.Sprintf("first paint of a ticket's page, %d phones following, p95", n)
	if _, err := os.Stat(chromium); err != nil {
		return []row{{Name: name, Bound: "skipped", OK: true, Note: "no browser here: install chromium"}}, nil
	}
	c, err := g.following(dir, n, &audience{}) // nobody listens: all is the browser's
	if err != nil {
		return nil, err
	}
	defer c.close()
	browser, leave, err := browse(filepath.Join(dir, "browser"))
	if err != nil {
		return nil, err
	}
	defer leave()
	floor, stop, err := bare()
	if err != nil {
		return nil, err
	}
	defer stop()
	var ours, theirs []time.Duration
	err = c.busy(func() error {
		ours, theirs, err = paints(browser, c.page(), floor, samples)
		return err
	})
	if err != nil {
		return nil, err
	}
	p95, bare := quantile(ours, 0.95), quantile(theirs, 0.95)
	return []row{{
		Name: name, Measured: p95, Unit: "ms", Beside: "ms for one word of a bare server", Floor: bare, Ratio: p95 / bare,
		Bound: "≤ 100 ms", OK: p95 <= 100,
		Note: fmt.Sprintf("First Contentful Paint of Chromium on the same machine, %d phones new to the hub; p50 %.1f ms beside %.1f; meanwhile each kiosk issues every %v and somebody is called every %v, which changes every page",
			len(ours), quantile(ours, 0.5), quantile(theirs, 0.5), visitorTakes, callEvery),
	}}, nil
}

// paints opens both pages so many times in turns, each in a browser that has seen
// neither.
func paints(browser context.Context, page, floor string, n int) (ours, theirs []time.Duration, err error) {
	for i := range n + 1 {
		turns := []struct {
			address string
			took    *[]time.Duration
		}{{page, &ours}, {floor, &theirs}}
		if i%2 == 1 { // who comes first has no advantage
			slices.Reverse(turns)
		}
		for _, t := range turns {
			one, err := firstPaint(browser, t.address)
			if err != nil {
				return nil, nil, err
			}
			if i > 0 { // the browser itself is cold the first time
				*t.took = append(*t.took, one)
			}
		}
	}
	return ours, theirs, nil
}

// firstPainted is what the browser says of its first paint of anything, in milliseconds.
const firstPainted = `new Promise(done => new PerformanceObserver(l =>
	l.getEntriesByName("first-contentful-paint").forEach(e => done(e.startTime))).observe({type: "paint", buffered: true}))`

// windowTakes is how long a new window of the browser is busy with itself: the phone
// that scans a code is at rest.
const windowTakes = 700 * time.Millisecond

// firstPaint is how long after it began to go to an address a browser without
// history shows something.
func firstPaint(browser context.Context, address string) (time.Duration, error) {
	ctx, leave := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	defer leave()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(360, 740)); err != nil {
		return 0, err
	}
	time.Sleep(windowTakes)
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return 0, err
	}
	ms, err := chromedp.Run(ctx, chromedp.Evaluate[float64](firstPainted, chromedp.EvalAwaitPromise))
	if err == nil && ms <= 0 {
		err = errors.New("the browser does not say when it painted")
	}
	return time.Duration(ms * float64(time.Millisecond)), err
}

func browse(dir string) (_ context.Context, leave func(), err error) {
	ctx, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(chromium), chromedp.UserDataDir(dir), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true))
	ctx, end := chromedp.NewContext(ctx)
	leave = func() { chromedp.Cancel(ctx); end(); stop() }
	if err := chromedp.Do(ctx); err != nil {
		leave()
		return nil, nil, err
	}
	return ctx, leave, nil
}

// bare is a server with one page of one word.
func bare() (address string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<!doctype html><title>bare</title><p>bonjour"))
	})}
	go server.Serve(l)
	return "http://" + l.Addr().String(), func() { server.Close() }, nil
}

// busy does something while kiosks issue and somebody is called now and then.
func (c *followed) busy(do func() error) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var work errgroup.Group
	work.Go(func() error { return callUntil(ctx, d) })
	err = c.issuing(visitorTakes, do)
	stop()
	return errors.Join(err, work.Wait())
}

func callUntil(ctx context.Context, d desk) error {
	pause := time.NewTicker(callEvery)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pause.C:
		}
		if err := d.visit(); err != nil {
			return err
		}
	}
}
