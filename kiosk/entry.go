package main

import (
	"strconv"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/wire"
	"accueil/kiosk/door"
	"accueil/kiosk/lock"
	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
	"accueil/kiosk/warden"
)

// Knock implements screen.Doorkeeper: it puts the staff's door before the role
// of a terminal that has a PIN.
func (f *front) Knock() {
	if f.door != nil || f.data == "" {
		return
	}
	hash, err := pinHash(f.data)
	if err != nil {
		f.log.Error("the door stays shut", "err", err)
	}
	if hash == "" {
		return
	}
	if i, ok := f.idler(); ok {
		i.IdleReset() // whoever was here before sees and leaves nothing
	}
	say := f.book.ForStaff(f.lang)
	f.door = door.New(door.Options{
		Say: say, Hash: hash, Lock: &f.lock, Facts: func() []door.Fact { return f.facts(say) },
		Again: func() { f.leave(errAgain) }, Leave: func() { f.leave(warden.ErrLeft) },
		Sound: func() {
			if f.voice != nil {
				f.voice.Read(speech.Piece{Lang: say.Lang(), Text: say.Say("door.sound-test")})
			}
			f.shell.Beep()
		},
		Shut: func() { f.door = nil },
	})
	f.log.Info("somebody is at the staff's door")
}

// leave ends the program in a way the warden understands.
func (f *front) leave(why error) {
	f.log.Info("ended at the staff's door", "why", why)
	f.ending = why
	f.end()
}

// facts are how the terminal is.
func (f *front) facts(say phrases.Speaker) []door.Fact {
	unsent := f.line.Unsent()
	facts := []door.Fact{
		{Label: say.Say("door.program"), Text: "Accueil " + version},
		{Label: say.Say("door.terminal"), Text: f.name},
		{Label: say.Say("door.hub"), Text: say.Say("door.hub-there")},
		{Label: say.Say("door.unsent"), Text: strconv.Itoa(unsent), Bad: unsent > 0},
		{Label: say.Say("door.clock"), Text: say.Clock(f.zoned(f.line.Now()))},
		{Label: say.Say("door.machine"), Text: say.Clock(time.Now())},
	}
	switch {
	case f.line.TurnedAway():
		facts[2] = door.Fact{Label: facts[2].Label, Text: say.Say("door.hub-shut"), Bad: true}
	case !f.line.Hub():
		facts[2] = door.Fact{Label: facts[2].Label, Text: say.Say("door.hub-away"), Bad: true}
	}
	if !f.line.Synced() {
		facts[4].Text, facts[4].Bad = say.Say("door.clock-unsure", "Time", facts[4].Text), true
	}
	if f.outlet != nil {
		facts = append(facts, paperFact(say, f.outlet.State()))
	}
	if f.voice != nil {
		facts = append(facts, voiceFact(say, f.voice.State()))
	}
	return facts
}

func paperFact(say phrases.Speaker, state string) door.Fact {
	fact := door.Fact{Label: say.Say("door.printer"), Bad: state == wire.PaperOut || state == wire.PaperTrouble}
	if state == "" {
		state = "untried"
	}
	fact.Text = say.Say("door.printer-" + state)
	return fact
}

func voiceFact(say phrases.Speaker, state speech.State) door.Fact {
	name := map[speech.State]string{speech.Untried: "untried", speech.Ready: "ready", speech.Missing: "missing", speech.Mute: "mute"}[state]
	return door.Fact{Label: say.Say("door.voice"), Text: say.Say("door.voice-" + name), Bad: state == speech.Missing || state == speech.Mute}
}

// zoned is a time at the centre, as soon as there is content that says where
// that is.
func (f *front) zoned(t time.Time) time.Time {
	if f.site == nil {
		return t
	}
	zone, err := f.site.Location()
	if err != nil {
		return t
	}
	return t.In(zone)
}

// top is what is shown: the door, the role, or nothing yet.
func (f *front) top() (screen.Role, bool) {
	switch {
	case f.door != nil:
		return f.door, true
	case isStaff(f.role) && f.line.TurnedAway():
		return lock.Outside{Say: f.book.ForStaff(f.lang), Role: f.role, Name: f.name}, true
	case f.locked != nil && f.part != nil: // before that there is nothing to see yet
		return f.locked, true
	case f.part != nil:
		return f.part.Role, true
	}
	return nil, false
}
