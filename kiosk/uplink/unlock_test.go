package uplink

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

func TestRequestsCarryThePassOfThePIN(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		o := h.kiosk("")
		o.Role = wire.RoleAdviser
		u, _ := begin(t, o)
		h.meet()
		locked := 0
		u.OnLocked(func() { locked++ })
		ask := func(id string) error {
			_, err := u.Ask(t.Context(), queue.Ask{ID: id, Do: queue.DoCall})
			return err
		}
		if _, err := u.Unlock(t.Context(), ""); err != nil || ask("1") != nil {
			t.Errorf("where there is no PIN: %v", err)
		}
		h.mu.Lock()
		h.pin = "482913"
		h.mu.Unlock()
		if err := ask("2"); !errors.Is(err, wire.Locked) || locked != 1 {
			t.Errorf("a PIN has been set: %v, told %d times", err, locked)
		}
		if _, err := u.Unlock(t.Context(), ""); !errors.Is(err, wire.Locked) {
			t.Errorf("asked whether: %v", err)
		}
		if wait, err := u.Unlock(t.Context(), "000001"); !errors.Is(err, wire.WaitPIN) || wait != 30*time.Second {
			t.Errorf("a wrong PIN: %v, %v", wait, err)
		}
		if _, err := u.Unlock(t.Context(), "482913"); err != nil || ask("3") != nil {
			t.Errorf("the right PIN: %v", err)
		}
		u.Lock()
		if err := ask("4"); !errors.Is(err, wire.Locked) {
			t.Errorf("locked again: %v", err)
		}
	})
}

// A kiosk that the hub does not let in any more issues nothing: its tickets would
// never reach the queue. One that only cannot reach the hub does.
func TestWhoIsTurnedAwayIssuesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		issue(t, u, creer)
		fail := func(err error) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.failure = err
		}
		fail(fmt.Errorf("dial: %w", line.ErrNotAdmitted))
		if _, err := u.Issue(t.Context(), creer); !errors.Is(err, ErrTurnedAway) || !errors.Is(err, ErrNotReady) {
			t.Errorf("turned away: %v", err)
		}
		fail(errors.New("connection refused"))
		issue(t, u, creer)
	})
}
