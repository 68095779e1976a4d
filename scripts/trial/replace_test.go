package trial_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// TestHubIsReplaced backs a hub up while kiosks issue and an adviser calls, kills
// it some time later, and goes on with the backup in another folder: everybody
// who holds a ticket is in the books, and no number is in two hands.
func TestHubIsReplaced(t *testing.T) {
	h := newHub(t, "--clock", "2026-11-24T10:30")
	var all []handed
	var ends []*uplink.Uplink
	for n := range 4 {
		u := terminal(t, h, wire.RoleKiosk, fmt.Sprint("k", n), t.TempDir())
		all = append(all, meet(t, u)...)
		ends = append(ends, u)
	}
	adviser := terminal(t, h, wire.RoleAdviser, "a1", "")
	ctx, stop := context.WithCancel(t.Context())
	results := make([]desk, len(ends))
	var work sync.WaitGroup
	for n, u := range ends {
		work.Go(func() { results[n] = issueUntil(ctx, t, u) })
	}
	work.Go(func() { callUntil(ctx, adviser) })

	pause(ctx, time.Second)
	file := filepath.Join(t.TempDir(), "accueil.backup")
	if status, out, said := ended(t, "hub", "backup", file, "--data", h.dir); status != 0 {
		t.Errorf("backup under load: status %d: %s%s", status, out, said)
	}
	pause(ctx, time.Second) // what comes now is not in the backup
	h.kill()
	pause(ctx, 500*time.Millisecond)
	h.dir = filepath.Join(t.TempDir(), "elsewhere")
	if status, out, said := ended(t, "hub", "restore", file, "--data", h.dir); status != 0 {
		t.Fatalf("restore: status %d: %s%s", status, out, said)
	}
	h.withArguments = []string{"--clock", "2026-11-24T10:40"} // a rehearsed clock begins anew
	h.start()
	for _, u := range ends { // let them come back while others issue
		await(t, "the restored hub is there", u.Hub)
	}
	pause(ctx, 2*time.Second)
	stop()
	work.Wait()
	await(t, "the hub has everything", sent(ends...))
	h.stop()
	numbers, own := map[bool]int{}, 0
	for _, d := range results {
		all = append(all, d.tickets...)
		own += d.own
	}
	hands := map[queue.Label]bool{}
	for _, one := range all {
		if hands[one.label] {
			t.Errorf("%s is in two hands", one.label)
		}
		hands[one.label] = true
		if !one.label.Own() {
			numbers[one.label.Number() > 1000]++
		}
	}
	h.books().hold(t, all)
	if numbers[false] == 0 || numbers[true] == 0 {
		t.Errorf("%d numbers of the first hub, %d of the second: the trial showed nothing", numbers[false], numbers[true])
	}
	status, out, said := ended(t, "hub", "verify", "--json", "--data", h.dir)
	var v struct {
		Wrong    []string
		Restored []struct{ Facts, Tickets, Papers int }
	}
	if err := json.Unmarshal([]byte(out), &v); err != nil || status != 0 || len(v.Wrong) != 0 || len(v.Restored) != 1 {
		t.Fatalf("verify: status %d, %v: %s%s", status, err, out, said)
	}
	if r := v.Restored[0]; r.Tickets == 0 || r.Papers == 0 {
		t.Errorf("verify knows of nothing that was sent again: %+v", r)
	}
	t.Logf("%d tickets, %d with numbers of the first hub, %d of the second, %d of kiosks; sent again: %+v",
		len(all), numbers[false], numbers[true], own, v.Restored[0])
}
