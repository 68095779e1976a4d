package broker_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// Clients that do not keep to the rules speak in plain bytes.

const (
	cleanSession = 0x02
	willRetained = 0x04 | 0x20
)

// text is a string as MQTT writes it.
func text(s string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(s))), s...)
}

// packet puts the header before the parts.
func packet(header byte, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(binary.AppendUvarint([]byte{header}, uint64(len(body))), body...)
}

// hello is a CONNECT of MQTT 3.1.1 with the given flags and keep-alive in seconds;
// with a will if a topic is given.
func hello(id string, flags byte, keepAlive uint16, willTopic string) []byte {
	parts := [][]byte{text("MQTT"), {4, flags}, binary.BigEndian.AppendUint16(nil, keepAlive), text(id)}
	if willTopic != "" {
		parts = append(parts, text(willTopic), text("off"))
	}
	return packet(0x10, parts...)
}

func publishing(topic, payload string) []byte {
	return packet(0x30, text(topic), []byte(payload))
}

func subscribing(filters ...string) []byte {
	parts := [][]byte{{0, 1}}
	for _, filter := range filters {
		parts = append(parts, text(filter), []byte{1})
	}
	return packet(0x82, parts...)
}

func cutURL(url string) (scheme, addr string, ok bool) { return strings.Cut(url, "://") }

func dial(t testing.TB, addr string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// tell writes bytes and returns what comes back: at least n bytes, fewer only if
// the broker hangs up.
func tell(t testing.TB, c net.Conn, bytes []byte, n int) []byte {
	t.Helper()
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write(bytes); err != nil {
		return nil
	}
	answer := make([]byte, n)
	got, _ := io.ReadFull(c, answer)
	return answer[:got]
}

// shake connects a client that has a will and does nothing more.
func shake(t testing.TB, url, id, willTopic string) net.Conn {
	t.Helper()
	_, addr, _ := cutURL(url)
	c := dial(t, addr)
	want := []byte{0x20, 2, 0, 0}
	if answer := tell(t, c, hello(id, cleanSession|willRetained, 60, willTopic), 4); !bytes.Equal(answer, want) {
		t.Fatalf("CONNECT answered with % x", answer)
	}
	return c
}

// hungUp waits until the broker has closed the connection.
func hungUp(t testing.TB, c net.Conn) {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(20 * time.Second))
	_, err := io.Copy(io.Discard, c)
	if e, ok := err.(net.Error); ok && e.Timeout() {
		t.Fatal("the broker did not hang up")
	}
}
