package trial_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAnAdviserComesInByAccountAndPIN with the real programs over TLS: enrolled by
// a code, opened by a PIN, locked again when nobody is there, and shown out.
func TestAnAdviserComesInByAccountAndPIN(t *testing.T) {
	const pin = "482913"
	dir := t.TempDir()
	h := &hub{t: t, dir: filepath.Join(dir, "hub"), log: filepath.Join(dir, "hub.log"), mqtt: "0.0.0.0:0", pages: "0.0.0.0:0"}
	h.start()
	t.Cleanup(h.kill)
	status, out, said := ended(t, "hub", "enrol", "--data", h.dir, "adviser", "conseil-5")
	found := regexp.MustCompile(`--hub https://[^:]+:(\d+) ([0-9A-Z-]{9})`).FindStringSubmatch(out)
	if status != 0 || found == nil {
		t.Fatalf("status %d: %s%s", status, out, said)
	}
	desk := filepath.Join(dir, "desk")
	if status, _, said := ended(t, "kiosk", "enrol", "--hub", "https://127.0.0.1:"+found[1], "--data", desk, found[2]); status != 0 {
		t.Fatal(said)
	}
	setPIN := exec.Command(filepath.Join(os.Getenv(binEnv), "hub"), "pin", "--data", h.dir, "adviser")
	setPIN.Stdin = strings.NewReader(pin + "\n")
	if out, err := setPIN.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := open(t, exec.Command(filepath.Join(os.Getenv(binEnv), "kiosk"), "adviser", "--data", desk, "--lock-after", "3s"))
	c.see("Réservé à l'équipe")
	c.press("482914\r")
	c.see("pas le bon code")
	c.press(pin + "\r")
	c.said("Quel est votre bureau")
	c.see("Réservé à l'équipe") // nobody has touched it for three seconds
	if status, _, said := ended(t, "hub", "revoke", "--data", h.dir, "adviser", "conseil-5"); status != 0 {
		t.Fatal(said)
	}
	await(t, "the adviser is shown out", func() bool { return strings.Contains(h.said(), "account is gone") })
	c.see("n'est plus admis")
	c.see("hub enrol adviser conseil-5")
	for _, place := range []string{h.dir, desk, dir} {
		filepath.WalkDir(place, func(path string, entry os.DirEntry, err error) error {
			if text, _ := os.ReadFile(path); strings.Contains(string(text), pin) {
				t.Errorf("the PIN is in %s", path)
			}
			return nil
		})
	}
}
