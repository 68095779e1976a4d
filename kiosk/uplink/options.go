package uplink

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// defaultPatience is how long a visitor waits for the hub's number before the
// kiosk takes one of its own series.
const defaultPatience = time.Second

// Options say who a terminal is and where its hub is found.
type Options struct {
	Site string // key of the site
	Role string // one of the roles of package wire
	Name string // the terminal's own, unique among those of its role

	// Dir is the data folder of a terminal that issues tickets. Without it
	// there is no journal: only views and requests.
	Dir string

	URL  string                                  // of the broker, tcp://host:port
	Dial func(context.Context) (net.Conn, error) // instead of URL, into an embedded broker

	// The terminal's account, as `kiosk enrol` got it; none on an open hub.
	User, Key   string
	Fingerprint string // of the key the broker must have

	Services []string         // of which a service view is wanted; every one when empty
	Now      func() time.Time // the local clock; time.Now when nil
	Patience time.Duration    // with the hub's number; a second when zero
	Program  string           // version of the program, for the coordinator
	Log      *slog.Logger

	// Check says whether a pack is the content that a version names, and in
	// which time zone its site is; the checks of package site when nil.
	Check func(version string, pack []byte) (*time.Location, error)

	connect func(context.Context, line.Options) (link, error) // tests put a line of their own here
}

func complete(o Options) (Options, error) {
	for _, key := range []string{o.Site, o.Role, o.Name} {
		if !queue.ValidKey(key) {
			return o, fmt.Errorf("uplink: %q cannot be a site, role or name: 1 to 64 letters, digits, '-', '.' and '_'", key)
		}
	}
	switch o.Role {
	case wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleCoordinator, wire.RoleBoard:
	default:
		return o, fmt.Errorf("uplink: %q is no role of a terminal", o.Role)
	}
	o.Patience = cmp.Or(o.Patience, defaultPatience)
	o.Log = cmp.Or(o.Log, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Check == nil {
		o.Check = checkPack
	}
	if o.connect == nil {
		o.connect = func(ctx context.Context, lo line.Options) (link, error) { return line.Connect(ctx, lo) }
	}
	return o, nil
}

func checkPack(version string, pack []byte) (*time.Location, error) {
	if site.Version(pack) != version {
		return nil, errors.New("the content is not what its version says")
	}
	s, err := site.Unpack(pack)
	if err != nil {
		return nil, err
	}
	return s.Location()
}

// maxClientID is what the embedded broker takes.
const maxClientID = 64

// clientID is the same at every start, so that a terminal that comes back
// pushes its own dead connection out.
func (o Options) clientID() string {
	if o.User != "" {
		return o.User // brokers that know accounts want it so
	}
	id := o.Site + "." + o.Role + "." + o.Name
	if len(id) > maxClientID {
		sum := sha256.Sum256([]byte(id))
		id = o.Role + "." + hex.EncodeToString(sum[:16])
	}
	return id
}

func (o Options) topic(leaf string) string { return wire.TerminalTopic(o.Site, o.Role, o.Name, leaf) }

// filters are what a role needs to hear.
func (o Options) filters() []string {
	hub := func(name string) string { return wire.HubTopic(o.Site, name) }
	f := []string{
		hub(wire.NameState), hub(wire.NameBeat), hub(wire.NamePublic),
		o.topic(wire.LeafReplies),
	}
	if o.Dir != "" {
		f = append(f, o.topic(wire.LeafAcks))
	}
	if o.Role == wire.RoleCoordinator {
		f = append(f, hub(wire.NameCoordinator))
	}
	if o.Role == wire.RoleCoordinator || o.Role == wire.RoleAdviser || o.Role == wire.RoleReception {
		f = append(f, o.serviceFilters()...)
	}
	return f
}

func (o Options) serviceFilters() []string {
	if len(o.Services) == 0 {
		return []string{wire.HubTopic(o.Site, wire.NameService) + "/+"}
	}
	var f []string
	for _, s := range o.Services {
		f = append(f, wire.ServiceTopic(o.Site, s))
	}
	return f
}
