package screen

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// LetterRows is the height of a line of large print.
const LetterRows = 4

// A line of large print in dots, two a cell either way.
const (
	letterDots = 2 * LetterRows
	letterGap  = 2 // between two letters
	wordSpace  = 4
)

//go:embed letters.txt
var letterSheets string

// inkRows is a drawn letter: '#' is ink; every row is as wide as the letter.
type inkRows [letterDots]string

// letters are the drawings of letters.txt.
var letters = sync.OnceValue(func() map[rune]inkRows {
	all := map[rune]inkRows{}
	sheets := strings.Split(letterSheets, "\n= ")[1:]
	for _, sheet := range sheets {
		lines := strings.Split(strings.TrimSpace(sheet), "\n")
		for i, name := range strings.Fields(lines[0]) {
			var rows inkRows
			for y, line := range lines[1:] {
				rows[y+1] = strings.Split(line, " | ")[i]
			}
			rows[0] = strings.Repeat(".", len(rows[1]))
			all[[]rune(name)[0]] = rows
		}
	}
	return all
})

// sameLetters are those that look like another one.
const (
	alike = "АВЕІКМНОРСТХаеіорсух’‘‐‑−—“”"
	like  = "ABEIKMHOPCTXaeiopcyx''--––\"\""
)

// letterOf draws a letter, with its accent.
func letterOf(r rune) (inkRows, bool) {
	parts := []rune(norm.NFD.String(string(r)))
	for i, other := range []rune(alike) {
		if other == parts[0] {
			parts[0] = []rune(like)[i]
		}
	}
	if len(parts) > 1 && parts[0] == 'i' {
		parts[0] = 'ı'
	}
	rows, ok := letters()[parts[0]]
	for _, accent := range parts[1:] {
		rows, ok = accented(rows, accent, unicode.IsUpper(parts[0]))
		if !ok {
			break
		}
	}
	return rows, ok
}

// accented puts an accent on a letter. A capital is drawn lower for it.
func accented(rows inkRows, accent rune, capital bool) (inkRows, bool) {
	if accent == '\u0327' {
		rows[7] = centered("##", len(rows[1]))
		return rows, true
	}
	small, ok := map[rune][2]string{
		'\u0300': {".##...", "..##.."}, '\u0301': {"...##.", "..##.."}, '\u0302': {"..##..", ".#..#."},
		'\u0303': {".##..#", "#..##."}, '\u0306': {"##..##", ".####."}, '\u0308': {"......", "##..##"},
	}[accent]
	if !ok {
		return rows, false
	}
	width := max(len(rows[1]), len(small[0]))
	if capital {
		flat := map[rune]string{'\u0300': ".##...", '\u0301': "...##.", '\u0303': "######", '\u0308': "##..##"}[accent]
		if flat == "" {
			flat = ".####."
		}
		copy(rows[2:6], []string{rows[1], rows[2], rows[3], rows[4]})
		small = [2]string{flat, ""}
	}
	rows[0], rows[1] = small[0], small[1]
	for y := range rows {
		rows[y] = centered(rows[y], width)
	}
	return rows, true
}

// centered puts a row in the middle of a width.
func centered(row string, width int) string {
	left := (width - len(row)) / 2
	return strings.Repeat(".", left) + row + strings.Repeat(".", width-len(row)-left)
}

// LetterLines breaks the text at words into lines of large print, each at most
// width columns wide; false when a word is wider or a character has no large
// letter, as in Chinese and Arabic.
func LetterLines(text string, width int) (lines []string, ok bool) {
	text = Clean(text)
	line, state := "", -1
	for text != "" {
		var segment string
		segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		if columns, ok := lettersWidth(segment); !ok || columns > width {
			return nil, false
		}
		if columns, _ := lettersWidth(line + segment); columns > width {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		line += segment
	}
	return append(lines, strings.TrimRight(line, " ")), true
}

// lettersWidth is the columns a line of large print takes, blanks at its end
// left out.
func lettersWidth(line string) (columns int, ok bool) {
	dots := 0
	for _, r := range strings.TrimRight(line, " ") {
		if r == ' ' || r == '\u00a0' {
			dots += wordSpace
			continue
		}
		rows, ok := letterOf(r)
		if !ok {
			return 0, false
		}
		dots += len(rows[0]) + letterGap
	}
	return (max(0, dots-letterGap) + 1) / 2, true
}

// Letters writes the text in large print and returns the rows used. Break it
// with LetterLines first: what has no room is recorded as cut.
func (c *Canvas) Letters(r Rect, s Style, lines []string) int {
	c.hear(r.X, r.Y, strings.Join(lines, " "))
	for i, line := range lines {
		w, ok := lettersWidth(line)
		at := Rect{r.X, r.Y + i*LetterRows, w, LetterRows}
		if !ok || at.Intersect(r) != at {
			c.cut(at, line, false)
			continue
		}
		c.checkFree(at, line)
		c.LeftToRight(at, func(at Rect) { c.letters(at, s, line) })
	}
	return len(lines) * LetterRows
}

func (c *Canvas) letters(at Rect, s Style, line string) {
	dots := dotsOf(line, 2*at.W)
	for y := range LetterRows {
		for x := range at.W {
			a, b := dots[2*y], dots[2*y+1]
			c.block(at.X+x, at.Y+y, s, quarter(a[2*x], a[2*x+1], b[2*x], b[2*x+1]))
		}
	}
}

// dotsOf draws a line as rows of dots.
func dotsOf(line string, width int) [letterDots][]bool {
	var dots [letterDots][]bool
	for y := range dots {
		dots[y] = make([]bool, width)
	}
	x := 0
	for _, r := range line {
		if r == ' ' || r == '\u00a0' {
			x += wordSpace
			continue
		}
		rows, _ := letterOf(r)
		for y, row := range rows {
			for i := range row {
				dots[y][x+i] = row[i] == '#'
			}
		}
		x += len(rows[0]) + letterGap
	}
	return dots
}

// quarter is the block character with these quarters filled.
func quarter(upperLeft, upperRight, lowerLeft, lowerRight bool) string {
	const all = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
	i := 0
	for bit, on := range []bool{upperLeft, upperRight, lowerLeft, lowerRight} {
		if on {
			i |= 1 << bit
		}
	}
	return string([]rune(all)[i])
}
