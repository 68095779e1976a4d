package printer

import (
	"image"
	"image/color"
)

// Bitmap is a ticket as a thermal printer draws it: rows of dots, eight to a
// byte, the leftmost in the highest bit, 1 black. Width is a multiple of 8.
type Bitmap struct {
	Width, Height int
	Rows          []byte // Height × Width/8
}

// NewBitmap is white paper.
func NewBitmap(width, height int) *Bitmap {
	width = (width + 7) / 8 * 8
	return &Bitmap{Width: width, Height: height, Rows: make([]byte, width/8*height)}
}

// Black says whether a dot is black; outside the paper nothing is.
func (b *Bitmap) Black(x, y int) bool {
	return b.inside(x, y) && b.Rows[y*b.Width/8+x/8]&(0x80>>(x%8)) != 0
}

// Blacken makes a dot black; outside the paper it does nothing.
func (b *Bitmap) Blacken(x, y int) {
	if b.inside(x, y) {
		b.Rows[y*b.Width/8+x/8] |= 0x80 >> (x % 8)
	}
}

func (b *Bitmap) inside(x, y int) bool { return x >= 0 && y >= 0 && x < b.Width && y < b.Height }

// Fill blackens a rectangle.
func (b *Bitmap) Fill(x, y, w, h int) {
	for dy := range h {
		for dx := range w {
			b.Blacken(x+dx, y+dy)
		}
	}
}

// Row is one row's bytes.
func (b *Bitmap) Row(y int) []byte { return b.Rows[y*b.Width/8 : (y+1)*b.Width/8] }

// ColorModel, Bounds and At make a bitmap an [image.Image].
func (b *Bitmap) ColorModel() color.Model { return color.GrayModel }

// Bounds implements [image.Image].
func (b *Bitmap) Bounds() image.Rectangle { return image.Rect(0, 0, b.Width, b.Height) }

// At implements [image.Image].
func (b *Bitmap) At(x, y int) color.Color {
	if b.Black(x, y) {
		return color.Gray{}
	}
	return color.Gray{Y: 255}
}

// cut is the bitmap without the rows below height.
func (b *Bitmap) cut(height int) *Bitmap {
	return &Bitmap{Width: b.Width, Height: height, Rows: b.Rows[:height*b.Width/8]}
}
