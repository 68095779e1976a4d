package access_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"accueil/hub/access"
	"accueil/hub/broker"
	"accueil/internal/line"
	"accueil/internal/wire"
)

// house is a broker with accounts: one terminal "me" of every role.
type house struct {
	keys map[string]string // role → key
	hub  func() line.Options
	url  string
}

// furnish makes the accounts.
func furnish(t *testing.T) (*access.Store, map[string]string) {
	t.Helper()
	s, err := access.Open(access.Options{Dir: t.TempDir(), Site: "villette", Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, role := range access.Roles() {
		if _, keys[role], err = s.Issue(role, "me"); err != nil {
			t.Fatal(err)
		}
	}
	return s, keys
}

func embedded(t *testing.T) house {
	s, keys := furnish(t)
	b, err := broker.Serve(t.Context(), broker.Options{Addr: "127.0.0.1:0", Site: "villette", Admit: func(client, user, key string) (broker.Visa, error) {
		return s.Admit(client, user, key)
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return house{keys: keys, url: "tcp://" + b.Addr(), hub: func() line.Options { return line.Options{Dial: b.Dial, ClientID: "hub"} }}
}

// mosquitto is Debian's, with the files that hub mosquitto writes.
func mosquitto(t *testing.T) house {
	if _, err := exec.LookPath("mosquitto"); err != nil {
		t.Skip("mosquitto is not installed: apt install mosquitto")
	}
	s, keys := furnish(t)
	passwords, rights := s.Mosquitto("the hub's")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	dir := t.TempDir()
	conf := fmt.Sprintf("user root\nlistener %s 127.0.0.1\nallow_anonymous false\npassword_file %s/p\nacl_file %s/a\nuse_username_as_clientid true\n", port, dir, dir)
	for name, text := range map[string]string{"p": passwords, "a": rights, "c": conf} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	process := exec.Command("mosquitto", "-c", filepath.Join(dir, "c"))
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { process.Process.Kill(); process.Wait() })
	url := "tcp://127.0.0.1:" + port
	return house{keys: keys, url: url, hub: func() line.Options {
		return line.Options{URL: url, User: access.HubUser("villette"), Password: "the hub's"}
	}}
}

// guest is a client, and what it has heard.
type guest struct {
	*line.Line
	t *testing.T
}

func (h house) enter(t *testing.T, o line.Options, filters ...string) guest {
	t.Helper()
	up := make(chan struct{}, 8)
	o.Name, o.OnUp = "guest "+o.User, func() { up <- struct{}{} }
	l, err := line.Connect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	for _, f := range filters {
		_ = l.Subscribe(f) // some are refused, some only deliver nothing
	}
	select {
	case <-up:
	case <-time.After(30 * time.Second):
		t.Fatalf("%s does not come in: %v", o.User, l.Failure())
	}
	return guest{l, t}
}

func (h house) terminal(t *testing.T, role string, filters ...string) guest {
	user := access.User(role, "me")
	return h.enter(t, line.Options{URL: h.url, User: user, Password: h.keys[role], ClientID: user}, filters...)
}

// until gives the topics heard before the fence.
func (g guest) until(fence string) (heard []string) {
	g.t.Helper()
	timeout := time.After(30 * time.Second)
	for {
		select {
		case m := <-g.Messages():
			if m.Topic == fence {
				return heard
			}
			heard = append(heard, m.Topic)
		case <-timeout:
			g.t.Fatalf("waited for %s in vain; heard %v", fence, heard)
		}
	}
}

// TestBrokersEnforceTheTable walks role × topic × direction on the embedded
// broker and on Mosquitto with generated files, and looks at what arrives.
func TestBrokersEnforceTheTable(t *testing.T) {
	for name, open := range map[string]func(*testing.T) house{"embedded": embedded, "mosquitto": mosquitto} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			for _, role := range access.Roles() {
				t.Run(role, func(t *testing.T) { h.walk(t, role) })
			}
		})
	}
}

func (h house) walk(t *testing.T, role string) {
	var topics, mayWrite, mayRead []string
	for _, c := range cells(t) {
		if c.role != role {
			continue
		}
		topics = append(topics, prefix+c.topic)
		if c.write {
			mayWrite = append(mayWrite, prefix+c.topic)
		}
		if c.read {
			mayRead = append(mayRead, prefix+c.topic)
		}
	}
	hub := h.enter(t, h.hub(), prefix+"+/+/facts", prefix+"+/+/requests", prefix+"+/+/state", prefix+"+/+/count")
	me := h.terminal(t, role, append([]string{"#", prefix + "#", prefix + "hub/#"}, topics...)...)
	own := wire.TerminalTopic("villette", role, "me", wire.LeafState)
	for _, topic := range topics {
		if topic != own {
			me.Publish(topic, []byte("x"), false)
		}
	}
	me.Publish(own, []byte("the fence"), false) // the last it says
	if heard := append(hub.until(own), own); !sameTopics(heard, mayWrite) {
		t.Errorf("%s wrote %v, want %v", role, heard, mayWrite)
	}
	for _, topic := range topics {
		if err := hub.Publish(topic, []byte("x"), false); err != nil {
			t.Fatal(err)
		}
	}
	if len(mayRead) == 0 {
		settle(t, hub)
		for len(me.Messages()) > 0 {
			t.Errorf("%s read %s", role, (<-me.Messages()).Topic)
		}
		return
	}
	fence := prefix + "hub/beat"
	if err := hub.Publish(fence, []byte("fence"), false); err != nil {
		t.Fatal(err)
	}
	heard := me.until(fence) // the one of the walk
	heard = append(append(heard, fence), me.until(fence)...)
	if !sameTopics(heard, mayRead) {
		t.Errorf("%s read %v, want %v", role, heard, mayRead)
	}
}

// settle waits until the broker has passed on what the hub has said: a retained
// message is acknowledged after those before it.
func settle(t *testing.T, hub guest) {
	t.Helper()
	if err := hub.Publish(prefix+"hub/state", nil, true); err != nil {
		t.Fatal(err)
	}
}

// sameTopics leaves out the order, and how often: a filter within another may
// deliver twice.
func sameTopics(a, b []string) bool {
	set := func(s []string) []string {
		s = slices.Clone(s)
		slices.Sort(s)
		return slices.Compact(s)
	}
	return slices.Equal(set(a), set(b))
}

// TestStrangersDoNotComeIn: no account, another's key, another's name.
func TestStrangersDoNotComeIn(t *testing.T) {
	for name, open := range map[string]func(*testing.T) house{"embedded": embedded, "mosquitto": mosquitto} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			board := h.terminal(t, wire.RoleBoard)
			for what, o := range map[string]line.Options{
				"nobody": {ClientID: "board.me"}, "no key": {User: "board.me"}, "another key": {User: "board.me", Password: h.keys[wire.RoleKiosk]},
				"a name": {User: "board.you", Password: h.keys[wire.RoleBoard]}, "the hub": {User: "hub.villette", Password: h.keys[wire.RoleBoard]},
			} {
				o.URL, o.Name = h.url, what
				ctx, cancel := context.WithCancel(t.Context())
				l, err := line.Connect(ctx, o)
				if err != nil {
					t.Fatal(err)
				}
				for l.Failure() == nil {
					if l.Up() {
						t.Fatalf("%s came in", what)
					}
					time.Sleep(time.Millisecond)
				}
				cancel()
				l.Close()
			}
			if !board.Up() {
				t.Error("a stranger pushed a terminal out")
			}
		})
	}
}
