package line_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/line"
)

func TestALineIntroducesItself(t *testing.T) {
	bubble(t, manners{}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		c := f.connects[0]
		if !c.CleanSession || c.ProtocolVersion != 4 || c.ClientIdentifier != "k1" || c.Keepalive != 5 {
			t.Errorf("CONNECT: %v", c)
		}
		if c.WillTopic != "state/k1" || string(c.WillMessage) != "off" || !c.WillRetain || c.WillQos != 1 {
			t.Errorf("will: %v", c)
		}
		if !l.Up() || !slices.Equal(f.filters, []string{"views/#"}) {
			t.Errorf("up %v, subscribed to %q", l.Up(), f.filters)
		}
	})
}

func TestALineShowsTheCredentialsOfItsURL(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		f := &far{begin: make(chan struct{}), end: make(chan struct{})}
		close(f.begin)
		ctx, cancel := context.WithCancel(t.Context())
		_, err := line.Connect(ctx, line.Options{Name: "hub", URL: "mqtt://hub:secret@broker", Dial: f.dial})
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if c := f.connects[0]; c.Username != "hub" || string(c.Password) != "secret" {
			t.Errorf("CONNECT: %v", c)
		}
		cancel() // ends the line as Close does
		f.all.Wait()
	})
}

func TestALineWaitsForItsBroker(t *testing.T) {
	bubble(t, manners{absent: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		time.Sleep(time.Minute)
		if n := f.attempts(); n < 100 || n > 200 {
			t.Errorf("%d attempts in a minute", n)
		}
		if len(o.heard()) > 0 || l.Up() {
			t.Error("told its owner something although nothing has happened yet")
		}
		f.behave(manners{})
		time.Sleep(1100 * time.Millisecond)
		if !l.Up() || !slices.Equal(o.heard(), []string{"up"}) {
			t.Errorf("a second after the broker came: up %v, told %v", l.Up(), o.heard())
		}
	})
}

func TestALineComesBackAndSubscribesAgain(t *testing.T) {
	bubble(t, manners{}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		if err := l.Subscribe("replies/k1"); err != nil {
			t.Fatal(err)
		}
		f.cut()
		synctest.Wait()
		if l.Up() {
			t.Error("still up after the cut")
		}
		time.Sleep(150 * time.Millisecond)
		if want := []string{"up", "down", "up"}; !slices.Equal(o.heard(), want) {
			t.Errorf("told %v, want %v", o.heard(), want)
		}
		want := []string{"replies/k1", "views/#"}
		if again := slices.Sorted(slices.Values(f.filters[2:])); !slices.Equal(again, want) {
			t.Errorf("subscribed again to %q, want %q", again, want)
		}
		if o.cause == nil {
			t.Error("lost without a cause")
		}
	})
}

// The library does not report a connection that was closed at this end, which is
// what happens after a write that failed.
func TestAConnectionClosedUnderneathIsNoticed(t *testing.T) {
	bubble(t, manners{}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		f.here.Close()
		time.Sleep(500 * time.Millisecond)
		if want := []string{"up", "down", "up"}; !slices.Equal(o.heard(), want) {
			t.Errorf("told %v, want %v", o.heard(), want)
		}
	})
}

// A link can die without a word: a pulled cable, a frozen broker. Only our own
// clock can tell.
func TestASilentLinkIsFound(t *testing.T) {
	for name, m := range map[string]manners{"nothing is read": {deaf: true}, "nothing is answered": {}} {
		t.Run(name, func(t *testing.T) {
			bubble(t, m, func(t *testing.T, f *far, l *line.Line, o *owner) {
				if !l.Up() {
					t.Fatal("not up")
				}
				f.behave(manners{mute: true})
				time.Sleep(11500 * time.Millisecond)
				if l.Up() || !slices.Equal(o.heard(), []string{"up", "down"}) {
					t.Errorf("up %v, told %v", l.Up(), o.heard())
				}
			})
		})
	}
}

// Messages that nobody acknowledges must not make a dead link look alive.
func TestASilentLinkIsFoundWhilePublishing(t *testing.T) {
	bubble(t, manners{}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		f.behave(manners{mute: true})
		for range 115 {
			if err := l.Publish("requests/k1", []byte("call"), false); err != nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		synctest.Wait()
		if l.Up() || len(o.heard()) != 2 {
			t.Errorf("up %v, told %v", l.Up(), o.heard())
		}
	})
}

func TestPublishingNeverWaitsLong(t *testing.T) {
	for name, m := range map[string]manners{"deaf": {deaf: true}, "mute": {noAck: true}} {
		t.Run(name, func(t *testing.T) {
			bubble(t, m, func(t *testing.T, f *far, l *line.Line, o *owner) {
				began := time.Now()
				err := l.Publish("state/k1", []byte("on"), true)
				if !errors.Is(err, line.ErrNoAnswer) && !errors.Is(err, line.ErrDown) {
					t.Errorf("err = %v", err)
				}
				if took := time.Since(began); took > 3*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

func TestManyPublishersOnADeadLinkNeverWaitLong(t *testing.T) {
	bubble(t, manners{deaf: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		errs := make(chan error)
		began := time.Now()
		for range 41 {
			go func() { errs <- l.Publish("requests/k1", make([]byte, 4096), false) }()
		}
		for range 41 {
			if err := <-errs; err == nil {
				t.Error("a message left on a link that takes nothing")
			}
		}
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func TestPublishingWhileDownFailsAtOnce(t *testing.T) {
	bubble(t, manners{absent: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		began := time.Now()
		for _, retained := range []bool{true, false} {
			if err := l.Publish("state/k1", []byte("on"), retained); !errors.Is(err, line.ErrDown) {
				t.Errorf("retained %v: err = %v", retained, err)
			}
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("took %v", took)
		}
	})
}

// The library's own reconnection reported success for such messages.
func TestAMessageLostWithItsLinkIsAnError(t *testing.T) {
	bubble(t, manners{noAck: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		for range 20 {
			result := make(chan error)
			go func() { result <- l.Publish("state/k1", []byte("on"), true) }()
			synctest.Wait()
			f.cut()
			if err := <-result; err == nil {
				t.Error("success for a message nobody acknowledged")
			}
			time.Sleep(5 * time.Second)
			if !l.Up() {
				t.Fatal("not healed")
			}
		}
	})
}

func TestARefusedSubscriptionIsAnError(t *testing.T) {
	bubble(t, manners{suback: 0x80}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		if err := l.Subscribe("secrets/#"); !errors.Is(err, line.ErrRefused) {
			t.Errorf("err = %v", err)
		}
		if !l.Up() {
			t.Error("the line must go on without what it may not read")
		}
	})
}

func TestARefusedConnectionIsNotUp(t *testing.T) {
	// 0x87 is a code of MQTT 5 that some brokers send to older clients too.
	for _, code := range []byte{5, 0x87} {
		bubble(t, manners{connack: code}, func(t *testing.T, f *far, l *line.Line, o *owner) {
			time.Sleep(10 * time.Second)
			if l.Up() || len(o.heard()) > 0 {
				t.Errorf("code %#x: up %v, told %v", code, l.Up(), o.heard())
			}
		})
	}
}

func TestABrokerThatSaysNothingIsLeft(t *testing.T) {
	bubble(t, manners{mute: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		time.Sleep(4 * time.Second)
		f.behave(manners{})
		time.Sleep(2 * time.Second)
		if !l.Up() {
			t.Error("still waiting for the answer to its first CONNECT")
		}
	})
}

// Two clients of one name push each other out the moment they are in.
func TestAFightOverANameIsNoStorm(t *testing.T) {
	bubble(t, manners{hasty: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		time.Sleep(time.Minute)
		if n := f.attempts(); n > 200 {
			t.Errorf("%d attempts in a minute", n)
		}
	})
}

func TestASubscriptionMadeWhileComingUpIsNotForgotten(t *testing.T) {
	bubble(t, manners{slow: true}, func(t *testing.T, f *far, l *line.Line, o *owner) {
		if err := l.Subscribe("late/#"); err != nil || l.Up() {
			t.Fatalf("err = %v, up %v", err, l.Up())
		}
		close(f.grant)
		synctest.Wait()
		if !l.Up() || !slices.Contains(f.filters, "late/#") {
			t.Errorf("up %v, subscribed to %q", l.Up(), f.filters)
		}
	})
}

func TestClosingEndsEverything(t *testing.T) {
	for name, m := range map[string]manners{
		"up": {}, "nobody there": {absent: true}, "no answer": {mute: true},
		"nothing read": {deaf: true}, "refused": {connack: 5}, "cut": {hasty: true},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, m, func(t *testing.T, f *far, l *line.Line, o *owner) {
				before := o.heard()
				began := time.Now()
				l.Close()
				if took := time.Since(began); took > time.Second {
					t.Errorf("took %v", took)
				}
				if _, open := <-l.Messages(); open || l.Up() {
					t.Error("still open")
				}
				if !slices.Equal(before, o.heard()) {
					t.Error("an asked-for end is no loss")
				}
			})
		})
	}
}
