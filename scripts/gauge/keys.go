package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"accueil/config"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

const (
	desksAtWork  = 10
	callsAMinute = 200 // far more than a centre has: some thousand interviews a year at each hub
	queueLength  = 40  // whom the desks find, each with a phone that follows
)

// keys is from an adviser's key to whatever shows it: the board, the other
// desks, and the phone of who is called. Everybody is connected to one real hub,
// kiosks issue and desks work at a steady pace, and every ticket is on a phone.
func (g gauge) keys(dir string) ([]row, error) {
	h, err := g.newHall(dir)
	if err != nil {
		return nil, err
	}
	defer h.close()
	for range queueLength {
		if err := h.arrive(); err != nil {
			return nil, err
		}
	}
	floor, err := newFloor(h.url, dir)
	if err != nil {
		return nil, err
	}
	defer floor.close()
	n := g.samples(400)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var work errgroup.Group
	work.Go(func() error { return h.arrivals(ctx) })
	var floors []time.Duration
	work.Go(func() (err error) { floors, err = beside(ctx, floor); return err })
	var desks errgroup.Group
	for _, d := range h.desks {
		desks.Go(func() error { return h.serve(d, n/desksAtWork) })
	}
	err = desks.Wait()
	stop()
	if err := errors.Join(err, work.Wait()); err != nil {
		return nil, err
	}
	return h.rows(quantile(floors, 0.99))
}

// beside takes the floor at the pace of the calls, at the same time.
func beside(ctx context.Context, f floor) (took []time.Duration, err error) {
	pace := time.NewTicker(time.Minute / callsAMinute)
	defer pace.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return took, nil
		case <-pace.C:
		}
		began := time.Now()
		if err := f.once(i); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
}

// hall is everybody who is connected, and what they have learnt of the calls.
type hall struct {
	hub    *program
	url    string
	pages  string
	dir    string
	kiosks []*uplink.Uplink
	desks  []desk
	all    []*uplink.Uplink
	ctx    context.Context
	stop   context.CancelFunc
	client http.Client

	mu     sync.Mutex
	issued int
	calls  map[queue.Label]time.Time
	board  map[queue.Label]time.Time
	phones map[queue.Label]time.Time
	others []map[queue.Label]time.Time // of each desk
}

func (g gauge) newHall(dir string) (*hall, error) {
	hub, url, err := g.startHub(filepath.Join(dir, "hub"), "--terminals", "200")
	if err != nil {
		return nil, err
	}
	h := &hall{
		hub: hub, url: url, pages: regexp.MustCompile(`http://[0-9.:]+`).FindString(hub.said), dir: dir,
		client: http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		calls:  map[queue.Label]time.Time{}, board: map[queue.Label]time.Time{}, phones: map[queue.Label]time.Time{},
	}
	h.ctx, h.stop = context.WithCancel(context.Background())
	if err := h.fill(); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func (h *hall) close() {
	h.stop()
	for _, u := range h.all {
		u.Close()
	}
	h.hub.stop()
}

// fill connects everybody.
func (h *hall) fill() error {
	content, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return problems[0]
	}
	board, err := h.join(wire.RoleBoard, "hall")
	if err != nil {
		return err
	}
	board.OnChange(func() { h.showOnBoard(board) })
	for i := range kiosks {
		u, err := h.join(wire.RoleKiosk, fmt.Sprint("pc-", i))
		if err != nil {
			return err
		}
		h.kiosks = append(h.kiosks, u)
	}
	for i := range desksAtWork {
		u, err := h.join(wire.RoleAdviser, fmt.Sprint("desk-", i))
		if err != nil {
			return err
		}
		d := desk{u, content.Desks[i].Key}
		if _, err := d.do(queue.Ask{Do: queue.DoOpenDesk, Services: []string{waiting.Service}}); err != nil {
			return err
		}
		h.desks = append(h.desks, d)
		h.others = append(h.others, map[queue.Label]time.Time{})
		u.OnChange(func() { h.showAtDesk(i, u) })
	}
	return nil
}

func (h *hall) join(role, name string) (*uplink.Uplink, error) {
	u, err := uplink.Open(uplink.Options{
		Site: "villette", Role: role, Name: name, Dir: filepath.Join(h.dir, name), URL: h.url, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	h.all = append(h.all, u)
	go u.Run(h.ctx)
	if err := wait(u.Hub); err != nil {
		return nil, fmt.Errorf("%s does not become ready: %w", name, err)
	}
	return u, nil
}

// first notes when a label was seen first.
func (h *hall) first(seen map[queue.Label]time.Time, labels ...queue.Label) {
	now := time.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, l := range labels {
		if _, known := seen[l]; !known {
			seen[l] = now
		}
	}
}

func (h *hall) showOnBoard(u *uplink.Uplink) {
	v, _ := u.Public()
	for _, c := range v.Calls {
		h.first(h.board, c.Label)
	}
}

func (h *hall) showAtDesk(i int, u *uplink.Uplink) {
	v, _ := u.Service(waiting.Service)
	for _, d := range v.Desks {
		if d.Ticket != nil {
			h.first(h.others[i], d.Ticket.Label)
		}
	}
}

// arrive is one more person: a ticket of the next kiosk, and its page.
func (h *hall) arrive() error {
	t, err := h.kiosks[h.issued%len(h.kiosks)].Issue(h.ctx, waiting)
	h.issued++
	if err != nil {
		return err
	}
	answer, err := h.client.Get(h.pages + "/t/" + string(t.Code) + "/live?lang=fr")
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return fmt.Errorf("a page cannot follow: %s", answer.Status)
	}
	go h.follow(answer.Body, t.Label)
	return nil
}

// follow notes when a page says that it is its person's turn.
func (h *hall) follow(page io.ReadCloser, label queue.Label) {
	defer page.Close()
	for lines := bufio.NewScanner(page); lines.Scan(); {
		if strings.Contains(lines.Text(), `data-state="called"`) {
			h.first(h.phones, label)
			return
		}
	}
}

func (h *hall) arrivals(ctx context.Context) error {
	pace := time.NewTicker(time.Minute / callsAMinute)
	defer pace.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pace.C:
		}
		if err := h.arrive(); err != nil {
			return err
		}
	}
}

// serve is one desk at work: pauses as long as each other on average between its
// keys, so that all desks together make callsAMinute.
func (h *hall) serve(d desk, visits int) error {
	pause := desksAtWork * time.Minute / callsAMinute / 3
	for range visits {
		for _, do := range []queue.Deed{queue.DoCall, queue.DoStart, queue.DoFinish} {
			time.Sleep(pause/2 + rand.N(pause))
			began := time.Now()
			reply, err := d.do(queue.Ask{Do: do})
			if err != nil {
				return fmt.Errorf("%s: %w", do, err)
			}
			if do == queue.DoCall {
				h.mu.Lock()
				h.calls[reply.Ticket.Label] = began
				h.mu.Unlock()
			}
		}
	}
	return nil
}

// rows are the figures, when everybody has learnt of the last call.
func (h *hall) rows(floor float64) ([]row, error) {
	var took [3][]time.Duration
	err := wait(func() bool {
		var whole bool
		took, whole = h.took()
		return whole
	})
	if err != nil {
		return nil, fmt.Errorf("somebody was not told of a call: %d calls; heard by the board %d, other desks %d, phones %d",
			len(h.calls), len(took[0]), len(took[1]), len(took[2]))
	}
	var all []row
	for i, who := range []string{"board", "the other desks", "the phone of who is called"} {
		p99 := quantile(took[i], 0.99)
		all = append(all, row{
			Name: fmt.Sprintf("key to %s, p99, %d kiosks, %d desks", who, kiosks, desksAtWork), Measured: p99, Unit: "ms", Bound: "≤ 50 ms", OK: p99 <= 50,
			Beside: "ms p99 of fsync + MQTT round trip + commit", Floor: floor, Ratio: p99 / floor,
			Note: fmt.Sprintf("p50 %.1f ms; %d calls a minute, each with its start and end, and as many tickets, each on a phone", quantile(took[i], 0.5), callsAMinute),
		})
	}
	return all, nil
}

// took is how long board, other desks and phones took to know, and whether all
// of them know of every call.
func (h *hall) took() (took [3][]time.Duration, whole bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	whole = true
	add := func(i int, seen map[queue.Label]time.Time, label queue.Label, began time.Time) {
		at, known := seen[label]
		whole = whole && known
		if known {
			took[i] = append(took[i], at.Sub(began))
		}
	}
	for label, began := range h.calls {
		add(0, h.board, label, began)
		add(2, h.phones, label, began)
		for _, seen := range h.others {
			add(1, seen, label, began)
		}
	}
	return took, whole
}
