package board

import (
	"testing"
	"time"

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
