package screen

import (
	"fmt"

	qrcode "github.com/skip2/go-qrcode"
)

const quietZone = 4 // modules of white around the code, as ISO/IEC 18004 asks

// QR draws a QR code with its top left corner at (x, y), two modules a cell,
// black on white in every theme, and returns its area. Capital letters, digits
// and "$%*+-./:" only make the smallest codes. It fails when the text is too
// long for a code or the code too large for the canvas.
func (c *Canvas) QR(x, y int, text string) (Rect, error) {
	bits, err := qrModules(text)
	if err != nil {
		return Rect{}, err
	}
	r := Rect{x, y, len(bits), (len(bits) + 1) / 2}
	if r.Intersect(c.Area()) != r {
		return r, fmt.Errorf("draw QR code of %d × %d cells at (%d, %d): the screen has %d × %d", r.W, r.H, x, y, c.w, c.h)
	}
	c.checkFree(r, text)
	c.LeftToRight(r, func(r Rect) { c.matrix(r, bits) })
	return r, nil
}

// matrix draws the modules of a code.
func (c *Canvas) matrix(r Rect, bits [][]bool) {
	for row := range r.H {
		for col := range r.W {
			lower := row*2+1 < len(bits) && bits[row*2+1][col]
			c.modules(r.X+col, r.Y+row, bits[row*2][col], lower)
		}
	}
}

// modules draws two modules in a cell, never with the upper half block: where a
// font leaves a seam, it is above the block, and must take the colour of the
// module it belongs to. Eight sizes of xterm decode so, and half of them
// otherwise.
func (c *Canvas) modules(x, y int, upper, lower bool) {
	char := "▄"
	switch {
	case upper && lower:
		char = "█"
	case !upper && !lower:
		char = " "
	}
	c.set(x, y, char, Style{Fg: moduleColor(lower), Bg: moduleColor(upper)})
}

// QRSize returns the cells a QR code takes, quiet zone included.
func QRSize(text string) (w, h int, err error) {
	code, err := newQR(text)
	if err != nil {
		return 0, 0, err
	}
	side := 4*code.VersionNumber + 17 + 2*quietZone // ISO/IEC 18004, 6.3.1
	return side, (side + 1) / 2, nil
}

// newQR makes the smallest code there is for the text, with as much error
// correction as that size leaves room for.
func newQR(text string) (*qrcode.QRCode, error) {
	best, err := qrcode.New(text, qrcode.Low)
	if err != nil {
		return nil, fmt.Errorf("make QR code of %d characters: %w", len(text), err)
	}
	for _, level := range []qrcode.RecoveryLevel{qrcode.Medium, qrcode.High, qrcode.Highest} {
		code, err := qrcode.New(text, level)
		if err != nil || code.VersionNumber > best.VersionNumber {
			break
		}
		best = code
	}
	best.DisableBorder = true
	return best, nil
}

// qrModules returns the code's modules, quiet zone included, true for black.
func qrModules(text string) ([][]bool, error) {
	code, err := newQR(text)
	if err != nil {
		return nil, err
	}
	inner := code.Bitmap()
	bits := make([][]bool, len(inner)+2*quietZone)
	for i := range bits {
		bits[i] = make([]bool, len(bits))
	}
	for i, row := range inner {
		copy(bits[i+quietZone][quietZone:], row)
	}
	return bits, nil
}

func moduleColor(black bool) Color {
	if black {
		return 0x000000
	}
	return 0xFFFFFF
}
