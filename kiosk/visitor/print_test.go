package visitor_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/kiosk/printer"
	"accueil/kiosk/screen"
)

// press is a printer whose papers a test counts and whose time it holds.
type press struct {
	mu     sync.Mutex
	slips  []printer.Slip
	fail   error
	finish chan struct{} // nil: at once
}

func (p *press) Print(_ context.Context, s printer.Slip) error {
	p.mu.Lock()
	p.slips = append(p.slips, s)
	fail, finish := p.fail, p.finish
	p.mu.Unlock()
	if finish != nil {
		<-finish
	}
	return fail
}

func (p *press) papers() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.slips)
}

// atPrinter is a kiosk with a printer and a ticket in the visitor's hand.
func atPrinter(t *testing.T, p *press, test func(t *testing.T, k *kiosk)) {
	t.Helper()
	bubblePrinting(t, 80, 22, nil, p, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:activite", "take")
		k.Advance(time.Second)
		test(t, k)
	})
}

// TestOnePressOnePaper: nothing is printed but by the press, and it counts once,
// while the paper comes and after it came.
func TestOnePressOnePaper(t *testing.T) {
	p := &press{}
	atPrinter(t, p, func(t *testing.T, k *kiosk) {
		p.finish = make(chan struct{})
		k.Advance(5 * time.Second)
		if p.papers() != 0 {
			t.Fatal("a ticket was printed that nobody asked for")
		}
		k.Type("2")
		for range 5 {
			k.Advance(time.Second)
			k.Type("2")
		}
		k.See("◌ Papier …")
		c := screen.NewCanvas(80, 22, screen.Calm())
		k.role.Draw(c)
		if cuts := c.Cuts(); len(cuts) > 0 {
			t.Errorf("cut: %v", cuts)
		}
		close(p.finish)
		k.Advance(time.Second)
		k.See("Votre ticket est imprimé")
		k.Type("2")
		k.Advance(time.Second)
		k.See("ACCUEIL.EXEMPLE/T/7K3F9QXD")
		if p.papers() != 1 {
			t.Errorf("%d papers for one ticket", p.papers())
		}
		if s := p.slips[0]; s.Label == "" || s.URL != "HTTPS://ACCUEIL.EXEMPLE/T/7K3F9QXD" || s.Language != "fr" {
			t.Errorf("printed %+v", s)
		}
	})
}

// TestNoPaper: label and code stay on the screen with a sentence; who is sure to
// have no paper may press again, who may have half of one may not.
func TestNoPaper(t *testing.T) {
	for _, begun := range []bool{false, true} {
		p := &press{fail: &printer.Failure{Trouble: printer.PaperOut, Begun: begun}}
		atPrinter(t, p, func(t *testing.T, k *kiosk) {
			k.Type("2")
			k.Advance(time.Second)
			k.See("Il n'y a plus de papier.")
			k.See("ACCUEIL.EXEMPLE/T/7K3F9QXD")
			c := screen.NewCanvas(80, 22, screen.Calm())
			k.role.Draw(c)
			if !coded(c) {
				t.Error("the code has left the screen")
			}
			k.Type("2")
			k.Advance(time.Second)
			want := 2
			if begun {
				want = 1
			}
			if p.papers() != want {
				t.Errorf("begun %v: %d tries, want %d", begun, p.papers(), want)
			}
		})
	}
}

// TestThePaperOfAVisitThatIsOver says nothing to the next visitor.
func TestThePaperOfAVisitThatIsOver(t *testing.T) {
	p := &press{fail: &printer.Failure{Trouble: printer.Stuck, Begun: true}}
	atPrinter(t, p, func(t *testing.T, k *kiosk) {
		p.finish = make(chan struct{})
		k.Type("2")
		k.Advance(time.Second)
		k.Type("1")
		k.at(t, "attract")
		k.taps("wake", "ask:activite", "take")
		k.Advance(time.Second)
		close(p.finish)
		k.Advance(time.Second)
		k.See("Votre ticket")
		if strings.Contains(k.Text(), "impression") {
			t.Error("the trouble of somebody else is told")
		}
		k.Type("2")
		k.Advance(time.Second)
		if p.papers() != 2 {
			t.Errorf("%d papers for two tickets", p.papers())
		}
	})
}

// TestNoSecondPaperAfterACrash: a kiosk that ended while it printed does not
// print the ticket again; one that had not been asked does.
func TestNoSecondPaperAfterACrash(t *testing.T) {
	for _, asked := range []bool{false, true} {
		p := &press{}
		var kept []byte
		atPrinter(t, p, func(t *testing.T, k *kiosk) {
			p.finish = make(chan struct{})
			if asked {
				k.Type("2")
				k.Advance(time.Second)
			}
			kept = k.kept
			close(p.finish)
		})
		again := &press{}
		bubblePrinting(t, 80, 22, kept, again, func(t *testing.T, k *kiosk) {
			k.Type("2")
			k.Advance(time.Second)
			if printed := again.papers() > 0; printed == asked {
				t.Errorf("asked before: %v, printed now: %v", asked, printed)
			}
			if asked {
				k.See("L'impression s'est arrêtée")
			}
		})
	}
}

// TestNoTileWithoutPrinter on documentation PCs.
func TestNoTileWithoutPrinter(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:activite", "take")
		k.Advance(time.Second)
		if _, ok := k.Target("print"); ok {
			t.Error("a terminal without a printer offers paper")
		}
	})
}

// TestPrintingTroubleFitsOneRow: a second row would push the code off a small screen.
func TestPrintingTroubleFitsOneRow(t *testing.T) {
	b := book(t)
	for _, lang := range b.Languages() {
		say := b.In(lang)
		for _, trouble := range []printer.Trouble{printer.PaperOut, printer.CoverOpen, printer.Offline, printer.Stuck, printer.Faulty} {
			if text := say.Say(string(trouble)); screen.Width(text) > 72 {
				t.Errorf("%s %s is %d cells wide, 72 have room: %s", lang, trouble, screen.Width(text), text)
			}
		}
		for _, key := range []string{"noted", "read", "print"} {
			if text := say.Say("paper.short." + key); screen.Width(text) > 7 {
				t.Errorf("%s paper.short.%s: %q is wider than 7 cells", lang, key, text)
			}
		}
	}
}
