package coordinator

import (
	"unicode"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// Targets of the sheet that looks for a ticket.
const (
	idFind   = "find"
	idSearch = "search"
	idBack   = "reinstate" // who was noted absent is here after all
)

// maxTyped is the longest that stands on a ticket, with blanks.
const maxTyped = 12

// typeTicket takes a key of somebody who types what stands on a ticket.
func (r *Role) typeTicket(k screen.Key) bool {
	switch k.Code {
	case screen.KeyEnter:
		r.search()
	case screen.KeyBackspace:
		r.letterOf('\b')
	case screen.KeyRune:
		r.letterOf(k.Rune)
	default:
		return false
	}
	return true
}

// letterOf takes one letter, from either keyboard.
func (r *Role) letterOf(char rune) {
	switch {
	case r.dialog != find:
	case char == '\b' && r.wanted != "":
		r.wanted = r.wanted[:len(r.wanted)-1]
	case char > ' ' && char <= unicode.MaxASCII && len(r.wanted) < maxTyped:
		r.wanted += string(unicode.ToUpper(char))
	}
}

// search asks the hub for what was typed: a label, or a code, or what can be both.
func (r *Role) search() {
	a := queue.Ask{Do: queue.DoFind}
	if l, err := queue.ParseLabel(r.wanted); err == nil {
		a.Label = l
	}
	if c, err := queue.ParseCode(r.wanted); err == nil {
		a.Code = c
	}
	switch {
	case a.Label == "" && a.Code == "":
		r.note = staff.Say(r.opt.Say.Say("reception.why.neither"), true)
	case r.view().unable() == "" && r.asks.Send(a):
		r.note = staff.Note{}
	}
}

// foundTicket shows a ticket that was looked for.
func (r *Role) foundTicket(t wire.Ticket) {
	r.take(string(t.ID))
	r.found = &t
	r.last = lastAct{}
	if t.Undo != nil {
		r.last = lastAct{t.ID, t.Undo.Until}
	}
}

// drawFind asks for what stands on a ticket.
func (v *view) drawFind(c *screen.Canvas, r screen.Rect) {
	title, rest := r.Top(1)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("reception.title.find"))
	field, rest := rest.Top(2)
	c.Text(field.X, field.Y, field.W, c.Theme().Strong(), v.wanted+"_")
	rest, _ = rest.Top(min(rest.H, 14))
	c.Keyboard(rest, screen.Keys{Rows: []string{"1234567890⌫", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ"}})
}

func (v *view) findKeys() []screen.KeyHint {
	return []screen.KeyHint{
		{ID: idSearch, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("reception.do.find"), Disabled: v.unable() != ""},
		staff.Back(v.say),
	}
}
