package printer

// star speaks Star's raster mode, the only one that the TSP100 family has.
type star struct{}

func (star) job(b *Bitmap) [][]byte {
	begin := []byte{
		0x1b, '*', 'r', 'R', // as new
		0x1b, '*', 'r', 'A', // raster mode
		0x1b, '*', 'r', 'P', '0', 0, // no page length: as long as the ticket
		0x1b, '*', 'r', 'E', '1', '3', 0, // at the end: feed to the knife and cut
	}
	parts := [][]byte{begin}
	for y := 0; y < b.Height; y += bandRows {
		var band []byte
		for r := y; r < min(y+bandRows, b.Height); r++ {
			row := b.Row(r)
			band = append(band, 'b', byte(len(row)), byte(len(row)>>8))
			band = append(band, row...)
		}
		parts = append(parts, band)
	}
	return append(parts, []byte{0x1b, 0x0c, eot, 0x1b, '*', 'r', 'B'})
}

// ask asks for the status block.
func (star) ask() []byte { return []byte{0x1b, 0x06, 0x01} }

// done is nil: the status block says of its own whether something is wrong.
func (star) done() []byte { return nil }

func (star) isDone([]byte) bool { return true }

// statusSize is how much of a status block is read here; newer models send more.
const statusSize = 7

func (star) read(said []byte) (Condition, bool) {
	if len(said) < statusSize {
		return Condition{}, false
	}
	printer, fault, jam, paper := said[2], said[3], said[4], said[5]
	c := Condition{Known: true, Low: paper&0x06 != 0}
	switch {
	case paper&0x08 != 0:
		c.Trouble = PaperOut
	case printer&0x20 != 0:
		c.Trouble = CoverOpen
	case fault&0x68 != 0 || jam&0x04 != 0: // heat, cutter, unrecoverable; a jam
		c.Trouble = Faulty
	case printer&0x08 != 0:
		c.Trouble = Offline
	}
	return c, true
}
