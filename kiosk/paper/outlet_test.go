package paper_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/wire"
	"accueil/kiosk/fontfile"
	"accueil/kiosk/paper"
	"accueil/kiosk/printer"
	"accueil/kiosk/printer/printertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// station is an outlet at work on a printer of this machine.
type station struct {
	machine *printertest.Printer
	outlet  *paper.Outlet
	said    chan string
}

func at(t *testing.T, roll int, faults printertest.Faults) station {
	t.Helper()
	machine, err := printertest.ESCPOS()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(machine.Close)
	machine.Set(faults)
	p, err := printer.Open(machine.Address(), 58)
	if err != nil {
		t.Fatal(err)
	}
	s := station{machine, nil, make(chan string, 100)}
	s.outlet = paper.New(paper.Options{Printer: p, Roll: printer.OpenRoll(t.TempDir(), roll), Say: func(w string) { s.said <- w },
		Every: 20 * time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); s.outlet.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return s
}

// hears waits for what the hub is told next.
func (s station) hears(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-s.said:
		if got != want {
			t.Fatalf("the hub is told %q, not %q", got, want)
		}
	case <-time.After(30 * time.Second):
		t.Fatalf("the hub is not told %q", want)
	}
}

func (s station) print(t *testing.T) error {
	t.Helper()
	err := s.outlet.Print(t.Context(), printer.Slip{Language: "fr", Label: "C 042"})
	if errors.Is(err, fontfile.ErrMissing) {
		t.Skip(err)
	}
	return err
}

// TestOnePaperForOnePrint, counted, with a warning before the end of the roll.
func TestOnePaperForOnePrint(t *testing.T) {
	s := at(t, 1, printertest.Faults{})
	s.hears(t, wire.PaperOK)
	n := 0
	for s.outlet.State() != wire.PaperLow {
		if n++; n > 60 {
			t.Fatal("a metre of paper never ends")
		}
		if err := s.print(t); err != nil {
			t.Fatal(err)
		}
	}
	s.hears(t, wire.PaperLow)
	if got := len(s.machine.Papers()); got != n {
		t.Errorf("%d papers for %d prints", got, n)
	}
}

// TestStaffHearBeforeAVisitorDoes: without any print, the end of the paper and a
// new roll are noticed, and nothing comes out by itself.
func TestStaffHearBeforeAVisitorDoes(t *testing.T) {
	s := at(t, 0, printertest.Faults{NearEnd: true})
	s.hears(t, wire.PaperLow)
	s.machine.Set(printertest.Faults{PaperOut: true})
	s.hears(t, wire.PaperOut)
	s.machine.Set(printertest.Faults{CoverOpen: true})
	s.hears(t, wire.PaperTrouble)
	s.machine.Set(printertest.Faults{})
	s.hears(t, wire.PaperOK)
	if got := len(s.machine.Papers()); got != 0 {
		t.Errorf("%d papers that nobody asked for", got)
	}
}

// TestNothingComesOutLater: a print that failed stays failed when the printer is mended.
func TestNothingComesOutLater(t *testing.T) {
	s := at(t, 0, printertest.Faults{PaperOut: true})
	s.hears(t, wire.PaperOut)
	var fail *printer.Failure
	if err := s.print(t); !errors.As(err, &fail) || fail.Trouble != printer.PaperOut || fail.Begun {
		t.Fatalf("printed without paper: %v", err)
	}
	s.machine.Set(printertest.Faults{})
	s.hears(t, wire.PaperOK)
	if got := len(s.machine.Papers()); got != 0 {
		t.Errorf("%d papers after the printer was mended", got)
	}
}

// TestPrintAfterTheEnd of the terminal says so and waits for nothing.
func TestPrintAfterTheEnd(t *testing.T) {
	p, err := printer.Open("escpos://127.0.0.1:1", 58)
	if err != nil {
		t.Fatal(err)
	}
	o := paper.New(paper.Options{Printer: p, Roll: printer.OpenRoll(t.TempDir(), 0), Say: func(string) {}, Log: slog.New(slog.DiscardHandler)})
	ctx, stop := context.WithCancel(context.Background())
	stop()
	o.Run(ctx)
	var fail *printer.Failure
	if err := o.Print(context.Background(), printer.Slip{}); !errors.As(err, &fail) || fail.Begun {
		t.Errorf("got %v", err)
	}
}
