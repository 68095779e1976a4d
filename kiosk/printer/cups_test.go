package printer_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accueil/kiosk/printer"
)

// sink is a CUPS back end for tests: it keeps each job in its folder, and waits
// as long as there is a file "empty" in it, as a printer without paper does.
const sink = `#!/bin/sh
[ $# = 0 ] && { echo 'direct sink "sink" "sink"'; exit 0; }
dir=${DEVICE_URI#sink:}
while [ -e "$dir/empty" ]; do
	[ "$said" ] || echo "STATE: +media-empty-error" >&2
	said=1
	sleep 0.05
done
if [ $# -ge 6 ]; then cat "$6" >"$dir/job-$1"; else cat >"$dir/job-$1"; fi
`

const cupsd = `LogLevel warn
Listen %[1]s/sock
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
`

const cupsFiles = `ServerRoot %[1]s
ServerBin %[1]s/bin
RequestRoot %[1]s/spool
CacheDir %[1]s/cache
StateDir %[1]s/state
TempDir %[1]s/spool/tmp
AccessLog %[1]s/access
ErrorLog %[1]s/error
PageLog %[1]s/page
SystemGroup root
`

// cups starts a CUPS scheduler of the test's own with one printer, "ticket",
// and returns the folder its jobs come out in.
func cups(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"/usr/sbin/cupsd", "/usr/sbin/lpadmin", "/usr/bin/lp"} {
		if _, err := os.Stat(program); err != nil {
			t.Skip("no CUPS on this machine: install the Debian packages cups-daemon and cups-client")
		}
	}
	if os.Getuid() != 0 {
		t.Skip("a scheduler with a back end of its own needs root")
	}
	dir, err := os.MkdirTemp("", "cups") // short: a socket's path has 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{"bin/backend", "ppd", "spool/tmp", "cache", "state", "out"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range []string{"daemon", "filter", "notifier", "monitor", "cgi-bin", "driver"} {
		if err := os.Symlink("/usr/lib/cups/"+part, filepath.Join(dir, "bin", part)); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"cupsd.conf": fmt.Sprintf(cupsd, dir), "cups-files.conf": fmt.Sprintf(cupsFiles, dir), "bin/backend/sink": sink} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	daemon := exec.Command("/usr/sbin/cupsd", "-f", "-c", filepath.Join(dir, "cupsd.conf"), "-s", filepath.Join(dir, "cups-files.conf"))
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { daemon.Process.Kill(); daemon.Wait() })
	t.Setenv("CUPS_SERVER", filepath.Join(dir, "sock"))
	out := filepath.Join(dir, "out")
	until(t, "the scheduler takes a printer", func() bool {
		return exec.Command("/usr/sbin/lpadmin", "-p", "ticket", "-E", "-v", "sink:"+out, "-m", "raw").Run() == nil
	})
	return out
}

// until waits for what another program does.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("in vain: %s", what)
		}
	}
}

// TestCUPS: the picture reaches the printer's back end dot by dot; without
// paper the job is cancelled, so that it does not come out later.
func TestCUPS(t *testing.T) {
	out := cups(t)
	p, err := printer.Open("cups://ticket", 80)
	if err != nil {
		t.Fatal(err)
	}
	b := plain(300)
	if _, err := p.Print(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	jobs := jobs(t, out)
	if len(jobs) != 1 {
		t.Fatalf("%d jobs came out", len(jobs))
	}
	got, err := png.Decode(bytes.NewReader(jobs[0]))
	if err != nil {
		t.Fatal(err)
	}
	for y := range b.Height {
		for x := range b.Width {
			if r, _, _, _ := got.At(x, y).RGBA(); (r == 0) != b.Black(x, y) {
				t.Fatalf("dot %d, %d differs", x, y)
			}
		}
	}

	empty := filepath.Join(out, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	_, err = p.Print(ctx, b)
	wantFailure(t, err, printer.PaperOut, true)
	if err := os.Remove(empty); err != nil {
		t.Fatal(err)
	}
	until(t, "the scheduler is idle", func() bool {
		said, err := exec.Command("lpstat", "-p", "ticket").Output()
		return err == nil && strings.Contains(string(said), "is idle")
	})
	if _, err := p.Print(t.Context(), b); err != nil {
		t.Errorf("with paper again: %v", err)
	}
	if n := len(jobsIn(t, out)); n != 2 {
		t.Errorf("%d papers came out for two that were good", n)
	}
}

func jobs(t *testing.T, dir string) (all [][]byte) {
	t.Helper()
	for _, path := range jobsIn(t, dir) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

func jobsIn(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "job-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNoSuchQueue(t *testing.T) {
	cups(t)
	p, err := printer.Open("cups://nobody", 80)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Print(t.Context(), plain(8))
	wantFailure(t, err, printer.Offline, false)
}
