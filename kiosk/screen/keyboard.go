package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typed is the beginning of the names of the keyboard's targets.
const typed = "type:"

// Keyboard draws on-screen keys, one string a row; "␣" is the space bar, "⌫"
// rubs out. Typing on a real keyboard does the same. The role is told
// Act("type:x") and asks Typed which character that is.
func (c *Canvas) Keyboard(r Rect, rows ...string) {
	for i, place := range r.Rows(len(rows), 0) {
		keys := []rune(rows[i])
		for j, at := range place.Columns(len(keys), 1) {
			c.letter(at, keys[j])
		}
	}
}

func (c *Canvas) letter(r Rect, key rune) {
	label, char := string(unicode.ToUpper(key)), key
	if key == '␣' {
		char = ' '
	}
	t := Target{ID: typed + string(char), Rect: r, Keys: bothCases(char), Kind: Letter}
	if key == '⌫' {
		t.Keys = []rune{'\b'}
	}
	l := c.lookOf(t, c.theme.Ink)
	c.Fill(r, l.ground)
	if c.Focused(t.ID) {
		c.corners(r, l.ground)
	}
	c.TextCenter(r, r.Y+r.H/2, l.ground, label)
	c.Target(t)
}

// Typed returns the character a keyboard target stands for: '\b' for the rubbing
// out key.
func Typed(id string) (char rune, ok bool) {
	text, ok := strings.CutPrefix(id, typed)
	if !ok {
		return 0, false
	}
	if char, _ = utf8.DecodeRuneInString(text); char == '⌫' {
		char = '\b'
	}
	return char, char != utf8.RuneError
}

func bothCases(r rune) []rune {
	if lower, upper := unicode.ToLower(r), unicode.ToUpper(r); lower != upper {
		return []rune{lower, upper}
	}
	return []rune{r}
}
