package access

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"accueil/internal/secret"
	"accueil/internal/smallfile"
)

const (
	version = 1
	// maxAccounts of half a KiB each are what the file may hold.
	maxAccounts = 10_000
	maxFile     = 8 << 20
)

// book is the file.
type book struct {
	V        int               `json:"v"`
	Site     string            `json:"site"`
	Strict   bool              `json:"strict"` // there has been an account
	Seal     []byte            `json:"seal"`   // signs passes; see pass
	Accounts []account         `json:"accounts"`
	Codes    []code            `json:"codes,omitempty"`
	PINs     map[string]string `json:"pins,omitempty"` // role → hash
}

// account is one terminal.
type account struct {
	Role  string    `json:"role"`
	Name  string    `json:"name"`
	Key   string    `json:"key"` // hashed; see hashKey
	Since time.Time `json:"since"`
}

// code is one enrolment that may happen.
type code struct {
	ID    string    `json:"id"` // the code's first letters
	Role  string    `json:"role"`
	Name  string    `json:"name"`
	Key   []byte    `json:"key"` // what both sides make of the whole code
	Until time.Time `json:"until"`
	Tries int       `json:"tries"` // wrong ones
}

// read gives an empty book and no stamp when there is no file.
func (s *Store) read() (*book, stamp, error) {
	text, err := smallfile.Read(s.path, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return &book{V: version, Site: s.site}, stamp{}, nil
	}
	if err != nil {
		return nil, stamp{}, err
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, stamp{}, err
	}
	b, err := parse(text)
	if err == nil && b.Site != s.site {
		err = fmt.Errorf("it is of the site %q, not %q", b.Site, s.site)
	}
	if err != nil {
		return nil, stamp{}, fmt.Errorf("accounts in %s: %w; put back a copy, or remove the file and enrol every terminal again", s.path, err)
	}
	return b, stampOf(info), nil
}

func parse(text []byte) (*book, error) {
	var b book
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&b); err != nil {
		return nil, err
	}
	if b.V != version {
		return nil, fmt.Errorf("version %d, this program knows %d", b.V, version)
	}
	return &b, b.check()
}

// check says what no program of ours can have written.
func (b *book) check() error {
	if len(b.Accounts) > maxAccounts || len(b.Codes) > maxCodes {
		return errors.New("too many entries")
	}
	for _, a := range b.Accounts {
		if _, err := parseKey(a.Key); err != nil || !slices.Contains(Roles(), a.Role) || CheckName(a.Name) != nil {
			return fmt.Errorf("the account %.80q is damaged", User(a.Role, a.Name))
		}
	}
	for role, hash := range b.PINs {
		if secret.CheckHash(hash) != nil {
			return fmt.Errorf("the PIN of %.80q is damaged", role)
		}
	}
	return nil
}

func (s *Store) write(b *book) (stamp, error) {
	if len(b.Seal) == 0 {
		b.Seal = make([]byte, 32)
		rand.Read(b.Seal)
	}
	text, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		return stamp{}, err
	}
	if err := smallfile.Write(s.path, append(text, '\n')); err != nil {
		return stamp{}, err
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return stamp{}, err
	}
	return stampOf(info), nil
}

// forget drops the codes whose time is over.
func (b *book) forget(now time.Time) {
	b.Codes = slices.DeleteFunc(b.Codes, func(c code) bool { return !now.Before(c.Until) })
}

func (b *book) account(role, name string) *account {
	for i := range b.Accounts {
		if b.Accounts[i].Role == role && b.Accounts[i].Name == name {
			return &b.Accounts[i]
		}
	}
	return nil
}

// put adds an account, in the place of an older one of the same terminal.
func (b *book) put(a account) error {
	b.Strict = true
	if old := b.account(a.Role, a.Name); old != nil {
		*old = a
		return nil
	}
	if len(b.Accounts) >= maxAccounts {
		return errors.New("too many accounts; revoke some first")
	}
	b.Accounts = append(b.Accounts, a)
	return nil
}
