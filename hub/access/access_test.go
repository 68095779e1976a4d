package access_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/hub/access"
	"accueil/internal/enrol"
	"accueil/internal/wire"
)

// clock is a clock that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func open(t *testing.T, dir string) (*access.Store, *clock) {
	t.Helper()
	c := &clock{at: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	s, err := access.Open(access.Options{Dir: dir, Site: "villette", Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

func invite(t *testing.T, s *access.Store, role, name string) string {
	t.Helper()
	spaced, err := s.Invite(role, name)
	if err != nil {
		t.Fatal(err)
	}
	code, err := enrol.ParseCode(strings.ToLower(spaced)) // as people type it
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// stretched are the keys of codes seen before: each costs a moment.
var stretched sync.Map

func keyOf(code string) []byte {
	key, known := stretched.Load(code)
	if !known {
		key, _ = stretched.LoadOrStore(code, enrol.Key(code))
	}
	return key.([]byte)
}

// redeem is the exchange of a code, as a terminal that saw this certificate.
func redeem(s *access.Store, code, seen, shown string) (enrol.Answer, error) {
	key := keyOf(code)
	ask := enrol.NewAsk(code, key, seen)
	answer, err := s.Redeem(ask, shown, "mqtts://:8883", "f1")
	if err == nil {
		err = answer.Check(key, ask, seen)
	}
	return answer, err
}

func TestATerminalComesInByItsCodeAndThenItsKey(t *testing.T) {
	s, _ := open(t, t.TempDir())
	a, err := redeem(s, invite(t, s, "visitor", "pc-07"), "cert", "cert")
	if err != nil {
		t.Fatal(err)
	}
	if a.Role != wire.RoleKiosk || a.User != "kiosk.pc-07" || a.Site != "villette" || a.Broker != "mqtts://:8883" {
		t.Errorf("%+v", a)
	}
	if _, err := s.Admit(a.User, a.User, a.Key); err != nil {
		t.Error(err)
	}
	for what, err := range map[string]error{
		"another key":             second(s.Admit(a.User, a.User, a.Key+"x")),
		"no key":                  second(s.Admit(a.User, a.User, "")),
		"its key as another":      second(s.Admit("kiosk.pc-08", "kiosk.pc-08", a.Key)),
		"another's place":         second(s.Admit("kiosk.pc-08", a.User, a.Key)),
		"its key in another role": second(s.Admit("adviser.pc-07", "adviser.pc-07", a.Key)),
		"nobody":                  second(s.Admit("", "", "")),
	} {
		if !errors.Is(err, access.ErrNotAdmitted) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestACodeWorksOnce(t *testing.T) {
	s, _ := open(t, t.TempDir())
	code := invite(t, s, "board", "salle")
	if _, err := redeem(s, code, "", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := redeem(s, code, "", ""); !errors.Is(err, access.ErrCode) {
		t.Errorf("again: %v", err)
	}
}

func TestACodeLastsTenMinutes(t *testing.T) {
	s, clock := open(t, t.TempDir())
	early, late := invite(t, s, "board", "a"), invite(t, s, "board", "b")
	clock.pass(10*time.Minute - time.Second)
	if _, err := redeem(s, early, "", ""); err != nil {
		t.Errorf("in time: %v", err)
	}
	clock.pass(time.Second)
	if _, err := redeem(s, late, "", ""); !errors.Is(err, access.ErrCode) {
		t.Errorf("too late: %v", err)
	}
}

// A wrong code that begins like a right one uses it up after five tries; one
// that begins otherwise learns nothing and harms nothing.
func TestACodeCannotBeGuessed(t *testing.T) {
	s, _ := open(t, t.TempDir())
	code := invite(t, s, "board", "salle")
	other := invite(t, s, "board", "cafe")
	wrong := code[:2] + strings.Map(func(r rune) rune {
		if r == '2' {
			return '3'
		}
		return '2'
	}, code[2:])
	for range 5 {
		if _, err := redeem(s, wrong, "", ""); !errors.Is(err, access.ErrCode) {
			t.Fatal(err)
		}
	}
	if _, err := redeem(s, code, "", ""); !errors.Is(err, access.ErrCode) {
		t.Errorf("after five wrong tries: %v", err)
	}
	if _, err := redeem(s, other, "", ""); err != nil {
		t.Errorf("the other code: %v", err)
	}
}

// Somebody between terminal and hub has to show a certificate of their own, and
// then neither side goes on.
func TestNobodyInBetweenGetsAnAccount(t *testing.T) {
	s, _ := open(t, t.TempDir())
	code := invite(t, s, "adviser", "conseil-5")
	if _, err := redeem(s, code, "the impostor's", "the hub's"); !errors.Is(err, access.ErrCode) {
		t.Errorf("a proof about another certificate was passed on: %v", err)
	}
	key := enrol.Key(code)
	ask := enrol.NewAsk(code, key, "the impostor's")
	forged := enrol.Answer{Site: "villette", Role: "adviser", Name: "conseil-5", User: "u", Key: "k", Broker: "mqtts://evil:8883"}
	forged.Sign(enrol.Key("22222222"), ask, "the impostor's")
	if err := forged.Check(key, ask, "the impostor's"); !errors.Is(err, enrol.ErrImpostor) {
		t.Errorf("a forged answer: %v", err)
	}
}

func TestANewCodeReplacesTheOld(t *testing.T) {
	s, _ := open(t, t.TempDir())
	old := invite(t, s, "board", "salle")
	fresh := invite(t, s, "board", "salle")
	if _, err := redeem(s, old, "", ""); err == nil {
		t.Error("the old one still works")
	}
	if _, err := redeem(s, fresh, "", ""); err != nil {
		t.Error(err)
	}
}

// The first account closes the hub to who has none; what another program
// changes in the file counts at once.
func TestTheFirstAccountClosesTheHub(t *testing.T) {
	dir := t.TempDir()
	hub, _ := open(t, dir)
	anyone, err := hub.Admit("x", "", "")
	if err != nil || !anyone.Valid() || !anyone.MayPublish("accueil/v1/villette/kiosk/x/facts") || !anyone.MayRead("accueil/v1/villette/#") {
		t.Fatalf("an open hub: %v", err)
	}
	command, _ := open(t, dir)
	a, err := redeem(hub, invite(t, command, "kiosk", "a"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	if anyone.Valid() || !hub.Strict() || !command.Strict() {
		t.Error("still open")
	}
	visa, err := hub.Admit(a.User, a.User, a.Key)
	if err != nil || !visa.Valid() {
		t.Fatalf("%v", err)
	}
	if err := command.Revoke("visitor", "a"); err != nil {
		t.Fatal(err)
	}
	if visa.Valid() {
		t.Error("a revoked account is still valid")
	}
	if _, err := hub.Admit(a.User, a.User, a.Key); err == nil {
		t.Error("a revoked account comes in")
	}
	if err := command.Revoke("visitor", "a"); !errors.Is(err, access.ErrUnknown) {
		t.Errorf("revoked again: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, access.File)); err != nil {
		t.Fatal(err)
	}
	if !hub.Strict() {
		t.Error("without its last account, or its file, the running hub is open again")
	}
}

func TestAnAccountMadeAnewEndsTheOld(t *testing.T) {
	s, _ := open(t, t.TempDir())
	first, _ := redeem(s, invite(t, s, "kiosk", "a"), "", "")
	visa, err := s.Admit(first.User, first.User, first.Key)
	if err != nil {
		t.Fatal(err)
	}
	second, err := redeem(s, invite(t, s, "kiosk", "a"), "", "")
	if err != nil || second.Key == first.Key {
		t.Fatalf("%v", err)
	}
	if visa.Valid() {
		t.Error("the old key still counts")
	}
	if terminals, waiting, _ := s.List(); len(terminals) != 1 || len(waiting) != 0 {
		t.Errorf("%v, %v", terminals, waiting)
	}
}

// Who reads the file learns no code, key or PIN.
func TestTheFileTellsNoSecret(t *testing.T) {
	dir := t.TempDir()
	s, _ := open(t, dir)
	a, _ := redeem(s, invite(t, s, "kiosk", "a"), "", "")
	code := invite(t, s, "kiosk", "b")
	if err := s.SetPIN("adviser", "482913"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, access.File)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{a.Key, code, code[2:], "482913"} {
		if strings.Contains(string(text), hidden) {
			t.Errorf("%s is in the file", hidden)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// A file that got damaged under a running hub changes nothing; a hub does not
// start with one.
func TestASpoiltFileLetsNobodyIn(t *testing.T) {
	dir := t.TempDir()
	s, _ := open(t, dir)
	a, _ := redeem(s, invite(t, s, "kiosk", "a"), "", "")
	path := filepath.Join(dir, access.File)
	good, _ := os.ReadFile(path)
	for name, bad := range map[string]string{
		"empty": "", "half": string(good[:len(good)/2]), "another site": strings.Replace(string(good), "villette", "bercy", 1),
		"another version": strings.Replace(string(good), `"v": 1`, `"v": 9`, 1), "a role": strings.Replace(string(good), `"kiosk"`, `"king"`, 1),
		"a key": strings.Replace(string(good), "$7$", "$6$", 1),
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Admit(a.User, a.User, a.Key); err != nil {
				t.Errorf("the running hub forgot: %v", err)
			}
			if _, err := s.Admit("x", "", ""); err == nil {
				t.Error("the running hub is open")
			}
			if err := s.SetPIN("adviser", "482913"); err == nil {
				t.Error("a damaged file was written over")
			}
			if _, err := access.Open(access.Options{Dir: dir, Site: "villette"}); err == nil {
				t.Error("a hub starts with it")
			}
		})
	}
}

// Programs that change the file at once do not lose each other's changes.
func TestChangesAreNotLost(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for _, name := range []string{"a", "b", "c", "d"} {
		s, _ := open(t, dir)
		all.Go(func() {
			for _, n := range []string{"1", "2", "3", "4", "5"} {
				if _, _, err := s.Issue("sensor", name+n); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	s, _ := open(t, dir)
	if terminals, _, _ := s.List(); len(terminals) != 20 {
		t.Errorf("%d of 20 accounts", len(terminals))
	}
}

func TestWhatCannotBeEnrolled(t *testing.T) {
	s, _ := open(t, t.TempDir())
	for _, c := range []struct{ role, name string }{
		{"hub", "x"}, {"", "x"}, {"king", "x"}, {"kiosk", ""}, {"kiosk", "a/b"}, {"kiosk", "+"}, {"kiosk", "é"}, {"kiosk", strings.Repeat("x", 49)},
	} {
		if _, err := s.Invite(c.role, c.name); err == nil {
			t.Errorf("%s %s was invited", c.role, c.name)
		}
	}
	for range 3 {
		if _, _, err := s.Issue("sensor", "porte"); err != nil {
			t.Fatal(err)
		}
	}
	if terminals, _, _ := s.List(); len(terminals) != 1 {
		t.Error("accounts of one name pile up")
	}
}
