package trial_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stage plays a visit; midway, if not nil, is called while it waits before a step.
func stage(t *testing.T, step string, midway func(), args ...string) (status int, out string) {
	t.Helper()
	tmp := t.TempDir()
	cmd := command(t, "stage", append([]string{"--bin", os.Getenv(binEnv), "--check", "--pause", step}, args...)...)
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
	var words, said bytes.Buffer
	cmd.Stderr = &said
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		fmt.Fprintln(&words, lines.Text())
		if strings.HasPrefix(lines.Text(), "waiting before ") {
			midway()
			stdin.Close()
		}
	}
	_ = cmd.Wait()
	nothingLeft(t, tmp)
	return cmd.ProcessState.ExitCode(), words.String() + said.String()
}

// nothingLeft wants no process of ours and no folder of the stage.
func nothingLeft(t *testing.T, tmp string) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(tmp, "accueil-demo-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	programs, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, p := range programs {
		if line, err := os.ReadFile(p); err == nil && bytes.Contains(line, []byte(os.Getenv(binEnv))) {
			t.Errorf("still running: %q", line)
		}
	}
}

// mosquitto starts a foreign broker on a port of its own.
func mosquitto(t *testing.T) (url string, kill func()) {
	t.Helper()
	path, err := exec.LookPath("mosquitto")
	if err != nil {
		path = "/usr/sbin/mosquitto"
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("no mosquitto: install the Debian package mosquitto")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().(*net.TCPAddr)
	l.Close()
	conf := filepath.Join(t.TempDir(), "mosquitto.conf")
	text := fmt.Sprintf("listener %d 127.0.0.1\nallow_anonymous true\npersistence false\n", addr.Port)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "-c", conf)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	t.Cleanup(kill)
	await(t, "mosquitto answers", func() bool {
		c, err := net.DialTimeout("tcp", addr.String(), time.Second)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	return "tcp://" + addr.String(), kill
}

// TestVisit plays one visit from the kiosk to the books.
func TestVisit(t *testing.T) {
	if status, out := stage(t, "", nil); status != 0 || !strings.Contains(out, "\nok\n") {
		t.Errorf("status %d:\n%s", status, out)
	}
}

// TestVisitThroughMosquitto plays it through somebody else's broker.
func TestVisitThroughMosquitto(t *testing.T) {
	url, _ := mosquitto(t)
	if status, out := stage(t, "", nil, "--broker", url); status != 0 || !strings.Contains(out, "broker "+url) {
		t.Errorf("status %d:\n%s", status, out)
	}
}

// TestVisitWithoutBroker sees that the check can fail: a broker dies midway.
func TestVisitWithoutBroker(t *testing.T) {
	url, kill := mosquitto(t)
	var since time.Time
	status, out := stage(t, "issue", func() { kill(); since = time.Now() }, "--broker", url)
	if status != 1 || strings.Contains(out, "\nok\n") || since.IsZero() {
		t.Errorf("status %d:\n%s", status, out)
	}
	took := time.Since(since)
	t.Logf("the check failed after %v", took.Round(time.Millisecond))
	if took > limit {
		t.Errorf("it took %v", took)
	}
}
