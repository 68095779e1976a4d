// Package access says who may come in, and what each may do.
//
// Accounts, enrolment codes and PINs are in one small file of the data folder,
// replaced whole at each change. A running hub looks at the file at every use,
// so what a command changes counts at once. Nothing in it lets anybody in who
// reads it: codes and PINs are stretched with argon2id, keys are 256 random
// bits behind a one-way hash.
//
// As long as there has never been an account, everybody on the hub's own
// machine may do everything: that is the demo. The first account closes the hub
// to everybody without one, for good.
package access

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// File is the name of the accounts' file in a data folder.
const File = "access.json"

// maxName keeps ROLE.NAME within what brokers take as the name of a client.
const maxName = 48

// Store is the accounts of one site. Its methods may be called from any
// goroutine, and several programs may use one file.
type Store struct {
	path   string
	site   string
	strict bool
	now    func() time.Time
	log    *slog.Logger

	mu    sync.Mutex
	book  *book
	stamp stamp
	spoil bool // the file could not be read at the last look

	guesses guesses
}

// Options say whose accounts they are.
type Options struct {
	Dir    string // data folder; "" keeps everything in memory only, for rehearsals
	Site   string
	Strict bool             // only accounts come in, even before the first exists
	Now    func() time.Time // the machine's clock; time.Now when nil
	Log    *slog.Logger
}

// Open reads the accounts; that there are none yet is no error.
func Open(o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{path: filepath.Join(o.Dir, File), site: o.Site, strict: o.Strict, now: o.Now, log: o.Log, guesses: newGuesses()}
	b, stamp, err := s.read()
	if err != nil {
		return nil, err
	}
	s.book, s.stamp = b, stamp
	return s, nil
}

// Strict says whether only accounts come in.
func (s *Store) Strict() bool { return s.strict || s.current().Strict }

// ErrRole and ErrName are returned for what cannot be enrolled.
var (
	ErrRole = errors.New("no such role: visitor, reception, adviser, coordinator, board or sensor")
	ErrName = fmt.Errorf("a name has 1 to %d letters, digits, '-', '.' and '_'", maxName)
)

// Roles are what can be enrolled, as topics call them.
func Roles() []string {
	return []string{wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleCoordinator, wire.RoleBoard, wire.RoleSensor}
}

// SayRole gives a role as people write it and [ParseRole] reads it.
func SayRole(role string) string {
	if role == wire.RoleKiosk {
		return "visitor"
	}
	return role
}

// ParseRole reads a role as people write it: a visitor's terminal is a kiosk.
func ParseRole(s string) (string, error) {
	if s == "visitor" {
		return wire.RoleKiosk, nil
	}
	if !slices.Contains(Roles(), s) {
		return "", ErrRole
	}
	return s, nil
}

// CheckName says whether a terminal can have this name.
func CheckName(name string) error {
	if !queue.ValidKey(name) || len(name) > maxName {
		return ErrName
	}
	return nil
}

// User is what a terminal is called when it comes in: ROLE.NAME. It is its
// name as an MQTT client too, so that nobody can take another's place.
func User(role, name string) string { return role + "." + name }

// stamp tells one content of the file from the next: each is a new file.
type stamp struct {
	inode uint64
	size  int64
	time  time.Time
}

func stampOf(info fs.FileInfo) stamp {
	st := stamp{size: info.Size(), time: info.ModTime()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		st.inode = sys.Ino
	}
	return st
}

// current is the accounts as they are now. A file that cannot be read changes
// nothing: who was revoked stays out, and nobody new comes in.
func (s *Store) current() *book {
	s.mu.Lock()
	defer s.mu.Unlock()
	info, err := os.Stat(s.path)
	if err == nil && stampOf(info) == s.stamp {
		return s.book
	}
	if errors.Is(err, fs.ErrNotExist) && s.stamp == (stamp{}) {
		return s.book
	}
	b, st, err := s.read()
	if err != nil {
		if !s.spoil {
			s.log.Error("the accounts cannot be read; they stay as they were", "err", err)
		}
		s.spoil = true
		return s.book
	}
	if errors.Is(err, fs.ErrNotExist) || st == (stamp{}) {
		b.Strict = b.Strict || s.book.Strict // a file taken away under a running hub does not open it
	}
	s.book, s.stamp, s.spoil = b, st, false
	return b
}

// update changes the accounts, one program at a time.
func (s *Store) update(change func(*book) error) error {
	unlock, err := lockFile(s.path + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	b, _, err := s.read()
	if err != nil {
		return err
	}
	b.forget(s.now())
	if err := change(b); err != nil {
		return err
	}
	if s.stamp, err = s.write(b); err != nil {
		return err
	}
	s.book, s.spoil = b, false
	return nil
}

func lockFile(path string) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { f.Close() }, nil
}

// Terminal is one account as people may see it.
type Terminal struct {
	Role, Name string
	Since      time.Time
}

// Waiting is a code that nobody has used yet; the code itself is not known here.
type Waiting struct {
	Role, Name string
	Until      time.Time
}

// List is everything there is, in order.
func (s *Store) List() (terminals []Terminal, waiting []Waiting, pins []string) {
	b := s.current()
	for _, a := range b.Accounts {
		terminals = append(terminals, Terminal{a.Role, a.Name, a.Since})
	}
	for _, c := range b.Codes {
		if s.now().Before(c.Until) {
			waiting = append(waiting, Waiting{c.Role, c.Name, c.Until})
		}
	}
	for _, role := range Roles() {
		if b.PINs[role] != "" {
			pins = append(pins, role)
		}
	}
	slices.SortFunc(terminals, func(a, b Terminal) int { return strings.Compare(User(a.Role, a.Name), User(b.Role, b.Name)) })
	return terminals, waiting, pins
}
