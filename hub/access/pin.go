package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"time"

	"accueil/internal/secret"
	"accueil/internal/wire"
)

// PassLasts is how long a terminal or a browser stays unlocked at most, also
// when somebody is always there: a working day.
const PassLasts = 12 * time.Hour

// maxLocks is how many terminals' wrong PINs are remembered.
const maxLocks = 4096

// Errors about PINs.
var (
	// ErrPIN is returned for a wrong PIN.
	ErrPIN = errors.New("wrong PIN")
	// ErrNoPIN is returned when a PIN is asked for and none has been set.
	ErrNoPIN = errors.New("no PIN has been set for this role; set one with hub pin")
	// ErrPINRole is returned for a role that has no PIN.
	ErrPINRole = errors.New("only reception, adviser and coordinator have a PIN")
)

// WaitError is returned when no PIN is looked at for some time, right or wrong.
type WaitError struct{ Wait time.Duration }

func (e WaitError) Error() string {
	return "too many wrong PINs; wait " + e.Wait.Round(time.Second).String()
}

// StaffRoles are the roles that a PIN opens.
func StaffRoles() []string {
	return []string{wire.RoleReception, wire.RoleAdviser, wire.RoleCoordinator}
}

// SetPIN sets the PIN of a staff role, or removes it when pin is "". Everyone
// who is unlocked has to show the new one.
func (s *Store) SetPIN(role, pin string) error {
	if !slices.Contains(StaffRoles(), role) {
		return ErrPINRole
	}
	hash := ""
	if pin != "" {
		if err := secret.CheckPIN(pin); err != nil {
			return err
		}
		hash = secret.Hash(pin)
	}
	return s.update(func(b *book) error {
		if b.PINs == nil {
			b.PINs = map[string]string{}
		}
		b.PINs[role] = hash
		if hash == "" {
			delete(b.PINs, role)
		}
		return nil
	})
}

// HasPIN says whether a role opens with a PIN.
func (s *Store) HasPIN(role string) bool { return s.current().PINs[role] != "" }

// guesses are the locks of everyone who shows PINs, by who they are.
type guesses struct {
	turn  chan struct{} // held by the one whose PIN is looked at
	mu    *sync.Mutex
	locks map[string]*secret.Lock
}

func newGuesses() guesses {
	return guesses{turn: make(chan struct{}, 1), mu: new(sync.Mutex), locks: map[string]*secret.Lock{}}
}

// wait is how long who has to wait.
func (g guesses) wait(who string, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if l := g.locks[who]; l != nil {
		return l.Wait(now)
	}
	return 0
}

func (g guesses) note(who string, right bool, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if right {
		delete(g.locks, who)
		return
	}
	if g.locks[who] == nil {
		g.makeRoom(now)
		g.locks[who] = &secret.Lock{}
	}
	g.locks[who].Wrong(now)
}

// makeRoom keeps the locks few. When none can be forgotten all are: it takes
// thousands of enrolled terminals, each with wrong PINs within the hour.
func (g guesses) makeRoom(now time.Time) {
	if len(g.locks) < maxLocks {
		return
	}
	for who, l := range g.locks {
		if l.Idle(now) {
			delete(g.locks, who)
		}
	}
	if len(g.locks) >= maxLocks {
		clear(g.locks)
	}
}

// try looks at a PIN that who shows for role: nil, [ErrPIN], [ErrNoPIN] or a
// [WaitError]. Two of one who wait for each other, so that many at once are no
// way around the lock.
func (s *Store) try(who, role, pin string) error {
	s.guesses.turn <- struct{}{}
	defer func() { <-s.guesses.turn }()
	hash := s.current().PINs[role]
	if hash == "" {
		return ErrNoPIN
	}
	if wait := s.guesses.wait(who, s.now()); wait > 0 {
		return WaitError{wait}
	}
	right := secret.Matches(hash, pin)
	s.guesses.note(who, right, s.now())
	if !right {
		return ErrPIN
	}
	return nil
}

// Unlock gives a terminal a pass for the PIN of its role. Each terminal has a
// lock of its own, so that guessing at one does not shut the others out. It
// takes a moment; see [secret.Matches].
func (s *Store) Unlock(role, name, pin string) (pass string, err error) {
	if err := s.try("terminal "+User(role, name), role, pin); err != nil {
		return "", err
	}
	return s.pass(role, "terminal "+name), nil
}

// Unlocked says whether a terminal may act: its role has no PIN, or its pass
// was given for the PIN there is now, to this terminal, less than [PassLasts] ago.
func (s *Store) Unlocked(role, name, pass string) bool {
	return !s.HasPIN(role) || s.passes(role, "terminal "+name, pass)
}

// pass says in a sealed word who has shown the PIN of a role and until when. It
// is kept nowhere at the hub, so it outlives a restart.
func (s *Store) pass(role, who string) string {
	until := binary.BigEndian.AppendUint64(nil, uint64(s.now().Add(PassLasts).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(until, s.current().sealed(role, who, until)...))
}

func (s *Store) passes(role, who, pass string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(pass)
	if err != nil || len(raw) != 8+sha256.Size {
		return false
	}
	b := s.current()
	if len(b.Seal) == 0 || !hmac.Equal(raw[8:], b.sealed(role, who, raw[:8])) {
		return false
	}
	return s.now().Before(time.Unix(int64(binary.BigEndian.Uint64(raw[:8])), 0))
}

// sealed depends on the PIN too: a new one ends every pass.
func (b *book) sealed(role, who string, until []byte) []byte {
	mac := hmac.New(sha256.New, b.Seal)
	for _, part := range []string{role, who, b.PINs[role], string(until)} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		mac.Write([]byte(part))
	}
	return mac.Sum(nil)
}

// LogIn gives a browser a pass for the PIN of a role, and a word by which it is
// known again. The known have a lock each; all others share one, so that
// strangers who guess shut out strangers only, and no address has to be looked at.
func (s *Store) LogIn(role, pin, known string) (pass, knownNow string, err error) {
	who := "unknown browsers"
	if s.knows(known) {
		who, knownNow = "browser "+known, known
	}
	if err := s.try(who, role, pin); err != nil {
		return "", "", err
	}
	if knownNow == "" {
		knownNow = s.know()
	}
	return s.pass(role, browser), knownNow, nil
}

// LoggedIn says whether a browser's pass still counts.
func (s *Store) LoggedIn(role, pass string) bool {
	return s.HasPIN(role) && s.passes(role, browser, pass)
}

// browser is whom a browser's pass is for: whoever has its cookie.
const browser = "browser"

// know makes a word that only this hub can have made.
func (s *Store) know() string {
	id := make([]byte, 16)
	rand.Read(id)
	return base64.RawURLEncoding.EncodeToString(append(id, s.current().recognises(id)...))
}

func (s *Store) knows(word string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(word)
	b := s.current()
	return err == nil && len(raw) == 16+sha256.Size && len(b.Seal) > 0 && hmac.Equal(raw[16:], b.recognises(raw[:16]))
}

func (b *book) recognises(id []byte) []byte {
	mac := hmac.New(sha256.New, b.Seal)
	mac.Write([]byte("known browser"))
	mac.Write(id)
	return mac.Sum(nil)
}
