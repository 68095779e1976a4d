// Package line is one MQTT connection that heals itself.
//
// A Line connects when the broker appears, notices a dead link by itself, comes
// back after a short pause, asks for its subscriptions again and tells its owner,
// who then publishes again whatever must be known. It promises nothing about
// delivery: a message may be lost, or come twice after a reconnection. Those who
// need more count and acknowledge in their own messages.
package line

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// MaxPacket is the largest MQTT packet in bytes, header included, that a Line
// sends. The embedded broker cuts off a client that sends a larger one.
const MaxPacket = 64 << 10

// How long things may take before the link is held to be dead. A silent link is
// found after at most keepAlive + pingWithin + two checks of keepAlive/4: 11.5 s.
const (
	connectWithin = 5 * time.Second
	writeWithin   = 3 * time.Second
	answerWithin  = 3 * time.Second
	keepAlive     = 5 * time.Second
	pingWithin    = 4 * time.Second
	partWithin    = 250 * time.Millisecond
)

var (
	// ErrDown is returned when there is no connection at the moment.
	ErrDown = errors.New("not connected to the broker")
	// ErrNoAnswer is returned when the broker did not answer in time; what was
	// asked may or may not have happened.
	ErrNoAnswer = errors.New("no answer from the broker")
	// ErrRefused is returned when the broker refuses a subscription.
	ErrRefused = errors.New("refused by the broker")
	// ErrNotAdmitted is why there is no connection when the broker does not let
	// the client in: its account is wrong, or has been revoked.
	ErrNotAdmitted = errors.New("the broker does not let this client in")
)

// Message is a payload on a topic.
type Message struct {
	Topic   string
	Payload []byte
	// Retained says, of a message received, that the broker had kept it from
	// before the subscription, so it is not new; of a will, that it is to be kept.
	Retained bool
}

// Options say where a Line leads and whom it tells.
type Options struct {
	// URL of the broker: tcp://host:port or mqtt://host[:1883] in the clear,
	// mqtts://host[:8883] with TLS; with user:password@ if the broker wants them.
	URL string
	// User and Password, if the broker wants them and the URL does not say them.
	User, Password string
	// Fingerprint names the key the broker must have (see package certificate);
	// "" leaves it to the authorities this machine trusts. It counts for mqtts:// only.
	Fingerprint string
	// Dial opens the connection instead of URL's host, for instance into an
	// embedded broker. URL may then be empty.
	Dial func(context.Context) (net.Conn, error)
	// ClientID is the name the broker knows the client by; Name if empty. Two
	// lines with one id push each other out for ever.
	ClientID string
	// Name is what the log calls the line.
	Name string
	// Will is published by the broker when the link breaks without a Close.
	Will *Message
	// OnUp is called after every connection, with all subscriptions made; OnDown
	// after every loss. They are called in turn, never together, and may publish
	// and subscribe. They must not call Close.
	OnUp   func()
	OnDown func(error)
	// Buffer is how many received messages wait for a slow reader; 1024 if zero.
	Buffer int
	Log    *slog.Logger
}

// Line is one MQTT connection that heals itself. Its methods may be called from
// any goroutine.
type Line struct {
	options Options
	log     *slog.Logger
	stop    context.CancelFunc
	done    chan struct{} // closed when the healing has ended
	inbox   *inbox
	grumble rate.Sometimes // about a full inbox

	mu      sync.Mutex
	filters []string // wanted, in the order asked for; only ever grows
	session *session // nil while down
	failure error    // why the last attempt did not succeed; nil once one has
}

// Connect checks the options and returns at once with a line that connects as
// soon as its broker can be reached, and again after every loss, until Close is
// called or ctx ends.
func Connect(ctx context.Context, options Options) (*Line, error) {
	options, err := complete(options)
	if err != nil {
		return nil, fmt.Errorf("line %s: %w", options.Name, err)
	}
	ctx, stop := context.WithCancel(ctx)
	l := &Line{
		options: options,
		log:     options.Log.With("line", options.Name),
		stop:    stop,
		done:    make(chan struct{}),
		inbox:   newInbox(options.Buffer),
		grumble: rate.Sometimes{Interval: grumbleEvery},
	}
	go l.heal(ctx)
	return l, nil
}

// Close says goodbye to the broker, so that the will is not published, and
// returns when everything has ended. Messages is closed then.
func (l *Line) Close() {
	l.stop()
	<-l.done
}

// Up says whether the line is connected and its subscriptions are made. A dead
// link is up until it is noticed.
func (l *Line) Up() bool {
	return l.current() != nil
}

// Failure is why the line is down, as far as the last attempt tells: it wraps
// [ErrNotAdmitted] when the broker is there but does not let this client in, and
// certificate.ErrStranger when who is there is not the broker. Nil while up.
func (l *Line) Failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.failure
}

func (l *Line) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failure = err
}

// Messages gives what arrives on the subscribed topics, in the order of arrival.
// When its reader is too slow the oldest messages are dropped, because a newer
// view replaces an older one and a lost request is sent again.
func (l *Line) Messages() <-chan Message { return l.inbox.messages }

// Dropped counts the messages dropped because the reader was too slow.
func (l *Line) Dropped() int64 { return l.inbox.dropped.Load() }

// Publish sends a message and returns within about three seconds. A retained one
// goes with quality of service 1: nil means that the broker has it. Any other goes
// with 0: nil means only that it has left, and may be lost without a trace. After
// ErrNoAnswer it may still arrive. The payload must not be changed afterwards.
func (l *Line) Publish(topic string, payload []byte, retained bool) error {
	if err := checkMessage(topic, payload); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	s := l.current()
	if s == nil {
		return fmt.Errorf("publish %s: %w", topic, ErrDown)
	}
	if err := s.publish(topic, payload, retained); err != nil {
		return fmt.Errorf("publish %s: %w", topic, err)
	}
	return nil
}

// Subscribe asks for the topics of an MQTT filter, now and after every
// reconnection. While the line is down it only notes the wish and returns nil.
// Retained messages come again after each reconnection.
func (l *Line) Subscribe(filter string) error {
	if err := checkFilter(filter); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	s := l.want(filter)
	if s == nil {
		return nil
	}
	if err := s.subscribe([]string{filter}); err != nil {
		return fmt.Errorf("subscribe %s: %w", filter, err)
	}
	return nil
}

// want notes the filter and returns the session that has to ask for it, if any.
func (l *Line) want(filter string) *session {
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.Contains(l.filters, filter) {
		return nil
	}
	l.filters = append(l.filters, filter)
	return l.session
}

func (l *Line) current() *session {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.session == nil || !l.session.client.IsConnectionOpen() {
		return nil
	}
	return l.session
}

// receive is called by the client's reading goroutine and never blocks.
func (l *Line) receive(m Message) {
	if l.inbox.put(m) {
		return
	}
	l.grumble.Do(func() {
		l.log.Warn("messages arrive faster than they are read; the oldest are dropped", "dropped", l.Dropped())
	})
}
