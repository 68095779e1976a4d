package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/paper"
	"accueil/kiosk/printer"
	"accueil/kiosk/reception"
	"accueil/kiosk/visitor"
)

// onPaper are the flags of roles that can have a printer.
type onPaper struct {
	Printer string `help:"Printer of this terminal: escpos://HOST:9100, escpos:///dev/usb/lp0, star://… or cups://QUEUE; none when absent." placeholder:"URL"`
	Paper   int    `help:"Width of its paper in millimetres: 58 or 80." enum:"58,80" default:"80" placeholder:"MM"`
	Roll    int    `help:"Metres on a new roll, to be warned before its end; 0 leaves it to the printer." default:"0" placeholder:"METRES"`
}

// outlet opens the terminal's printer, whose owner ends with the bench's context;
// printed waits for that. Without a printer the outlet is nil.
func (p onPaper) outlet(b *bench, dir string) (outlet *paper.Outlet, printed func(), err error) {
	if p.Printer == "" {
		return nil, func() {}, nil
	}
	device, err := printer.Open(p.Printer, p.Paper)
	if err != nil {
		return nil, nil, fmt.Errorf("--printer: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	outlet = paper.New(paper.Options{Printer: device, Roll: printer.OpenRoll(dir, p.Roll), Log: b.log, Say: func(state string) {
		b.line.SetPaper(state)
		b.shell.Post(func() {}) // drawn again
	}})
	var ended sync.WaitGroup
	ended.Go(func() { b.shell.Guard(func() { outlet.Run(b.ctx) }) })
	b.outlet = outlet
	return outlet, ended.Wait, nil
}

// check is whether the printer's address can be right, before anything starts.
func (p onPaper) check() error {
	if p.Printer == "" {
		return nil
	}
	if _, err := printer.Open(p.Printer, p.Paper); err != nil {
		return fmt.Errorf("--printer: %w", err)
	}
	return nil
}

// visitorPrinter is the outlet as a visitor's kiosk sees it: nil is none.
func visitorPrinter(o *paper.Outlet) visitor.Printer {
	if o == nil {
		return nil
	}
	return o
}

// deskPrinter prints for the entrance desk, in the language of each ticket.
type deskPrinter struct {
	outlet *paper.Outlet
	book   *phrases.Book
	site   atomic.Pointer[site.Site]
}

// Print implements reception.Printer.
func (d *deskPrinter) Print(ctx context.Context, s reception.Slip) error {
	centre, lang := d.site.Load(), s.Language
	if lang == "" {
		lang = centre.Languages[0]
	}
	return d.outlet.Print(ctx, paper.Slip(centre, d.book.In(lang), paper.Ticket{Ticket: s.Ticket, Service: s.Service, At: s.At}))
}
