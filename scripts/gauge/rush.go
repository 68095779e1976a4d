package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// brokers are those that everything is measured with.
var brokers = []string{"embedded broker", "Mosquitto"}

// withBroker gives a folder and the address of a broker, "" for the embedded one,
// to what measures. Without the broker there is a row that says so.
func withBroker(dir, name, what string, measure func(dir, url string) ([]row, error)) ([]row, error) {
	own := filepath.Join(dir, name+what)
	if err := os.Mkdir(own, 0o700); err != nil {
		return nil, err
	}
	if name == brokers[0] {
		return measure(own, "")
	}
	p, url, err := startMosquitto(own)
	if errors.Is(err, errNoMosquitto) {
		return []row{{Name: what + ", " + name, Bound: "skipped", OK: true, Note: err.Error()}}, nil
	}
	if err != nil {
		return nil, err
	}
	defer p.stop()
	return measure(own, url)
}

// rushes are so many kiosks that issue without a pause, beside the same commits
// and messages with nothing else to them.
func (g gauge) rushes(dir string) (all []row, err error) {
	defer spread()()
	for _, broker := range brokers {
		for _, n := range []int{1, 8, 41, 200} {
			what := fmt.Sprintf("tickets, %d kiosks flat out", n)
			if n == 1 {
				what = "tickets, 1 kiosk flat out"
			}
			rows, err := withBroker(dir, broker, what, func(dir, url string) ([]row, error) {
				return g.rush(dir, url, what+", "+broker, n)
			})
			if err != nil {
				return all, fmt.Errorf("%s, %s: %w", what, broker, err)
			}
			all = append(all, rows...)
		}
	}
	return all, nil
}

func (g gauge) rush(dir, url, name string, n int) ([]row, error) {
	c, us, err := open(dir, url, n)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	pipe, err := newPipeline(c.URL, dir, n)
	if err != nil {
		return nil, err
	}
	defer pipe.close()
	var lock sync.Mutex
	var took []time.Duration
	rounds, each := g.samples(21), max(1, 400/n)
	if n == 1 {
		each = 100
	}
	pairs, err := takeTurns(rounds, n, each, pipe.issue, func(k int) error {
		began := time.Now()
		_, err := us[k].Issue(context.Background(), order(c))
		lock.Lock()
		defer lock.Unlock()
		took = append(took, time.Since(began))
		return err
	})
	if err != nil {
		return nil, err
	}
	r := row{
		Name: name, Measured: pairs.ours(), Unit: "tickets/s", Beside: "tickets/s bare",
		Floor: pairs.bare(), Ratio: pairs.ratio(), Bound: "shown", OK: true,
		Note: fmt.Sprintf("tap to label p50 %.1f, p95 %.1f, p99 %.1f ms; %s", quantile(took, 0.5), quantile(took, 0.95), quantile(took, 0.99), pairs),
	}
	if n == kiosks && url == "" {
		r.Bound, r.OK = "ratio ≥ 0.8", r.Ratio >= 0.8
	}
	return []row{r}, nil
}

// desksAtWork are ten advisers who call, start and finish without a pause, beside
// three requests that are committed and answered and nothing else.
func (g gauge) desksAtWork(dir string) (all []row, err error) {
	defer spread()()
	for _, broker := range brokers {
		rows, err := withBroker(dir, broker, "calls, 10 desks flat out", func(dir, url string) ([]row, error) {
			return g.calls(dir, url, "calls, 10 desks flat out, "+broker)
		})
		if err != nil {
			return all, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

func (g gauge) calls(dir, url, name string) ([]row, error) {
	const desks, each = 10, 20
	c, us, err := open(dir, url, 8)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	work, err := openDesks(c, desks)
	if err != nil {
		return nil, err
	}
	pipe, err := newPipeline(c.URL, dir, desks)
	if err != nil {
		return nil, err
	}
	defer pipe.close()
	rounds := g.samples(21)
	if _, err := perSecond(len(us), rounds*desks*each/len(us)+1, func(k int) error { // who is to be called
		_, err := us[k].Issue(context.Background(), order(c))
		return err
	}); err != nil {
		return nil, err
	}
	pairs, err := takeTurns(rounds, desks, each, func(k int) error {
		for range 3 {
			if err := pipe.ask(k); err != nil {
				return err
			}
		}
		return nil
	}, func(k int) error { return work[k].visit() })
	if err != nil {
		return nil, err
	}
	return []row{{
		Name: name, Measured: pairs.ours(), Unit: "calls/s", Beside: "calls/s bare",
		Floor: pairs.bare(), Ratio: pairs.ratio(), Bound: "shown", OK: true, Note: "each with its start and end; " + pairs.String(),
	}}, nil
}

// spread lets the many programs that this one plays wait for the disk at once,
// as they would on machines of their own, until the returned function is called.
func spread() (back func()) {
	before := runtime.GOMAXPROCS(max(8, runtime.NumCPU()))
	return func() { runtime.GOMAXPROCS(before) }
}

// pair are the speeds of one round of each side, one after the other: what the
// machine does besides changes more slowly.
type pair struct{ bare, ours float64 }

type pairs []pair

// takeTurns measures both sides in rounds, in each of which so many do something
// so many times.
func takeTurns(rounds, n, each int, bare, ours func(k int) error) (pairs, error) {
	var all pairs
	for i := range rounds {
		var p pair
		var err error
		turns := []struct {
			do    func(int) error
			speed *float64
		}{{bare, &p.bare}, {ours, &p.ours}}
		if i%2 == 1 { // who comes first has no advantage
			slices.Reverse(turns)
		}
		for _, t := range turns {
			if *t.speed, err = perSecond(n, each, t.do); err != nil {
				return nil, err
			}
		}
		all = append(all, p)
	}
	return all, nil
}

func (p pairs) quantile(of func(pair) float64, q float64) float64 {
	var all []float64
	for _, one := range p {
		all = append(all, of(one))
	}
	slices.Sort(all)
	return all[min(len(all)-1, int(q*float64(len(all))))]
}

func (p pairs) ours() float64 { return p.quantile(func(o pair) float64 { return o.ours }, 0.5) }
func (p pairs) bare() float64 { return p.quantile(func(o pair) float64 { return o.bare }, 0.5) }

// at is a quantile of the ratios of the pairs.
func (p pairs) at(q float64) float64 {
	return p.quantile(func(o pair) float64 { return o.ours / o.bare }, q)
}
func (p pairs) ratio() float64 { return p.at(0.5) }

func (p pairs) String() string {
	return fmt.Sprintf("median of %d pairs of rounds, half of them between %.2f and %.2f", len(p), p.at(0.25), p.at(0.75))
}

// perSecond has n do something so many times each, all at once.
func perSecond(n, each int, do func(k int) error) (float64, error) {
	var work errgroup.Group
	began := time.Now()
	for k := range n {
		work.Go(func() error {
			for range each {
				if err := do(k); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := work.Wait()
	return float64(n*each) / time.Since(began).Seconds(), err
}
