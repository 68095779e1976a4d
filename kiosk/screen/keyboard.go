package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typed is the beginning of the names of the keyboard's targets.
const typed = "type:"

// Rub is the text that the key for rubbing out types.
const Rub = "\b"

// Keys are what an on-screen keyboard offers. Below the rows come the space bar
// and the key that rubs out, unless nothing is written on them.
type Keys struct {
	Rows  []string // of letters, one string a row; "⌫" rubs out
	Words []string // in place of rows: words to touch, for scripts without an alphabet
	Space string   // what is written on the space bar
	Erase string   // and on the key that rubs out
}

// Sizes of keys in cells. A letter may be narrower than other targets: eleven of
// them stand side by side, the eye finds them together, and a wrong one is rubbed
// out.
const (
	letterWidth = 5
	wordWidth   = 12
	keyHeight   = 3
)

// KeyboardHeight is the fewest rows a keyboard takes on so many columns.
func KeyboardHeight(width int, k Keys) int { return keyHeight * (len(k.rows(width)) + k.last()) }

// last is how many rows are below those of letters or words.
func (k Keys) last() int {
	if k.Space == "" {
		return 0
	}
	return 1
}

// Keyboard draws on-screen keys over the area. The role is told Act of a target
// that Typed turns into text; typing on a real keyboard does the same for the keys
// that are shown. Letters stand where they do on a real keyboard, also where the
// language runs from the right.
func (c *Canvas) Keyboard(r Rect, k Keys) {
	c.LeftToRight(r, func(r Rect) { c.keyboard(r, k) })
}

func (c *Canvas) keyboard(r Rect, k Keys) {
	rows := k.rows(r.W)
	longest := 1
	for _, row := range rows {
		longest = max(longest, len(row))
	}
	width := (r.W+1)/longest - 1
	whole := longest*(width+1) - 1
	places := r.Rows(len(rows)+k.last(), 0)
	for i, row := range rows {
		used := len(row)*(width+1) - 1
		if len(k.Words) > 0 {
			used = whole
		}
		line := places[i].Center(used, places[i].H)
		line.W = whole // the last row of words may be shorter
		for j, at := range line.Columns(longest, 1)[:len(row)] {
			c.key(at, row[j], row[j], k.kind())
		}
	}
	if k.last() > 0 {
		c.lastRow(places[len(rows)].Center(whole, places[len(rows)].H), k)
	}
}

// lastRow draws the space bar and the key that rubs out.
func (c *Canvas) lastRow(r Rect, k Keys) {
	erase, space := Rect{r.Right() - r.W/3, r.Y, r.W / 3, r.H}, Rect{r.X, r.Y, r.W - r.W/3 - 1, r.H}
	c.key(space, " ", k.Space, Touch)
	c.key(erase, Rub, "← "+k.Erase, Touch)
}

func (k Keys) kind() Kind {
	if len(k.Words) > 0 {
		return Touch
	}
	return Letter
}

// rows are the texts of the keys as they stand on so many columns: where they would
// be too narrow, each row is broken in two.
func (k Keys) rows(width int) (rows [][]string) {
	if len(k.Words) > 0 {
		n := min(max(1, (width+1)/(wordWidth+1)), 5)
		for rest := k.Words; len(rest) > 0; rest = rest[min(n, len(rest)):] {
			rows = append(rows, rest[:min(n, len(rest))])
		}
		return rows
	}
	room := max(1, (width+1)/(letterWidth+1))
	for _, row := range k.Rows {
		keys := strings.Split(row, "")
		parts := (len(keys) + room - 1) / room
		for i := range parts {
			rows = append(rows, keys[i*len(keys)/parts:(i+1)*len(keys)/parts])
		}
	}
	return rows
}

// key draws one key; a thin line at its foot sets it off the next row.
func (c *Canvas) key(r Rect, text, label string, kind Kind) {
	if text == "⌫" {
		text, label = Rub, "←"
	}
	t := Target{ID: typed + text, Rect: r, Kind: kind, Hint: label, Keys: keysOf(text)}
	if kind == Letter {
		label = strings.ToUpper(label)
	}
	l := c.lookOf(t, c.theme.Ink)
	c.Fill(r, l.ground)
	foot, _ := r.Foot(1)
	c.FillWith(foot, Style{Fg: c.theme.Paper, Bg: l.ground.Bg}, "▁")
	if c.Focused(t.ID) {
		c.corners(r, l.ground)
	}
	c.TextCenter(r, r.Y+(r.H-1)/2, l.ground, label)
	c.Target(t)
}

// Typed returns the text that a keyboard target stands for: Rub for the key that
// rubs out.
func Typed(id string) (text string, ok bool) {
	text, ok = strings.CutPrefix(id, typed)
	return text, ok && text != ""
}

// keysOf are the keys of a real keyboard that type a text: both cases of a letter.
func keysOf(text string) []rune {
	r, size := utf8.DecodeRuneInString(text)
	if size != len(text) {
		return nil
	}
	return bothCases(r)
}

func bothCases(r rune) []rune {
	if lower, upper := unicode.ToLower(r), unicode.ToUpper(r); lower != upper {
		return []rune{lower, upper}
	}
	return []rune{r}
}
