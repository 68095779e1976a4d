package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// flatOut is 41 kiosks that issue without a pause, beside the same commits and
// messages with nothing else to them.
func (g gauge) flatOut(dir string) ([]row, error) {
	defer spread()()
	c, us, err := open(dir, kiosks)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	pipe, err := newPipeline(c.URL, dir, kiosks)
	if err != nil {
		return nil, err
	}
	defer pipe.close()
	pairs, err := g.pairs(31, 10*kiosks, pipe.issue, func(k int) error {
		_, err := us[k].Issue(context.Background(), order(c))
		return err
	})
	if err != nil {
		return nil, err
	}
	return []row{{
		Name: "41 kiosks flat out", Measured: pairs.ours(), Unit: "tickets/s", Beside: "tickets/s through the bare pipeline",
		Floor: pairs.bare(), Ratio: pairs.ratio(), Bound: "ratio ≥ 0.8", OK: pairs.ratio() >= 0.8,
		Note: fmt.Sprintf("median of %d pairs of short rounds, half of them between %.2f and %.2f", len(pairs), pairs.at(0.25), pairs.at(0.75)),
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

// pairs takes turns between both sides, so many rounds of so many in all.
func (g gauge) pairs(rounds, each int, bare, ours func(kiosk int) error) (pairs, error) {
	var all pairs
	for i := range g.samples(rounds) {
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
			if *t.speed, err = perSecond(kiosks, each/kiosks, t.do); err != nil {
				return nil, err
			}
		}
		all = append(all, p)
	}
	return all, nil
}

func (p pairs) median(of func(pair) float64, q float64) float64 {
	var all []float64
	for _, one := range p {
		all = append(all, of(one))
	}
	slices.Sort(all)
	return all[min(len(all)-1, int(q*float64(len(all))))]
}

func (p pairs) ours() float64 { return p.median(func(o pair) float64 { return o.ours }, 0.5) }
func (p pairs) bare() float64 { return p.median(func(o pair) float64 { return o.bare }, 0.5) }

// at is a quantile of the ratios.
func (p pairs) at(q float64) float64 {
	return p.median(func(o pair) float64 { return o.ours / o.bare }, q)
}
func (p pairs) ratio() float64 { return p.at(0.5) }

// perSecond has so many kiosks do something so many times, all at once.
func perSecond(kiosks, each int, do func(kiosk int) error) (float64, error) {
	var work errgroup.Group
	began := time.Now()
	for k := range kiosks {
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
	return float64(kiosks*each) / time.Since(began).Seconds(), err
}
