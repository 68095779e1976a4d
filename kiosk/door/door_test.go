package door_test

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/secret"
	"accueil/kiosk/door"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

const pin = "907314"

// Made once: a hash is slow on purpose.
var hash = sync.OnceValue(func() string { return secret.Hash(pin) })

// entrance is a door on a terminal, and what was done at it.
type entrance struct {
	*screentest.Driver
	lock secret.Lock
	did  []string
}

func at(t *testing.T, test func(e *entrance)) {
	t.Helper()
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	hash := hash()
	synctest.Test(t, func(t *testing.T) {
		e := &entrance{}
		does := func(what string) func() { return func() { e.did = append(e.did, what) } }
		role := door.New(door.Options{Say: book.In("fr"), Hash: hash, Lock: &e.lock,
			Facts: func() []door.Fact { return []door.Fact{{Label: "File", Text: "ne répond pas", Bad: true}} },
			Again: does("again"), Leave: does("leave"), Sound: does("sound"), Shut: does("shut")})
		e.Driver = screentest.Start(t, role, 80, 22)
		e.Advance(time.Second)
		test(e)
	})
}

func (e *entrance) expect(t *testing.T, did string) {
	t.Helper()
	if got := strings.Join(e.did, " "); got != did {
		t.Errorf("done: %q, want %q\n%s", got, did, e.Text())
	}
}

func TestTheRightPINOpens(t *testing.T) {
	at(t, func(e *entrance) {
		for _, act := range []string{"again", "leave", "sound-test"} { // nobody is in yet
			if _, there := e.Target(act); there {
				t.Errorf("%s is offered before the PIN", act)
			}
		}
		e.Type(pin)
		e.See("● ● ● ● ● ●")
		e.NotSee("9 0 7")
		e.Key(screentest.Enter)
		e.See("▲ ne répond pas")
		e.Advance(time.Second)
		e.Type("2")
		e.Type("3")
		e.Type("4")
		e.Type("1")
		e.expect(t, "sound again leave shut")
	})
}

func TestThePINByTouch(t *testing.T) {
	at(t, func(e *entrance) {
		for _, digit := range pin + "0" {
			e.Tap("type:" + string(digit))
		}
		e.Tap("type:\b")
		e.Tap("open")
		e.See("▲ ne répond pas")
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	at(t, func(e *entrance) {
		for n := range 5 {
			e.Type("123123")
			e.Key(screentest.Enter)
			if n < 4 {
				e.See("Ce n'est pas le bon code.")
			}
		}
		e.See("Trop d'essais. Attendez 1 min")
		e.Type(pin)
		e.Key(screentest.Enter)
		e.See("Trop d'essais.")
		e.NotSee("ne répond pas")
		e.Advance(31 * time.Second)
		e.Type(pin)
		e.Key(screentest.Enter)
		e.See("ne répond pas")
	})
}

func TestItShutsByItself(t *testing.T) {
	at(t, func(e *entrance) {
		e.Type(pin)
		e.Key(screentest.Enter)
		e.Advance(59 * time.Second)
		e.expect(t, "")
		e.Advance(3 * time.Second)
		e.expect(t, "shut")
	})
}

func TestEscapeShuts(t *testing.T) {
	at(t, func(e *entrance) {
		e.Type("1")
		e.Key(screentest.Escape)
		e.expect(t, "shut")
	})
}

func TestEveryScreenLaysOut(t *testing.T) {
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range door.Screens() {
		for _, lang := range []string{"fr", "en"} {
			role, ok := door.Example(name, book.In(lang))
			if !ok {
				t.Fatal(name)
			}
			screentest.CheckLayout(t, role)
		}
	}
	if _, ok := door.Example("nowhere", book.In("fr")); ok {
		t.Error("a screen that does not exist is shown")
	}
}

var _ screen.Role = (*door.Role)(nil)
