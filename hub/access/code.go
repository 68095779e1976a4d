package access

import (
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"accueil/internal/enrol"
	"accueil/internal/secret"
)

const (
	// CodeLasts is how long a code can be used.
	CodeLasts = 10 * time.Minute
	// maxTries wrong proofs for one code use it up.
	maxTries = 5
	// maxCodes may be open at once.
	maxCodes = 100
)

// Errors about codes.
var (
	// ErrCode is returned for every code that opens nothing: never made, used,
	// over, or tried too often. A stranger learns no more.
	ErrCode = errors.New("this code opens nothing: codes last ten minutes and work once; make a new one with hub enrol")
	// ErrManyCodes is returned when too many codes are open.
	ErrManyCodes = fmt.Errorf("more than %d codes are open; wait until some have been used or are over", maxCodes)
)

// Invite makes a code for a terminal. Earlier codes for it are void; the
// account it may have already stays until the new one is made.
func (s *Store) Invite(role, name string) (string, error) {
	role, err := ParseRole(role)
	if err == nil {
		err = CheckName(name)
	}
	if err != nil {
		return "", err
	}
	var text string
	err = s.update(func(b *book) error {
		b.Codes = slices.DeleteFunc(b.Codes, func(c code) bool { return c.Role == role && c.Name == name })
		if len(b.Codes) >= maxCodes {
			return ErrManyCodes
		}
		text = b.newCode()
		b.Codes = append(b.Codes, code{ID: enrol.ID(text), Role: role, Name: name, Key: enrol.Key(text), Until: s.now().UTC().Add(CodeLasts)})
		return nil
	})
	return enrol.Spaced(text), err
}

// newCode draws a code whose first letters no open code has.
func (b *book) newCode() string {
	for {
		text := enrol.NewCode(rand.Reader)
		if !slices.ContainsFunc(b.Codes, func(c code) bool { return c.ID == enrol.ID(text) }) {
			return text
		}
	}
}

// Redeem gives a terminal its account for the proof that it knows a code. The
// proof is about the certificate that the terminal sees, so that nobody in
// between can pass it on; the answer proves that the hub knows the code too.
func (s *Store) Redeem(ask enrol.Ask, seen, broker, fingerprint string) (enrol.Answer, error) {
	var answer enrol.Answer
	var wrong error
	err := s.update(func(b *book) error {
		i := slices.IndexFunc(b.Codes, func(c code) bool { return c.ID == ask.ID })
		if i < 0 {
			return ErrCode
		}
		c := &b.Codes[i]
		if !hmac.Equal(ask.Proof, enrol.Prove(c.Key, ask, seen)) {
			wrong = ErrCode
			if c.Tries++; c.Tries >= maxTries {
				b.Codes = slices.Delete(b.Codes, i, i+1)
			}
			return nil // the try is written down
		}
		key := secret.NewKey()
		answer = enrol.Answer{Site: b.Site, Role: c.Role, Name: c.Name, User: User(c.Role, c.Name), Key: key, Broker: broker, Fingerprint: fingerprint}
		answer.Sign(c.Key, ask, seen)
		a := account{Role: c.Role, Name: c.Name, Key: hashKey(key), Since: s.now().UTC().Truncate(time.Second)}
		b.Codes = slices.Delete(b.Codes, i, i+1)
		return b.put(a)
	})
	if err = errors.Join(err, wrong); err != nil {
		return enrol.Answer{}, err
	}
	return answer, nil
}

// Issue makes an account at once, for what cannot exchange a code, such as a
// people counter. The key is shown once and known to nobody afterwards.
func (s *Store) Issue(role, name string) (user, key string, err error) {
	if role, err = ParseRole(role); err != nil {
		return "", "", err
	}
	if err = CheckName(name); err != nil {
		return "", "", err
	}
	key = secret.NewKey()
	err = s.update(func(b *book) error {
		return b.put(account{Role: role, Name: name, Key: hashKey(key), Since: s.now().UTC().Truncate(time.Second)})
	})
	return User(role, name), key, err
}

// ErrUnknown is returned when there is no such account.
var ErrUnknown = errors.New("no such account; hub accounts lists them")

// Revoke takes an account away, and any code for it.
func (s *Store) Revoke(role, name string) error {
	role, err := ParseRole(role)
	if err != nil {
		return err
	}
	return s.update(func(b *book) error {
		before := len(b.Accounts) + len(b.Codes)
		b.Accounts = slices.DeleteFunc(b.Accounts, func(a account) bool { return a.Role == role && a.Name == name })
		b.Codes = slices.DeleteFunc(b.Codes, func(c code) bool { return c.Role == role && c.Name == name })
		if len(b.Accounts)+len(b.Codes) == before {
			return ErrUnknown
		}
		return nil
	})
}
