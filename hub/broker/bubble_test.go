package broker_test

import (
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/broker"
	"accueil/internal/line"
)

// A whole broker and its clients fit in a bubble, where time costs nothing.

func TestABrokerAndItsClientsFitInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := broker.Serve(t.Context(), broker.Options{Detached: true, Site: "villette"})
		if err != nil {
			t.Fatal(err)
		}
		up := make(chan struct{}, 1)
		l, err := line.Connect(t.Context(), line.Options{Name: "hub", Dial: b.Dial, OnUp: func() { up <- struct{}{} }})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Subscribe("accueil/v1/villette/#"); err != nil {
			t.Fatal(err)
		}
		<-up
		if err := l.Publish("accueil/v1/villette/hub/x", []byte("hello"), false); err != nil {
			t.Fatal(err)
		}
		m := <-l.Messages()
		if string(m.Payload) != "hello" {
			t.Fatal(m)
		}
		time.Sleep(time.Minute)
		if !l.Up() || b.Stats().Clients != 1 {
			t.Fatal(b.Stats())
		}
		l.Close()
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
