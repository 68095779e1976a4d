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
	for row := range r.H {
		for col := range r.W {
			lower := row*2+1 < len(bits) && bits[row*2+1][col]
			c.set(x+col, y+row, "▀", Style{Fg: moduleColor(bits[row*2][col]), Bg: moduleColor(lower)})
		}
	}
	return r, nil
}

// QRSize returns the cells a QR code takes, quiet zone included.
func QRSize(text string) (w, h int, err error) {
	bits, err := qrModules(text)
	return len(bits), (len(bits) + 1) / 2, err
}

// qrModules returns the code's modules, quiet zone included, true for black.
func qrModules(text string) ([][]bool, error) {
	code, err := qrcode.New(text, qrcode.Low)
	if err != nil {
		return nil, fmt.Errorf("make QR code of %d characters: %w", len(text), err)
	}
	code.DisableBorder = true
	inner := code.Bitmap()
	size := len(inner) + 2*quietZone
	bits := make([][]bool, size)
	for i := range bits {
		bits[i] = make([]bool, size)
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
