package screen_test

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

func TestKeyOfATargetActs(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Type("12")
		role.expect(t, "a")
		if len(role.keys) != 1 || role.keys[0] != (screen.Key{Rune: '2'}) {
			t.Errorf("keys = %+v", role.keys)
		}
	})
}

func TestEscapeGoesBack(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Key(screentest.Escape)
		role.expect(t, screen.IDBack)
		role.uses = true // the role wants Escape for itself
		d.Key(screentest.Escape)
		role.expect(t, screen.IDBack)
	})
}

func TestFocusMovesAndActs(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, step := range []struct {
			key  tcell.Key
			want string
		}{
			{screentest.Tab, "a"}, {screentest.Tab, "b"}, {screentest.Tab, "back"}, {screentest.Tab, "a"},
			{screentest.BackTab, "back"}, {screentest.Up, "a"}, {screentest.Right, "b"}, {screentest.Right, "b"},
			{screentest.Left, "a"}, {screentest.Down, "back"}, {screentest.Down, "back"},
		} {
			d.Key(step.key)
			if d.Focus() != step.want {
				t.Fatalf("the focus is on %q, want %q", d.Focus(), step.want)
			}
		}
		d.See("┏")
		d.Key(screentest.Enter)
		d.Type(" ")
		role.expect(t, "back", "back")
		d.TapAt(35, 4) // a touch takes the focus away
		if d.Focus() != "" {
			t.Errorf("after a touch the focus is on %q", d.Focus())
		}
	})
}

func TestEnterWithoutFocusShowsIt(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Key(screentest.Enter)
		role.expect(t)
		if d.Focus() != "a" {
			t.Errorf("the focus is on %q", d.Focus())
		}
		d.Key(screentest.BackTab)
		d.Key(screentest.Enter)
		role.expect(t, "back")
	})
}

// TestClaimedSpaceComesBeforeFocus: on staff screens the next action is under
// the space bar wherever the focus is.
func TestClaimedSpaceComesBeforeFocus(t *testing.T) {
	role := &stub{draw: func(c *screen.Canvas) {
		c.KeyLine(screen.Rect{X: 2, Y: 20, W: 70, H: 2}, []screen.KeyHint{
			{ID: "next", Key: "Espace", Runes: []rune{' '}, Label: "appeler"}, {ID: "recall", Key: "R", Label: "rappeler"},
		})
	}}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Key(screentest.BackTab)
		d.Type(" rR")
		role.expect(t, "next", "recall", "recall")
		d.TapAt(4, 20)
		role.expect(t, "next", "recall", "recall", "next")
	})
}

// TestHeldKeyStopsAtTheNextScreen: keyboards begin to repeat after up to two
// thirds of a second.
func TestHeldKeyStopsAtTheNextScreen(t *testing.T) {
	role := &stub{}
	role.act = func(string) { role.name += "!" }
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Type("1")
		d.Advance(660 * time.Millisecond)
		for range 30 {
			d.Type("1")
			d.Advance(33 * time.Millisecond)
		}
		role.expect(t, "a")
		d.Advance(afterDeadTime)
		d.Type("1")
		role.expect(t, "a", "a")
		d.Key(screentest.Escape) // another key, typed ahead: counts at once
		role.expect(t, "a", "a", "back")
	})
}

// TestNoWayOut: what ends or stops programs elsewhere does nothing here.
func TestNoWayOut(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		for _, key := range []tcell.Key{tcell.KeyCtrlC, tcell.KeyCtrlZ, tcell.KeyCtrlBackslash, tcell.KeyCtrlQ,
			tcell.KeyCtrlS, tcell.KeyCtrlD, tcell.KeyCtrlL, tcell.KeyCtrlSpace, tcell.KeyPrint, tcell.KeyF13} {
			d.Key(key)
		}
		if len(role.keys) > 0 {
			t.Errorf("the role was offered %+v", role.keys)
		}
		role.expect(t)
		d.Type("1")
		role.expect(t, "a")
	})
}

func TestPasteTypesNothing(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Paste("1111")
		role.expect(t)
		d.Type("1")
		role.expect(t, "a")
	})
}

// TestPasteWithoutEndLeavesTheKeyboard: half a paste must not swallow keys for
// ever.
func TestPasteWithoutEndLeavesTheKeyboard(t *testing.T) {
	role := &stub{}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.PasteStart()
		d.Type("1")
		role.expect(t)
		d.Advance(3 * time.Second)
		d.Type("1")
		role.expect(t, "a")
	})
}

func TestRolesSeeKeys(t *testing.T) {
	role := &stub{uses: true, draw: func(*screen.Canvas) {}}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		want := []screen.Key{
			{Code: screen.KeyEnter}, {Code: screen.KeyTab}, {Code: screen.KeyBackTab}, {Code: screen.KeyBackspace},
			{Code: screen.KeyDelete}, {Code: screen.KeyInsert}, {Code: screen.KeyUp}, {Code: screen.KeyDown},
			{Code: screen.KeyLeft}, {Code: screen.KeyRight}, {Code: screen.KeyHome}, {Code: screen.KeyEnd},
			{Code: screen.KeyPageUp}, {Code: screen.KeyPageDown}, {Code: screen.KeyF, F: 5}, {Code: screen.KeyEscape},
		}
		for _, key := range []tcell.Key{tcell.KeyEnter, tcell.KeyTab, tcell.KeyBacktab, tcell.KeyBackspace2, tcell.KeyDelete,
			tcell.KeyInsert, tcell.KeyUp, tcell.KeyDown, tcell.KeyLeft, tcell.KeyRight, tcell.KeyHome, tcell.KeyEnd,
			tcell.KeyPgUp, tcell.KeyPgDn, tcell.KeyF5, tcell.KeyEscape} {
			d.Key(key)
		}
		for i, k := range want {
			if i >= len(role.keys) || role.keys[i] != k {
				t.Fatalf("keys = %+v, want %+v", role.keys, want)
			}
		}
	})
}

func TestKeyboardTypes(t *testing.T) {
	text := ""
	role := &stub{draw: func(c *screen.Canvas) {
		c.Keyboard(screen.Rect{X: 2, Y: 8, W: 76, H: 12}, screen.Keys{Rows: []string{"azertyuiop", "qsdfghjklm", "wxcvbn'éè"}, Space: "espace", Erase: "effacer"})
	}}
	role.act = func(id string) {
		if more, ok := screen.Typed(id); ok {
			text += more
		}
	}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Tap("type:c")
		d.Tap("type:é")
		d.Tap("type: ")
		d.Type("V")
		d.Key(screentest.Rub)
		if got := text; got != "cé v\b" {
			t.Errorf("typed %q", got)
		}
		if _, ok := screen.Typed("back"); ok {
			t.Error("a target that is no key counts as typed")
		}
	})
}

// TestKeysActOnWhatIsScrolledAway, but not through a dialog, and what is in sight comes
// first.
func TestKeysActOnWhatIsScrolledAway(t *testing.T) {
	asks := false
	role := &stub{draw: func(c *screen.Canvas) {
		button(c, "a", 2, 3, "Un", '1')
		c.Unseen(screen.Target{ID: "hidden", Keys: []rune{'1', '7'}})
		c.Unseen(screen.Target{ID: "over", Keys: []rune{'8'}, Disabled: true})
		if asks {
			c.Dialog(screen.Dialog{Title: "Titre", Buttons: []screen.Button{{Target: screen.Target{ID: screen.IDBack}, Label: "Retour"}}})
		}
	}}
	bubble(t, role, func(t *testing.T, d *screentest.Driver) {
		d.Type("718")
		role.expect(t, "hidden", "a")
		for range 3 {
			if d.Key(screentest.Tab); d.Focus() != "a" {
				t.Errorf("the focus is on %q", d.Focus())
			}
		}
		asks = true
		d.Post(func() {})
		d.Type("7")
		role.expect(t, "hidden", "a")
	})
}
