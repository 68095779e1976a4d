package visitor_test

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
)

// ground is the background of a corner of the screen.
func (k *kiosk) ground() tcell.Color {
	_, bg, _ := k.Styles()[100].Decompose()
	return bg
}

func TestTheScreenIsDarkWhileAllIsClosed(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		day, night := tcell.NewHexColor(int32(screen.Calm().Paper)), tcell.NewHexColor(int32(screen.Night().Paper))
		k.Advance(2 * time.Second)
		if k.ground() != day {
			t.Error("it is dark by day")
		}
		k.room.set(func(r *waitingRoom) { r.start, r.closed = r.start.Add(10*time.Hour), true })
		k.Advance(12 * time.Second)
		if k.ground() != night {
			t.Error("it is bright when all is closed")
		}
		k.Tap("wake")
		k.Advance(time.Second)
		if k.ground() != day {
			t.Error("whoever comes at night stands before a dark screen")
		}
		k.Advance(2 * time.Minute)
		if k.ground() != night {
			t.Error("it stays bright")
		}
	})
}

// TestNothingBurnsIn: in an hour every cell of the attract screen that shows a
// character changes it, or is a part of a tile.
func TestNothingBurnsIn(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		type cell struct {
			char  rune
			stays bool
		}
		cells := map[int]cell{}
		for n := range 20 {
			k.Advance(3 * time.Minute)
			for i, r := range []rune(padded(k.Text(), 100)) {
				switch c, seen := cells[i]; {
				case n == 0:
					cells[i] = cell{r, true}
				case seen && c.char != r:
					cells[i] = cell{r, false}
				}
			}
		}
		still := 0
		for i, c := range cells {
			if c.stays && c.char != ' ' && c.char != '\n' {
				still++
				t.Logf("%q stays at %d, %d", c.char, i%101, i/101)
			}
		}
		if still > 40 { // two equal letters side by side
			t.Errorf("%d characters stay for an hour", still)
		}
	})
}

// padded gives every line the same length.
func padded(text string, width int) string {
	var all []rune
	line := 0
	for _, r := range text {
		if r != '\n' {
			all = append(all, r)
			line++
			continue
		}
		for ; line < width; line++ {
			all = append(all, ' ')
		}
		all = append(all, '\n')
		line = 0
	}
	return string(all)
}
