package board

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hub is the far end of the line; the tests set what it says.
type hub struct {
	public wire.Public
	known  bool
	away   bool
	start  time.Time
}

func (h *hub) Public() (wire.Public, bool) { return h.public, h.known }
func (h *hub) Hub() bool                   { return !h.away }
func (h *hub) Age() time.Duration          { return 3 * time.Minute }
func (h *hub) Now() time.Time {
	return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC).Add(time.Since(h.start))
}

// room is a board on its terminal.
type room struct {
	*screentest.Driver
	t      *testing.T
	hub    *hub
	role   *Role
	chimes int
}

func inRoom(t *testing.T, test func(*room)) {
	synctest.Test(t, func(t *testing.T) {
		r := &room{t: t, hub: &hub{start: time.Now()}}
		r.role = New(Options{Site: smallSite(), Say: speakers(t, "fr"), Line: r.hub, Chime: func() { r.chimes++ }})
		r.Driver = screentest.Start(t, r.role, 100, 30, func(o *screen.Options) { o.Theme = screen.Night() })
		test(r)
	})
}

// call lets desks call, each label to desk 5, all in one view.
func (r *room) call(labels ...queue.Label) {
	for _, l := range labels {
		c := wire.Call{Label: l, Service: "creer", Desk: "bureau-5", At: r.hub.Now(), Times: 1}
		r.hub.public.Calls = append([]wire.Call{c}, r.hub.public.Calls...)
		r.hub.public.Calls = r.hub.public.Calls[:min(len(r.hub.public.Calls), wire.MaxCalls)]
		r.Advance(10 * time.Millisecond)
	}
	r.hub.known = true
	r.Post(r.role.Changed)
}

// large fails unless this label is the large one, loud or not.
func (r *room) large(label queue.Label, fresh bool) {
	r.t.Helper()
	v := r.role.view(time.Now())
	if v.large == nil || v.large.Label != label || v.fresh != fresh {
		r.t.Fatalf("large is %+v, fresh %v; want %s, fresh %v\n%s", v.large, v.fresh, label, fresh, r.Text())
	}
}

func TestNewestCallIsLargeAndThenCalm(t *testing.T) {
	inRoom(t, func(r *room) {
		r.See("Les appels s'afficheront ici dans un instant")
		r.See("Calls will be shown here in a moment")
		r.call()
		r.See("Les appels s'affichent ici")
		r.call("C 001")
		r.large("C 001", true)
		r.Advance(freshFor)
		r.large("C 001", false)
		r.call("C 002")
		r.large("C 002", true)
		r.See("C 001 → 5")
		if r.chimes != 2 {
			t.Errorf("%d chimes for 2 calls", r.chimes)
		}
	})
}

func TestWhatWasCalledBeforeIsNoNews(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 001", "C 002")
		r.large("C 002", false)
		if r.chimes != 0 {
			t.Error("a board that starts rings for old calls")
		}
	})
}

func TestTwoCallsAtOnceAreBothSeen(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		r.call("C 001", "C 002")
		r.large("C 001", true)
		r.See("C 002 → 5")
		r.Advance(dwell + time.Second)
		r.large("C 002", true)
		r.See("C 001 → 5")
	})
}

func TestARecallIsNews(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 001")
		r.call("C 002")
		r.Advance(4 * turn)
		again := r.hub.public.Calls[1]
		again.At, again.Times = r.hub.Now(), 2
		r.hub.public.Calls = []wire.Call{again, r.hub.public.Calls[0]}
		r.Post(r.role.Changed)
		r.large("C 001", true)
		r.See("appelé 2 fois")
	})
}

func TestViewsWithoutNewCallsAreNoNews(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		r.call("C 001")
		r.Advance(time.Minute)
		for range 10 {
			r.Post(r.role.Changed)
		}
		r.large("C 001", false)
		if r.chimes != 1 {
			t.Errorf("%d chimes", r.chimes)
		}
	})
}

func TestLabelBecomesKnownWhileShown(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		r.call("C 001")
		r.hub.public.Calls[0].Alias = "C BK 7"
		r.Post(r.role.Changed)
		r.large("C 001", true)
		r.hub.public.Calls[0] = wire.Call{Label: "C BK 7", Service: "creer", Desk: "bureau-5", At: r.hub.public.Calls[0].At, Times: 1}
		r.Post(r.role.Changed)
		r.large("C BK 7", true)
		if r.chimes != 1 {
			t.Errorf("%d chimes", r.chimes)
		}
	})
}

func TestTheNextDayBeginsAnew(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 009")
		r.hub.public.Calls, r.hub.public.Closed = nil, true
		r.Post(r.role.Changed)
		r.See("La journée est terminée.")
		r.hub.public.Closed = false
		r.Post(r.role.Changed)
		r.See("Les appels s'affichent ici")
		r.hub.start = time.Now().Add(time.Hour) // its clock was set back
		r.call("C 001")
		r.large("C 001", true)
	})
}

func TestHubAwayAndBackOnTheBoard(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 001")
		r.hub.away = true
		r.Advance(time.Second)
		r.See("Affichage arrêté depuis 3 min.")
		r.See("bureau")
		r.hub.away = false
		r.Advance(time.Second)
		r.NotSee("Affichage arrêté")
	})
}

func TestTheCentresOwnLanguageComesEveryOtherTurn(t *testing.T) {
	b := book(t)
	says := []phrases.Speaker{b.In("fr"), b.In("en"), b.In("uk"), b.In("ar")}
	var turns []string
	for n := range 8 {
		turns = append(turns, sayAt(says, n).Lang())
	}
	if want := []string{"fr", "en", "fr", "uk", "fr", "ar", "fr", "en"}; !slices.Equal(turns, want) {
		t.Errorf("the languages come as %v, want %v", turns, want)
	}
	if got := sayAt(says[:1], 7).Lang(); got != "fr" {
		t.Errorf("the only language is %s", got)
	}
}

func TestLanguagesTakeTurns(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 001")
		r.See("pôle Créer")
		r.Advance(turn)
		r.See("Start-up hub")
		r.Advance(turn)
		r.See("pôle Créer")
	})
}

func TestNothingCanBeTouched(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call("C 001")
		before := r.Text()
		r.TapAt(50, 10)
		r.Type("x ?")
		if after := r.Text(); after != before {
			t.Errorf("the board changed:\n%s", after)
		}
		s := smallSite()
		s.Services = s.Services[:1]
		r.Post(func() { r.role.SetSite(s) })
		r.NotSee("pôle Créer")
	})
}

// TestBoardBreathesCalmly counts how often anything moves while a call is
// fresh: at most once a second.
func TestBoardBreathesCalmly(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		r.call("C 001")
		frames, last := 0, ""
		for range 100 {
			r.Advance(100 * time.Millisecond)
			if now := r.Text(); now != last {
				frames, last = frames+1, now
			}
		}
		if frames > 12 {
			t.Errorf("%d changes in ten seconds", frames)
		}
	})
}
