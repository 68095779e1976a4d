package printer_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"accueil/kiosk/printer"
	"accueil/kiosk/printer/printertest"

	"pgregory.net/rapid"
)

// makes are the printers for tests, by the language they speak.
var makes = map[string]func() (*printertest.Printer, error){"escpos": printertest.ESCPOS, "star": printertest.Star}

// each runs a test on every make.
func each(t *testing.T, test func(t *testing.T, machine *printertest.Printer, p *printer.Printer)) {
	for name, start := range makes {
		t.Run(name, func(t *testing.T) {
			machine, err := start()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(machine.Close)
			p, err := printer.Open(machine.Address(), 80)
			if err != nil {
				t.Fatal(err)
			}
			printer.Hurry(p)
			test(t, machine, p)
		})
	}
}

// pattern is a bitmap with every byte value, and so with every real-time command.
func pattern(rows int) *printer.Bitmap {
	b := printer.NewBitmap(printer.Paper80, rows)
	for i := range b.Rows {
		b.Rows[i] = byte(i*7 + i/256)
	}
	copy(b.Rows, []byte{0x10, 0x04, 0x01, 0x10, 0x14, 0x02, 0x10, 0x05, 0x02})
	return b
}

// plain is a bitmap in which nothing spells a command.
func plain(rows int) *printer.Bitmap {
	b := printer.NewBitmap(printer.Paper80, rows)
	for i := range b.Rows {
		b.Rows[i] = byte(i*7+i/256) | 0x08
	}
	return b
}

// TestWhatIsSentComesOut: dot by dot, cut once, and nothing astray.
func TestWhatIsSentComesOut(t *testing.T) {
	each(t, func(t *testing.T, machine *printertest.Printer, p *printer.Printer) {
		b := plain(700)
		c, err := p.Print(t.Context(), b)
		if err != nil || !c.Known || c.Low || c.Trouble != "" {
			t.Fatalf("printed with %+v, %v", c, err)
		}
		papers := machine.Papers()
		if len(papers) != 1 || papers[0].Torn || !bytes.Equal(slices.Concat(papers[0].Rows...), b.Rows) {
			t.Fatalf("%d papers; not what was sent", len(papers))
		}
		if stray := machine.Stray(); len(stray) > 0 {
			t.Errorf("stray: %v", stray)
		}
	})
}

// TestNoCommandHidesInAPicture: a picture that spells commands changes by
// single dots and is obeyed as a picture.
func TestNoCommandHidesInAPicture(t *testing.T) {
	each(t, func(t *testing.T, machine *printertest.Printer, p *printer.Printer) {
		b := pattern(300)
		if _, err := p.Print(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		papers := machine.Papers()
		if stray := machine.Stray(); len(papers) != 1 || len(stray) > 0 {
			t.Fatalf("%d papers, stray %v", len(papers), stray)
		}
		changed := 0
		for i, got := range slices.Concat(papers[0].Rows...) {
			if diff := got ^ b.Rows[i]; diff != 0 && (diff != 0x08 || b.Rows[i] != 0x10) {
				t.Fatalf("byte %d: %#02x became %#02x", i, b.Rows[i], got)
			} else if diff != 0 {
				changed++
			}
		}
		if changed > len(b.Rows)/500 {
			t.Errorf("%d of %d bytes changed", changed, len(b.Rows))
		}
	})
}

func TestUnheardProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spelling := rapid.SliceOf(rapid.SampledFrom([]byte{0x10, 0x04, 0x05, 0x14, 0x00, 0xff})).Draw(t, "dots")
		out := printer.Unheard(slices.Clone(spelling), 0)
		for i := 1; i < len(out); i++ {
			if out[i-1] == 0x10 && slices.Contains([]byte{0x04, 0x05, 0x14}, out[i]) {
				t.Fatalf("% x still has a command at %d: % x", spelling, i-1, out)
			}
		}
	})
}

// TestTrouble: each fault has its word, says whether paper was begun, and
// nothing comes out by itself when it is mended.
func TestTrouble(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault printertest.Faults
		want  printer.Trouble
		begun bool
	}{
		{"paper out", printertest.Faults{PaperOut: true}, printer.PaperOut, false},
		{"cover open", printertest.Faults{CoverOpen: true}, printer.CoverOpen, false},
		{"off line", printertest.Faults{OffLine: true}, printer.Offline, false},
		{"hangs up in the middle", printertest.Faults{HangsUp: 100}, printer.Offline, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			each(t, func(t *testing.T, machine *printertest.Printer, p *printer.Printer) {
				machine.Set(tt.fault)
				_, err := p.Print(t.Context(), plain(400))
				wantFailure(t, err, tt.want, tt.begun)
				machine.Set(printertest.Faults{})
				whole := slices.IndexFunc(machine.Papers(), func(p printertest.Paper) bool { return !p.Torn })
				if whole >= 0 {
					t.Error("a whole paper came out")
				}
				if _, err := p.Print(t.Context(), plain(20)); err != nil {
					t.Errorf("after it was mended: %v", err)
				}
			})
		})
	}
}

func wantFailure(t *testing.T, err error, trouble printer.Trouble, begun bool) {
	t.Helper()
	var f *printer.Failure
	if !errors.As(err, &f) || f.Trouble != trouble || f.Begun != begun {
		t.Errorf("got %v; want %s, begun %t", err, trouble, begun)
	}
}

// TestPaperEndsInTheMiddle and TestWedged need the answers of real time that
// only ESC/POS has.
func TestPaperEndsInTheMiddle(t *testing.T) {
	machine, p := escpos(t)
	machine.Set(printertest.Faults{EndsAt: 150})
	_, err := p.Print(t.Context(), plain(400))
	wantFailure(t, err, printer.PaperOut, true)
}

func TestWedged(t *testing.T) {
	machine, p := escpos(t)
	machine.Set(printertest.Faults{Wedged: 50})
	_, err := p.Print(t.Context(), plain(400))
	wantFailure(t, err, printer.Stuck, true)
}

func TestSlowButSure(t *testing.T) {
	machine, p := escpos(t)
	machine.Set(printertest.Faults{Slow: 100 * time.Microsecond})
	if _, err := p.Print(t.Context(), plain(200)); err != nil {
		t.Error(err)
	}
	if got := machine.Papers(); len(got) != 1 || len(got[0].Rows) != 200 {
		t.Errorf("%d papers", len(got))
	}
}

func TestLowPaperIsNoTrouble(t *testing.T) {
	each(t, func(t *testing.T, machine *printertest.Printer, p *printer.Printer) {
		machine.Set(printertest.Faults{NearEnd: true})
		c, err := p.Print(t.Context(), plain(20))
		if err != nil || !c.Low {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// TestOneWay: a printer that never answers gets its ticket, and nothing is
// claimed to be known.
func TestOneWay(t *testing.T) {
	each(t, func(t *testing.T, machine *printertest.Printer, p *printer.Printer) {
		machine.Set(printertest.Faults{Silent: true})
		c, err := p.Print(t.Context(), plain(20))
		if err != nil || c.Known {
			t.Fatalf("%+v, %v", c, err)
		}
		machine.Drain()
		if got := machine.Papers(); len(got) != 1 || got[0].Torn {
			t.Errorf("papers %v", got)
		}
	})
}

// TestSharedByTerminals: each gets its own paper, whole, whoever comes first.
func TestSharedByTerminals(t *testing.T) {
	each(t, func(t *testing.T, machine *printertest.Printer, first *printer.Printer) {
		second, err := printer.Open(machine.Address(), 80)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for i := range 8 {
			p := []*printer.Printer{first, second}[i%2]
			all.Go(func() {
				if _, err := p.Print(t.Context(), plain(100+i)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		rows := map[int]bool{}
		for _, paper := range machine.Papers() {
			rows[len(paper.Rows)] = !paper.Torn
		}
		if len(rows) != 8 || len(machine.Stray()) > 0 {
			t.Errorf("papers of %v rows, stray %v", rows, machine.Stray())
		}
	})
}

func TestNobodyThere(t *testing.T) {
	machine, p := escpos(t)
	machine.Close()
	ctx, stop := context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer stop()
	_, err := p.Print(ctx, plain(20))
	wantFailure(t, err, printer.Offline, false)
}

// TestDeviceFile: a printer that is not plugged in does not become a file.
func TestDeviceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lp0")
	p, err := printer.Open("escpos://"+path, 58)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Print(t.Context(), plain(20))
	wantFailure(t, err, printer.Offline, false)
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was made")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = p.Print(t.Context(), plain(20))
	wantFailure(t, err, printer.Offline, false)
}

func TestAddresses(t *testing.T) {
	for _, bad := range []string{"", "192.0.2.7:9100", "escpos://", "escpos:lp0", "cups://", "ftp://x", "cups://-x", "escpos://%zz"} {
		if _, err := printer.Open(bad, 80); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if _, err := printer.Open("cups://ticket", 60); err == nil {
		t.Error("paper of 60 mm was taken")
	}
}

func escpos(t *testing.T) (*printertest.Printer, *printer.Printer) {
	t.Helper()
	machine, err := printertest.ESCPOS()
	if err != nil {
		t.Fatal(err)
	}
	p, err := printer.Open(machine.Address(), 80)
	if err != nil {
		t.Fatal(err)
	}
	printer.Hurry(p)
	t.Cleanup(machine.Close)
	return machine, p
}
