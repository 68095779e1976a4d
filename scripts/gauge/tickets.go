package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
	"accueil/scripts/centre"

	"go.etcd.io/bbolt"
)

const kiosks = 41

// open starts a centre over TCP, with the broker at a given address or the
// embedded one, with so many kiosks that can issue.
func open(dir, broker string, n int) (*centre.Centre, []*uplink.Uplink, error) {
	// Half past ten on a working day: the services are open.
	shift := time.Until(time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC))
	c, err := centre.Start(centre.Options{Dir: dir, TCP: broker == "", Broker: broker, Now: func() time.Time { return time.Now().Add(shift) }})
	if err != nil {
		return nil, nil, err
	}
	var all []*uplink.Uplink
	for i := range n {
		u, err := c.Terminal(wire.RoleKiosk, fmt.Sprint("pc-", i))
		if err != nil {
			return nil, nil, err
		}
		all = append(all, u)
	}
	for _, u := range all {
		err := wait(func() bool {
			if !u.Hub() {
				return false
			}
			t, err := u.Issue(context.Background(), order(c))
			return err == nil && !t.Own
		})
		if err != nil {
			return nil, nil, fmt.Errorf("a kiosk does not become ready: %w", err)
		}
	}
	return c, all, nil
}

func order(c *centre.Centre) uplink.Order {
	s := c.Site.Services[0]
	return uplink.Order{Service: s.Key, Letter: s.Letter, Language: "fr"}
}

// wait looks often until something is so.
func wait(is func() bool) error {
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if is() {
			return nil
		}
	}
	return context.DeadlineExceeded
}

// tap is one kiosk's tap to label, durable at both ends.
func (g gauge) tap(dir string) ([]row, error) {
	c, us, err := open(dir, "", 1)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	n := g.samples(400)
	floor, err := newFloor(c.URL, dir)
	if err != nil {
		return nil, err
	}
	defer floor.close()
	var took, floors []time.Duration
	for i := range n { // in turns, because the machine's speed drifts
		began := time.Now()
		if err := floor.once(i); err != nil {
			return nil, err
		}
		floors = append(floors, time.Since(began))
		began = time.Now()
		if _, err := us[0].Issue(context.Background(), order(c)); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
	p50, least := quantile(took, 0.5), quantile(floors, 0.5)
	return []row{{
		Name: "tap to label at one kiosk, p50", Measured: p50, Unit: "ms", Beside: "ms fsync + MQTT round trip + group commit",
		Floor: least, Ratio: p50 / least, Bound: "ratio ≤ 2", OK: p50/least <= 2,
		Note: fmt.Sprintf("p95 %.2f ms, p99 %.2f ms", quantile(took, 0.95), quantile(took, 0.99)),
	}}, nil
}

// floor is what no kiosk could do without: one fsync, one round trip through
// the broker, one commit.
type floor struct {
	file *os.File
	db   *bbolt.DB
	echo *echo
}

func newFloor(url, dir string) (f floor, err error) {
	if f.file, err = os.Create(filepath.Join(dir, "raw")); err != nil {
		return f, err
	}
	if f.db, err = openStore(filepath.Join(dir, "floor.db")); err != nil {
		return f, err
	}
	f.echo, err = newEcho(url)
	return f, err
}

func (f floor) once(i int) error {
	if _, err := f.file.Write(record); err != nil {
		return err
	}
	if err := f.file.Sync(); err != nil {
		return err
	}
	if err := f.echo.roundTrip(request); err != nil {
		return err
	}
	return put(f.db, i, record)
}

// record is a fact of a ticket, in bytes as it is.
var record = make([]byte, 110)

func (f floor) close() { f.echo.close(); f.db.Close(); f.file.Close() }

// openStore opens a store as the journal opens its own.
func openStore(path string) (*bbolt.DB, error) {
	return bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true})
}

func put(db *bbolt.DB, i int, values ...[]byte) error {
	return db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte("facts"))
		if err != nil {
			return err
		}
		for k, v := range values {
			if err := b.Put(fmt.Appendf(nil, "%012d-%06d", i, k), v); err != nil {
				return err
			}
		}
		return nil
	})
}

// echo is two clients of a broker: what one says the other repeats.
type echo struct{ near, far *line.Line }

const (
	there = "accueil/v1/villette/kiosk/bench/facts"
	back  = "accueil/v1/villette/kiosk/bench/acks"
)

func newEcho(url string) (*echo, error) {
	connect := func(name, filter string) (*line.Line, error) {
		l, err := line.Connect(context.Background(), line.Options{URL: url, ClientID: name, Name: name, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			return nil, err
		}
		if err := l.Subscribe(filter); err != nil {
			return nil, err
		}
		return l, wait(l.Up)
	}
	near, err := connect("bench-near", back)
	if err != nil {
		return nil, err
	}
	far, err := connect("bench-far", there)
	if err != nil {
		return nil, err
	}
	go func() {
		for m := range far.Messages() {
			far.Publish(back, m.Payload, false)
		}
	}()
	return &echo{near, far}, nil
}

func (e *echo) roundTrip(payload []byte) error {
	if err := e.near.Publish(there, payload, false); err != nil {
		return err
	}
	<-e.near.Messages()
	return nil
}

func (e *echo) close() { e.near.Close(); e.far.Close() }

// callToBoard is from an adviser's key to the board's view, with everybody there.
func (g gauge) callToBoard(dir string) ([]row, error) {
	c, us, err := open(dir, "", kiosks)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	board, err := c.Terminal(wire.RoleBoard, "hall")
	if err != nil {
		return nil, err
	}
	desks, err := openDesks(c, 10)
	if err != nil {
		return nil, err
	}
	var took []time.Duration
	for i := range g.samples(300) {
		if _, err := us[i%kiosks].Issue(context.Background(), order(c)); err != nil {
			return nil, err
		}
		desk := desks[i%10]
		began := time.Now()
		reply, err := desk.do(queue.Ask{Do: queue.DoCall})
		if err != nil {
			return nil, err
		}
		for {
			v, _ := board.Public()
			if len(v.Calls) > 0 && v.Calls[0].Label == reply.Ticket.Label {
				break
			}
			time.Sleep(100 * time.Microsecond)
		}
		took = append(took, time.Since(began))
		for _, do := range []queue.Deed{queue.DoStart, queue.DoFinish} {
			if _, err := desk.do(queue.Ask{Do: do}); err != nil {
				return nil, err
			}
		}
	}
	return []row{{
		Name: "call to board, p99, desks that call without a pause", Measured: quantile(took, 0.99), Unit: "ms", Bound: "shown", OK: true,
		Note: fmt.Sprintf("p50 %.2f ms; views leave at most 20 times a second", quantile(took, 0.5)),
	}}, nil
}
