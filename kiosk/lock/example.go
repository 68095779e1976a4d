package lock

import (
	"time"

	"accueil/internal/phrases"
	"accueil/kiosk/screen"
)

// Screens are the example screens.
func Screens() []string { return []string{"locked", "wrong", "wait", "away", "outside"} }

// Example is an example screen; false when there is none of that name.
func Example(name string, say phrases.Speaker) (screen.Role, bool) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	r := New(Options{
		Say: say, Role: "adviser", Hub: func() bool { return name != "away" }, Try: func(string) {},
		Now: func() time.Time { return now },
	})
	switch name {
	case "outside":
		return Outside{Say: say, Role: "adviser", Name: "bureau-5"}, true
	case "locked":
		r.typed = "482"
	case "wrong":
		r.Told(Wrong, 0)
	case "wait":
		r.Told(TooMany, 2*time.Minute)
	case "away":
	default:
		return nil, false
	}
	return r, true
}
