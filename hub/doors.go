package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"accueil/hub/access"
	"accueil/hub/broker"
	"accueil/hub/web"
	"accueil/internal/certificate"
	"accueil/internal/enrol"
	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/smallfile"
	"accueil/internal/wire"
)

// doors are the ways in: the broker, the pages, and who may use them.
type doors struct {
	store       *access.Store
	fingerprint string           // of the site's certificate; "" when nothing here speaks TLS
	site        tls.Certificate  // the site's own
	pages       net.Listener     // of HTTP
	shown       string           // fingerprint of what the pages show; "" in the clear
	embedded    *broker.Embedded // nil with an outside broker
	outside     line.Options     // how to reach an outside broker
	log         *slog.Logger
}

// openDoors opens the pages' address, and reads accounts and certificates.
func openDoors(s serve, site string, log *slog.Logger) (d *doors, err error) {
	d = &doors{log: log}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, err
	}
	d.store, err = access.Open(access.Options{Dir: s.Data, Site: site, Strict: s.strict(), Log: log})
	if err != nil {
		return nil, err
	}
	if d.outside, err = s.outside(); err != nil {
		return nil, err
	}
	if s.secureBroker() || s.securePages() || d.outside.Fingerprint != "" {
		if err := d.readCertificate(s.Data, site); err != nil {
			return nil, err
		}
	}
	return d, d.openPages(s)
}

func (s serve) secureBroker() bool { return s.Broker == "" && !broker.Loopback(s.MQTT) }
func (s serve) securePages() bool  { return !broker.Loopback(s.HTTP) }

// strict: who can be reached from elsewhere lets in accounts only.
func (s serve) strict() bool { return s.Accounts || s.secureBroker() }

func (d *doors) readCertificate(dir, site string) (err error) {
	if d.site, err = certificate.Load(dir, site); err != nil {
		return err
	}
	d.fingerprint, err = certificate.Fingerprint(d.site)
	return err
}

var errNoTLS = errors.New("--tls-cert and --tls-key go together, for an address of the pages beyond this machine")

func (d *doors) openPages(s serve) (err error) {
	var secure *tls.Config
	if s.securePages() {
		shown := d.site
		if s.TLSCert != "" {
			if shown, err = tls.LoadX509KeyPair(s.TLSCert, s.TLSKey); err != nil {
				return fmt.Errorf("certificate of the pages: %w", err)
			}
		}
		if d.shown, err = certificate.Fingerprint(shown); err != nil {
			return err
		}
		secure = certificate.Serve(shown)
		secure.MinVersion = tls.VersionTLS12 // visitors' phones may be old
	}
	if (s.TLSCert == "") != (s.TLSKey == "") || s.TLSCert != "" && secure == nil {
		return errNoTLS
	}
	if d.pages, err = web.Listen(s.HTTP, secure); err != nil {
		return fmt.Errorf("pages on %s: %w; choose another address with --http", s.HTTP, err)
	}
	return nil
}

// address is where the pages are, for this machine.
func (d *doors) address() string {
	if d.shown != "" {
		return "https://" + here(d.pages.Addr().String())
	}
	return "http://" + d.pages.Addr().String()
}

// here is an address as this machine reaches it.
func here(addr string) string { return anyAs("127.0.0.1", addr) }

// anyAs puts a host in the place of "any address of this machine".
func anyAs(name, addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort(name, port)
	}
	return addr
}

// public is where other machines find the pages, as far as this one knows.
func (d *doors) public() string {
	name, err := os.Hostname()
	if d.shown == "" || err != nil {
		return d.address()
	}
	return "https://" + anyAs(name, d.pages.Addr().String())
}

// where tells commands on this machine.
func (d *doors) where(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, d.public()) }

// openBroker starts the embedded broker, if it is wanted. It outlives ctx, so
// that the last answers still go out.
func (d *doors) openBroker(ctx context.Context, s serve, site string) (err error) {
	if s.Broker != "" {
		return nil
	}
	o := broker.Options{Addr: s.MQTT, Site: site, Clients: s.Terminals, Log: d.log, Admit: func(client, user, key string) (broker.Visa, error) {
		return d.store.Admit(client, user, key)
	}}
	if s.secureBroker() {
		o.TLS = certificate.Serve(d.site)
	}
	if d.embedded, err = broker.Serve(context.WithoutCancel(ctx), o); err != nil {
		return fmt.Errorf("broker on %s: %w; choose another address with --mqtt", s.MQTT, err)
	}
	return nil
}

// brokerURL is where the broker is, without anybody's key.
func (d *doors) brokerURL() string {
	if d.embedded == nil {
		u, err := url.Parse(d.outside.URL)
		if err != nil {
			return ""
		}
		u.User = nil
		return u.String()
	}
	if d.fingerprint != "" && !broker.Loopback(d.embedded.Addr()) {
		return "mqtts://" + here(d.embedded.Addr())
	}
	return "tcp://" + d.embedded.Addr()
}

// line is how the hub itself reaches the broker.
func (d *doors) line() line.Options {
	if d.embedded == nil {
		return d.outside
	}
	return line.Options{URL: d.brokerURL(), Dial: d.embedded.Dial} // no way around through the network
}

// enrol answers a terminal. It finds the broker where it found the pages, unless
// the broker is known to be elsewhere.
func (d *doors) enrol(ask enrol.Ask, secure bool) (enrol.Answer, error) {
	seen := ""
	if secure {
		seen = d.shown
	}
	u, err := url.Parse(d.brokerURL())
	if err != nil {
		return enrol.Answer{}, err
	}
	if broker.Loopback(u.Host) {
		u.Host = ":" + u.Port()
	}
	fingerprint := ""
	if u.Scheme == "mqtts" {
		fingerprint = d.fingerprint
	}
	return d.store.Redeem(ask, seen, u.String(), fingerprint)
}

// reviewEvery is how soon a revoked terminal is shown out.
const reviewEvery = 500 * time.Millisecond

// review shows out who was revoked, until ctx ends.
func (d *doors) review(ctx context.Context) {
	if d.embedded == nil {
		return
	}
	ticker := time.NewTicker(reviewEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			d.embedded.Review()
		}
	}
}

func (d *doors) close() {
	if d.embedded != nil {
		d.embedded.Close()
	}
	if d.pages != nil {
		d.pages.Close()
	}
}

// brokerAccount is the hub's own account at an outside broker, as a file.
type brokerAccount struct {
	User        string `json:"user"`
	Key         string `json:"key"`
	Fingerprint string `json:"fingerprint,omitempty"`
}

// outside is how to reach the outside broker.
func (s serve) outside() (line.Options, error) {
	o := line.Options{URL: s.Broker}
	if s.BrokerAccount == "" {
		return o, nil
	}
	if s.Broker == "" {
		return o, errors.New("--broker-account is for an outside broker; name it with --broker")
	}
	var a brokerAccount
	text, err := smallfile.Read(s.BrokerAccount, 4<<10)
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	if err == nil && a.User == "" {
		err = errors.New("no user in it")
	}
	if err != nil {
		return o, fmt.Errorf("account at the broker in %s: %w", s.BrokerAccount, err)
	}
	o.User, o.Password, o.Fingerprint, o.ClientID = a.User, a.Key, a.Fingerprint, a.User
	return o, nil
}

// keeper tells the floor in its words what the accounts say about PINs.
type keeper struct{ *access.Store }

// Unlock implements floor.Doorkeeper.
func (k keeper) Unlock(role, name, pin string) (pass string, refused queue.Refusal, wait time.Duration) {
	pass, err := k.Store.Unlock(role, name, pin)
	var later access.WaitError
	switch {
	case errors.As(err, &later):
		return "", wire.WaitPIN, later.Wait
	case err != nil:
		return "", wire.WrongPIN, 0
	}
	return pass, "", 0
}
