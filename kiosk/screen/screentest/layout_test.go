package screentest

import (
	"strings"
	"testing"

	"accueil/kiosk/screen"
)

func TestFaults(t *testing.T) {
	at := func(x, w, h int) screen.Rect { return screen.Rect{X: x, Y: 2, W: w, H: h} }
	for _, tt := range []struct {
		name string
		draw func(c *screen.Canvas)
		want string
	}{
		{"cut text", func(c *screen.Canvas) { c.Text(0, 0, 4, c.Theme().Text(), "trop long") }, `"trop long" does not fit`},
		{"text over text", func(c *screen.Canvas) {
			c.Text(0, 0, 0, c.Theme().Text(), "dessous")
			c.Text(2, 0, 0, c.Theme().Text(), "dessus")
		}, `"dessus" is written over something`},
		{"small", func(c *screen.Canvas) { c.Target(screen.Target{ID: "a", Rect: at(2, 11, 3)}) }, "less than 12 × 3"},
		{"small letter", func(c *screen.Canvas) {
			c.Target(screen.Target{ID: "a", Rect: at(2, 5, 2), Kind: screen.Letter})
		}, "less than 5 × 3"},
		{"outside", func(c *screen.Canvas) { c.Target(screen.Target{ID: "a", Rect: at(70, 20, 3)}) }, "leaves the screen"},
		{"overlap", func(c *screen.Canvas) {
			c.Target(screen.Target{ID: "a", Rect: at(2, 12, 3)})
			c.Target(screen.Target{ID: "b", Rect: at(13, 12, 3)})
		}, `"a" and "b" overlap`},
		{"one name twice", func(c *screen.Canvas) {
			c.Target(screen.Target{ID: "a", Rect: at(2, 12, 3)})
			c.Target(screen.Target{ID: "a", Rect: at(20, 12, 3)})
		}, `two targets are named "a"`},
		{"one key twice", func(c *screen.Canvas) {
			c.Target(screen.Target{ID: "a", Rect: at(2, 12, 3), Keys: []rune{'1'}})
			c.Target(screen.Target{ID: "b", Rect: at(20, 12, 3), Keys: []rune{'2', '1'}})
		}, `both claim '1'`},
		{"nothing wrong", func(c *screen.Canvas) {
			c.Target(screen.Target{ID: "wake", Rect: c.Area(), Kind: screen.Wake})
			c.Target(screen.Target{ID: "a", Rect: at(2, 12, 3)})
			c.Target(screen.Target{ID: "row", Rect: at(30, 12, 1), Kind: screen.Staff})
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := screen.NewCanvas(80, 22, screen.Calm())
			tt.draw(c)
			got := strings.Join(Faults(c), "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("faults = %q, want %q", got, tt.want)
			}
		})
	}
}
