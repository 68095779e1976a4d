package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"accueil/internal/queue"
)

// report is what a storm left.
type report struct {
	Broker      string
	Seed        uint64
	Programs    string
	Faults      map[kind]int
	Least       map[kind]int
	Skipped     []string
	Tickets     int // in people's hands
	Own         int // of them, of their kiosk's own series
	Failed      map[string]int
	Asks        map[string]int // by what advisers were told
	Lost, Twice int
	Odd         int
	Falls       int // programs that ended by themselves and came again
	Longest     time.Duration
	Answers     time.Duration
	Wrong       []string
}

func (r report) good() bool { return len(r.Wrong) == 0 }

// calm lets the weather clear up, has everybody deliver what they have, and
// says who could not.
func (h *house) calm(ctx context.Context) (undelivered []string, err error) {
	h.rough(0)
	for _, s := range h.screens {
		s.leave()
		heir, err := h.open1("kiosk", s.name, nil)
		if err != nil {
			return nil, err
		}
		h.kiosks = append(h.kiosks, heir)
	}
	all := append(append([]*terminal{}, h.kiosks...), h.advisers...)
	delivered := func(t *terminal) bool {
		if !h.ledger.isDelivered(t.name) {
			t.tell(sayStop)
			return false
		}
		return true
	}
	err = h.until(ctx, h.weather.calm, "everything is delivered", func() bool {
		return !slices.ContainsFunc(all, func(t *terminal) bool { return !delivered(t) })
	})
	if err == nil {
		return nil, nil
	}
	for _, t := range all {
		if !h.ledger.isDelivered(t.name) {
			undelivered = append(undelivered, t.name)
		}
	}
	return undelivered, nil
}

// count stops the hub and holds its books against what people have.
func (h *house) count(undelivered []string) (r report, err error) {
	var ending sync.WaitGroup
	for _, t := range append(append([]*terminal{}, h.kiosks...), h.advisers...) {
		ending.Go(func() { t.close(syscall.SIGTERM) })
	}
	ending.Wait()
	h.hub.close(syscall.SIGTERM)
	dir, err := h.bookFolder()
	if err != nil {
		return r, err
	}
	zone, err := h.site.Location()
	if err != nil {
		return r, err
	}
	r = h.summary()
	b, err := readBooks(filepath.Join(dir, "hub.journal"), queue.Rules{Zone: zone})
	if err != nil {
		r.Wrong = []string{"the hub's journal cannot be read: " + err.Error()}
		return r, nil
	}
	lost, twice := b.lost(h.ledger), b.twice(h.ledger)
	r.Lost, r.Twice, r.Odd = len(lost), len(twice), len(b.odds)
	r.Wrong = slices.Concat(lost, twice, b.orphans(), b.early(h.opened), b.atTwoDesks(), b.told(h.ledger), h.tooFew(r))
	for _, name := range undelivered {
		r.Wrong = append(r.Wrong, name+" could not deliver everything")
	}
	for _, line := range h.ledger.unread {
		r.Wrong = append(r.Wrong, "a driver said: "+line)
	}
	r.Wrong = append(r.Wrong, h.verify(dir)...)
	return r, nil
}

// bookFolder is a folder with the hub's journal that this program may read.
func (h *house) bookFolder() (string, error) {
	if h.hubDisk == nil {
		return h.path("hub"), nil
	}
	dir := h.path("books")
	err := os.Mkdir(dir, 0o700)
	for name, data := range h.hubDisk.files() {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	return dir, err
}

func (h *house) summary() report {
	l := h.ledger
	r := report{
		Broker: h.Broker, Seed: h.Seed, Faults: h.injected, Least: map[kind]int{}, Skipped: h.skipped, Tickets: len(l.held),
		Failed: l.failed, Asks: map[string]int{}, Longest: l.longest, Answers: l.answers,
		Programs: fmt.Sprintf("%d kiosks, %d of them on a screen, %d advisers", len(h.kiosks), len(h.screens), len(h.advisers)),
	}
	for k := range h.weather.perMinute {
		r.Least[k] = h.weather.least(k, h.Minutes)
	}
	if h.weather.rough > 0 {
		for _, k := range []kind{messageLost, messageTwice, messageLate} {
			r.Least[k] = max(1, int(40*h.Minutes))
		}
	}
	for _, one := range l.held {
		if one.own {
			r.Own++
		}
	}
	for _, a := range l.asks {
		outcome := a.outcome
		if outcome == "" {
			outcome = "never told"
		}
		r.Asks[outcome]++
	}
	for _, a := range append([]*actor{h.hub}, actors(h.kiosks, h.advisers)...) {
		r.Falls += a.falls()
	}
	return r
}

func actors(groups ...[]*terminal) (all []*actor) {
	for _, g := range groups {
		for _, t := range g {
			all = append(all, t.actor)
		}
	}
	return all
}

// tooFew are the kinds of fault that did not come often enough to show anything.
func (h *house) tooFew(r report) (wrong []string) {
	for k, least := range r.Least {
		if r.Faults[k] < least {
			wrong = append(wrong, fmt.Sprintf("too few faults: %s %d times, at least %d are needed", k, r.Faults[k], least))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// verify asks hub verify, as anybody can.
func (h *house) verify(dir string) []string {
	out, err := exec.Command(filepath.Join(h.Bin, "hub"), "verify", "--json", "--data", dir).Output()
	var found struct {
		Wrong []string `json:"wrong"`
	}
	if again := json.Unmarshal(out, &found); again != nil || err != nil && len(found.Wrong) == 0 {
		return []string{fmt.Sprintf("hub verify: %v %v: %s", err, again, out)}
	}
	return found.Wrong
}

// shown is how many broken promises are printed.
const shown = 20

func (r report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "broker %s, seed %d, %s\n", r.Broker, r.Seed, r.Programs)
	var kinds []kind
	for k := range r.Least {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		fmt.Fprintf(&b, "  %-42s %6d  (at least %d)\n", k, r.Faults[k], r.Least[k])
	}
	for _, s := range r.Skipped {
		fmt.Fprintln(&b, "  skipped:", s)
	}
	fmt.Fprintf(&b, "  tickets in people's hands %d, of kiosks' own series %d, presses without a ticket %v\n", r.Tickets, r.Own, r.Failed)
	fmt.Fprintf(&b, "  advisers' requests %v\n", r.Asks)
	fmt.Fprintf(&b, "  programs that gave up by themselves and came again %d\n", r.Falls)
	fmt.Fprintf(&b, "  longest wait for a ticket %v, for an answer at a desk %v\n", r.Longest.Round(time.Millisecond), r.Answers.Round(time.Millisecond))
	fmt.Fprintf(&b, "  lost %d, twice %d, odd %d\n", r.Lost, r.Twice, r.Odd)
	for i, w := range r.Wrong {
		if i == shown {
			fmt.Fprintf(&b, "  and %d more\n", len(r.Wrong)-shown)
			break
		}
		fmt.Fprintln(&b, "  WRONG:", w)
	}
	return b.String()
}
