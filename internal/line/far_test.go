package line_test

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/eclipse/paho.mqtt.golang/packets"
	"go.uber.org/goleak"

	"accueil/internal/line"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// manners are how the far end behaves towards its client.
type manners struct {
	absent  bool // nobody there: dialling fails
	mute    bool // reads everything, answers nothing
	deaf    bool // answers CONNECT and SUBSCRIBE, then reads no more
	hasty   bool // cuts the connection after SUBSCRIBE
	noAck   bool // does not acknowledge PUBLISH
	slow    bool // answers SUBSCRIBE only when grant is closed
	connack byte // the code that answers CONNECT
	suback  byte // the code that answers each filter
}

// far is the other end of a line: a broker for one client.
type far struct {
	begin chan struct{} // closed when it may be dialled
	grant chan struct{} // see manners.slow
	end   chan struct{} // closed at the end of the test
	all   sync.WaitGroup

	mu       sync.Mutex
	manners  manners
	conn     net.Conn // the latest connection's end
	here     net.Conn // and its other end
	dials    int
	connects []*packets.ConnectPacket
	filters  []string // of all subscriptions
	got      []*packets.PublishPacket
}

func (f *far) behave(m manners) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.manners = m
}

// cut breaks the connection.
func (f *far) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.conn.Close()
}

// attempts is how often it was dialled.
func (f *far) attempts() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dials
}

func (f *far) dial(context.Context) (net.Conn, error) {
	<-f.begin
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dials++
	if f.manners.absent {
		return nil, errors.New("nobody there")
	}
	here, there := net.Pipe()
	f.conn, f.here = there, closedLoudly{here}
	f.all.Go(func() { f.serve(there) })
	return f.here, nil
}

// closedLoudly fails after its end as a network connection does, not as a pipe.
type closedLoudly struct{ net.Conn }

func (c closedLoudly) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if errors.Is(err, io.ErrClosedPipe) {
		err = net.ErrClosed
	}
	return n, err
}

func (f *far) serve(c net.Conn) {
	defer c.Close()
	for {
		p, err := packets.ReadPacket(c)
		if err != nil {
			return
		}
		answer, m := f.hear(p)
		_, settled := p.(*packets.SubscribePacket)
		if settled && m.slow {
			<-f.grant
		}
		if answer != nil && !m.mute && answer.Write(c) != nil {
			return
		}
		if settled && m.hasty {
			return
		}
		if settled && m.deaf {
			<-f.end
		}
	}
}

// hear remembers a packet and returns the answer it is owed.
func (f *far) hear(p packets.ControlPacket) (packets.ControlPacket, manners) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch p := p.(type) {
	case *packets.ConnectPacket:
		f.connects = append(f.connects, p)
		ack := packets.NewControlPacket(packets.Connack).(*packets.ConnackPacket)
		ack.ReturnCode = f.manners.connack
		return ack, f.manners
	case *packets.SubscribePacket:
		f.filters = append(f.filters, p.Topics...)
		ack := packets.NewControlPacket(packets.Suback).(*packets.SubackPacket)
		ack.MessageID = p.MessageID
		for range p.Topics {
			ack.ReturnCodes = append(ack.ReturnCodes, f.manners.suback)
		}
		return ack, f.manners
	case *packets.PublishPacket:
		f.got = append(f.got, p)
		ack := packets.NewControlPacket(packets.Puback).(*packets.PubackPacket)
		ack.MessageID = p.MessageID
		if p.Qos > 0 && !f.manners.noAck {
			return ack, f.manners
		}
	case *packets.PingreqPacket:
		return packets.NewControlPacket(packets.Pingresp), f.manners
	}
	return nil, f.manners
}

// send delivers a message to the client.
func (f *far) send(t *testing.T, m line.Message) {
	t.Helper()
	f.mu.Lock()
	conn := f.conn
	f.mu.Unlock()
	p := packets.NewControlPacket(packets.Publish).(*packets.PublishPacket)
	p.TopicName, p.Payload, p.Retain = m.Topic, m.Payload, m.Retained
	if err := p.Write(conn); err != nil {
		t.Fatalf("send: %v", err)
	}
}

// owner is who a line reports to.
type owner struct {
	mu     sync.Mutex
	events []string // "up", "down", in turn
	cause  error    // of the last loss
}

func (o *owner) up() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events = append(o.events, "up")
}

func (o *owner) down(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events = append(o.events, "down")
	o.cause = err
}

func (o *owner) heard() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string{}, o.events...)
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

// bubble runs a scenario with a line to a far end of these manners, subscribed to
// "views/#". At its end every goroutine must have ended.
func bubble(t *testing.T, m manners, scenario func(t *testing.T, f *far, l *line.Line, o *owner)) {
	inBubble(t, func(t *testing.T) {
		f := &far{begin: make(chan struct{}), grant: make(chan struct{}), end: make(chan struct{}), manners: m}
		o := &owner{}
		l, err := line.Connect(t.Context(), line.Options{Name: "k1", Dial: f.dial, OnUp: o.up, OnDown: o.down,
			Will: &line.Message{Topic: "state/k1", Payload: []byte("off"), Retained: true}})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Subscribe("views/#"); err != nil {
			t.Fatal(err)
		}
		close(f.begin)
		synctest.Wait()
		defer f.all.Wait()
		defer close(f.end)
		defer l.Close()
		scenario(t, f, l, o)
	})
}
