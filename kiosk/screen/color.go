package screen

import "math"

// Color is an RGB colour as 0xRRGGBB; the zero value is black.
type Color uint32

// RGB returns the three channels.
func (c Color) RGB() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// luminance is the relative luminance of WCAG 2.2, 0 to 1.
func (c Color) luminance() float64 {
	r, g, b := c.RGB()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// Ratio returns the WCAG 2.2 contrast ratio of two colours, 1 to 21.
func Ratio(a, b Color) float64 {
	la, lb := a.luminance(), b.luminance()
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

// Style is how a cell is painted. Both colours are always explicit: what a
// terminal takes for its default differs, and a QR code would not survive it.
type Style struct {
	Fg, Bg          Color
	Bold, Underline bool
}

// On returns the style on another background.
func (s Style) On(bg Color) Style { s.Bg = bg; return s }

// Strong returns the style in bold.
func (s Style) Strong() Style { s.Bold = true; return s }

// Underlined returns the style underlined.
func (s Style) Underlined() Style { s.Underline = true; return s }

// Invert swaps ink and ground.
func (s Style) Invert() Style { s.Fg, s.Bg = s.Bg, s.Fg; return s }
