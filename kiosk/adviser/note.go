package adviser

import (
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// note is a sentence about what was just done, or why not.
type note struct {
	kind  kind
	text  string
	until time.Time // real time
}

type kind int

const (
	done kind = iota
	warning
)

// at is the note, or none when its time is over.
func (n note) at(now time.Time) note {
	if now.After(n.until) {
		return note{}
	}
	return n
}

// say shows a sentence for a while: long enough to read it twice.
func (r *Role) say(k kind, text string) {
	lasts := 6 * time.Second
	if k == warning {
		lasts = 10 * time.Second
	}
	r.note = note{kind: k, text: text, until: time.Now().Add(lasts)}
}

// outcome says what an answer did; "" where the screen itself shows it.
func (r *Role) outcome(a queue.Ask, reply wire.Reply) string {
	say := r.opt.Say
	if reply.Ticket == nil {
		if a.Do == queue.DoCloseDesk {
			return say.Say("adviser.done.closed")
		}
		return ""
	}
	t := *reply.Ticket
	label := string(t.Label)
	switch a.Do {
	case queue.DoFinish:
		return say.Say("adviser.done.finished", "Label", label, "Duration", say.Minutes(reply.At.Sub(t.Started)))
	case queue.DoNoShow:
		return say.Say("adviser.done.absent", "Label", label)
	case queue.DoPark:
		return say.Say("adviser.done.parked", "Label", label)
	case queue.DoRecall:
		return say.Say("adviser.done.recalled", "Label", label, "Count", t.Calls)
	case queue.DoReceive:
		return say.Say("adviser.done.received", "Label", label)
	case queue.DoTransfer:
		s, _ := r.opt.Site.Service(a.Service)
		return say.Say("adviser.done.transferred", "Label", label, "Service", s.Pole.In(say.Lang()))
	}
	return ""
}

// doubtPhrase names what nobody knows the outcome of.
func doubtPhrase(do queue.Deed) string { return "adviser.doubt." + string(do) }
