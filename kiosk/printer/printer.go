// Package printer puts tickets on paper: one bitmap, three ways to print it, and what the printer says of its paper.
package printer

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Trouble is why there is no paper in the visitor's hand: the key of a phrase.
type Trouble string

// What printers come to.
const (
	PaperOut  Trouble = "printer.paper-out"
	CoverOpen Trouble = "printer.cover-open"
	Offline   Trouble = "printer.offline" // cannot be reached, or says so of itself
	Stuck     Trouble = "printer.stuck"   // takes nothing more, or never says that it is done
	Faulty    Trouble = "printer.faulty"  // an error only somebody at the printer can mend
)

func (t Trouble) Error() string { return string(t) }

// Failure is a ticket that did not come out, or not in whole. Nothing is ever
// printed again by itself: whoever wants another paper asks for it.
type Failure struct {
	Trouble Trouble
	Begun   bool  // a part of it may be on paper
	Cause   error // for the operator; may be nil
}

func (f *Failure) Error() string {
	how := "not begun"
	if f.Begun {
		how = "perhaps in part on paper"
	}
	if f.Cause == nil {
		return fmt.Sprintf("%s (%s)", f.Trouble, how)
	}
	return fmt.Sprintf("%s (%s): %v", f.Trouble, how, f.Cause)
}

func (f *Failure) Unwrap() []error { return []error{f.Trouble, f.Cause} }

// Condition is what a printer says of itself.
type Condition struct {
	Known   bool    // it answered; many USB printers never do
	Low     bool    // the paper is near its end
	Trouble Trouble // "" when it can print
}

// device is one way to print. Both methods are called by one goroutine at a time.
type device interface {
	// print sends a ticket and returns when it is on paper, as far as the printer
	// tells, with what it said last, or a *[Failure].
	print(ctx context.Context, b *Bitmap) (Condition, error)
	// condition asks the printer. Its error is a *[Failure].
	condition(ctx context.Context) (Condition, error)
}

// Printer prints tickets one at a time. Its methods may be called by any goroutine.
type Printer struct {
	Width  int // dots of its paper: [Paper58] or [Paper80]
	device device
	turn   chan struct{}
}

// Open reads a printer's address and the width of its paper in millimetres, 58
// or 80. Nothing is sent yet. Addresses:
//
//	escpos://HOST:9100    escpos:///dev/usb/lp0    ESC/POS raster
//	star://HOST:9100      star:///dev/usb/lp0      Star raster (TSP100, TSP143 …)
//	cups://QUEUE                                   whatever CUPS drives
func Open(address string, millimetres int) (*Printer, error) {
	width, ok := map[int]int{58: Paper58, 80: Paper80}[millimetres]
	if !ok {
		return nil, fmt.Errorf("paper of %d mm: printers here take 58 or 80", millimetres)
	}
	d, err := openDevice(address)
	if err != nil {
		return nil, fmt.Errorf("printer %q: %w", address, err)
	}
	return &Printer{Width: width, device: d, turn: make(chan struct{}, 1)}, nil
}

func openDevice(address string) (device, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	switch u.Scheme {
	case "cups":
		if u.Host == "" || strings.HasPrefix(u.Host, "-") {
			return nil, fmt.Errorf("name the queue, like cups://ticket; lpstat -e lists them")
		}
		return &queue{name: u.Host, run: command}, nil
	case "escpos", "star":
		open, err := opener(u)
		if err != nil {
			return nil, err
		}
		if u.Scheme == "star" {
			return &direct{dialect: star{}, open: open, patience: usual()}, nil
		}
		return &direct{dialect: escpos{}, open: open, patience: usual()}, nil
	}
	return nil, fmt.Errorf("an address begins with escpos://, star:// or cups://")
}

func opener(u *url.URL) (func(context.Context) (port, error), error) {
	if u.Host == "" {
		if !filepath.IsAbs(u.Path) {
			return nil, fmt.Errorf("name a host and port, like escpos://192.0.2.7:9100, or a device file, like escpos:///dev/usb/lp0")
		}
		return func(context.Context) (port, error) { return openFile(u.Path) }, nil
	}
	host := u.Host
	if u.Port() == "" {
		host += ":9100"
	}
	return func(ctx context.Context) (port, error) { return dial(ctx, host) }, nil
}

// How long a printer may take, unless the caller's context ends before.
const (
	printWithin = 20 * time.Second // in all
	askWithin   = 3 * time.Second
)

// Print prints a ticket and returns when it is on paper, as far as the printer
// tells. Its error is a *[Failure]. One printer may be shared by several
// terminals: as long as it is busy and nothing was sent, Print waits its turn.
func (p *Printer) Print(ctx context.Context, b *Bitmap) (Condition, error) {
	ctx, cancel := context.WithTimeout(ctx, printWithin)
	defer cancel()
	if err := p.take(ctx); err != nil {
		return Condition{}, err
	}
	defer func() { <-p.turn }()
	return p.device.print(ctx, b)
}

// Condition asks the printer how it is. Its error is a *[Failure].
func (p *Printer) Condition(ctx context.Context) (Condition, error) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	if err := p.take(ctx); err != nil {
		return Condition{}, err
	}
	defer func() { <-p.turn }()
	return p.device.condition(ctx)
}

// take waits until nobody else here uses the printer.
func (p *Printer) take(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &Failure{Trouble: Stuck, Cause: ctx.Err()}
	}
}
