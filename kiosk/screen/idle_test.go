package screen_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"accueil/kiosk/screen/screentest"
)

// idler is a role that is warned after 20 seconds and reset after 30.
type idler struct {
	stub
	off   bool
	warns []time.Duration
	reset int
}

func (r *idler) Idle() (warn, reset time.Duration) {
	if r.off {
		return 0, 0
	}
	return 20 * time.Second, 30 * time.Second
}

func (r *idler) IdleWarn(left time.Duration) { r.warns = append(r.warns, left) }
func (r *idler) IdleReset()                  { r.reset++ }

func idleBubble(t *testing.T, role *idler, test func(t *testing.T, d *screentest.Driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		role.name = "first"
		test(t, screentest.Start(t, role, 80, 22))
	})
}

func TestIdleWarnsThenResets(t *testing.T) {
	role := &idler{}
	idleBubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Advance(19 * time.Second)
		if len(role.warns) > 0 {
			t.Fatalf("warned early: %v", role.warns)
		}
		d.Advance(20 * time.Second)
		if role.reset != 1 {
			t.Errorf("%d resets", role.reset)
		}
		if !slices.IsSortedFunc(role.warns, func(a, b time.Duration) int { return int(b - a) }) || len(role.warns) < 8 {
			t.Errorf("warnings do not count down: %v", role.warns)
		}
		d.Advance(15 * time.Second)
		if role.reset != 1 {
			t.Errorf("%d resets, the second too early", role.reset)
		}
	})
}

// TestIdleNeverCutsOffSomeoneTyping: each key counts, used or not.
func TestIdleNeverCutsOffSomeoneTyping(t *testing.T) {
	role := &idler{}
	idleBubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for range 20 {
			d.Advance(15 * time.Second)
			d.Type("z")
		}
		if role.reset > 0 || len(role.warns) > 0 {
			t.Errorf("%d resets, warnings %v", role.reset, role.warns)
		}
	})
}

func TestTouchTakesTheWarningBack(t *testing.T) {
	role := &idler{}
	idleBubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Advance(25 * time.Second)
		if len(role.warns) == 0 {
			t.Fatal("no warning")
		}
		d.TapAt(70, 18)
		if last := role.warns[len(role.warns)-1]; last != 0 {
			t.Errorf("warnings %v do not end with 0", role.warns)
		}
		d.Advance(19 * time.Second)
		if role.reset > 0 {
			t.Error("reset although someone was there")
		}
	})
}

// TestWarningStartsDeadTime: a finger on its way when the warning appears must
// not hit "I have finished".
func TestWarningStartsDeadTime(t *testing.T) {
	role := &idler{}
	idleBubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for len(role.warns) == 0 {
			d.Advance(100 * time.Millisecond)
		}
		d.TapAt(5, 4)
		role.expect(t)
		d.Advance(afterDeadTime)
		d.TapAt(5, 4)
		role.expect(t, "a")
	})
}

// TestIdleCountsFromWhenItBegins: a screen that shows by itself after minutes of
// waiting gets its whole time.
func TestIdleCountsFromWhenItBegins(t *testing.T) {
	role := &idler{off: true}
	idleBubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Advance(5 * time.Minute)
		d.Post(func() { role.off = false })
		d.Advance(19 * time.Second)
		if role.reset > 0 || len(role.warns) > 0 {
			t.Errorf("%d resets, warnings %v", role.reset, role.warns)
		}
		d.Advance(20 * time.Second)
		if role.reset != 1 {
			t.Errorf("%d resets", role.reset)
		}
	})
}
