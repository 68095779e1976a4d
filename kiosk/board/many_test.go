package board

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// TestEveryServiceIsSeenInEveryLanguage, and in the centre's own within a minute,
// however many there are; the newest call stays.
func TestEveryServiceIsSeenInEveryLanguage(t *testing.T) {
	b := book(t)
	for _, langs := range [][]string{{"fr"}, {"fr", "en"}, {"fr", "en", "ar"}, {"fr", "en", "es", "pt", "zh", "uk", "ar"}} {
		var says []phrases.Speaker
		for _, lang := range langs {
			says = append(says, b.In(lang))
		}
		r := example(t, smallSite(), "many", says)
		at, seen, own := r.frozen, map[string]bool{}, map[string]bool{}
		for n := range 200 {
			v := r.view(at.Add(time.Duration(n) * turn))
			p := v.page(8, 1)
			if p.rows > 8 || v.large == nil || v.large.Label != "C 042" {
				t.Fatalf("%d rows, and %+v is large", p.rows, v.large)
			}
			for _, s := range p.services {
				seen[v.say.Lang()+" "+s.Key] = true
				if v.say.Lang() == "fr" && time.Duration(n)*turn < time.Minute {
					own[s.Key] = true
				}
			}
		}
		if len(seen) != 14*len(langs) || len(own) != 14 {
			t.Errorf("%v: %d of %d are seen, in French within a minute %d of 14", langs, len(seen), 14*len(langs), len(own))
		}
	}
}

// TestMoreCallsAtOnceThanTheListHolds are all seen large, each for its time.
func TestMoreCallsAtOnceThanTheListHolds(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		for n := range wire.MaxCalls + 3 {
			r.call(queue.HubLabel("C", n+1))
		}
		for n := range wire.MaxCalls + 3 {
			r.large(queue.HubLabel("C", n+1), true)
			r.Advance(dwell)
		}
		if r.chimes != wire.MaxCalls+3 {
			t.Errorf("%d chimes", r.chimes)
		}
	})
}

// TestTwoCallsOfOneMoment, the second told a view later, are both rung out.
func TestTwoCallsOfOneMoment(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		r.call("C 001")
		twin := r.hub.public.Calls[0]
		twin.Label, twin.Desk = "C 002", "bureau-6"
		r.hub.public.Calls = append([]wire.Call{twin}, r.hub.public.Calls...)
		r.Post(r.role.Changed)
		if r.chimes != 2 {
			t.Errorf("%d chimes for two calls", r.chimes)
		}
	})
}

// TestWhatIsLongPastIsNotRungOut when a board that was cut off hears again.
func TestWhatIsLongPastIsNotRungOut(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		late := wire.Call{Label: "C 001", Service: "creer", Desk: "bureau-5", At: r.hub.Now(), Times: 1}
		r.Advance(lateAfter)
		recent := wire.Call{Label: "C 002", Service: "creer", Desk: "bureau-6", At: r.hub.Now(), Times: 1}
		r.Advance(time.Second)
		r.hub.public.Calls, r.hub.public.Stamp.At = []wire.Call{recent, late}, r.hub.Now()
		r.Post(r.role.Changed)
		r.large("C 002", true)
		r.See("C 001")
		if r.chimes != 1 || len(r.role.shows) != 1 {
			t.Errorf("%d chimes, %d shown", r.chimes, len(r.role.shows))
		}
	})
}

// TestMarksAreTheSites: a service the theme does not know has its letter and sign.
func TestMarksAreTheSites(t *testing.T) {
	r := example(t, smallSite(), "many", speakers(t, "fr"))
	v := r.view(r.frozen)
	for i, s := range v.site.Services {
		if m := v.mark(screen.Night(), s.Key); m.String() != fmt.Sprintf("%s %s", s.Letter, s.Shape) || screen.Ratio(m.Color, screen.Night().Paper) < 7 {
			t.Errorf("service %d is marked %v", i, m)
		}
	}
}

// TestLongAnnouncementsLeaveTheCallItsRoom on the smallest screen, whatever is called
// and however many services there are; both are seen in turn.
func TestLongAnnouncementsLeaveTheCallItsRoom(t *testing.T) {
	for _, name := range []string{"call", "own", "alias", "many", "full", "empty", "withdrawn", "away"} {
		r := example(t, smallSite(), name, speakers(t, "fr"))
		scene := r.opt.Line.(*scene)
		for _, id := range []string{"un", "deux"} {
			long := (id + strings.Repeat(" annonce longue", 10))[:wire.MaxNoticeText]
			scene.public.Notices = append(scene.public.Notices, wire.Notice{ID: id, Text: map[string]string{"fr": long}, Until: scene.now.Add(time.Hour)})
		}
		screentest.CheckLayout(t, r)
		seen := map[string]bool{}
		for n := range 8 {
			c := screen.NewCanvas(80, 22, screen.Night())
			r.frozen = r.start.Add(time.Duration(n) * turn)
			r.Draw(c)
			var text bytes.Buffer
			if err := screen.WriteText(&text, c); err != nil {
				t.Fatal(err)
			}
			for _, id := range []string{"un", "deux"} {
				if strings.Contains(text.String(), "▶  "+id+" annonce") {
					seen[id] = true
				}
			}
		}
		if len(seen) != 2 {
			t.Errorf("%s: only %v is seen", name, seen)
		}
	}
}
