package access

import (
	"errors"
	"strings"
)

// ErrNotAdmitted is returned for every stranger, whatever was wrong.
var ErrNotAdmitted = errors.New("no such account, or not its key")

// Visa is what one client of the broker may do, from now until it is revoked.
type Visa struct {
	store  *Store
	rights Rights
	key    string // the account's, hashed; "" for somebody on an open hub
	role   string
	name   string
}

// Admit lets a client in who shows an account and goes by its name. On a hub
// that is still open everybody comes in.
func (s *Store) Admit(client, user, key string) (*Visa, error) {
	if !s.Strict() {
		return &Visa{store: s}, nil
	}
	a := s.current().byUser(user)
	if a == nil || client != user || !keyMatches(a.Key, key) {
		return nil, ErrNotAdmitted
	}
	return &Visa{store: s, rights: RightsOf(a.Role, a.Name), key: a.Key, role: a.Role, name: a.Name}, nil
}

func (b *book) byUser(user string) *account {
	role, name, _ := strings.Cut(user, ".") // no role has a dot
	return b.account(role, name)
}

// Valid says whether the visa still stands: not after its account was revoked
// or made anew, and not for the unknown after the hub was closed to them.
func (v *Visa) Valid() bool {
	if v.key == "" {
		return !v.store.Strict()
	}
	a := v.store.current().account(v.role, v.name)
	return a != nil && a.Key == v.key
}

// MayPublish says whether a message may go to a topic.
func (v *Visa) MayPublish(topic string) bool {
	return v.key == "" || v.rights.MayWrite(v.store.site, topic)
}

// MayRead says whether a filter may be subscribed to.
func (v *Visa) MayRead(filter string) bool {
	return v.key == "" || v.rights.MayRead(v.store.site, filter)
}
