package board

import (
	"slices"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

func TestACallTakenBackIsTold(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 041")
		r.call("C 042")
		r.Advance(dwell)
		r.large("C 042", true)
		taken := r.hub.public.Calls[0]
		taken.At = r.hub.Now()
		r.hub.public.Calls, r.hub.public.Withdrawn = r.hub.public.Calls[1:], []wire.Call{taken}
		chimes := r.chimes
		r.Post(r.role.Changed)
		r.Advance(time.Second)
		r.See("C 042 : appel annulé.")
		r.large("C 041", false)
		if r.chimes != chimes {
			t.Error("the call before was rung out once more")
		}
		r.hub.public.Withdrawn = nil
		r.Advance(time.Minute)
		r.NotSee("appel annulé")
	})
}

// TestACallTakenBackInTimeIsNotCalled: it waited behind another one.
func TestACallTakenBackInTimeIsNotCalled(t *testing.T) {
	inRoom(t, func(r *room) {
		m := &mouth{}
		r.role.opt.Voice = m
		r.call()
		r.call("C 041", "C 042")
		r.large("C 041", true)
		r.hub.public.Calls = r.hub.public.Calls[1:]
		r.Post(r.role.Changed)
		if want := r.role.aloud(wire.Call{Label: "C 042", Desk: "bureau-5"}); !slices.Equal(m.withdrawn, want) {
			t.Errorf("not to be said: %v, want %v", m.withdrawn, want)
		}
		r.Advance(dwell)
		r.large("C 041", true)
		for n := range wire.MaxCalls + 1 {
			r.call(queue.HubLabel("E", n+1))
		}
		if len(m.withdrawn) > 1 {
			t.Errorf("calls that the list lost were taken back: %v", m.withdrawn)
		}
	})
}
