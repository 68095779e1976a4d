package printer

import "slices"

// escpos speaks ESC/POS, as Epson's manuals describe it and most printers do.
type escpos struct{}

// bandRows is how many rows go in one raster command: small printers have
// small buffers.
const bandRows = 128

func (escpos) job(b *Bitmap) [][]byte {
	parts := [][]byte{{0x1b, '@'}} // as switched on
	for y := 0; y < b.Height; y += bandRows {
		rows := min(bandRows, b.Height-y)
		width := b.Width / 8
		band := []byte{0x1d, 'v', '0', 0, byte(width), byte(width >> 8), byte(rows), byte(rows >> 8)}
		for r := y; r < y+rows; r++ {
			band = append(band, b.Row(r)...)
		}
		parts = append(parts, unheard(band, 8))
	}
	return append(parts, []byte{0x1d, 'V', 66, 0}) // feed to the knife and cut
}

// unheard changes dots that would spell a real-time command: printers obey
// those even inside a picture, and one of them switches the printer off. A dot
// more beside a single one is not seen.
func unheard(band []byte, from int) []byte {
	for i := from; i+1 < len(band); i++ {
		if band[i] == dle && slices.Contains([]byte{eot, enq, dc4}, band[i+1]) {
			band[i] |= 0x08
		}
	}
	return band
}

const (
	eot = 0x04
	enq = 0x05
	dle = 0x10
	dc4 = 0x14
)

// ask asks, past everything that waits in the printer: whether it is off line,
// why, for an error, for its paper.
func (escpos) ask() []byte { return []byte{dle, eot, 1, dle, eot, 2, dle, eot, 3, dle, eot, 4} }

// done is answered in its turn: when what came before it is on paper.
func (escpos) done() []byte { return []byte{0x1d, 'r', 1} }

// Answers are told apart by their fixed bits.
func isRealTime(b byte) bool { return b&0x93 == 0x12 }
func isStatus(b byte) bool   { return b&0x90 == 0 }

func (escpos) isDone(said []byte) bool { return slices.ContainsFunc(said, isStatus) }

func (escpos) read(said []byte) (Condition, bool) {
	answers := slices.DeleteFunc(slices.Clone(said), func(b byte) bool { return !isRealTime(b) })
	if len(answers) < 4 {
		return Condition{}, false
	}
	state, off, fault, paper := answers[0], answers[1], answers[2], answers[3]
	c := Condition{Known: true, Low: paper&0x0c != 0}
	switch {
	case paper&0x60 != 0 || off&0x20 != 0:
		c.Trouble = PaperOut
	case off&0x04 != 0:
		c.Trouble = CoverOpen
	case fault&0x68 != 0: // cutter, unrecoverable, or one that heals when it cools
		c.Trouble = Faulty
	case state&0x08 != 0:
		c.Trouble = Offline
	}
	return c, true
}
