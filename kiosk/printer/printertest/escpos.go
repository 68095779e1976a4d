package printertest

import (
	"bufio"
	"fmt"
	"io"
)

// escpos obeys ESC/POS until the connection ends. Real-time commands are
// obeyed wherever they stand, as printers do: also inside a picture. A printer
// that is wedged or out of paper answers them still.
func (s *session) escpos(r *bufio.Reader) error {
	in := &escposReader{session: s, in: r, bytes: make(chan byte, 1<<20), ended: make(chan struct{})}
	s.printer.all.Go(in.pump)
	for {
		b, err := in.ReadByte()
		if err != nil {
			return err
		}
		if err := s.obey(in, b); err != nil {
			return err
		}
	}
}

func (s *session) obey(in *escposReader, first byte) error {
	second, err := in.ReadByte()
	if err != nil {
		return err
	}
	switch string([]byte{first, second}) {
	case "\x1b@":
		return nil
	case "\x1dr":
		if _, err := in.ReadByte(); err != nil {
			return err
		}
		status := byte(0)
		if s.printer.now().NearEnd {
			status |= 0x03
		}
		s.answer(status)
		return nil
	case "\x1dV":
		var how [2]byte
		_, err := io.ReadFull(in, how[:])
		s.cut()
		return err
	case "\x1dv":
		return s.raster(in)
	}
	return fmt.Errorf("stray bytes %#02x %#02x", first, second)
}

func (s *session) raster(in io.Reader) error {
	var head [6]byte // '0' m xL xH yL yH
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	width, rows := int(head[2])|int(head[3])<<8, int(head[4])|int(head[5])<<8
	for range rows {
		dots := make([]byte, width)
		if _, err := io.ReadFull(in, dots); err != nil {
			return err
		}
		if err := s.row(dots); err != nil {
			return err
		}
	}
	return nil
}

// escposReader takes real-time commands out of the stream as they arrive.
type escposReader struct {
	session *session
	in      *bufio.Reader
	bytes   chan byte
	ended   chan struct{}
}

// pump reads ahead of the paper, as far as the printer's buffer goes.
func (r *escposReader) pump() {
	defer close(r.ended)
	for {
		b, err := r.in.ReadByte()
		if err != nil {
			return
		}
		if b == 0x10 {
			next, err := r.in.Peek(2)
			if err == nil && next[0] == 0x04 {
				r.in.Discard(2)
				r.session.realTime(next[1])
				continue
			}
			if err == nil && (next[0] == 0x05 || next[0] == 0x14) {
				r.session.printer.note(fmt.Sprintf("real-time command %#02x", next[0]))
			}
		}
		select {
		case r.bytes <- b:
		case <-r.session.printer.stop:
			return
		}
	}
}

// ReadByte implements [io.ByteReader].
func (r *escposReader) ReadByte() (byte, error) {
	select {
	case b := <-r.bytes:
		return b, nil
	default:
	}
	select {
	case b := <-r.bytes:
		return b, nil
	case <-r.ended:
		select {
		case b := <-r.bytes:
			return b, nil
		default:
			return 0, io.EOF
		}
	}
}

// Read implements [io.Reader].
func (r *escposReader) Read(p []byte) (int, error) {
	for i := range p {
		b, err := r.ReadByte()
		if err != nil {
			return i, err
		}
		p[i] = b
	}
	return len(p), nil
}

// realTime answers DLE EOT n.
func (s *session) realTime(n byte) {
	f := s.printer.now()
	answer := byte(0x12)
	switch n {
	case 1:
		if f.OffLine || f.PaperOut || f.CoverOpen {
			answer |= 0x08
		}
	case 2:
		if f.CoverOpen {
			answer |= 0x04
		}
		if f.PaperOut {
			answer |= 0x20
		}
	case 4:
		if f.NearEnd {
			answer |= 0x0c
		}
		if f.PaperOut {
			answer |= 0x60
		}
	}
	s.answer(answer)
}
