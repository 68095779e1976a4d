package adviser

import (
	"cmp"
	"unicode"

	"accueil/internal/queue"
	"accueil/kiosk/screen"
)

// The commands of the work screen, which are also the names of their targets.
const (
	cmdNext     = "next" // whatever comes next; under the space bar
	cmdRecall   = "recall"
	cmdStart    = "start"
	cmdFinish   = "finish" // with a topic
	cmdAbsent   = "absent"
	cmdPark     = "park"
	cmdTransfer = "transfer"
	cmdWalkIn   = "walk-in"
	cmdDesk     = "desk"
	cmdUndo     = "undo"
	cmdDistance = "distance" // telephone, video, e-mail, groups
	cmdFits     = "fits"     // call by language or question
	cmdBack     = "came"     // somebody who did not come when called is here after all
	cmdWhy      = "why"      // why the queue is in this order
	cmdResume   = "resume"   // somebody put aside, by number
)

// command is one key of the work screen.
type command struct {
	id   string
	key  rune // the same in every language, so that hands can learn it
	rare bool // named on the help only
}

// commands are those of the key line, in its order, and the rare ones. Starting
// has none: it is the next step of a call, and S does the same.
func commands() []command {
	return []command{
		{cmdRecall, 'R', false}, {cmdAbsent, 'A', false}, {cmdFinish, 'F', false}, {cmdPark, 'P', false},
		{cmdTransfer, 'T', false}, {cmdUndo, 'Z', false}, {cmdWalkIn, 'V', false}, {cmdDistance, 'D', false},
		{cmdFits, 'C', true}, {cmdBack, 'I', true}, {cmdWhy, 'Q', true},
		{cmdDesk, 'B', false}, {screen.IDHelp, '?', false},
	}
}

// commandOf finds the command of a key.
func commandOf(key rune) (id string, ok bool) {
	if unicode.ToUpper(key) == 'S' {
		return cmdStart, true
	}
	for _, c := range commands() {
		if c.key == unicode.ToUpper(key) {
			return c.id, true
		}
	}
	return "", false
}

// blocked is the phrase of what keeps the desk from asking anything now, ""
// when nothing does.
func (v *view) blocked() string {
	switch {
	case v.asking != "":
		return "adviser.why.asking"
	case v.doubtful != "":
		return "adviser.why.doubt"
	case !v.hub:
		return string(refusedAway)
	case v.closed:
		return string(queue.DayIsClosed)
	}
	return ""
}

// refusedAway is said when the hub does not answer.
const refusedAway queue.Refusal = "refused.not-connected"

// hinders is the phrase of what keeps a command from being done now, "" when
// it can be done.
func (v *view) hinders(id string) string {
	if id == cmdDesk || id == cmdWhy || id == screen.IDHelp {
		return ""
	}
	if why := v.blocked(); why != "" {
		return why
	}
	switch id {
	case cmdNext:
		return v.hindersNext()
	case cmdWalkIn, cmdResume:
		return v.hindersFree()
	case cmdFits:
		return cmp.Or(v.hindersFree(), unless(len(v.queue) > 0, string(queue.NobodyWaits)))
	case cmdBack:
		return unless(len(v.missed) > 0, "adviser.why.nobody-missed")
	case cmdUndo:
		return v.hindersUndo()
	case cmdDistance:
		return unless(v.state.State != "closed", string(queue.DeskClosedNow))
	}
	return v.hindersTicket(id)
}

func (v *view) hindersUndo() string {
	if u := v.state.Undo; u == nil || v.now.After(u.Until) {
		return string(queue.NothingToUndo)
	}
	return ""
}

// hindersNext is what keeps the next step from being done.
func (v *view) hindersNext() string {
	if v.state.State == "open" && !v.busy() && v.next() == nil {
		return string(queue.NobodyWaits)
	}
	return ""
}

// hindersFree is what keeps the desk from receiving somebody else.
func (v *view) hindersFree() string {
	switch {
	case v.state.State == "closed":
		return string(queue.DeskClosedNow)
	case v.state.State == "paused":
		return string(queue.DeskPausedNow)
	case v.state.Ticket != nil && v.state.Ticket.State == "called":
		return "adviser.why.called-first"
	case v.busy():
		return string(queue.DeskBusy)
	}
	return ""
}

// hindersTicket is what keeps something from being done with the person at the
// desk.
func (v *view) hindersTicket(id string) string {
	called := v.state.Ticket != nil && v.state.Ticket.State == "called"
	serving := v.state.Ticket != nil && v.state.Ticket.State == "serving"
	switch id {
	case cmdRecall:
		if called && v.tooSoon {
			return "refused.too-soon"
		}
		return unless(called, string(queue.NotCalled))
	case cmdStart, cmdAbsent:
		return unless(called, string(queue.NotCalled))
	case cmdFinish:
		return unless(serving || v.state.Contact != nil, "adviser.why.not-serving")
	}
	return unless(called || serving, "adviser.why.nobody-here")
}

func unless(fine bool, why string) string {
	if fine {
		return ""
	}
	return why
}
