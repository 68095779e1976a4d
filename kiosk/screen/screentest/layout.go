package screentest

import (
	"fmt"
	"strings"
	"testing"

	"accueil/kiosk/screen"
)

// CheckLayout draws the role as it is now at every size, in every theme, and
// fails for a text that does not fit or cannot be read, targets that overlap or
// leave the screen, two targets with one name or key, and targets too small for
// a thumb.
func CheckLayout(t testing.TB, role screen.Role) {
	t.Helper()
	for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}, {90, 80}, {160, 50}} {
		for _, theme := range screen.Themes() {
			c := screen.NewCanvas(size[0], size[1], theme)
			role.Draw(c)
			for _, fault := range append(Faults(c), Pale(c)...) {
				t.Errorf("%s at %d × %d, %s: %s", role.Screen(), size[0], size[1], theme.Name, fault)
			}
		}
	}
}

// Faults returns what is wrong with the layout of a drawn canvas, in words.
func Faults(c *screen.Canvas) []string {
	var faults []string
	for _, cut := range c.Cuts() {
		if cut.Over {
			faults = append(faults, fmt.Sprintf("%q is written over something at (%d, %d)", cut.Text, cut.At.X, cut.At.Y))
			continue
		}
		faults = append(faults, fmt.Sprintf("%q does not fit in %d × %d cells at (%d, %d)", cut.Text, cut.At.W, cut.At.H, cut.At.X, cut.At.Y))
	}
	targets := c.Targets()
	for i, a := range targets {
		faults = append(faults, targetFaults(c, a)...)
		for _, b := range targets[i+1:] {
			faults = append(faults, pairFaults(a, b)...)
		}
	}
	return faults
}

// Pale returns what cannot be read well on a drawn canvas, in words: characters
// whose contrast is below 7:1 (EN 301 549, WCAG 2.2 level AAA).
func Pale(c *screen.Canvas) []string {
	var faults []string
	w, h := c.Size()
	for y := range h {
		for x := range w {
			text, s := c.Cell(x, y)
			if strings.Contains(" \u00a0▁█▀▄", text) || s.Fg == c.Theme().Line && strings.Contains("─│", text) {
				continue // blanks, gaps between keys, blocks and edges, the empty part of things
			}
			if r := screen.Ratio(s.Fg, s.Bg); r < 7 {
				faults = append(faults, fmt.Sprintf("%q at (%d, %d) has contrast %.2f", text, x, y, r))
			}
		}
	}
	return faults
}

func targetFaults(c *screen.Canvas, a screen.Target) []string {
	var faults []string
	if a.Rect.Intersect(c.Area()) != a.Rect {
		faults = append(faults, fmt.Sprintf("target %q leaves the screen: %+v", a.ID, a.Rect))
	}
	w, h := 12, 3
	switch a.Kind {
	case screen.Letter:
		w = 5
	case screen.Staff:
		w, h = 1, 1
	}
	if a.Rect.W < w || a.Rect.H < h {
		faults = append(faults, fmt.Sprintf("target %q is %d × %d cells, less than %d × %d", a.ID, a.Rect.W, a.Rect.H, w, h))
	}
	return faults
}

func pairFaults(a, b screen.Target) []string {
	var faults []string
	if a.ID == b.ID {
		faults = append(faults, fmt.Sprintf("two targets are named %q", a.ID))
	}
	if a.Rect.Overlaps(b.Rect) && a.Kind != screen.Wake && b.Kind != screen.Wake {
		faults = append(faults, fmt.Sprintf("targets %q and %q overlap", a.ID, b.ID))
	}
	for _, k := range a.Keys {
		for _, l := range b.Keys {
			if k == l && !a.Disabled && !b.Disabled {
				faults = append(faults, fmt.Sprintf("targets %q and %q both claim %q", a.ID, b.ID, k))
			}
		}
	}
	return faults
}
