package screen_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

func TestTapActsOnRelease(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		role.expect(t)
		d.See("▌") // held down, and it shows
		d.Release(5, 4)
		role.expect(t, "a")
		d.NotSee("▌")
	})
}

// TestTrembleIsATap: tview's own buttons lose a tap whose release is one cell
// beside its press.
func TestTrembleIsATap(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Move(6, 4)
		d.Move(6, 5)
		d.Release(6, 5)
		role.expect(t, "a")
	})
}

func TestReleaseOutsideDoesNothing(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Move(26, 8)
		d.NotSee("▌")
		d.Release(26, 8)
		d.Press(5, 4)
		d.Release(35, 4) // on another target: not that one either
		role.expect(t)
	})
}

func TestFingerMayLeaveAndComeBack(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Move(26, 8)
		d.Move(5, 4)
		d.See("▌")
		d.Release(5, 4)
		role.expect(t, "a")
	})
}

// TestLongPressIsATap: whoever holds on acts once, when letting go.
func TestLongPressIsATap(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Advance(8 * time.Second)
		role.expect(t)
		d.See("▌")
		d.Release(5, 4)
		role.expect(t, "a")
	})
}

// TestSecondFingerDoesNotAct: terminals report it as a jump of the first, which
// has then left its target; only what it comes back to counts.
func TestSecondFingerDoesNotAct(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Move(35, 4) // the second finger, on another button
		d.NotSee("▌")
		d.Release(35, 4)
		role.expect(t)
		d.Press(5, 4)
		d.Move(35, 4)
		d.Move(5, 4) // and up again
		d.Release(5, 4)
		role.expect(t, "a")
	})
}

// TestOtherButtonsDoNothing: a mouse beside the keyboard has more than one.
func TestOtherButtonsDoNothing(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, b := range []tcell.ButtonMask{tcell.ButtonSecondary, tcell.ButtonMiddle, tcell.Button4} {
			d.Button(5, 4, b)
			d.Button(5, 4, tcell.ButtonNone)
		}
		role.expect(t)
	})
}

// TestQuickTapsAllCount: tview takes the second of two quick taps for a double
// click.
func TestQuickTapsAllCount(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.TapAt(5, 4)
		d.TapAt(35, 4)
		d.TapAt(35, 4)
		role.expect(t, "a", "b", "b")
	})
}

func TestChangeOfScreenStartsDeadTime(t *testing.T) {
	role := &stub{}
	role.act = func(string) { role.name += "!" }
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.TapAt(5, 4)
		d.Advance(300 * time.Millisecond)
		d.TapAt(5, 4) // the second of a double tap, meant for the first screen
		role.expect(t, "a")
		d.Advance(100 * time.Millisecond)
		d.TapAt(5, 4)
		role.expect(t, "a", "a")
	})
}

func TestPressBeforeAChangeOfScreenIsForgotten(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Post(func() { role.name = "second" })
		d.Advance(afterDeadTime)
		d.Release(5, 4)
		role.expect(t)
	})
}

func TestTargetThatGoesIsLetGo(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		d.Post(func() { role.draw = func(*screen.Canvas) {} })
		d.Post(func() { role.draw = nil })
		d.Release(5, 4)
		role.expect(t)
	})
}

func TestDisabledTargetDoesNothing(t *testing.T) {
	role := &stub{draw: func(c *screen.Canvas) {
		c.Button(screen.Button{Target: screen.Target{ID: "a", Rect: screen.Rect{X: 2, Y: 3, W: 20, H: 3}, Keys: []rune{'1'}}, Label: "Un", Busy: true})
	}}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.TapAt(5, 4)
		d.Type("1")
		role.expect(t)
		d.See("◌ Un …")
	})
}

func attract(c *screen.Canvas) {
	c.Target(screen.Target{ID: "wake", Rect: c.Area(), Kind: screen.Wake})
	c.Text(4, 4, 0, c.Theme().Strong(), "Touchez l'écran")
	button(c, "en", 30, 12, "English")
}

// TestWakingTouchDoesNothingElse: the target that appears under the finger must
// not be acted on by the release.
func TestWakingTouchDoesNothingElse(t *testing.T) {
	role := &stub{draw: attract}
	role.act = func(string) { role.name, role.draw = "second", nil }
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(5, 4)
		role.expect(t, "wake")
		d.See("Deux")
		d.Release(5, 4)
		d.Advance(afterDeadTime)
		role.expect(t, "wake")
	})
}

func TestAnyKeyWakes(t *testing.T) {
	role := &stub{draw: attract}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Type("x")
		d.Key(screentest.Enter)
		role.expect(t, "wake", "wake")
		d.Key(screentest.Tab)
		d.Key(screentest.Enter)
		role.expect(t, "wake", "wake", "en")
	})
}

func TestTargetOnAttractScreenIsItsOwn(t *testing.T) {
	role := &stub{draw: attract}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.TapAt(35, 13)
		role.expect(t, "en")
	})
}

// list is a role with twenty items in a list.
func list(s *screen.Scroll) *stub {
	return &stub{draw: func(c *screen.Canvas) {
		c.List(screen.Rect{X: 2, Y: 2, W: 70, H: 15}, s, 20, 3, 1, func(i int, place screen.Rect) {
			c.Button(screen.Button{Target: screen.Target{ID: fmt.Sprintf("item%d", i), Rect: place}, Label: fmt.Sprintf("Livre %d.", i)})
		})
	}}
}

func TestListIsDragged(t *testing.T) {
	var s screen.Scroll
	role := list(&s)
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Press(10, 15)
		d.Move(10, 14)
		d.Release(10, 14) // a tremble of one row is a tap
		role.expect(t, "item3")
		d.Press(10, 14)
		d.Move(10, 6)
		d.See("Livre 2.")
		d.NotSee("Livre 1.")
		d.Release(10, 6)
		role.expect(t, "item3")
		d.Advance(time.Second) // no inertia
		d.See("Livre 2.")
		d.Press(10, 3)
		d.Move(10, 21)
		d.Release(10, 21)
		d.See("Livre 0.")
	})
}

func TestListScrollsByTargetsWheelAndKeys(t *testing.T) {
	var s screen.Scroll
	role := list(&s)
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.TapAt(65, 15)
		d.See("Livre 4.")
		d.NotSee("Livre 3.")
		d.Wheel(10, 5, true)
		d.See("Livre 3.")
		d.Key(screentest.PageDown)
		d.See("Livre 10.")
		for range 9 {
			d.Wheel(10, 5, false)
		}
		d.See("Livre 19.")
		d.Key(screentest.PageUp)
		d.TapAt(65, 3)
		d.See("Livre 8.")
		role.expect(t)
	})
}

func TestFocusScrollsTheList(t *testing.T) {
	var s screen.Scroll
	role := list(&s)
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Key(screentest.Down) // the first arrow shows the focus
		for i := range 19 {
			if got, want := d.Focus(), fmt.Sprintf("item%d", i); got != want {
				t.Fatalf("after %d steps the focus is on %q, want %q:\n%s", i, got, want, d.Text())
			}
			d.Key(screentest.Down)
		}
		d.Key(screentest.Enter)
		role.expect(t, "item19")
		for range 19 {
			d.Key(screentest.Up)
		}
		if got := d.Focus(); got != "item0" {
			t.Errorf("back up, the focus is on %q:\n%s", got, d.Text())
		}
	})
}
