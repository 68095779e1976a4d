package staff

import (
	"strconv"
	"strings"

	"accueil/kiosk/screen"
)

// Choice is one tile of a sheet that asks for one thing of several.
type Choice struct {
	ID, Label, Note string
	Service         string // whose colour it bears, "" for none
	On              bool   // ticked
	Off             bool   // cannot be chosen now
}

// Tiles lays choices out in columns, numbered along the rows: a digit chooses.
func Tiles(c *screen.Canvas, r screen.Rect, scroll *screen.Scroll, cols int, list []Choice) {
	rows := (len(list) + cols - 1) / cols
	c.List(r, scroll, rows, 3, 1, func(row int, place screen.Rect) {
		for col, at := range place.Columns(cols, 2) {
			if i := row*cols + col; i < len(list) {
				tile(c, at, i, list[i])
			}
		}
	})
}

func tile(c *screen.Canvas, r screen.Rect, i int, ch Choice) {
	b := screen.Button{
		Target: screen.Target{ID: ch.ID, Rect: r, Hint: ch.Label, Disabled: ch.Off, Kind: screen.Staff},
		Main:   ch.On,
	}
	if ch.Service != "" {
		b.Mark = c.Theme().Mark(ch.Service)
	}
	number := indent
	if i < 9 {
		number = strconv.Itoa(i+1) + "\u00a0\u00a0"
		b.Keys = []rune{rune('1' + i)}
	}
	b.Label = number + strings.Join(screen.Lines(ch.Label, r.W-6), "\n"+indent)
	if ch.Note != "" {
		b.Note = indent + ch.Note
	}
	c.Button(b)
}

// indent keeps the lines of a tile clear of its number.
const indent = "\u00a0\u00a0\u00a0"
