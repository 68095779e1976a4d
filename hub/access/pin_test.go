package access_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"accueil/hub/access"
)

const pin = "482913"

func TestAPINOpensARole(t *testing.T) {
	dir := t.TempDir()
	s, clock := open(t, dir)
	if !s.Unlocked("adviser", "a", "") {
		t.Error("a role without PIN is locked")
	}
	if _, err := s.Unlock("adviser", "a", pin); !errors.Is(err, access.ErrNoPIN) {
		t.Errorf("no PIN set: %v", err)
	}
	if err := s.SetPIN("adviser", pin); err != nil {
		t.Fatal(err)
	}
	if s.Unlocked("adviser", "a", "") {
		t.Error("a role with PIN is open")
	}
	pass, err := s.Unlock("adviser", "a", pin)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := access.Open(access.Options{Dir: dir, Site: "villette", Now: clock.now})
	for what, c := range map[string]struct{ got, want bool }{
		"its own":              {s.Unlocked("adviser", "a", pass), true},
		"after a restart":      {again.Unlocked("adviser", "a", pass), true},
		"another terminal":     {s.Unlocked("adviser", "b", pass), false},
		"another role":         {s.Unlocked("coordinator", "a", pass), true}, // which has no PIN
		"a letter less":        {s.Unlocked("adviser", "a", pass[:len(pass)-1]), false},
		"another letter":       {s.Unlocked("adviser", "a", "B"+pass[1:]), false},
		"another name's shape": {s.Unlocked("adviser", "", pass), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", what, c.got)
		}
	}
	clock.pass(access.PassLasts)
	if s.Unlocked("adviser", "a", pass) {
		t.Error("a pass lasts for ever")
	}
}

func TestANewPINEndsEveryPass(t *testing.T) {
	s, _ := open(t, t.TempDir())
	set := func(pin string) {
		if err := s.SetPIN("coordinator", pin); err != nil {
			t.Fatal(err)
		}
	}
	set(pin)
	pass, _ := s.Unlock("coordinator", "a", pin)
	set("573920")
	if s.Unlocked("coordinator", "a", pass) {
		t.Error("a pass for the old PIN still counts")
	}
	if _, err := s.Unlock("coordinator", "a", pin); !errors.Is(err, access.ErrPIN) {
		t.Errorf("the old PIN: %v", err)
	}
	set("")
	if !s.Unlocked("coordinator", "a", "") || s.HasPIN("coordinator") {
		t.Error("a PIN cannot be removed")
	}
	if err := s.SetPIN("kiosk", pin); !errors.Is(err, access.ErrPINRole) {
		t.Errorf("a kiosk's: %v", err)
	}
}

// Wrong PINs close the lock of the terminal they were shown at, and of no
// other; it heals by itself, and being closed is not a wrong try.
func TestWrongPINsCloseOneTerminalForAWhile(t *testing.T) {
	s, clock := open(t, t.TempDir())
	if err := s.SetPIN("adviser", pin); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := s.Unlock("adviser", "a", "000001"); !errors.Is(err, access.ErrPIN) {
			t.Fatal(err)
		}
	}
	var wait access.WaitError
	for range 3 {
		if _, err := s.Unlock("adviser", "a", pin); !errors.As(err, &wait) || wait.Wait != 30*time.Second {
			t.Fatalf("closed: %v", err)
		}
	}
	if _, err := s.Unlock("adviser", "b", pin); err != nil {
		t.Errorf("another terminal: %v", err)
	}
	clock.pass(30 * time.Second)
	if _, err := s.Unlock("adviser", "a", pin); err != nil {
		t.Errorf("healed: %v", err)
	}
}

// Many tries at one moment are no way around the lock.
func TestTriesAtOnceAreCountedToo(t *testing.T) {
	s, _ := open(t, t.TempDir())
	if err := s.SetPIN("adviser", pin); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	looked := 0
	for range 20 {
		all.Go(func() {
			_, err := s.Unlock("adviser", "a", "000001")
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, access.ErrPIN) {
				looked++
			}
		})
	}
	all.Wait()
	if looked != 5 {
		t.Errorf("%d PINs were looked at", looked)
	}
}

// Strangers who guess shut out strangers, not a browser that has been let in
// before; and that one is slowed down by itself alone.
func TestStrangersDoNotShutOutAKnownBrowser(t *testing.T) {
	s, _ := open(t, t.TempDir())
	if err := s.SetPIN("coordinator", pin); err != nil {
		t.Fatal(err)
	}
	pass, known, err := s.LogIn("coordinator", pin, "")
	if err != nil || !s.LoggedIn("coordinator", pass) || s.LoggedIn("adviser", pass) {
		t.Fatalf("%v", err)
	}
	for range 5 {
		if _, _, err := s.LogIn("coordinator", "000001", known[:20]+"A"+known[21:]); !errors.Is(err, access.ErrPIN) {
			t.Fatal(err)
		}
	}
	var wait access.WaitError
	if _, _, err := s.LogIn("coordinator", pin, ""); !errors.As(err, &wait) {
		t.Errorf("a stranger: %v", err)
	}
	if _, again, err := s.LogIn("coordinator", pin, known); err != nil || again != known {
		t.Errorf("the known browser: %v", err)
	}
	if s.Unlocked("coordinator", "browser", pass) {
		t.Error("a browser's pass unlocks a terminal")
	}
}
