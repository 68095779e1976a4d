package printer

import "time"

// Hurry makes a printer impatient, for tests that wait for what never comes.
func Hurry(p *Printer) {
	p.device.(*direct).patience = patience{answer: 200 * time.Millisecond, stall: 300 * time.Millisecond, done: 400 * time.Millisecond}
}

// Unheard is unheard.
var Unheard = unheard

// JobESCPOS is a ticket as an ESC/POS printer gets it.
func JobESCPOS(b *Bitmap) [][]byte { return escpos{}.job(b) }

// Bands are the parts of a picture that go in one raster command each.
func Bands(b *Bitmap) []*Bitmap {
	var bands []*Bitmap
	for y := 0; y < b.Height; y += bandRows {
		rows := min(bandRows, b.Height-y)
		band := NewBitmap(b.Width, rows)
		copy(band.Rows, b.Rows[y*b.Width/8:])
		bands = append(bands, band)
	}
	return bands
}
