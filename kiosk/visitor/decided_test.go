package visitor_test

import (
	"testing"
	"time"

	"accueil/internal/queue"
)

// word is what the hub said last before it went away.
type word struct {
	at           time.Time
	day          string
	travailler   bool // open; by its hours all day, 10 to 18
	creer        bool // open; by its hours on Tuesday morning
	full, closed bool // travailler is full, the day over
}

// TestWhatTheCoordinatorDecidedOutlivesTheHub for that day; the rest is the calendar's.
func TestWhatTheCoordinatorDecidedOutlivesTheHub(t *testing.T) {
	paris := time.FixedZone("Paris", 3600)
	at := func(hour, minute int) time.Time { return time.Date(2026, time.November, 24, hour, minute, 0, 0, paris) }
	for name, test := range map[string]struct {
		word              word
		hours             int // later, from 10:42
		travailler, creer bool
	}{
		"as the calendar":         {word{at: at(10, 41), day: "2026-11-24", travailler: true, creer: true}, 0, true, true},
		"closed against it":       {word{at: at(10, 41), day: "2026-11-24", creer: true}, 0, false, true},
		"closed, hours ago":       {word{at: at(10, 41), day: "2026-11-24", creer: true}, 5, false, false},
		"opened against it":       {word{at: at(15, 0), day: "2026-11-24", travailler: true, creer: true}, 5, true, true},
		"not open yet":            {word{at: at(8, 0), day: "2026-11-24"}, 0, true, true},
		"the day over early":      {word{at: at(10, 41), day: "2026-11-24", closed: true}, 0, false, false},
		"full":                    {word{at: at(10, 41), day: "2026-11-24", travailler: true, creer: true, full: true}, 0, true, true},
		"another day's":           {word{at: at(10, 41).AddDate(0, 0, -7), day: "2026-11-17"}, 0, true, true},
		"of no day":               {word{}, 0, true, true},
		"opened before its hours": {word{at: at(9, 0), day: "2026-11-24", travailler: true}, 0, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, k *kiosk) {
				k.room.set(func(r *waitingRoom) {
					r.away, r.told, r.closed = true, test.word.at, test.word.closed
					r.day = queue.Date(test.word.day)
					r.lines[0].Open, r.lines[0].Full, r.lines[1].Open = test.word.travailler, test.word.full, test.word.creer
					r.start = r.start.Add(time.Duration(test.hours) * time.Hour)
				})
				for service, want := range map[string]bool{"emploi": test.travailler, "activite": test.creer} {
					k.taps("wake", "ask:"+service)
					if service == "emploi" {
						k.Tap("ask:emploi-offres")
					}
					if _, offered := k.Target("take"); offered != want {
						t.Errorf("%s gives a ticket: %v, want %v:\n%s", service, offered, want, k.Text())
					}
					k.NotSee("attendent")
					for k.role.Screen() != "attract" {
						k.Advance(time.Second)
						k.Tap("back")
					}
				}
			})
		})
	}
}
