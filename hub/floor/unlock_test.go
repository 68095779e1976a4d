package floor_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"accueil/hub/floor"
	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// wires is a line whose far end is the test.
type wires struct {
	in  chan line.Message
	out chan line.Message
}

func (w wires) Publish(topic string, payload []byte, retained bool) error {
	if strings.HasSuffix(topic, "/"+wire.LeafReplies) {
		w.out <- line.Message{Topic: topic, Payload: payload}
	}
	return nil
}
func (w wires) Subscribe(string) error        { return nil }
func (w wires) Messages() <-chan line.Message { return w.in }

// keeper opens advisers' terminals with one PIN and counts what it looks at.
type keeper struct{ looked int }

func (k *keeper) HasPIN(role string) bool { return role == wire.RoleAdviser }
func (k *keeper) Unlock(_, _, pin string) (string, queue.Refusal, time.Duration) {
	k.looked++
	if pin == "482913" {
		return "pass", "", 0
	}
	return "", wire.WaitPIN, 29*time.Second + time.Millisecond
}
func (k *keeper) Unlocked(role, _, pass string) bool { return !k.HasPIN(role) || pass == "pass" }

func TestALockedTerminalIsRefusedUntilItHasAPass(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		var log bytes.Buffer
		k, w := new(keeper), wires{make(chan line.Message), make(chan line.Message)}
		a := floor.NewAttendant(h.floor, "test", "boot", slog.New(slog.NewTextHandler(&log, nil)))
		a.Lock(k)
		ctx, stop := context.WithCancel(t.Context())
		go a.Run(ctx, w) // ends with the floor
		ask := func(role string, r wire.Request) wire.Reply {
			r.V = 1
			w.in <- line.Message{Topic: wire.TerminalTopic("villette", role, "x", wire.LeafRequests), Payload: wire.Encode(r)}
			var reply wire.Reply
			if err := json.Unmarshal((<-w.out).Payload, &reply); err != nil || reply.ID != r.ID {
				t.Errorf("%+v, %v", reply, err)
			}
			return reply
		}
		open := func(id, pass string) wire.Request {
			return wire.Request{Ask: queue.Ask{ID: id, Do: queue.DoOpenDesk, Desk: "bureau-5", Services: []string{"creer"}}, Pass: pass}
		}
		pin := func(id, pin string) wire.Request {
			return wire.Request{Ask: queue.Ask{ID: id, Do: wire.DoUnlock}, PIN: pin}
		}
		if r := ask("adviser", open("a1", "")); r.Refused != wire.Locked {
			t.Errorf("without a pass: %+v", r)
		}
		if r := ask("adviser", open("a2", "guess")); r.Refused != wire.Locked {
			t.Errorf("with a guess: %+v", r)
		}
		if r := ask("adviser", pin("u1", "")); r.Refused != wire.Locked || k.looked != 0 {
			t.Errorf("asked whether: %+v", r)
		}
		for range 3 { // sent again, it is the same try
			if r := ask("adviser", pin("u2", "000001")); r.Refused != wire.WaitPIN || r.Wait != 30 || k.looked != 1 {
				t.Errorf("a wrong PIN: %+v, looked at %d times", r, k.looked)
			}
		}
		r := ask("adviser", pin("u3", "482913"))
		if r.Refused != "" || r.Pass != "pass" {
			t.Errorf("the right PIN: %+v", r)
		}
		if r := ask("adviser", open("a3", r.Pass)); r.Refused == wire.Locked {
			t.Errorf("with its pass: %+v", r)
		}
		if r := ask("coordinator", pin("u4", "")); r.Refused != "" || r.Pass != "" {
			t.Errorf("a role without PIN: %+v", r)
		}
		stop()
		if s := log.String(); strings.Contains(s, "482913") || strings.Contains(s, "000001") {
			t.Errorf("a PIN is in the log: %s", s)
		}
	})
}
