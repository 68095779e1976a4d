package visitor

import (
	"context"
	"errors"
	"strings"
	"time"

	"accueil/kiosk/paper"
	"accueil/kiosk/printer"
)

// Printer puts a slip on paper, as a paper.Outlet does. It is called beside the
// event loop and may take its time; its error is a *printer.Failure.
type Printer interface {
	Print(context.Context, printer.Slip) error
}

// printing is how far the paper of the ticket in hand is. A ticket gets one
// paper here: a second one, or one after a paper that may have begun, is the
// reception's to give.
type printing struct {
	asked   bool            // the visitor wants it; from here on there may be paper
	busy    bool            // it is on its way
	done    bool            // it came out
	trouble printer.Trouble // why it did not; "" when nothing is wrong
}

// offered tells whether a press would print.
func (p printing) offered() bool { return !p.asked && !p.busy }

// print puts the ticket in hand on paper: one press, one paper.
func (r *Role) print() {
	v := r.visit
	if r.opt.Printer == nil || v.held == nil || !v.paper.offered() {
		return
	}
	v.paper = printing{asked: true, busy: true}
	r.remember()
	slip := paper.Slip(r.opt.Site, r.say(), paper.Ticket{Ticket: v.held.Ticket, Service: v.held.service, At: v.held.at})
	r.issuing.Go(func() {
		err := r.opt.Printer.Print(r.ctx, slip)
		for !r.opt.Post(func() { r.printed(v, err) }) {
			select { // a full event loop empties; a stopped one comes with a stopped context
			case <-r.ctx.Done():
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
}

// printed takes note of how it went; the visitor may have gone meanwhile. Who is
// sure to have no paper may press again.
func (r *Role) printed(v *visit, err error) {
	v.paper.busy, v.paper.done = false, err == nil
	if err != nil {
		fail := &printer.Failure{Trouble: printer.Faulty, Begun: true}
		errors.As(err, &fail)
		v.paper.trouble, v.paper.asked = fail.Trouble, fail.Begun
	}
	if v != r.visit {
		return
	}
	r.remember()
	if words, _ := r.paperWords(); words != "" && v.sound {
		r.tell(strings.TrimPrefix(words, "✓ "))
	}
}

// paperWords say on the ticket's screen how the printing went; calm when all is well.
func (r *Role) paperWords() (words string, calm bool) {
	switch p := r.visit.paper; {
	case p.trouble != "":
		return r.say().Say(string(p.trouble)), false
	case p.done:
		return "✓ " + r.say().Say("paper.take"), true
	}
	return "", false
}

// printChoice is the tile beside a ticket; false on a terminal without a printer.
func (r *Role) printChoice() (choice, bool) {
	if r.opt.Printer == nil {
		return choice{}, false
	}
	p, say := r.visit.paper, r.say()
	label := []string{say.Say("paper.print"), say.Say("paper.short.print")}
	switch {
	case p.busy:
		label[0] = say.Say("paper.busy")
	case p.done:
		label = []string{"✓ " + say.Say("paper.printed"), say.Say("paper.short.printed")}
	}
	return choice{id: doPrint, label: label, busy: p.busy, over: !p.offered()}, true
}
