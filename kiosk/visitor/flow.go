package visitor

import (
	"slices"

	"accueil/kiosk/screen"
)

// para is a paragraph, perhaps with a quiet label in a column of its own.
type para struct {
	label string
	text  string
	style screen.Style
	above int  // free rows wanted above it
	big   bool // in large letters where there is room for them

	letters []string // the lines in large letters, nil for ordinary ones
}

// rows is how many rows it takes at a width.
func (p para) rows(width int) int {
	if p.letters != nil {
		return len(p.letters) * screen.LetterRows
	}
	return len(screen.Lines(p.text, width))
}

// enlarged sets paragraphs in large letters, as far as all then still fits with
// its free rows, the first before the others.
func enlarged(r screen.Rect, paras []para) []para {
	paras = present(paras)
	width := r.W - labelWidth(paras)
	for i := range paras {
		p := &paras[i]
		if !p.big || p.letters != nil {
			continue
		}
		room := width
		if r.W < narrow {
			room = r.W // its label makes way
		}
		if lines, ok := screen.LetterLines(p.text, room); ok && len(lines) <= bigLines {
			p.letters = lines
		}
		if height(paras, width)+wanted(paras) > r.H {
			p.letters = nil
		}
	}
	return paras
}

// bigLines is how many lines of large letters are still read at a glance.
const bigLines = 3

// plenty is how many rows are free when lines may stand further apart.
const plenty = 12

// labelGap is the columns between the longest label and the texts.
const labelGap = 3

// flow writes paragraphs one under the other and returns the area below them.
// Empty ones are left out. Where room is short the free rows go, widest first;
// where there is plenty they double.
func flow(c *screen.Canvas, r screen.Rect, paras ...para) screen.Rect {
	paras = enlarged(r, paras)
	indent := labelWidth(paras)
	free := r.H - height(paras, r.W-indent)
	if free > plenty && free >= 2*wanted(paras) {
		for i := range paras {
			paras[i].above *= 2
		}
	}
	squeeze(paras, free)
	for i, p := range paras {
		if i > 0 {
			_, r = r.Top(p.above)
		}
		_, r = r.Top(p.draw(c, r, indent))
	}
	return r
}

// draw writes the paragraph at the top of an area and returns the rows used.
func (p para) draw(c *screen.Canvas, r screen.Rect, indent int) int {
	in := screen.Rect{X: r.X + indent, Y: r.Y, W: r.W - indent, H: r.H}
	if p.letters != nil && r.W < narrow {
		return c.Letters(r, p.style, p.letters)
	}
	c.Text(r.X, r.Y, max(1, indent-1), c.Theme().Soft(), p.label)
	if p.letters != nil {
		return c.Letters(in, p.style, p.letters)
	}
	return c.Wrap(in, p.style, p.text)
}

// height is the rows the texts take at a width, free rows not counted.
func height(paras []para, width int) int {
	rows := 0
	for _, p := range paras {
		rows += p.rows(width)
	}
	return rows
}

// flowHeight is the rows a flow takes with all its free rows.
func flowHeight(width int, paras ...para) int {
	paras = present(paras)
	return height(paras, width-labelWidth(paras)) + wanted(paras)
}

func present(paras []para) []para {
	var kept []para
	for _, p := range paras {
		if p.text != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

func labelWidth(paras []para) int {
	width := 0
	for _, p := range paras {
		if p.label != "" {
			width = max(width, screen.Width(p.label)+labelGap)
		}
	}
	return width
}

// wanted is how many free rows the paragraphs want between them.
func wanted(paras []para) int {
	rows := 0
	for i, p := range paras {
		if i > 0 {
			rows += p.above
		}
	}
	return rows
}

// squeeze takes free rows away, the last of the widest first, until they fit
// into those that are free.
func squeeze(paras []para, free int) {
	for wanted(paras) > max(0, free) {
		widest := 1
		for i := range paras {
			if i > 0 && paras[i].above >= paras[widest].above {
				widest = i
			}
		}
		paras[widest].above--
	}
}

// fitting returns the first text that fits into a width on so many lines, or
// the last one.
func fitting(width, lines int, texts []string) string {
	for _, text := range texts {
		if len(screen.Lines(text, width)) <= lines {
			return text
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// withRoom adds those paragraphs that still fit into the area with all free
// rows, most wanted first, to the ones that have to be there.
func withRoom(r screen.Rect, paras []para, more ...para) []para {
	paras = enlarged(r, paras)
	for _, p := range more {
		all := append(slices.Clone(paras), p)
		if relaid(r, all) && flowHeight(r.W, all...) <= r.H {
			paras = all
		}
	}
	return paras
}

// relaid breaks large letters anew, after a longer label has moved them; false
// when they do not fit any more.
func relaid(r screen.Rect, paras []para) bool {
	width := r.W - labelWidth(present(paras))
	for i := range paras {
		p := &paras[i]
		if p.letters == nil || r.W < narrow {
			continue
		}
		lines, ok := screen.LetterLines(p.text, width)
		if !ok || len(lines) > bigLines {
			return false
		}
		p.letters = lines
	}
	return true
}
