package screen_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen/screentest"
)

// guarded is a role with a door.
type guarded struct {
	stub
	knocks int
}

func (r *guarded) Knock() { r.knocks++ }

func TestKnocking(t *testing.T) {
	corner := func(d *screentest.Driver, at ...[2]int) {
		for _, p := range at {
			d.TapAt(p[0], p[1])
		}
	}
	tl, tr, br, bl := [2]int{1, 1}, [2]int{78, 0}, [2]int{79, 21}, [2]int{0, 20}
	for _, tt := range []struct {
		name string
		do   func(d *screentest.Driver)
		want int
	}{
		{"four corners", func(d *screentest.Driver) { corner(d, tl, tr, br, bl) }, 1},
		{"after a false start", func(d *screentest.Driver) { corner(d, tl, tl, tr, br, bl) }, 1},
		{"three corners", func(d *screentest.Driver) { corner(d, tl, tr, br) }, 0},
		{"the other way round", func(d *screentest.Driver) { corner(d, tl, bl, br, tr) }, 0},
		{"with a touch between", func(d *screentest.Driver) { corner(d, tl, tr, [2]int{40, 10}, br, bl) }, 0},
		{"too slowly", func(d *screentest.Driver) { corner(d, tl, tr, br); d.Advance(6 * time.Second); corner(d, bl) }, 0},
		{"F12 five times", func(d *screentest.Driver) {
			for range 5 {
				d.Key(tcell.KeyF12)
			}
		}, 1},
		{"F12 with another key between", func(d *screentest.Driver) {
			for range 3 {
				d.Key(tcell.KeyF12)
				d.Key(tcell.KeyF12)
				d.Type("x")
			}
		}, 0},
		{"F12 too slowly", func(d *screentest.Driver) {
			for range 5 {
				d.Key(tcell.KeyF12)
				d.Advance(2 * time.Second)
			}
		}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				role := &guarded{stub: stub{name: "first"}}
				d := screentest.Start(t, role, 80, 22)
				d.Advance(time.Second)
				tt.do(d)
				if role.knocks != tt.want {
					t.Errorf("%d knocks, want %d", role.knocks, tt.want)
				}
			})
		})
	}
}
