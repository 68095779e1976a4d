package visitor_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/visitor"
)

// desktop is where programs run in these tests.
type desktop struct {
	started  [][]string
	occupied []bool
	fails    bool
	open     *window
	idle     time.Duration
}

// window is a program that runs.
type window struct {
	done  chan struct{}
	err   error
	ended bool
}

func (w *window) Done() <-chan struct{} { return w.done }
func (w *window) Err() error            { return w.err }
func (w *window) End() {
	if !w.ended {
		w.ended = true
		close(w.done)
	}
}

func (d *desktop) workplace() *visitor.Workplace {
	return &visitor.Workplace{
		Allows:    func(command []string) bool { return command[0] == "firefox-esr" },
		Untouched: func() (time.Duration, bool) { return d.idle, d.idle > 0 },
		Occupied:  func(busy bool) { d.occupied = append(d.occupied, busy) },
		Start: func(command []string) (visitor.Session, error) {
			if d.fails {
				return nil, errors.New("no display")
			}
			d.started = append(d.started, command)
			d.open = &window{done: make(chan struct{})}
			return d.open, nil
		},
	}
}

// working opens the browser.
func working(t *testing.T, test func(t *testing.T, k *kiosk)) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:sur-place", "room", "programs")
		k.See("chercher, postuler · 45 minutes")
		k.NotSee("Écrire un CV") // this terminal may not
		k.See("tout ce que vous avez fait ici est effacé")
		k.Tap("work:internet")
		k.at(t, "work")
		k.See("Il vous reste 45 minutes.")
		test(t, k)
	})
}

func TestWorkIsLimitedInTime(t *testing.T) {
	working(t, func(t *testing.T, k *kiosk) {
		k.Advance(39 * time.Minute) // no touch, no key: the person looks at the program
		k.at(t, "work")
		rung := k.rung
		k.Advance(2 * time.Minute)
		k.See("Il vous reste 4 minutes.")
		k.Advance(3*time.Minute + 30*time.Second)
		if k.rung != rung+2 {
			t.Errorf("%d reminders rang, want two", k.rung-rung)
		}
		k.hears(t, "Plus que 1 minute")
		k.Advance(time.Minute)
		k.at(t, "attract")
		if !k.desk.open.ended || !slices.Equal(k.desk.occupied, []bool{true, false}) {
			t.Errorf("ended %v, occupied %v", k.desk.open.ended, k.desk.occupied)
		}
		if got := k.desk.started; len(got) != 1 || got[0][0] != "firefox-esr" {
			t.Errorf("started %q", got)
		}
	})
}

func TestWorkEndsWithTheVisitorsKey(t *testing.T) {
	working(t, func(t *testing.T, k *kiosk) {
		k.Advance(time.Second)
		k.Type("1")
		k.at(t, "attract")
		if !k.desk.open.ended {
			t.Error("the program runs on")
		}
	})
}

func TestWorkEndsWhenItsWindowIsClosed(t *testing.T) {
	working(t, func(t *testing.T, k *kiosk) {
		k.desk.open.End()
		k.Advance(time.Second)
		k.at(t, "programs")
		k.See("Le programme est fermé, et tout est effacé.")
		k.Advance(2 * time.Minute)
		k.at(t, "attract")
	})
}

func TestDesertedWorkEnds(t *testing.T) {
	working(t, func(t *testing.T, k *kiosk) {
		idle := func(d time.Duration) { k.Post(func() { k.desk.idle = d }); k.Advance(2 * time.Second) }
		idle(7 * time.Minute)
		k.NotSee("Êtes-vous encore là ?")
		idle(8 * time.Minute)
		k.See("Êtes-vous encore là ?")
		if k.rung != 1 {
			t.Errorf("it rang %d times", k.rung)
		}
		idle(time.Second) // the mouse moved
		k.NotSee("Êtes-vous encore là ?")
		idle(9 * time.Minute)
		k.at(t, "work")
		idle(10 * time.Minute)
		k.at(t, "attract")
		if !k.desk.open.ended {
			t.Error("the program runs on")
		}
	})
}

func TestWorkThatDoesNotOpen(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.desk.fails = true
		k.taps("wake", "ask:sur-place", "room", "programs", "work:internet")
		k.at(t, "programs")
		k.See("Ce programme ne s'est pas ouvert.")
		if len(k.desk.occupied) > 0 {
			t.Error("the PC is occupied by nobody")
		}
	})
}

// TestNoWayBackEndsTheWork: Escape and "noted" lead back to it, and so does time.
func TestNoWayBackEndsTheWork(t *testing.T) {
	working(t, func(t *testing.T, k *kiosk) {
		k.Tap("questions")
		for range 8 {
			k.Advance(time.Second)
			k.Key(tcell.KeyEscape)
		}
		k.at(t, "work")
		k.Tap("questions")
		k.Advance(75 * time.Second)
		k.at(t, "work")
		if k.desk.open.ended {
			t.Error("a way back ended the program")
		}
	})
}

func TestWhoeverWorksHereIsTold(t *testing.T) {
	working(t, func(t *testing.T, k *kiosk) {
		k.taps("questions", "ask:activite", "take")
		k.Advance(time.Second)
		k.See("Votre ticket")
		k.Tap("done")
		k.at(t, "work")
		k.See("votre ticket T 042")
		rung := k.rung
		others := wire.Call{Label: "T 041", Service: "travailler", Desk: "un", At: k.room.Now(), Times: 1}
		k.called(others)
		if k.rung != rung {
			t.Error("it rings for somebody else")
		}
		k.Advance(time.Minute)
		mine := wire.Call{Label: "T 042", Service: "travailler", Desk: "un", At: k.room.Now(), Times: 1}
		k.called(mine, others)
		k.See("On vous appelle : T 042, bureau")
		if k.rung != rung+1 {
			t.Errorf("it rang %d times", k.rung-rung)
		}
		k.hears(t, "On vous appelle : T, 42")
		k.called(mine, others)
		if k.rung != rung+1 {
			t.Error("it rings again for the same call")
		}
	})
}

// TestCallsOfBeforeAreNotMine: labels begin anew every day.
func TestCallsOfBeforeAreNotMine(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		old := wire.Call{Label: queue.Label("T 042"), Service: "travailler", Desk: "un", At: k.room.Now().Add(-time.Hour), Times: 1}
		k.taps("wake", "ask:activite", "take")
		k.Advance(time.Second)
		k.called(old)
		if k.rung != 0 || strings.Contains(k.Text(), "On vous appelle :") {
			t.Error("a call of before is taken for this visitor's")
		}
	})
}

func TestFreeComputersAreShown(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.room.set(func(r *waitingRoom) { r.pcs = &wire.PCs{Free: 12, All: 40} })
		k.Tap("wake")
		k.See("12 postes libres")
	})
}

// called shows calls to the kiosk, as an uplink does.
func (k *kiosk) called(calls ...wire.Call) {
	k.room.set(func(r *waitingRoom) { r.calls = calls })
	k.Post(k.role.Changed)
}
