package broker_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/broker"
	"accueil/internal/line"
)

// Four of these used to cost 1 GiB: a CONNECT and a PUBLISH that claim 256 MiB.
func TestStrangersCostNoMemory(t *testing.T) {
	b := serve(t, broker.Options{Addr: "127.0.0.1:0"})
	connect := []byte{0x10, 0xff, 0xff, 0xff, 0x7f}
	publish := []byte{0x30, 0xff, 0xff, 0xff, 0x7f}
	before := heap()
	for n := range 4 {
		c := dial(t, b.Addr())
		tell(t, c, connect, 0)
		hungUp(t, c)
		known := dial(t, b.Addr())
		tell(t, known, hello(fmt.Sprint("c", n), cleanSession, 60, ""), 4)
		tell(t, known, publish, 0)
		hungUp(t, known)
	}
	if grown := int64(heap()) - int64(before); grown > 2<<20 {
		t.Errorf("cost %d KiB", grown>>10)
	}
}

// heap is everything allocated so far, freed or not.
func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestWhoSaysNothingIsShownOut(t *testing.T) {
	for name, word := range map[string][]byte{"nothing": nil, "half a word": {0x10, 0x7f, 0, 4, 'M'}} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := serve(t, broker.Options{Detached: true})
				c, err := b.Dial(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				c.Write(word)
				io.Copy(io.Discard, c)
				if took := time.Since(began); took > 6*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// However many hang at the door, the next one who comes to talk gets in at once.
func TestStrangersMakeRoom(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		for range 200 {
			if _, err := b.Dial(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		c := connect(t, line.Options{Name: "k1", Dial: b.Dial})
		next(t, c.ups)
		if took := time.Since(began); took > 0 {
			t.Errorf("took %v", took)
		}
		if s := b.Stats(); s.Clients != 1 || s.Evicted != 200+1-64 {
			t.Errorf("%+v", s)
		}
	})
}

func TestTheHouseIsFull(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := serve(t, broker.Options{Detached: true})
		for n := range 512 {
			enter(t, b, hello(fmt.Sprint("c", n), cleanSession, 0, ""), 0)
		}
		enter(t, b, hello("one more", cleanSession, 0, ""), 3)
		if s := b.Stats(); s.Clients != 512 {
			t.Errorf("%+v", s)
		}
	})
}

// enter says hello through a pipe and expects this code for an answer.
func enter(t *testing.T, b *broker.Embedded, hello []byte, code byte) net.Conn {
	t.Helper()
	c, err := b.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if answer := tell(t, c, hello, 4); !bytes.Equal(answer, []byte{0x20, 2, 0, code}) {
		t.Errorf("answered with % x, want code %d", answer, code)
	}
	return c
}

func TestWhoCannotBeServedIsToldWhy(t *testing.T) {
	const kept = 0x00 // CleanSession=0
	for _, c := range []struct {
		name  string
		hello []byte
		code  byte
		log   string
	}{
		{"a clean client", hello("k1", cleanSession, 60, ""), 0, ""},
		{"a session to keep", hello("k1", kept, 60, ""), 5, "CleanSession=0"},
		{"a long name", hello(strings.Repeat("k", 65), cleanSession, 60, ""), 2, "client id too long"},
		{"a will elsewhere", hello("k1", cleanSession|willRetained, 60, "$SYS/x"), 5, "will"},
		{"a will at another site", hello("k1", cleanSession|willRetained, 60, "accueil/v1/bercy/x"), 5, "will"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				var log bytes.Buffer
				b := serve(t, broker.Options{Detached: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
				conn := enter(t, b, c.hello, c.code)
				synctest.Wait()
				if got := b.Stats().Clients; (got == 1) != (c.code == 0) {
					t.Errorf("%d clients", got)
				}
				conn.Close()
				b.Close()
				if !strings.Contains(log.String(), c.log) || (c.log == "") != (log.Len() == 0) {
					t.Errorf("log: %s", &log)
				}
			})
		})
	}
}

// A client may not ask to be waited for without end.
func TestALongSilenceIsAnEnd(t *testing.T) {
	for _, keepAlive := range []uint16{0, 60, 43691, 65535} {
		t.Run(fmt.Sprint(keepAlive), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := serve(t, broker.Options{Detached: true})
				c := enter(t, b, hello("k1", cleanSession, keepAlive, ""), 0)
				c.SetDeadline(time.Time{})
				began := time.Now()
				io.Copy(io.Discard, c)
				took := time.Since(began)
				if took < 85*time.Second || took > 450*time.Second {
					t.Errorf("cut after %v", took)
				}
			})
		})
	}
}
