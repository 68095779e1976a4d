package screen

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"accueil/kiosk/fontfile"
)

// A cell of a picture, in pixels. Twice as high as wide, so that the modules of
// a QR code are squares.
const (
	cellWidth  = 12
	cellHeight = 24
	baseline   = 18
	fontSize   = 19.93 // makes DejaVu Sans Mono advance exactly one cell
)

// WritePNG writes the canvas as a picture of 12 × 24 pixels a cell, as a good
// terminal would show it. It needs DejaVu Sans Mono, and Noto's fonts for
// writing that DejaVu lacks; the error names the Debian package to install.
func WritePNG(w io.Writer, c *Canvas) error { return writePNG(w, c, fontfile.Dirs()) }

func writePNG(w io.Writer, c *Canvas, dirs []string) error {
	p := &picture{
		img:   image.NewRGBA(image.Rect(0, 0, c.w*cellWidth, c.h*cellHeight)),
		fonts: newFonts(dirs),
	}
	for i, cell := range c.cells {
		p.ground(i%c.w, i/c.w, cell.style)
	}
	for i, cell := range c.cells {
		if err := p.cell(i%c.w, i/c.w, cell); err != nil {
			return err
		}
	}
	return png.Encode(w, p.img)
}

// picture is an image of a canvas being drawn.
type picture struct {
	img   *image.RGBA
	fonts *fonts
}

// ground paints the background of a cell.
func (p *picture) ground(x, y int, s Style) {
	p.rect(x, y, span8{0, 8}, span8{0, 8}, s.Bg)
}

// cell paints the character of a cell over its ground.
func (p *picture) cell(x, y int, cell cell) error {
	if cell.style.Underline {
		top := image.Rect(x*cellWidth, y*cellHeight+cellHeight-3, (x+1)*cellWidth, y*cellHeight+cellHeight-2)
		p.fill(top, cell.style.Fg)
	}
	if cell.tail || cell.text == " " || cell.text == "" || cell.text == "\u00a0" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(cell.text)
	if parts, ok := blockOf(first); ok {
		for _, part := range parts {
			p.rect(x, y, part.x, part.y, cell.style.Fg)
		}
		return nil
	}
	if lines, ok := lineOf(first); ok {
		p.lines(x, y, lines, cell.style.Fg)
		return nil
	}
	return p.text(x, y, cell, first)
}

// text draws a grapheme with a font that has its first rune.
func (p *picture) text(x, y int, cell cell, first rune) error {
	t, err := p.fonts.of(first, cell.style.Bold)
	if err != nil {
		return err
	}
	d := font.Drawer{
		Dst: p.img, Src: image.NewUniform(rgba(cell.style.Fg)), Face: t.face,
		Dot: fixed.P(x*cellWidth, y*cellHeight+baseline),
	}
	room := fixed.I(cellWidth * max(1, min(2, Width(cell.text))))
	if advance := d.MeasureString(string(first)); advance > 0 {
		d.Dot.X += (room - advance) / 2
	}
	d.DrawString(cell.text)
	return nil
}

// rect fills a part of a cell, given in eighths of its width and height.
func (p *picture) rect(x, y int, across, down span8, c Color) {
	p.fill(image.Rect(
		x*cellWidth+across.from*cellWidth/8, y*cellHeight+down.from*cellHeight/8,
		x*cellWidth+across.to*cellWidth/8, y*cellHeight+down.to*cellHeight/8), c)
}

func (p *picture) fill(r image.Rectangle, c Color) {
	draw.Draw(p.img, r, image.NewUniform(rgba(c)), image.Point{}, draw.Src)
}

func rgba(c Color) color.RGBA {
	r, g, b := c.RGB()
	return color.RGBA{r, g, b, 0xff}
}
