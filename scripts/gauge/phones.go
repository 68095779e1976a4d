package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"time"

	"accueil/config"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/kiosk/uplink"
)

// followed is one hub whose pages many phones follow.
type followed struct {
	*audience
	hub    *program
	pages  string           // their address
	all    []*uplink.Uplink // an adviser's terminal, then those of the kiosks
	before float64          // memory of the hub without phones, in megabytes
	quit   func()
}

// following starts a hub and has so many phones follow tickets there, besides one
// for each of the tickets that are called first.
func (g gauge) following(dir string, n int, a *audience) (*followed, error) {
	hub, url, err := g.startHub(filepath.Join(dir, "hub"), "--terminals", "200")
	if err != nil {
		return nil, err
	}
	c := &followed{audience: a, hub: hub, pages: regexp.MustCompile(`http://[0-9.:]+`).FindString(hub.said)}
	if err := c.gather(url, dir, n); err != nil {
		c.close()
		return nil, err
	}
	time.Sleep(6 * time.Second) // until every page has been told where the last tickets came in
	return c, nil
}

func (c *followed) gather(url, dir string, n int) (err error) {
	var first []queue.Code
	if c.all, first, c.quit, err = terminals(url, dir); err != nil {
		return err
	}
	if c.before, err = anonymous(c.hub.cmd.Process.Pid); err != nil {
		return err
	}
	for _, code := range first {
		if err := c.open(c.pages, code, c.turn); err != nil {
			return err
		}
	}
	// The clocks of the kiosks differ by the moments that the hub's took to reach them:
	// tickets taken in the same one may stand in any order.
	time.Sleep(time.Second)
	return c.fill(c.kiosks(), c.pages, n)
}

func (c *followed) close() {
	c.audience.close()
	if c.quit != nil {
		c.quit()
	}
	c.hub.stop()
}

func (c *followed) kiosks() []*uplink.Uplink { return c.all[1:] }

// page is the address of a ticket's page.
func (c *followed) page() string { return c.pages + "/t/" + string(c.last()) }

// desk is an adviser's, open for the service of the tickets.
func (c *followed) desk() (desk, error) {
	content, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return desk{}, problems[0]
	}
	d := desk{c.all[0], content.DesksOf(waiting.Service)[0].Key}
	_, err := d.do(queue.Ask{Do: queue.DoOpenDesk, Services: []string{waiting.Service}})
	return d, err
}

// phones is one hub with 200 and then 2,000 pages that follow their tickets while 41
// kiosks issue: how long after a call the page of whoever is called knows, how long
// until every page does, how fast a page comes meanwhile.
func (g gauge) phones(dir string) (all []row, err error) {
	for _, n := range []int{200, 2000} {
		rows, err := g.phonesOf(filepath.Join(dir, fmt.Sprint(n)), n)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// hurried is a rush no visitors make: each kiosk issues once a second.
const hurried = time.Second

func (g gauge) phonesOf(dir string, n int) ([]row, error) {
	usual := n == 200 // as many as a full house has
	if !usual {
		n = g.samples(n)
	}
	c, err := g.following(dir, n, newAudience(n))
	if err != nil {
		return nil, err
	}
	defer c.close()
	var m measured
	if err := c.issuing(hurried, func() error {
		m, err = c.calls(min(g.samples(40), kiosks-1))
		return err
	}); err != nil {
		return nil, err
	}
	size, err := anonymous(c.hub.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	own, told, p95 := quantile(m.own, 0.99), quantile(m.told, 0.99), quantile(m.came, 0.95)
	answered := quantile(m.answered, 0.99)
	rows := []row{
		{
			Name: fmt.Sprintf("call to the phone of whoever is called, %d follow, p99", n), Measured: own, Unit: "ms",
			Beside: "ms until the adviser has the answer", Floor: answered, Ratio: own / answered, Bound: "≤ 50 ms", OK: own <= 50,
			Note: fmt.Sprintf("p50 %.1f ms beside %.1f; %d calls, from the adviser's key to the piece of the page; one every %v at most; meanwhile each of %d kiosks issues a ticket a second and 20 pages are asked for at each call",
				quantile(m.own, 0.5), quantile(m.answered, 0.5), len(m.own), betweenCalls, kiosks),
		},
		{
			Name: fmt.Sprintf("call to all of %d phones, %d kiosks issuing, p99", n, kiosks), Measured: told, Unit: "ms", Bound: "shown", OK: true,
			Note: fmt.Sprintf("p50 %.1f ms; each call changes every page", quantile(m.told, 0.5)),
		},
		{
			Name: fmt.Sprintf("ticket's page, %d phones following, p95", n), Measured: p95, Unit: "ms", Bound: "≤ 100 ms", OK: p95 <= 100,
			Note: fmt.Sprintf("p50 %.1f ms; asked for while a call is told to all", quantile(m.came, 0.5)),
		},
	}
	if usual {
		rows[1].Bound, rows[1].OK = "≤ 50 ms", told <= 50
		return rows, nil
	}
	return append(rows, row{
		Name: fmt.Sprintf("hub RssAnon, %d phones following", n), Measured: size, Unit: "MB", Beside: "MB before", Floor: c.before, Ratio: size / c.before,
		Bound: "shown", OK: true, Note: fmt.Sprintf("%.1f KB each", (size-c.before)*1024/float64(n)),
	}), nil
}

// measured is how long calls took to be answered to the adviser, which is when they
// are on the disk; how long news of them took to the one who is called and to all;
// and how long pages took that were asked for meanwhile.
type measured struct{ answered, own, told, came []time.Duration }

// betweenCalls is how long nobody calls: the views leave 20 times a second at most,
// and desks do not call so often.
const betweenCalls = 300 * time.Millisecond

// calls makes calls, one after the other when every page knows of the last, and
// opens pages while they are told. There are fewer than the tickets that the kiosks
// took first.
func (c *followed) calls(n int) (m measured, err error) {
	d, err := c.desk()
	if err != nil {
		return m, err
	}
	for k := range n {
		time.Sleep(betweenCalls)
		c.begin()
		answered, err := timed(1, func(int) error { _, err := d.do(queue.Ask{Do: queue.DoCall}); return err })
		if err != nil {
			return m, err
		}
		m.answered = append(m.answered, answered...)
		took, err := timed(20, func(int) error { return get(c.page()) })
		if err != nil {
			return m, err
		}
		m.came = append(m.came, took...)
		if err := c.wait(&m); err != nil {
			return m, fmt.Errorf("call %d: %w", k+1, err)
		}
		for _, do := range []queue.Deed{queue.DoStart, queue.DoFinish} {
			if _, err := d.do(queue.Ask{Do: do}); err != nil {
				return m, err
			}
		}
	}
	return m, nil
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
