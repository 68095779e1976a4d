package line

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
	"github.com/eclipse/paho.mqtt.golang/packets"
)

// session is one connection from its CONNECT to its end.
//
// Each has a client of its own. The library's client can reconnect by itself, but
// then reports success for messages nobody got, says that it is connected while it
// is not, and sleeps where it cannot be woken.
type session struct {
	client mqtt.Client
	conn   *Guarded
	lost   chan error // gets the cause when the link breaks
}

// open dials and says CONNECT. It has tidied up when it returns an error.
func (l *Line) open(ctx context.Context) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	conn, err := l.options.Dial(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{conn: Guard(conn, writeWithin), lost: make(chan error, 1)}
	s.client = mqtt.NewClient(l.clientOptions(s))
	if err := s.connect(ctx); err != nil {
		s.end()
		return nil, err
	}
	return s, nil
}

func (s *session) connect(ctx context.Context) error {
	hangUp := context.AfterFunc(ctx, func() { s.conn.Close() })
	defer hangUp()
	token := s.client.Connect()
	<-token.Done()
	if ctx.Err() != nil {
		return fmt.Errorf("connect: %w", ErrNoAnswer)
	}
	if err := token.Error(); err != nil {
		return why(err)
	}
	// The library takes a refusal with an unknown code for success.
	if s.conn.closed() {
		return ErrRefused
	}
	return nil
}

// why says in our words that a client is not let in.
func why(err error) error {
	if errors.Is(err, packets.ErrorRefusedNotAuthorised) || errors.Is(err, packets.ErrorRefusedBadUsernameOrPassword) ||
		errors.Is(err, packets.ErrorRefusedIDRejected) {
		return fmt.Errorf("%w (%w)", ErrNotAdmitted, err)
	}
	return err
}

// subscribe returns when the broker has granted all filters. They are asked for
// with quality of service 0: no acknowledgement then ever makes reading wait for
// writing, and the broker cannot deliver out of order.
func (s *session) subscribe(filters []string) error {
	wish := make(map[string]byte, len(filters))
	for _, filter := range filters {
		wish[filter] = 0
	}
	token := s.client.SubscribeMultiple(wish, nil)
	if err := s.await(token, time.Now()); err != nil {
		return err
	}
	granted, ok := token.(*mqtt.SubscribeToken)
	if !ok {
		return errors.New("subscribe: not a subscription")
	}
	return refusals(granted.Result())
}

// refusals looks for the code 0x80, which the library does not treat as an error.
func refusals(result map[string]byte) error {
	for _, filter := range slices.Sorted(maps.Keys(result)) {
		if result[filter] > 2 {
			return fmt.Errorf("%s: %w", filter, ErrRefused)
		}
	}
	return nil
}

func (s *session) publish(topic string, payload []byte, retained bool) error {
	began := time.Now()
	return s.await(s.client.Publish(topic, quality(retained), retained, payload), began)
}

// quality is the service a message goes with: the broker's word that it has it, for
// what it is to keep; none for the rest, which is acknowledged end to end.
func quality(retained bool) byte {
	if retained {
		return 1
	}
	return 0
}

// await waits for the broker's answer, until answerWithin from began on.
func (s *session) await(token mqtt.Token, began time.Time) error {
	timer := time.NewTimer(time.Until(began.Add(answerWithin)))
	defer timer.Stop()
	select {
	case <-token.Done():
	case <-s.conn.done:
		return ErrDown
	case <-timer.C:
		return ErrNoAnswer
	}
	if errors.Is(token.Error(), mqtt.ErrNotConnected) {
		return ErrDown
	}
	return token.Error()
}

// end says goodbye if it can, and closes the connection in any case.
func (s *session) end() {
	s.client.Disconnect(uint(partWithin.Milliseconds()))
	s.conn.Close()
}
