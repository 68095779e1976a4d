package broker_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"accueil/hub/broker"
	"accueil/internal/line"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const site = "accueil/v1/villette/"

// server is a broker that can be killed and started again at the same address.
type server interface {
	start(t testing.TB)
	kill(t testing.TB)
	url() string
}

// embedded is our own.
type embedded struct {
	addr   string
	broker *broker.Embedded
}

func (e *embedded) start(t testing.TB) {
	t.Helper()
	e.broker = serve(t, broker.Options{Addr: e.addr})
}

func (e *embedded) kill(t testing.TB) {
	t.Helper()
	if err := e.broker.Close(); err != nil {
		t.Error(err)
	}
}

func (e *embedded) url() string { return "tcp://" + e.addr }

// mosquitto is Debian's, as a process.
type mosquitto struct {
	addr, config string
	process      *exec.Cmd
}

func newMosquitto(t testing.TB) *mosquitto {
	t.Helper()
	if _, err := exec.LookPath("mosquitto"); err != nil {
		t.Skip("mosquitto is not installed: apt install mosquitto")
	}
	m := &mosquitto{addr: freeAddr(t), config: filepath.Join(t.TempDir(), "mosquitto.conf")}
	_, port, _ := net.SplitHostPort(m.addr)
	text := fmt.Sprintf("listener %s 127.0.0.1\nallow_anonymous true\npersistence false\n", port)
	if err := os.WriteFile(m.config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *mosquitto) start(t testing.TB) {
	t.Helper()
	m.process = exec.Command("mosquitto", "-c", m.config)
	if err := m.process.Start(); err != nil {
		t.Fatal(err)
	}
	process := m.process
	t.Cleanup(func() { process.Process.Kill() })
}

// kill is kill -9.
func (m *mosquitto) kill(t testing.TB) {
	t.Helper()
	if err := m.process.Process.Kill(); err != nil {
		t.Error(err)
	}
	m.process.Wait()
}

func (m *mosquitto) url() string { return "mqtt://" + m.addr }

// freeAddr is a loopback address nobody listens on at the moment.
func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// inBubble is synctest.Test on one processor if the race detector is on: its state
// breaks when two processors run timers of one bubble (golang/go#78156).
func inBubble(t *testing.T, f func(*testing.T)) {
	t.Helper()
	info, _ := debug.ReadBuildInfo()
	if slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	}
	synctest.Test(t, f)
}

// serve starts an embedded broker for the test's time.
func serve(t testing.TB, o broker.Options) *broker.Embedded {
	t.Helper()
	o.Site = "villette"
	b, err := broker.Serve(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// client is a line whose ups and downs can be waited for.
type client struct {
	*line.Line
	ups   chan struct{}
	downs chan error
	last  line.Message
}

// connect starts a client without waiting for it to be up.
func connect(t testing.TB, o line.Options, filters ...string) *client {
	t.Helper()
	c := &client{ups: make(chan struct{}, 100), downs: make(chan error, 100)}
	o.OnUp = func() { c.ups <- struct{}{} }
	o.OnDown = func(err error) { c.downs <- err }
	l, err := line.Connect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	c.Line = l
	t.Cleanup(l.Close)
	for _, filter := range filters {
		if err := l.Subscribe(filter); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// join connects a client and waits until it is up with all its subscriptions.
func join(t testing.TB, url, name string, filters ...string) *client {
	t.Helper()
	c := connect(t, line.Options{URL: url, Name: name}, filters...)
	next(t, c.ups)
	c.settle(t)
	return c
}

// settle waits until the broker is through with the subscriptions. The retained
// messages follow its answer to them; when this message, which goes nowhere, is
// acknowledged, they are all on their way.
func (c *client) settle(t testing.TB) {
	t.Helper()
	if err := c.Publish("settled", nil, true); err != nil {
		t.Fatal(err)
	}
}

func (c *client) say(t testing.TB, topic, payload string, retained bool) {
	t.Helper()
	if err := c.Publish(site+topic, []byte(payload), retained); err != nil {
		t.Fatal(err)
	}
}

// hears expects the next message to be this one. A retained message published at
// the moment of the subscription may come twice: both as news and as retained.
func (c *client) hears(t testing.TB, topic, payload string, retained bool) {
	t.Helper()
	m := next(t, c.Messages())
	for m.Retained && m.Topic == c.last.Topic && string(m.Payload) == string(c.last.Payload) {
		m = next(t, c.Messages())
	}
	c.last = m
	if m.Topic != site+topic || string(m.Payload) != payload || m.Retained != retained {
		t.Fatalf("heard %s %q retained %v, want %s %q retained %v",
			m.Topic, m.Payload, m.Retained, site+topic, payload, retained)
	}
}

// next is the next value of a channel, which must not let us wait long.
func next[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	timer := time.NewTimer(20 * time.Second)
	defer timer.Stop()
	select {
	case v := <-c:
		return v
	case <-timer.C:
		t.Fatal("waited 20 s for nothing")
		panic("unreachable")
	}
}
