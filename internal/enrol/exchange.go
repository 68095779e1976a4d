package enrol

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"accueil/internal/certificate"
)

// within is how long the hub may take to answer.
const within = 20 * time.Second

// ErrClear is returned for an address that would be spoken to in the clear.
var ErrClear = errors.New("beyond this machine the hub is reached by https:// only")

// Exchange gives a code to the hub whose pages are at an address, and returns
// the account it answers with. The broker's address is complete in it.
func Exchange(ctx context.Context, pages, typed string) (Answer, error) {
	code, err := ParseCode(typed)
	if err != nil {
		return Answer{}, err
	}
	hub, err := readHub(pages)
	if err != nil {
		return Answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	seen, client, err := meet(ctx, hub)
	if err != nil {
		return Answer{}, err
	}
	defer client.CloseIdleConnections()
	key := Key(code)
	ask := NewAsk(code, key, seen)
	text, err := post(ctx, client, hub.String()+Path, ask)
	if err != nil {
		return Answer{}, err
	}
	answer, err := ReadAnswer(text)
	if err == nil {
		err = answer.Check(key, ask, seen)
	}
	if err != nil {
		return Answer{}, err
	}
	answer.Broker, err = complete(answer.Broker, hub.Hostname())
	return answer, err
}

func readHub(pages string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSuffix(pages, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("--hub %s is not an address like https://HOST:8443", pages)
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme == "http" && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, ErrClear
	}
	return u, nil
}

// meet looks at the hub's certificate, whoever's it is, and gives a client that
// talks to the same key only. Whether it is the hub's, the proofs will show.
func meet(ctx context.Context, hub *url.URL) (seen string, client *http.Client, err error) {
	client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if hub.Scheme == "http" {
		client.Transport = &http.Transport{}
		return "", client, nil
	}
	address := hub.Host
	if hub.Port() == "" {
		address = net.JoinHostPort(hub.Hostname(), "443")
	}
	dialer := tls.Dialer{Config: &tls.Config{
		InsecureSkipVerify: true, // only to look; nothing is said yet
		VerifyConnection: func(s tls.ConnectionState) error {
			seen = fingerprintOf(s.PeerCertificates)
			return nil
		},
	}}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return "", nil, fmt.Errorf("no hub answers at %s: %w", hub, err)
	}
	conn.Close()
	client.Transport = &http.Transport{TLSClientConfig: certificate.Pinned(seen)}
	return seen, client, nil
}

func fingerprintOf(chain []*x509.Certificate) string {
	if len(chain) == 0 {
		return ""
	}
	return certificate.Of(chain[0])
}

func post(ctx context.Context, client *http.Client, to string, ask Ask) ([]byte, error) {
	body, err := json.Marshal(ask)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("no hub answers at %s: %w", to, err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, MaxMessage))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(strings.TrimSpace(string(text)))
		if len(text) == 0 || bytes.Contains(text, []byte("<")) {
			err = fmt.Errorf("%s answers %s: is it a hub's address?", to, answer.Status)
		}
	}
	return text, err
}

// complete puts the hub's host where the broker's is left out.
func complete(broker, host string) (string, error) {
	u, err := url.Parse(broker)
	if err != nil {
		return "", fmt.Errorf("the broker's address cannot be read: %w", err)
	}
	if u.Hostname() == "" {
		u.Host = net.JoinHostPort(host, u.Port())
	}
	return u.String(), nil
}
