package access

import (
	"fmt"
	"strings"

	"accueil/internal/wire"
)

// Mosquitto is what a Mosquitto 2 broker needs to enforce the same rights: the
// texts of its password file and of its file of rights. hubKey is the key the hub
// itself comes with, under the user [User](hub, site).
//
// Mosquitto lets anybody subscribe to anything and then delivers what may be read.
func (s *Store) Mosquitto(hubKey string) (passwords, rights string) {
	var p, r strings.Builder
	write := func(user, hash string, can Rights) {
		fmt.Fprintf(&p, "%s:%s\n", user, hash)
		fmt.Fprintf(&r, "\nuser %s\n", user)
		for _, topic := range can.Write {
			fmt.Fprintf(&r, "topic write %s%s\n", prefix(s.site), topic)
		}
		for _, topic := range can.Read {
			fmt.Fprintf(&r, "topic read %s%s\n", prefix(s.site), topic)
		}
	}
	r.WriteString("# Made by hub mosquitto: make it anew after every change of the accounts.\n")
	write(HubUser(s.site), hashKey(hubKey), RightsOf(wire.RoleHub, s.site))
	for _, a := range s.current().Accounts {
		write(User(a.Role, a.Name), a.Key, RightsOf(a.Role, a.Name))
	}
	return p.String(), r.String()
}

// HubUser is the hub's own name at an outside broker. No terminal can be enrolled
// under it.
func HubUser(site string) string { return User(wire.RoleHub, site) }
