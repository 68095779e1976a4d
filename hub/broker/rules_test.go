package broker_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/broker"
	"accueil/internal/line"
)

// inside is a client of b through a pipe, up and subscribed.
func inside(t *testing.T, b *broker.Embedded, name string, filters ...string) *client {
	t.Helper()
	c := connect(t, line.Options{Name: name, Dial: b.Dial}, filters...)
	next(t, c.ups)
	synctest.Wait()
	return c
}

func TestABrokerAndItsClientsFitInABubble(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		hub := inside(t, b, "hub", site+"kiosk/#")
		for k := range 41 {
			inside(t, b, fmt.Sprint("k", k)).say(t, fmt.Sprintf("kiosk/k%d/state", k), "on", true)
			hub.hears(t, fmt.Sprintf("kiosk/k%d/state", k), "on", false)
		}
		time.Sleep(10 * time.Minute)
		if s := b.Stats(); s.Clients != 42 || b.Addr() != "" {
			t.Errorf("%+v at %q", s, b.Addr())
		}
		if len(hub.downs) > 0 {
			t.Error("the hub's line broke")
		}
	})
}

func TestOnlyTheSitesTopicsMayBePublished(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		var log bytes.Buffer
		b := serve(t, broker.Options{Detached: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
		hub := inside(t, b, "hub", "#")
		kiosk := inside(t, b, "k1")
		for _, topic := range []string{
			"x", "$x", "$SYS/broker/version", "accueil/v1/bercy/x", "accueil/v1/villette", "accueil/v1/villettes/x",
			site, site + strings.Repeat("a/", 20),
		} {
			for _, retained := range []bool{false, topic[0] != '$'} {
				if err := kiosk.Publish(topic, []byte("secret"), retained); err != nil {
					t.Fatalf("%s, retained %v: %v", topic, retained, err)
				}
			}
		}
		kiosk.say(t, "kiosk/k1/x", "last", false)
		hub.hears(t, "kiosk/k1/x", "last", false)
		inside(t, b, "late", "#").Close()
		// What begins with $SYS the library drops by itself.
		if s := b.Stats(); s.Refused != 14 || len(kiosk.downs) > 0 || len(hub.Messages()) > 0 {
			t.Errorf("%+v", s)
		}
		if n := strings.Count(log.String(), "message refused"); n != 1 || strings.Contains(log.String(), "secret") {
			t.Errorf("logged %d times: %s", n, &log)
		}
	})
}

func TestTheCountersOfTheLibraryCannotBeRead(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		c := inside(t, b, "k1")
		for _, filter := range []string{
			"$SYS/#", "$share/group/#", strings.Repeat("+/", 20) + "#",
		} {
			if err := c.Subscribe(filter); err == nil {
				t.Errorf("%s was granted", filter)
			}
		}
		time.Sleep(time.Minute)
		if len(c.Messages()) > 0 {
			t.Errorf("heard %v", <-c.Messages())
		}
	})
}

func TestSubscriptionsAreLimitedAndWithoutAcknowledgement(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		c := enter(t, b, hello("greedy", cleanSession, 60, ""), 0)
		var filters []string
		for n := range 70 {
			filters = append(filters, fmt.Sprint(site, "x/", n))
		}
		answer := tell(t, c, subscribing(filters...), 4+70)
		want := append(make([]byte, 64), bytes.Repeat([]byte{0x80}, 6)...)
		if !bytes.Equal(answer[4:], want) {
			t.Errorf("SUBACK % x", answer)
		}
	})
}

func TestRetainedMessagesOutliveTheDay(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		hub := inside(t, b, "hub")
		hub.say(t, "hub/view", "yesterday's", true)
		hub.Close()
		time.Sleep(24*time.Hour + time.Minute)
		inside(t, b, "k1", site+"#").hears(t, "hub/view", "yesterday's", true)
	})
}

func TestOnlySoManyTopicsAreKept(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		c := inside(t, b, "mad")
		for n := range 1100 {
			c.say(t, fmt.Sprint("x/", n), "x", true)
		}
		refused := b.Stats().Refused
		if refused < 76 || refused > 100 {
			t.Errorf("refused %d of 1100", refused)
		}
		c.say(t, "x/0", "known topics can still change", true)
		c.say(t, "x/1", "", true)
		c.say(t, "x/new", "and a forgotten one makes room", true)
		if again := b.Stats().Refused; again != refused {
			t.Errorf("refused %d more", again-refused)
		}
	})
}

func TestATooLargePacketEndsTheConnection(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		hub := inside(t, b, "hub", site+"#")
		largest := line.MaxPacket - 9 - len(site+"x")
		hub.say(t, "x", strings.Repeat("x", largest), false)
		hub.hears(t, "x", strings.Repeat("x", largest), false)
		c := enter(t, b, hello("k1", cleanSession, 60, ""), 0)
		tell(t, c, publishing(site+"x", strings.Repeat("x", line.MaxPacket)), 0)
		synctest.Wait()
		if !hub.Up() || b.Stats().Clients != 1 {
			t.Errorf("hub up %v, %+v", hub.Up(), b.Stats())
		}
	})
}

// A client of MQTT 5 cannot keep a session either, not even by asking for it when
// it leaves.
func TestNoSessionOutlivesItsConnection(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		expiry := []byte{5, 0x11, 0xff, 0xff, 0xff, 0xff} // properties: session expiry never
		for range 2 {
			c, err := b.Dial(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			five := packet(0x10, text("MQTT"), []byte{5, 0, 0, 60}, expiry, text("sensor"))
			answer := tell(t, c, five, 2+11)
			if !bytes.HasPrefix(answer, []byte{0x20, 11, 0, 0}) {
				t.Fatalf("answered with % x, want success without a session", answer)
			}
			tell(t, c, subscribingFive(site+"#"), 6)
			c.Close()
			synctest.Wait()
		}
		if s := b.Stats(); s.Clients != 0 {
			t.Errorf("%+v", s)
		}
	})
}

// subscribingFive is a SUBSCRIBE of MQTT 5.
func subscribingFive(filter string) []byte {
	return packet(0x82, []byte{0, 1, 0}, text(filter), []byte{1})
}
