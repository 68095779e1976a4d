package screen

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"accueil/kiosk/screen/arabic"
)

// cell is one character position. A wide character fills two: the second holds
// no text and is marked tail.
type cell struct {
	text  string
	style Style
	tail  bool
}

// Cut is a text that did not fit where it was written, or lies on another one.
// Tests fail on it: what cannot be read cannot help anyone.
type Cut struct {
	At   Rect
	Text string
	Over bool // it covers something written in the same frame
}

// Canvas is a grid of cells to draw one frame on, with the touch targets laid
// on it. Every cell is painted from the start; writing outside it is harmless.
// A canvas belongs to one goroutine.
//
// Painters think from left to right. On a canvas that is [Canvas.Mirrored] all
// they lay out lies the other way round, and so do lines of text that run from
// the right; characters are never drawn mirrored.
type Canvas struct {
	w, h    int
	rtl     bool
	large   bool
	theme   Theme
	cells   []cell
	targets []Target
	unseen  []Target // of lists, scrolled out of sight
	scrolls []scrollArea
	cuts    []Cut
	input   Input
	heard   []heard
	hushed  int // painters at work whose texts are noted already
}

// Input is what the person's hand is doing while a frame is drawn.
type Input struct {
	Pressed string // the target held down, "" for none
	Focused string // the target the keyboard is on, "" for none
}

// NewCanvas returns an empty canvas painted with the theme's paper.
func NewCanvas(w, h int, theme Theme) *Canvas {
	c := &Canvas{}
	c.reset(w, h, theme, Input{})
	return c
}

// reset clears the canvas for another frame and keeps its memory.
func (c *Canvas) reset(w, h int, theme Theme, in Input) {
	if w*h > cap(c.cells) {
		c.cells = make([]cell, w*h)
	}
	c.w, c.h, c.rtl, c.large, c.theme, c.input = w, h, false, false, theme, in
	c.cells = c.cells[:w*h]
	c.targets, c.unseen, c.scrolls, c.cuts = c.targets[:0], c.unseen[:0], c.scrolls[:0], c.cuts[:0]
	c.heard, c.hushed = c.heard[:0], 0
	c.Fill(c.Area(), theme.Text())
}

// RightToLeft tells whether a language, "ar" or "ar-MA", is read from the right.
func RightToLeft(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return slices.Contains([]string{"ar", "fa", "he", "ur"}, base)
}

// Mirrored lays out all that follows from the right edge, for languages that
// are read from there. Targets, cells and cuts are told as they are on the glass.
func (c *Canvas) Mirrored(on bool) { c.rtl = on }

// LargePrint draws what follows for people who see badly: headings and choices
// in large letters, fewer at a time. Painters ask Large.
func (c *Canvas) LargePrint(on bool) { c.large = on }

// Large tells whether large print is wanted.
func (c *Canvas) Large() bool { return c.large }

// LeftToRight has draw paint something that looks the same in every language,
// such as digits, a keyboard or a chart; it gives the area as it is on the glass.
func (c *Canvas) LeftToRight(r Rect, draw func(r Rect)) {
	r, was := c.onGlass(r), c.rtl
	c.rtl = false
	draw(r)
	c.rtl = was
}

// onGlass is where an area of the layout really is.
func (c *Canvas) onGlass(r Rect) Rect {
	if c.rtl {
		r.X = c.w - r.Right()
	}
	return r
}

// Size returns columns and rows.
func (c *Canvas) Size() (w, h int) { return c.w, c.h }

// Area is the whole canvas.
func (c *Canvas) Area() Rect { return Rect{0, 0, c.w, c.h} }

// Theme returns the colours to draw with.
func (c *Canvas) Theme() Theme { return c.theme }

// Cuts returns the texts that did not fit or cover others, in drawing order.
func (c *Canvas) Cuts() []Cut { return c.cuts }

// cut records a text that has no room, or covers another.
func (c *Canvas) cut(at Rect, text string, over bool) {
	c.cuts = append(c.cuts, Cut{c.onGlass(at), text, over})
}

// Cell returns the character and style of a cell; the second half of a wide
// character is empty.
func (c *Canvas) Cell(x, y int) (text string, s Style) {
	if !(Rect{x, y, 1, 1}).Overlaps(c.Area()) {
		return "", Style{}
	}
	cell := c.cells[y*c.w+x]
	return cell.text, cell.style
}

// SetInput draws what follows as if the targets were pressed or focused; the
// shell does so before every frame, pictures may.
func (c *Canvas) SetInput(in Input) { c.input = in }

// Fill paints the area with spaces in the style's background.
func (c *Canvas) Fill(r Rect, s Style) { c.FillWith(r, s, " ") }

// FillWith paints the area with one narrow character; anything else paints
// spaces.
func (c *Canvas) FillWith(r Rect, s Style, char string) {
	if char != " " && (Clean(char) != char || uniseg.GraphemeClusterCount(char) != 1 || uniseg.StringWidth(char) != 1) {
		char = " "
	}
	r = r.Intersect(c.Area())
	for y := r.Y; y < r.Bottom(); y++ {
		for x := r.X; x < r.Right(); x++ {
			c.set(x, y, char, s)
		}
	}
}

// set writes a narrow character where the layout has it; corners, bars and
// arrows turn with the layout.
func (c *Canvas) set(x, y int, char string, s Style) {
	if c.rtl {
		x, char = c.w-1-x, mirrored(char)
	}
	c.setGlass(x, y, char, s)
}

// mirrored is the character that looks the other way.
func mirrored(char string) string {
	const pairs = "┏┓┗┛└┘▌▐▶◀▸◂←→"
	if char == " " || char == "" || char[0] < 0x80 {
		return char
	}
	runes := []rune(pairs)
	if i := slices.Index(runes, []rune(char)[0]); i >= 0 {
		return string(runes[i^1])
	}
	return char
}

// setGlass writes a narrow character; half of a wide one it lands on becomes
// space.
func (c *Canvas) setGlass(x, y int, text string, s Style) {
	if x < 0 || y < 0 || x >= c.w || y >= c.h {
		return
	}
	i := y*c.w + x
	if c.cells[i].tail && x > 0 {
		c.cells[i-1].text = " "
	}
	if x+1 < c.w && c.cells[i+1].tail {
		c.cells[i+1].tail, c.cells[i+1].text = false, " "
	}
	c.cells[i] = cell{text: text, style: s}
}

// put writes one grapheme of the given width at a place on the glass.
func (c *Canvas) put(x, y, width int, text string, s Style) {
	if width == 2 && (x < 0 || x+1 >= c.w) {
		return
	}
	c.setGlass(x, y, text, s)
	if width == 2 && y >= 0 && y < c.h {
		c.setGlass(x+1, y, "", s)
		c.cells[y*c.w+x] = cell{text: text, style: s}
		c.cells[y*c.w+x+1] = cell{style: s, tail: true}
	}
}

// Text writes one cleaned line and returns the columns used. What is longer
// than maxWidth (or than the canvas, when maxWidth is 0 or less) ends with an
// ellipsis and is recorded as a cut. A line with Arabic in it is turned.
func (c *Canvas) Text(x, y, maxWidth int, s Style, text string) int {
	c.hear(x, y, text)
	room := c.w - x
	if maxWidth > 0 {
		room = min(room, maxWidth)
	}
	text = Clean(text)
	if c.rtl && utf8.RuneCountInString(text) == 1 {
		text = mirrored(arabic.Mirror(text)) // an icon
	}
	width := widthOf(text)
	c.checkFree(Rect{x, y, min(width, max(0, room)), 1}, text)
	if width > room || y < 0 || y >= c.h {
		c.cut(Rect{x, y, max(0, room), 1}, text, false)
		if room <= 0 {
			return 0
		}
		text = strings.TrimRight(head(text, room-1), " ") + "…"
		width = widthOf(text)
	}
	c.write(c.onGlass(Rect{x, y, width, 1}).X, y, s, arabic.Visual(text))
	return width
}

// checkFree records a text that would cover another; lines may be covered.
func (c *Canvas) checkFree(r Rect, text string) {
	on := c.onGlass(r).Intersect(c.Area())
	for y := on.Y; y < on.Bottom(); y++ {
		for x := on.X; x < on.Right(); x++ {
			switch c.cells[y*c.w+x].text {
			case " ", "\u00a0", "", "─", "━", "┃", "│", "▁":
			default:
				c.cut(r, text, true)
				return
			}
		}
	}
}

// TextRight writes one line that ends at the column before right.
func (c *Canvas) TextRight(right, y, maxWidth int, s Style, text string) int {
	w := Width(text)
	if maxWidth > 0 {
		w = min(w, maxWidth)
	}
	return c.Text(right-w, y, w, s, text)
}

// TextCenter writes one line in the middle of the area's columns, on row y.
func (c *Canvas) TextCenter(r Rect, y int, s Style, text string) int {
	w := min(Width(text), r.W)
	return c.Text(r.X+(r.W-w)/2, y, r.W, s, text)
}

// write puts clean text cell by cell on the glass, without any check of room.
func (c *Canvas) write(x, y int, s Style, text string) {
	state := -1
	for text != "" {
		var cluster string
		var width int
		if text[0] < 0x7f && (len(text) == 1 || text[1] < 0x7f) {
			cluster, text, width, state = text[:1], text[1:], 1, -1
		} else {
			cluster, text, width, state = uniseg.FirstGraphemeClusterInString(text, state)
		}
		if width > 0 {
			c.put(x, y, min(width, 2), cluster, s)
			x += min(width, 2)
		}
	}
}

// head returns the longest beginning of clean text that fits.
func head(text string, room int) string {
	rest, state, used := text, -1, 0
	for rest != "" {
		cluster, after, width, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if used+min(width, 2) > room {
			return text[:len(text)-len(rest)]
		}
		used += min(width, 2)
		_, rest, state = cluster, after, next
	}
	return text
}
