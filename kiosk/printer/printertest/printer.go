// Package printertest is a receipt printer on a port of this machine: it draws what it is sent back as pictures, and has every fault a test asks for.
package printertest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// Paper is one ticket as it came out: rows of dots, eight to a byte.
type Paper struct {
	Width int // dots; 0 for a paper without a picture
	Rows  [][]byte
	Torn  bool // it was never cut: the rest is missing
}

// Faults are what is wrong with a printer. The zero value is a printer that works.
type Faults struct {
	NearEnd, PaperOut, CoverOpen, OffLine bool

	Silent  bool          // never answers, like a printer on a one-way cable
	Wedged  int           // takes so many rows and then nothing more; 0 never
	EndsAt  int           // the roll ends after so many rows; 0 never
	HangsUp int           // closes the connection after so many rows; 0 never
	Slow    time.Duration // for each row
}

// Printer is a running printer.
type Printer struct {
	star     bool
	listener net.Listener
	all      sync.WaitGroup
	stop     chan struct{}
	off      sync.Once

	mu     sync.Mutex
	faults Faults
	papers []Paper
	rows   int // since the last fault was set
	stray  []string
	live   map[net.Conn]bool
	mended chan struct{} // closed and replaced when faults change
}

// ESCPOS starts a printer that speaks ESC/POS raster.
func ESCPOS() (*Printer, error) { return start(false) }

// Star starts a printer that speaks Star raster.
func Star() (*Printer, error) { return start(true) }

func start(star bool) (*Printer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Printer{star: star, listener: l, stop: make(chan struct{}), live: map[net.Conn]bool{}, mended: make(chan struct{})}
	p.all.Go(p.serve)
	return p, nil
}

// Address is where the printer listens, as kiosks are told it.
func (p *Printer) Address() string {
	scheme := "escpos"
	if p.star {
		scheme = "star"
	}
	return scheme + "://" + p.listener.Addr().String()
}

// Set puts faults in place of those the printer has, and mends it with none.
func (p *Printer) Set(f Faults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.rows = f, 0
	close(p.mended)
	p.mended = make(chan struct{})
}

// Papers are the tickets that came out, oldest first.
func (p *Printer) Papers() []Paper {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Paper(nil), p.papers...)
}

// Stray are bytes that are no command of the printer's language, in words: a
// real printer would have printed or obeyed them.
func (p *Printer) Stray() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.stray...)
}

// Drain lets nobody in any more and waits until everything sent is on paper.
func (p *Printer) Drain() {
	p.listener.Close()
	p.all.Wait()
}

// Close switches the printer off.
func (p *Printer) Close() {
	p.off.Do(func() { close(p.stop) })
	p.listener.Close()
	p.mu.Lock()
	for c := range p.live {
		c.Close()
	}
	p.mu.Unlock()
	p.all.Wait()
}

// serve takes one connection at a time, as printers do.
func (p *Printer) serve() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.live[c] = true
		p.mu.Unlock()
		s := &session{printer: p, out: c}
		in := bufio.NewReader(c)
		if p.star {
			err = s.star(in)
		} else {
			err = s.escpos(in)
		}
		s.tear()
		if err != io.EOF && err != errHungUp {
			p.note(fmt.Sprint(err))
		}
		c.Close()
		p.mu.Lock()
		delete(p.live, c)
		p.mu.Unlock()
	}
}

func (p *Printer) note(stray string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stray = append(p.stray, stray)
}

// now is what is wrong at this moment.
func (p *Printer) now() Faults {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.faults
	f.PaperOut = f.PaperOut || f.EndsAt > 0 && p.rows >= f.EndsAt
	return f
}

var errHungUp = fmt.Errorf("hung up")

// session is one connection: the paper that is coming out of it.
type session struct {
	printer *Printer
	out     io.Writer
	paper   Paper
}

// row prints one row, or has a fault.
func (s *session) row(dots []byte) error {
	p := s.printer
	p.mu.Lock()
	p.rows++
	rows, f, mended := p.rows, p.faults, p.mended
	p.mu.Unlock()
	switch {
	case f.HangsUp > 0 && rows > f.HangsUp:
		return errHungUp
	case f.Wedged > 0 && rows > f.Wedged, f.EndsAt > 0 && rows > f.EndsAt:
		select { // takes nothing more, and starts anew when mended
		case <-p.stop:
		case <-mended:
		}
		return errHungUp
	case f.Slow > 0:
		select {
		case <-time.After(f.Slow):
		case <-p.stop:
			return errHungUp
		}
	}
	s.paper.Width = max(s.paper.Width, 8*len(dots))
	s.paper.Rows = append(s.paper.Rows, dots)
	return nil
}

func (s *session) cut() {
	if len(s.paper.Rows) == 0 {
		return
	}
	s.printer.mu.Lock()
	defer s.printer.mu.Unlock()
	s.printer.papers = append(s.printer.papers, s.paper)
	s.paper = Paper{}
}

// tear is the end of a connection in the middle of a ticket.
func (s *session) tear() {
	s.paper.Torn = true
	s.cut()
}

func (s *session) answer(b ...byte) {
	if !s.printer.now().Silent {
		s.out.Write(b)
	}
}
