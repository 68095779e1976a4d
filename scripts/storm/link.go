package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// link is the network between one program and the broker: it can be cut,
// black-holed and slow, and it loses, repeats and reorders messages.
type link struct {
	listener net.Listener
	to       func() string // address of the broker now
	count    func(kind)
	work     sync.WaitGroup

	mu     sync.Mutex
	chance *rand.Rand
	rough  float64
	state  kind          // linkCut, linkHole, linkSlow, or "" for well
	turned chan struct{} // closed at the next change of state
	conns  map[net.Conn]bool
	closed bool
}

func newLink(to func() string, seed uint64, count func(kind)) (*link, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	k := &link{
		listener: l, to: to, count: count, chance: rand.New(rand.NewPCG(seed, 1)), turned: make(chan struct{}), conns: map[net.Conn]bool{},
	}
	k.work.Go(k.accept)
	return k, nil
}

func (k *link) url() string { return "tcp://" + k.listener.Addr().String() }

// set changes the state; a cut ends all connections.
func (k *link) set(state kind) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.state = state
	close(k.turned)
	k.turned = make(chan struct{})
	if state == linkCut {
		k.hangUp()
	}
}

func (k *link) setRough(share float64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rough = share
}

func (k *link) hangUp() {
	for c := range k.conns {
		c.Close()
	}
}

func (k *link) close() {
	k.listener.Close()
	k.mu.Lock()
	k.closed = true
	close(k.turned)
	k.turned = make(chan struct{})
	k.hangUp()
	k.mu.Unlock()
	k.work.Wait()
}

func (k *link) accept() {
	for {
		near, err := k.listener.Accept()
		if err != nil {
			return
		}
		k.work.Go(func() { k.join(near) })
	}
}

// join carries one connection until either end hangs up.
func (k *link) join(near net.Conn) {
	defer near.Close()
	far, err := net.DialTimeout("tcp", k.to(), 2*time.Second)
	if err != nil {
		return
	}
	defer far.Close()
	if !k.hold(near, far) {
		return
	}
	defer k.drop(near, far)
	var both sync.WaitGroup
	ctx, hung := context.WithCancel(context.Background())
	carry := func(from, to net.Conn) {
		k.carry(ctx, from, to)
		hung()
		near.Close()
		far.Close()
	}
	both.Go(func() { carry(near, far) })
	both.Go(func() { carry(far, near) })
	both.Wait()
}

func (k *link) hold(conns ...net.Conn) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed || k.state == linkCut {
		return false
	}
	for _, c := range conns {
		k.conns[c] = true
	}
	return true
}

func (k *link) drop(conns ...net.Conn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, c := range conns {
		delete(k.conns, c)
	}
}

// carry passes packets on in one direction.
func (k *link) carry(ctx context.Context, from, to net.Conn) {
	var late sync.WaitGroup
	defer late.Wait()
	var writing sync.Mutex
	write := func(packet []byte) error {
		writing.Lock()
		defer writing.Unlock()
		_, err := to.Write(packet)
		return err
	}
	for r := bufio.NewReader(from); ; {
		packet, err := readPacket(r)
		if err != nil || !k.passes(ctx) {
			return
		}
		switch fate, wait := k.fate(packet); fate {
		case messageLost:
			continue
		case messageTwice:
			err = errors.Join(write(packet), write(packet))
		case messageLate:
			late.Go(func() {
				if sleep(ctx, wait) {
					_ = write(packet)
				}
			})
		default:
			err = write(packet)
		}
		if err != nil {
			return
		}
	}
}

// passes waits as long as nothing does, and a moment when all is slow.
func (k *link) passes(ctx context.Context) bool {
	for {
		k.mu.Lock()
		state, turned, closed := k.state, k.turned, k.closed
		wait := time.Duration(100+k.chance.IntN(500)) * time.Millisecond
		k.mu.Unlock()
		switch {
		case closed:
			return false
		case state == linkSlow:
			return sleep(ctx, wait)
		case state != linkHole:
			return ctx.Err() == nil
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return false
		}
	}
}

// fate is what becomes of a packet. Only messages that nobody's broker promises
// to deliver meet one.
func (k *link) fate(packet []byte) (kind, time.Duration) {
	const publish, qos = 0x30, 0x06
	if packet[0]&0xf0 != publish || packet[0]&qos != 0 {
		return "", 0
	}
	k.mu.Lock()
	at, rough, wait := k.chance.Float64(), k.rough, time.Duration(50+k.chance.IntN(450))*time.Millisecond
	k.mu.Unlock()
	for _, fate := range []kind{messageLost, messageTwice, messageLate} {
		if at < rough {
			k.count(fate)
			return fate, wait
		}
		at -= rough
	}
	return "", 0
}

// maxPacket is more than any of ours.
const maxPacket = 1 << 20

var errPacket = errors.New("no MQTT packet")

// readPacket reads one whole MQTT control packet.
func readPacket(r *bufio.Reader) ([]byte, error) {
	first, err := r.ReadByte()
	if err != nil {
		return nil, err
	}
	packet, length := []byte{first}, 0
	for shift := 0; ; shift += 7 {
		b, err := r.ReadByte()
		if err != nil {
			return nil, err
		}
		packet = append(packet, b)
		length |= int(b&0x7f) << shift
		if b < 0x80 {
			break
		}
		if shift == 21 {
			return nil, errPacket
		}
	}
	if length > maxPacket {
		return nil, errPacket
	}
	head := len(packet)
	packet = append(packet, make([]byte, length)...)
	_, err = io.ReadFull(r, packet[head:])
	return packet, err
}

// sleep says whether the time passed before ctx ended.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
