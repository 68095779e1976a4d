package screen

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Wrap writes the text into the area, broken at words, and returns the lines
// used. "\n" starts a new line. What does not fit ends with an ellipsis and is
// recorded as a cut, and so is a word that had to be broken.
func (c *Canvas) Wrap(r Rect, s Style, text string) int {
	defer c.hearOnce(r.X, r.Y, text)()
	lines, broken := breakLines(text, r.W)
	if broken != "" {
		c.cut(r, broken, false)
	}
	for i, line := range lines {
		if i == r.H-1 && len(lines) > r.H {
			c.Text(r.X, r.Y+i, r.W, s, strings.Join(lines[i:], " "))
			return r.H
		}
		if i >= r.H {
			c.cut(r, Clean(text), false)
			return max(0, r.H)
		}
		c.Text(r.X, r.Y+i, r.W, s, line)
	}
	return len(lines)
}

// Lines breaks the cleaned text into lines of at most width columns, at the
// places the language allows (so a French "?" stays with its word, and Chinese
// breaks between characters); a longer word is broken where it must.
func Lines(text string, width int) []string {
	lines, _ := breakLines(text, width)
	return lines
}

// breakLines also returns the first word that was broken, but for addresses.
func breakLines(text string, width int) (lines []string, broken string) {
	for paragraph := range strings.SplitSeq(text, "\n") {
		more, word := paragraphLines(Clean(paragraph), max(1, width))
		lines = append(lines, more...)
		if broken == "" && !strings.ContainsAny(word, "./") {
			broken = word
		}
	}
	return lines, broken
}

func paragraphLines(text string, width int) (lines []string, broken string) {
	line, state := "", -1
	for text != "" {
		var segment string
		segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		if fits(line+segment, width) {
			line += segment
			continue
		}
		if line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		for line = segment; !fits(line, width); {
			broken = segment
			part := head(line, width)
			if part == "" { // a wide character in one column
				return append(lines, line), broken
			}
			lines, line = append(lines, part), line[len(part):]
		}
	}
	return append(lines, strings.TrimRight(line, " ")), broken
}

func fits(line string, width int) bool {
	return uniseg.StringWidth(strings.TrimRight(line, " ")) <= width
}
