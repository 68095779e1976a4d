package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// many is one hub with 5,000 terminals connected, which all show the public view:
// its memory, and how long a ticket takes meanwhile.
func (g gauge) many(dir string) ([]row, error) {
	n := 5000
	if g.Quick {
		n = 500
	}
	hub, url, err := g.startHub(filepath.Join(dir, "hub"), "--terminals", fmt.Sprint(n+100))
	if err != nil {
		return nil, err
	}
	defer hub.stop()
	u, err := uplink.Open(uplink.Options{
		Site: "villette", Role: wire.RoleKiosk, Name: "pc-1", Dir: filepath.Join(dir, "pc-1"), URL: url, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	defer u.Close()
	go u.Run(ctx)
	alone, err := g.taps(u)
	if err != nil {
		return nil, err
	}
	before, err := anonymous(hub.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	crowd, err := connect(strings.TrimPrefix(url, "tcp://"), n)
	defer crowd.close()
	if err != nil {
		return nil, err
	}
	crowded, err := g.taps(u)
	if err != nil {
		return nil, err
	}
	size, err := anonymous(hub.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	p99, floor := quantile(crowded, 0.99), quantile(alone, 0.99)
	return []row{
		{
			Name: fmt.Sprintf("tap to label with %d terminals connected, p99", n), Measured: p99, Unit: "ms", Beside: "ms with none connected",
			Floor: floor, Ratio: p99 / floor, Bound: "shown", OK: true,
			Note: fmt.Sprintf("p50 %.1f ms, alone %.1f ms; all of them get every public view", quantile(crowded, 0.5), quantile(alone, 0.5)),
		},
		{
			Name: fmt.Sprintf("hub RssAnon, %d terminals connected", n), Measured: size, Unit: "MB", Beside: "MB before",
			Floor: before, Ratio: size / before, Bound: "shown", OK: true, Note: fmt.Sprintf("%.1f KB each", (size-before)*1024/float64(n)),
		},
	}, nil
}

// taps are tickets with a visitor's pauses between.
func (g gauge) taps(u *uplink.Uplink) ([]time.Duration, error) {
	order := uplink.Order{Service: "creer", Letter: "C", Language: "fr"}
	if err := wait(func() bool { t, err := u.Issue(context.Background(), order); return err == nil && !t.Own }); err != nil {
		return nil, fmt.Errorf("a kiosk does not become ready: %w", err)
	}
	var took []time.Duration
	for range g.samples(200) {
		time.Sleep(20 * time.Millisecond)
		began := time.Now()
		if _, err := u.Issue(context.Background(), order); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// crowd are connections that listen and no more, as cheap as can be.
type crowd []net.Conn

func (c crowd) close() {
	for _, one := range c {
		one.Close()
	}
}

// connect brings so many terminals to a broker, each with its state and its
// subscription.
func connect(addr string, n int) (crowd, error) {
	all := make(crowd, n)
	var work errgroup.Group
	work.SetLimit(16) // no broker wants them all at the same moment
	for i := range n {
		work.Go(func() (err error) {
			all[i], err = listener(addr, fmt.Sprint("many-", i))
			return err
		})
	}
	err := work.Wait()
	var there crowd
	for _, c := range all {
		if c != nil {
			there = append(there, c)
		}
	}
	return there, err
}

// listener speaks just enough MQTT 3.1.1.
func listener(addr, name string) (net.Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return c, err
	}
	state := wire.TerminalTopic("villette", wire.RoleBoard, name, wire.LeafState)
	hello := packet(0x10, text("MQTT"), []byte{4, 2, 0x01, 0x2c}, text(name))
	listen := packet(0x82, []byte{0, 1}, text(wire.HubTopic("villette", wire.NamePublic)), []byte{0})
	here := packet(0x31, text(state), wire.Encode(wire.State{V: wire.Version, Online: true, Boot: name}))
	for _, p := range [][]byte{hello, listen, here} {
		if _, err := c.Write(p); err != nil {
			return c, err
		}
	}
	r := bufio.NewReaderSize(c, 512)
	head := make([]byte, 4)
	if _, err := io.ReadFull(r, head); err != nil || head[0] != 0x20 || head[3] != 0 {
		return c, errors.Join(fmt.Errorf("a terminal was turned away: % x", head), err)
	}
	go io.Copy(io.Discard, r)
	return c, c.SetDeadline(time.Time{})
}

// packet is the type and flags, the length, and the parts.
func packet(kind byte, parts ...[]byte) []byte {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	return append(binary.AppendUvarint([]byte{kind}, uint64(len(body))), body...)
}

func text(s string) []byte { return append(binary.BigEndian.AppendUint16(nil, uint16(len(s))), s...) }
