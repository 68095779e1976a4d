package screen

import (
	"bufio"
	"io"
	"strings"
)

// WriteText writes the canvas as plain text, one line a row, without trailing
// spaces: what a golden file holds.
func WriteText(w io.Writer, c *Canvas) error {
	out := bufio.NewWriter(w)
	for y := range c.h {
		out.WriteString(c.line(y))
		out.WriteByte('\n')
	}
	return out.Flush()
}

// line returns the characters of a row, without trailing spaces.
func (c *Canvas) line(y int) string {
	var b strings.Builder
	for _, cell := range c.cells[y*c.w : (y+1)*c.w] {
		b.WriteString(cell.text)
	}
	return strings.TrimRight(b.String(), " ")
}
