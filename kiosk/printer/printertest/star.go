package printertest

import (
	"bufio"
	"fmt"
	"io"
)

// star obeys Star raster until the connection ends.
func (s *session) star(in *bufio.Reader) error {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return err
		}
		switch b {
		case 'b':
			err = s.starRow(in)
		case 0x1b:
			err = s.starEscape(in)
		default:
			err = fmt.Errorf("stray byte %#02x", b)
		}
		if err != nil {
			return err
		}
	}
}

func (s *session) starRow(in io.Reader) error {
	var n [2]byte
	if _, err := io.ReadFull(in, n[:]); err != nil {
		return err
	}
	dots := make([]byte, int(n[0])|int(n[1])<<8)
	if _, err := io.ReadFull(in, dots); err != nil {
		return err
	}
	return s.row(dots)
}

func (s *session) starEscape(in *bufio.Reader) error {
	b, err := in.ReadByte()
	if err != nil {
		return err
	}
	switch b {
	case 0x06: // ESC ACK SOH
		s.starStatus()
		_, err = in.ReadByte()
	case 0x0c: // ESC FF EOT
		s.cut()
		_, err = in.ReadByte()
	case '*':
		err = s.starRaster(in)
	default:
		err = fmt.Errorf("stray bytes 0x1b %#02x", b)
	}
	return err
}

// starRaster reads ESC * r and what follows.
func (s *session) starRaster(in *bufio.Reader) error {
	var what [2]byte
	if _, err := io.ReadFull(in, what[:]); err != nil {
		return err
	}
	switch what[1] {
	case 'A', 'B', 'C', 'R':
		return nil
	case 'P', 'E', 'F', 'Q':
		_, err := in.ReadBytes(0)
		return err
	}
	return fmt.Errorf("stray raster command %q", what[1])
}

func (s *session) starStatus() {
	f := s.printer.now()
	var printer, paper byte
	if f.OffLine || f.PaperOut || f.CoverOpen {
		printer |= 0x08
	}
	if f.CoverOpen {
		printer |= 0x20
	}
	if f.NearEnd {
		paper |= 0x04
	}
	if f.PaperOut {
		paper |= 0x08
	}
	s.answer(0x0f, 0x06, printer, 0, 0, paper, 0)
}
