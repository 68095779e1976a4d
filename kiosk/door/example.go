package door

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/secret"
)

// Screens names every screen that Example can show.
func Screens() []string { return []string{"shut", "wrong", "wait", "open"} }

// Example is the door as one of Screens, for pictures and tests.
func Example(name string, say phrases.Speaker) (*Role, bool) {
	now := time.Unix(0, 0)
	r := New(Options{Say: say, Lock: &secret.Lock{}, Now: func() time.Time { return now }, Facts: func() []Fact {
		return []Fact{
			{Label: say.Say("door.terminal"), Text: "pc-07"},
			{Label: say.Say("door.hub"), Text: say.Say("door.hub-there")},
			{Label: say.Say("door.unsent"), Text: "2", Bad: true},
			{Label: say.Say("door.clock"), Text: "10:42"},
			{Label: say.Say("door.voice"), Text: say.Say("door.voice-ready")},
		}
	}})
	switch name {
	case "shut":
		r.typed = "1234"
	case "wrong":
		r.wrong = true
	case "wait":
		for range 8 {
			r.opt.Lock.Wrong(now)
		}
	case "open":
		r.open = true
	default:
		return nil, false
	}
	return r, true
}
