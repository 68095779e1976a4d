package broker_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/broker"
	"accueil/internal/certificate"
	"accueil/internal/line"
)

// visa lets its holder use the topics below one.
type visa struct {
	below string
	over  *atomic.Bool
}

func (v visa) MayPublish(topic string) bool { return strings.HasPrefix(topic, site+v.below) }
func (v visa) MayRead(filter string) bool   { return strings.HasPrefix(filter, site+v.below) }
func (v visa) Valid() bool                  { return !v.over.Load() }

// guarded admits those whose key is "key"; each may use the topics below its
// name, until over.
func guarded(over *atomic.Bool) broker.Options {
	return broker.Options{Detached: true, Admit: func(client, user, key string) (broker.Visa, error) {
		if key != "key" || client != user {
			return nil, errors.New("not admitted")
		}
		return visa{"kiosk/" + user + "/", over}, nil
	}}
}

// outside comes to a broker as from the network.
func outside(b *broker.Embedded) func(context.Context) (net.Conn, error) {
	return func(context.Context) (net.Conn, error) {
		here, there := net.Pipe()
		return here, b.Attach(there)
	}
}

func TestOnlyTheAdmittedComeIn(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, guarded(new(atomic.Bool)))
		for _, o := range []line.Options{
			{Name: "k1"}, {Name: "k1", User: "k1"}, {Name: "k1", User: "k1", Password: "guess"},
			{Name: "k2", User: "k1", Password: "key"}, // under another's name
		} {
			o.Dial = outside(b)
			c := connect(t, o)
			synctest.Wait()
			if c.Up() || !errors.Is(c.Failure(), line.ErrNotAdmitted) {
				t.Errorf("%+v is up %v: %v", o, c.Up(), c.Failure())
			}
			c.Close()
		}
		known := connect(t, line.Options{Name: "k1", User: "k1", Password: "key", Dial: outside(b)})
		next(t, known.ups)
		if s := b.Stats(); s.Clients != 1 || s.Unwelcome < 4 || known.Failure() != nil {
			t.Errorf("%+v, %v", s, known.Failure())
		}
	})
}

func TestTheAdmittedDoWhatTheirVisaSays(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, guarded(new(atomic.Bool)))
		hub := inside(t, b, "hub", site+"#")
		k := connect(t, line.Options{Name: "k1", User: "k1", Password: "key", Dial: outside(b)})
		next(t, k.ups)
		for _, filter := range []string{"#", site + "#", site + "kiosk/k2/x", "+/+/+/+/+/+"} {
			if err := k.Subscribe(filter); !errors.Is(err, line.ErrRefused) {
				t.Errorf("%s: %v", filter, err)
			}
		}
		if err := k.Subscribe(site + "kiosk/k1/x"); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		k.say(t, "kiosk/k2/x", "as another", false)
		k.say(t, "hub/state", "as the hub", true)
		k.say(t, "kiosk/k1/x", "mine", false)
		k.hears(t, "kiosk/k1/x", "mine", false)
		hub.hears(t, "kiosk/k1/x", "mine", false)
		if s := b.Stats(); s.Refused != 2 {
			t.Errorf("%+v", s)
		}
	})
}

// A will is a message too.
func TestAWillNeedsTheRightToSayIt(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, guarded(new(atomic.Bool)))
		c := connect(t, line.Options{Name: "k1", User: "k1", Password: "key", Dial: outside(b),
			Will: &line.Message{Topic: site + "kiosk/k2/state", Payload: []byte("gone")}})
		synctest.Wait()
		if c.Up() {
			t.Error("came in with a will in another's name")
		}
	})
}

func TestWhoseAccountIsGoneIsShownOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		over := new(atomic.Bool)
		b := serve(t, guarded(over))
		hub := inside(t, b, "hub")
		k := connect(t, line.Options{Name: "k1", User: "k1", Password: "key", Dial: outside(b)})
		next(t, k.ups)
		if n := b.Review(); n != 0 || !k.Up() {
			t.Errorf("%d shown out", n)
		}
		over.Store(true)
		if n := b.Review(); n != 1 {
			t.Errorf("%d shown out", n)
		}
		next(t, k.downs)
		if !hub.Up() {
			t.Error("the hub was shown out too")
		}
	})
}

// With TLS, those who have another broker before them, or speak in the clear,
// do not get through.
func TestTheListenerSpeaksTLS(t *testing.T) {
	cert, err := certificate.Load(t.TempDir(), "villette")
	if err != nil {
		t.Fatal(err)
	}
	print, err := certificate.Fingerprint(cert)
	if err != nil {
		t.Fatal(err)
	}
	o := guarded(new(atomic.Bool))
	o.Detached, o.Addr, o.TLS = false, "0.0.0.0:0", certificate.Serve(cert)
	b := serve(t, o)
	_, port, _ := net.SplitHostPort(b.Addr())
	account := line.Options{Name: "k1", User: "k1", Password: "key"}

	good := account
	good.URL, good.Fingerprint = "mqtts://127.0.0.1:"+port, print
	next(t, connect(t, good).ups)

	pinned := good
	pinned.Name, pinned.Fingerprint = "other", strings.Repeat("0", 64)
	unpinned := good
	unpinned.Name, unpinned.Fingerprint = "unpinned", ""
	clear := good
	clear.Name, clear.URL = "clear", "mqtt://127.0.0.1:"+port
	for _, o := range []line.Options{pinned, unpinned, clear} {
		c := connect(t, o)
		for c.Failure() == nil && !c.Up() {
			time.Sleep(time.Millisecond) // nothing tells of a failure
		}
		if c.Up() {
			t.Errorf("%s got through", o.Name)
		}
		if o.Name == "other" && !errors.Is(c.Failure(), certificate.ErrStranger) {
			t.Errorf("another key: %v", c.Failure())
		}
	}
	if _, err := tls.Dial("tcp", b.Addr(), &tls.Config{MaxVersion: tls.VersionTLS12, InsecureSkipVerify: true}); err == nil {
		t.Error("an old TLS is spoken")
	}
}

// However many try without an account, nothing of them stays, and who has one
// comes in among them.
func TestStrangersWithoutAnAccountLeaveNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, guarded(new(atomic.Bool)))
		try := func() {
			here, there := net.Pipe()
			if err := b.Attach(there); err != nil {
				t.Fatal(err)
			}
			if answer := tell(t, here, hello("k1", cleanSession, 60, ""), 4); answer[3] != 5 {
				t.Fatalf("answered with % x", answer)
			}
			here.Close()
			synctest.Wait()
		}
		try()
		before := living()
		for range 500 {
			try()
		}
		known := connect(t, line.Options{Name: "k1", User: "k1", Password: "key", Dial: outside(b)})
		next(t, known.ups)
		if s := b.Stats(); s.Clients != 1 || s.Unwelcome != 501 {
			t.Errorf("%+v", s)
		}
		// A bubble holds on to a stopped timer and a pipe of each, about 1 KiB; a
		// session of the library would be some 70.
		if grown := living() - before; grown > 500*4<<10 {
			t.Errorf("500 strangers left %d KiB", grown>>10)
		}
	})
}

// living is the memory in use.
func living() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what the first kept for finalizers and pools
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
