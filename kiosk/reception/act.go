package reception

import (
	"strconv"
	"strings"
	"unicode"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// sheet is what lies over the first screen; its value is the screen's name.
type sheet string

const (
	noSheet  sheet = ""
	persons  sheet = "persons"  // on the next ticket, or in a group
	language sheet = "language" // of the next ticket
	groups   sheet = "groups"   // a group or a class
	find     sheet = "find"     // by label or code
	ticket   sheet = "ticket"   // one that was found
	correct  sheet = "correct"  // to which service
	void     sheet = "void"     // why
	levels   sheet = "level"    // of priority
	help     sheet = "help"
)

// Targets of the key line.
const (
	idPriority = "priority"
	idPersons  = "persons"
	idLanguage = "speaks"
	idPasser   = "passer"
	idTakeBack = "take-back"
	idGroup    = "group"
	idFind     = "find"
	idLast     = "last"
	idPrint    = "print"
	idEnter    = "enter"
	idUndo     = "undo"
)

// command is one key of the first screen.
type command struct {
	id  string
	key rune // the same in every language, so that hands can learn it
}

func commands() []command {
	return []command{
		{idPriority, 'P'}, {idPersons, 'N'}, {idLanguage, 'L'}, {idPasser, '+'}, {idTakeBack, '-'},
		{idGroup, 'G'}, {idFind, 'C'}, {idPrint, 'R'}, {screen.IDHelp, '?'},
	}
}

// Act does what a target stands for.
func (r *Role) Act(id string) { r.turning(func() { r.act(id) }) }

// turning ends what was said about the page that is left; what is said on the way to
// the next belongs to that.
func (r *Role) turning(do func()) {
	before, from := r.note, r.sheet
	if do(); r.sheet != from && r.note == before {
		r.note = staff.Note{}
	}
}

func (r *Role) act(id string) {
	if text, ok := screen.Typed(id); ok {
		for _, char := range text {
			r.letter(char)
		}
		return
	}
	if kind, key, ok := strings.Cut(id, ":"); ok {
		r.actOn(kind, key)
		return
	}
	switch id {
	case screen.IDBack:
		r.back()
	case idEnter:
		r.enter()
	case idPrint:
		r.reprint()
	case idUndo:
		r.undo()
	default:
		r.command(id)
	}
}

func (r *Role) command(id string) {
	r.scroll.Top, r.typed = 0, ""
	switch id {
	case idPriority:
		r.next.level = (r.next.level + 1) % (r.levels() + 1)
	case idPersons:
		r.sheet, r.picked = persons, ""
	case idLanguage:
		r.sheet = language
	case idPasser:
		r.passer()
	case idTakeBack:
		r.takeBack()
	case idGroup:
		r.sheet = groups
	case idFind:
		r.sheet, r.found = find, nil
	case idLast:
		r.openLast()
	case screen.IDHelp:
		r.sheet = help
	}
}

// levels is how many levels of priority the site has.
func (r *Role) levels() int { return min(len(r.opt.Site.Heads("")), queue.MaxLevel) }

// openLast opens the last ticket given here, to put it right.
func (r *Role) openLast() {
	if r.last == nil {
		return
	}
	r.ask(queue.Ask{Do: queue.DoFind, Label: r.last.Label})
}

// Key takes what no target claims.
func (r *Role) Key(k screen.Key) (taken bool) {
	r.turning(func() { taken = r.key(k) })
	return taken
}

func (r *Role) key(k screen.Key) bool {
	switch {
	case k.Code == screen.KeyEnter:
		return r.enter()
	case r.sheet == persons:
		return staff.TypeNumber(&r.typed, k)
	case r.sheet == find && k.Code == screen.KeyBackspace:
		r.letter('\b')
		return true
	case r.sheet == ticket && k.Code == screen.KeyRune && unicode.ToUpper(k.Rune) == 'Z':
		r.undo() // or says why not
		return true
	case r.sheet != noSheet || k.Code != screen.KeyRune:
		return false
	}
	for _, cmd := range commands() {
		if cmd.key == unicode.ToUpper(k.Rune) {
			r.Act(cmd.id)
			return true
		}
	}
	return false
}

// maxTyped is the longest that stands on a ticket, with blanks.
const maxTyped = 12

func (r *Role) letter(char rune) {
	switch {
	case r.sheet != find:
	case char == '\b':
		if r.typed != "" {
			r.typed = r.typed[:len(r.typed)-1]
		}
	case len(r.typed) < maxTyped:
		r.typed += string(unicode.ToUpper(char))
	}
}

// enter goes on with what was typed; on the first screen it opens the last ticket.
func (r *Role) enter() bool {
	switch r.sheet {
	case noSheet:
		r.openLast()
	case persons:
		n, _ := strconv.Atoi(r.typed)
		r.count(n)
	case find:
		r.search()
	default:
		return false
	}
	return true
}

// search asks the hub for what was typed: a label, or a code, or what can be both.
func (r *Role) search() {
	a := queue.Ask{Do: queue.DoFind}
	if l, err := queue.ParseLabel(r.typed); err == nil {
		a.Label = l
	}
	if c, err := queue.ParseCode(r.typed); err == nil {
		a.Code = c
	}
	if a.Label == "" && a.Code == "" {
		r.warn("reception.why.neither")
		return
	}
	r.ask(a)
}

// count takes a number of persons, for the next ticket or for a group.
func (r *Role) count(n int) {
	switch {
	case r.picked != "":
		r.group(n)
	case n < 1 || n > queue.MaxPersons:
		r.warn("adviser.why.persons")
	default:
		r.next.persons = n
		if n == 1 {
			r.next.persons = 0
		}
		r.leave()
	}
}

// actOn acts on one thing of a list.
func (r *Role) actOn(kind, key string) {
	switch kind {
	case "take":
		r.take(key)
	case "count":
		n, _ := strconv.Atoi(key)
		r.count(n)
	case "speaks":
		r.next.language = key
		r.leave()
	case "group":
		r.sheet, r.picked, r.typed = persons, key, ""
	case "do":
		r.doTo(key)
	case "to":
		r.askAbout(queue.Ask{Do: queue.DoCorrect, Service: key})
	case "level":
		level, _ := strconv.Atoi(key)
		r.askAbout(queue.Ask{Do: queue.DoLevel, Level: level})
	case "because":
		r.askAbout(queue.Ask{Do: queue.DoVoid, Reason: key})
	}
}

// doTo does something to the ticket found, or asks how first.
func (r *Role) doTo(what string) {
	switch what {
	case "correct":
		r.sheet = correct
	case "void":
		r.sheet = void
	case "level":
		r.sheet = levels
	case "leave":
		r.askAbout(queue.Ask{Do: queue.DoLeave})
	case "reinstate":
		r.askAbout(queue.Ask{Do: queue.DoReinstate})
	case "print":
		r.reprint()
	}
}

func (r *Role) askAbout(a queue.Ask) {
	if r.found != nil {
		a.Ticket = r.found.ID
		r.ask(a)
	}
}

// ask sends unless something keeps it from being asked.
func (r *Role) ask(a queue.Ask) {
	switch {
	case !r.opt.Line.Hub():
		r.warn("refused.not-connected")
	case r.asks.Send(a):
		r.note = staff.Note{}
	}
}

// done believes the hub's answer.
func (r *Role) done(a queue.Ask, reply wire.Reply) {
	r.sheet, r.found, r.typed = ticket, reply.Ticket, ""
	if reply.Ticket == nil {
		r.sheet = noSheet
		return
	}
	switch a.Do {
	case queue.DoCorrect:
		s, _ := r.opt.Site.Service(a.Service)
		r.say("reception.done.corrected", "Label", string(reply.Ticket.Label), "Service", s.Pole.In(r.opt.Say.Lang()))
	case queue.DoLevel:
		if reply.Ticket.Level == 0 {
			r.say("reception.done.no-level", "Label", string(reply.Ticket.Label))
			return
		}
		r.say("reception.done.level", "Label", string(reply.Ticket.Label), "Level", reply.Ticket.Level)
	case queue.DoVoid, queue.DoLeave, queue.DoReinstate, queue.DoTakeBack:
		r.say("reception.done."+string(a.Do), "Label", string(reply.Ticket.Label))
	}
}

func (r *Role) refused(a queue.Ask, why queue.Refusal) {
	if a.Do == queue.DoTakeBack && why == queue.NothingToUndo { // whose words are for a desk
		r.warn(noUndo)
		return
	}
	r.warn(string(why))
}

// say says what was done; warn a phrase that keeps somebody from something.
func (r *Role) say(key string, pairs ...any) {
	r.note = staff.Say(r.opt.Say.Say(key, pairs...), false)
}

func (r *Role) warn(key string) { r.note = staff.Say(r.opt.Say.Say(key), true) }

// leave closes the sheet.
func (r *Role) leave() { r.sheet, r.picked, r.typed, r.scroll.Top = noSheet, "", "", 0 }

// back closes the sheet; on the first screen it forgets what was chosen for the
// next ticket.
func (r *Role) back() {
	switch {
	case r.sheet == correct || r.sheet == void || r.sheet == levels:
		r.sheet = ticket
	case r.sheet == persons && r.picked != "":
		r.sheet, r.picked = groups, ""
	case r.sheet == noSheet:
		r.next = order{}
	default:
		r.leave()
	}
}
