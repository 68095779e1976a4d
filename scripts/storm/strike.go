package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func (k kind) ofDisk() bool {
	switch k {
	case hubPower, kioskPower, hubFull, kioskFull, hubSlow, kioskSlow:
		return true
	}
	return false
}

// rage carries out the plan and returns when the last blow is over.
func (h *house) rage(ctx context.Context) {
	h.rough(h.weather.rough)
	began := time.Now()
	var blows sync.WaitGroup
	for _, b := range h.weather.plan(h.chance, h.Minutes) {
		if !sleep(ctx, time.Until(began.Add(b.at))) {
			break
		}
		blows.Go(func() { h.strike(ctx, b) })
	}
	sleep(ctx, time.Until(began.Add(time.Duration(h.Minutes*float64(time.Minute)))))
	blows.Wait()
}

func (h *house) rough(share float64) {
	for _, l := range h.links() {
		l.setRough(share)
	}
}

func (h *house) links() (all []*link) {
	if h.hubLink != nil {
		all = append(all, h.hubLink)
	}
	for _, t := range append(h.kiosks, h.advisers...) {
		all = append(all, t.link)
	}
	for _, s := range h.screens {
		all = append(all, s.link)
	}
	return all
}

func (h *house) strike(ctx context.Context, b blow) {
	if h.Verbose {
		fmt.Printf("%7.1f s  %s, %v\n", time.Since(h.began).Seconds(), b.kind, b.last.Round(time.Millisecond))
	}
	switch b.kind {
	case hubKilled, hubPower, hubClock:
		h.strikeHub(ctx, b)
	case brokerKilled:
		h.broker.turn.Lock()
		defer h.broker.turn.Unlock()
		h.broker.kill(ctx, b.last, nil)
	case adviserKilled:
		t := h.advisers[b.who%len(h.advisers)]
		t.turn.Lock()
		defer t.turn.Unlock()
		t.kill(ctx, b.last, nil)
	case linkCut, linkHole, linkSlow:
		h.strikeLink(ctx, b)
	case hubFull, hubSlow:
		h.hub.turn.Lock()
		defer h.hub.turn.Unlock()
		h.hubDisk.trouble(ctx, b)
	default:
		h.strikeKiosk(ctx, b)
	}
	h.count1(b.kind)
}

// kill pulls the plug of a program, does something while it is down, and lets
// it start again after a while.
func (a *actor) kill(ctx context.Context, d time.Duration, meanwhile func()) {
	a.down()
	if meanwhile != nil {
		meanwhile()
	}
	sleep(ctx, d)
	a.up()
}

func (h *house) strikeHub(ctx context.Context, b blow) {
	h.hub.turn.Lock()
	defer h.hub.turn.Unlock()
	h.hub.kill(ctx, b.last, func() {
		switch b.kind {
		case hubPower:
			h.spoil(h.hubDisk.cutPower(b.by))
		case hubClock: // from two days behind to four minutes ahead
			shift := time.Duration(b.by * float64(4*time.Minute))
			if b.who%2 == 0 {
				shift = -time.Duration(b.by * float64(48*time.Hour))
			}
			h.mu.Lock()
			h.hubShift = shift
			h.mu.Unlock()
		}
	})
}

func (h *house) strikeKiosk(ctx context.Context, b blow) {
	if b.kind == kioskKilled && b.who%len(h.kiosks) < len(h.screens) {
		h.screens[b.who%len(h.kiosks)].kill()
		return
	}
	some := h.kiosks
	if b.kind.ofDisk() {
		some = some[:min(forgetful, len(some))]
	}
	t := some[b.who%len(some)]
	t.turn.Lock()
	defer t.turn.Unlock()
	switch b.kind {
	case kioskKilled:
		t.kill(ctx, b.last, nil)
	case kioskPower:
		t.kill(ctx, b.last, func() { h.spoil(t.disk.cutPower(b.by)) })
	case kioskFull, kioskSlow:
		t.disk.trouble(ctx, b)
	case kioskClock: // an hour to either side, on the same day
		t.tell(fmt.Sprint(sayClock, int((b.by-0.5)*3600)))
	case kioskWrong: // two days behind to three ahead
		t.lines.Lock()
		defer t.lines.Unlock()
		t.kill(ctx, 0, func() {
			t.link.set(linkCut)
			t.mu.Lock()
			t.ahead = time.Duration((b.by*5 - 2) * float64(24*time.Hour))
			t.mu.Unlock()
		})
		sleep(ctx, b.last)
		t.link.set("")
	}
}

func (h *house) strikeLink(ctx context.Context, b blow) {
	all := append(append([]*terminal{}, h.kiosks...), h.advisers...)
	if h.hubLink != nil && b.who%7 == 0 { // the one that matters most
		h.hub.turn.Lock()
		defer h.hub.turn.Unlock()
		h.hubLink.set(b.kind)
		sleep(ctx, b.last)
		h.hubLink.set("")
		return
	}
	if n := len(h.screens); n > 0 && b.who%9 == 0 {
		s := h.screens[b.who%n]
		s.lines.Lock()
		defer s.lines.Unlock()
		s.link.set(b.kind)
		sleep(ctx, b.last)
		s.link.set("")
		return
	}
	t := all[b.who%len(all)]
	t.lines.Lock()
	defer t.lines.Unlock()
	t.link.set(b.kind)
	sleep(ctx, b.last)
	t.link.set("")
}

func (d *disk) trouble(ctx context.Context, b blow) {
	if b.kind == hubFull || b.kind == kioskFull {
		d.full(true)
		sleep(ctx, b.last)
		d.full(false)
		return
	}
	d.slow(5*time.Millisecond + time.Duration(b.by*float64(60*time.Millisecond)))
	sleep(ctx, b.last)
	d.slow(0)
}

// spoil notes that this machine did not do what it was asked to, which says
// nothing about the programs.
func (h *house) spoil(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil && h.spoiled == nil {
		h.spoiled = fmt.Errorf("this machine: %w", err)
	}
}
