package line

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"accueil/internal/certificate"
)

const (
	defaultBuffer = 1024
	clearPort     = "1883"
	securePort    = "8883"
	grumbleEvery  = 10 * time.Second
	// maxTopic is the longest topic or filter in bytes, well above what
	// accueil/v1/SITE/ROLE/NAME/… needs.
	maxTopic = 256
)

// complete fills in the defaults and says what is wrong with the options.
func complete(o Options) (Options, error) {
	o.Name = cmp.Or(o.Name, o.ClientID)
	o.ClientID = cmp.Or(o.ClientID, o.Name)
	o.Buffer = cmp.Or(o.Buffer, defaultBuffer)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	if o.ClientID == "" {
		return o, errors.New("needs a name or a client id")
	}
	if o.Will != nil {
		if err := checkMessage(o.Will.Topic, o.Will.Payload); err != nil {
			return o, fmt.Errorf("will: %w", err)
		}
	}
	return withDial(o)
}

// withDial checks the URL and turns it into a Dial if there is none.
func withDial(o Options) (Options, error) {
	if o.Dial != nil && o.URL == "" {
		o.URL = "tcp://dialled"
	}
	address, secure, err := hostPort(o.URL)
	if err != nil || o.Dial != nil {
		return o, err
	}
	dialer := &net.Dialer{Timeout: connectWithin}
	if !secure {
		o.Dial = func(ctx context.Context) (net.Conn, error) { return dialer.DialContext(ctx, "tcp", address) }
		return o, nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.Fingerprint != "" {
		config = certificate.Pinned(o.Fingerprint)
	}
	over := &tls.Dialer{NetDialer: dialer, Config: config}
	o.Dial = func(ctx context.Context) (net.Conn, error) { return over.DialContext(ctx, "tcp", address) }
	return o, nil
}

// hostPort reads a broker's URL: where it is, and whether it is spoken to with TLS.
func hostPort(address string) (at string, secure bool, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false, errors.New("the broker's URL cannot be read; write tcp://HOST:PORT or mqtts://HOST:PORT")
	}
	port := clearPort
	switch u.Scheme {
	case "tcp", "mqtt":
	case "mqtts", "tls", "ssl":
		secure, port = true, securePort
	default:
		return "", false, fmt.Errorf("broker URL %q: only tcp://HOST:PORT, mqtt://HOST and mqtts://HOST are known", u.Redacted())
	}
	if u.Hostname() == "" {
		return "", false, fmt.Errorf("broker URL %q has no host; write tcp://HOST:PORT or mqtts://HOST:PORT", u.Redacted())
	}
	return net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port)), secure, nil
}

// checkMessage refuses what a broker would drop without a word or answer by
// cutting the connection.
func checkMessage(topic string, payload []byte) error {
	if err := checkFilter(topic); err != nil {
		return err
	}
	if strings.ContainsAny(topic, "+#") {
		return fmt.Errorf("topic %q has a wildcard", topic)
	}
	const header = 1 + 4 + 2 + 2 // type, remaining length, topic length, packet id
	if size := header + len(topic) + len(payload); size > MaxPacket {
		return fmt.Errorf("%d bytes to topic %q are more than a packet's %d", size, topic, MaxPacket)
	}
	return nil
}

func checkFilter(filter string) error {
	switch {
	case filter == "":
		return errors.New("topic is empty")
	case len(filter) > maxTopic:
		return fmt.Errorf("topic of %d bytes is longer than %d", len(filter), maxTopic)
	case !utf8.ValidString(filter) || strings.ContainsRune(filter, 0):
		return fmt.Errorf("topic %q is not clean text", filter)
	}
	return nil
}
