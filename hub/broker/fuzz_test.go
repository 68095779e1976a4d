package broker_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"accueil/hub/broker"
)

// Nothing a client sends may stop the broker: a panic in the library would take the
// whole hub with it.
func FuzzWhateverAClientSays(f *testing.F) {
	connect := hello("k1", cleanSession, 60, "")
	five := packet(0x10, text("MQTT"), []byte{5, cleanSession, 0, 60, 0}, text("k1"))
	for _, said := range [][]byte{
		nil, connect, five,
		hello("k1", cleanSession|willRetained, 60, site+"state"),
		packet(0x10, text("MQTT"), []byte{4, 0xff, 0xff, 0xff}),
		append(connect, publishing(site+"x", "hello")...),
		append(connect, subscribing(site+"#", "$SYS/#", strings.Repeat("+/", 40))...),
		append(connect, packet(0x33, text(site+"x"), []byte{0, 1, 'x'})...),
		append(connect, packet(0x35, text(site+"x"), []byte{0, 1, 'x'})...),
		append(connect, 0x62, 2, 0, 1, 0x70, 2, 0, 1, 0x40, 2, 0, 1, 0x50, 2, 0, 1, 0xc0, 0, 0xe0, 0),
		append(five, subscribingFive(site+"#")...),
		append(five, packet(0x33, text(site+"x"), []byte{0, 1, 3, 0x23, 0, 1, 'x'})...),
		append(five, 0xf0, 2, 0x18, 0),
		append(five, 0xe0, 7, 0, 5, 0x11, 0xff, 0xff, 0xff, 0xff),
	} {
		f.Add(said)
	}
	b := serve(f, broker.Options{Detached: true})
	f.Fuzz(func(t *testing.T, said []byte) {
		c, err := b.Dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		go io.Copy(io.Discard, c)
		c.SetWriteDeadline(time.Now().Add(10 * time.Second))
		c.Write(said) // may fail: the broker hangs up on nonsense
		c.Close()
	})
}
