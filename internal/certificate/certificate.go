// Package certificate makes the site's own certificate and recognises it.
//
// There is no authority above it: a terminal learns at its enrolment which key
// the site has, and from then on talks to nobody else. What is remembered is
// the fingerprint of the key, so that a certificate made anew for the same key
// is still known; dates and names are not looked at, because a terminal's clock
// may be wrong and its hub may move.
package certificate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"accueil/internal/smallfile"
)

// File is the name in a data folder of the file with certificate and key.
const File = "site.pem"

// maxFile is more than any chain with its key takes.
const maxFile = 64 << 10

// Load reads the site's certificate from a data folder; the first time, it
// makes one.
func Load(dir, site string) (tls.Certificate, error) {
	path := filepath.Join(dir, File)
	text, err := smallfile.Read(path, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		if text, err = create(site); err == nil {
			err = smallfile.Write(path, text)
		}
	}
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("the site's certificate: %w", err)
	}
	c, err := tls.X509KeyPair(text, text)
	if err != nil {
		return c, fmt.Errorf("the site's certificate in %s: %w; put back a copy, or move the file away and enrol every terminal again", path, err)
	}
	return c, nil
}

// create makes a key and a certificate that the key itself signs, valid longer
// than anything else here will last.
func create(site string) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	names := []string{"localhost"}
	if host, err := os.Hostname(); err == nil && host != "" {
		names = append(names, host)
	}
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes([]byte(rand.Text()[:16])),
		Subject:      pkix.Name{CommonName: "Accueil " + site},
		NotBefore:    time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), // a machine's clock may be behind
		NotAfter:     time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC),
		DNSNames:     names,
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA:         true, BasicConstraintsValid: true, MaxPathLenZero: true, // some programs trust only what may sign itself
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = errors.Join(
		pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: cert}),
		pem.Encode(&out, &pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	return out.Bytes(), err
}

// Fingerprint names the key of a certificate: 64 hexadecimal digits.
func Fingerprint(c tls.Certificate) (string, error) {
	if len(c.Certificate) == 0 {
		return "", errors.New("no certificate")
	}
	leaf, err := x509.ParseCertificate(c.Certificate[0])
	if err != nil {
		return "", err
	}
	return Of(leaf), nil
}

// Of is the fingerprint of the key in a certificate.
func Of(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

// Serve is how a hub speaks TLS.
func Serve(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS13}
}

// ErrStranger is returned when another key answers than the one remembered.
var ErrStranger = errors.New("the hub's certificate is not the one this terminal was enrolled with; if the hub was really replaced, enrol the terminal again")

// Pinned is how a terminal speaks TLS with who has the key of this fingerprint,
// and with nobody else.
func Pinned(fingerprint string) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12, // an outside broker may be older than us
		InsecureSkipVerify: true,             // replaced by the check below, which is stricter
		VerifyConnection: func(s tls.ConnectionState) error {
			if len(s.PeerCertificates) == 0 || !same(Of(s.PeerCertificates[0]), fingerprint) {
				return ErrStranger
			}
			return nil
		},
	}
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
