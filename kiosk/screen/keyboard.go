package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typed is the beginning of the names of the keyboard's targets.
const typed = "type:"

// Keyboard draws on-screen keys, one string a row; "␣" alone in a row is the
// space bar, "⌫" rubs out. Typing on a real keyboard does the same. The role is
// told Act("type:x") and asks Typed which character that is. Keys stand where
// they do on a real keyboard, also where the language runs from the right.
func (c *Canvas) Keyboard(r Rect, rows ...string) {
	c.LeftToRight(r, func(r Rect) { c.keyboard(r, rows) })
}

func (c *Canvas) keyboard(r Rect, rows []string) {
	longest := 1
	for _, row := range rows {
		longest = max(longest, len([]rune(row)))
	}
	width := (r.W+1)/longest - 1
	whole := longest*(width+1) - 1
	for i, place := range r.Rows(len(rows), 0) {
		keys := []rune(rows[i])
		used := len(keys)*(width+1) - 1
		if len(keys) == 1 {
			used = whole
		}
		for j, at := range place.Center(used, place.H).Columns(len(keys), 1) {
			c.letter(at, keys[j])
		}
	}
}

// letter draws one key; a thin line at its foot sets it off the next row.
func (c *Canvas) letter(r Rect, key rune) {
	char, label := key, string(unicode.ToUpper(key))
	t := Target{Rect: r, Kind: Letter}
	switch key {
	case '␣':
		char, label = ' ', "└────────┘"
	case '⌫':
		char, label = '\b', "←"
	}
	t.ID, t.Keys = typed+string(char), bothCases(char)
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

// Typed returns the character a keyboard target stands for: '\b' for the rubbing
// out key.
func Typed(id string) (char rune, ok bool) {
	text, ok := strings.CutPrefix(id, typed)
	if !ok || text == "" {
		return 0, false
	}
	char, _ = utf8.DecodeRuneInString(text)
	return char, true
}

func bothCases(r rune) []rune {
	if lower, upper := unicode.ToLower(r), unicode.ToUpper(r); lower != upper {
		return []rune{lower, upper}
	}
	return []rune{r}
}
