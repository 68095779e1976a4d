package certificate_test

import (
	"crypto/tls"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"accueil/internal/certificate"
)

func load(t *testing.T, dir string) (tls.Certificate, string) {
	t.Helper()
	c, err := certificate.Load(dir, "villette")
	if err != nil {
		t.Fatal(err)
	}
	print, err := certificate.Fingerprint(c)
	if err != nil {
		t.Fatal(err)
	}
	return c, print
}

func TestACertificateIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	_, first := load(t, dir)
	if _, again := load(t, dir); again != first || len(first) != 64 {
		t.Errorf("%s, then %s", first, again)
	}
	if _, other := load(t, t.TempDir()); other == first {
		t.Error("two sites have one key")
	}
	if info, err := os.Stat(filepath.Join(dir, certificate.File)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestASpoiltFileIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, certificate.File)
	if err := os.WriteFile(path, []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Load(dir, "villette"); err == nil {
		t.Error("no error")
	}
	if text, _ := os.ReadFile(path); string(text) != "spoilt" {
		t.Error("it was replaced: every terminal would be a stranger")
	}
}

// shake is a handshake between a server with c and a client with this config.
func shake(t *testing.T, c tls.Certificate, client *tls.Config) error {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", certificate.Serve(c))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		if there, err := l.Accept(); err == nil {
			_ = there.(*tls.Conn).Handshake()
			there.Close()
		}
	}()
	here, err := tls.Dial("tcp", l.Addr().String(), client)
	if err != nil {
		return err
	}
	return here.Close()
}

func TestOnlyTheRememberedKeyIsTalkedTo(t *testing.T) {
	c, print := load(t, t.TempDir())
	if err := shake(t, c, certificate.Pinned(print)); err != nil {
		t.Errorf("the site's own: %v", err)
	}
	other, _ := load(t, t.TempDir())
	for _, wrong := range []string{print, "", print[:63]} {
		if err := shake(t, other, certificate.Pinned(wrong)); !errors.Is(err, certificate.ErrStranger) {
			t.Errorf("a stranger with %q: %v", wrong, err)
		}
	}
}
