package line_test

import (
	"errors"
	"net"
	"testing"
	"time"

	"accueil/internal/line"
)

func TestAGuardedWriteGetsThroughOrCloses(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		here, there := net.Pipe()
		defer there.Close()
		g := line.Guard(here, 3*time.Second)
		if err := g.SetWriteDeadline(time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		began := time.Now()
		for range 3 {
			go func() {
				_, err := g.Write([]byte("hello"))
				errs <- err
			}()
		}
		for range 3 {
			if err := <-errs; err == nil {
				t.Error("written to nobody")
			}
		}
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("took %v", took)
		}
		<-g.Done()
		if _, err := g.Write([]byte("hello")); !errors.Is(err, net.ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestAGuardLeavesReadingAlone(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		here, there := net.Pipe()
		defer there.Close()
		g := line.Guard(here, time.Second)
		defer g.Close()
		go func() {
			time.Sleep(time.Hour)
			there.Write([]byte("late"))
		}()
		buffer := make([]byte, 8)
		if n, err := g.Read(buffer); err != nil || string(buffer[:n]) != "late" {
			t.Errorf("read %q, %v", buffer[:n], err)
		}
	})
}
