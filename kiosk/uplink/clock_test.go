package uplink

import (
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
)

// wall is a local clock that somebody can set. It has no monotonic part, so it
// shows what a step does.
type wall struct{ time.Time }

func (w *wall) now() time.Time        { return w.Round(0) }
func (w *wall) pass(d time.Duration)  { w.Time = w.Add(d) }
func at(hour, min, sec int) time.Time { return time.Date(2026, 11, 24, hour, min, sec, 0, time.UTC) }
func clockAt(w *wall) *clock          { return &clock{local: w.now} }
func (c *clock) is(t *testing.T, want time.Time) {
	t.Helper()
	if got := c.now(); !got.Equal(want) {
		t.Errorf("it is %s, want %s", got.Format(time.TimeOnly+".000"), want.Format(time.TimeOnly+".000"))
	}
}

func TestBeforeAnyBeatTheLocalClockCounts(t *testing.T) {
	w := &wall{at(9, 0, 0)}
	c := clockAt(w)
	w.pass(time.Minute)
	c.is(t, at(9, 1, 0))
	if c.isSynced() {
		t.Error("synced without a beat")
	}
}

func TestTheSitesTimeIsFollowedAndContinued(t *testing.T) {
	w := &wall{at(9, 0, 0)}
	c := clockAt(w)
	c.is(t, at(9, 0, 0))
	if step := c.follow(at(10, 0, 0), 1); step != time.Hour {
		t.Errorf("step of %s", step)
	}
	c.is(t, at(10, 0, 0))
	w.pass(3 * time.Hour) // the hub is away all the while
	c.is(t, at(13, 0, 0))
	if step := c.follow(at(8, 0, 0), 1); step != -5*time.Hour { // and comes back as another day's
		t.Errorf("step of %s", step)
	}
	c.is(t, at(8, 0, 0))
}

func TestFastTime(t *testing.T) {
	w := &wall{at(9, 0, 0)}
	c := clockAt(w)
	c.follow(at(10, 0, 0), 60)
	w.pass(2 * time.Second)
	c.is(t, at(10, 2, 0))
	c.follow(at(10, 1, 58), 60) // a beat that took a thirtieth of a second
	c.is(t, at(10, 2, 0))
	w.pass(time.Second)
	c.follow(at(11, 0, 0), 1) // the demonstration was slowed down
	c.is(t, at(11, 0, 0))
}

func TestSmallCorrectionsNeverGoBack(t *testing.T) {
	w := &wall{at(9, 0, 0)}
	c := clockAt(w)
	c.follow(at(10, 0, 0), 1)
	last := c.now()
	for range 100 {
		w.pass(2 * time.Second)
		if step := c.follow(c.read(w.now()).Add(-400*time.Millisecond), 1); step != 0 {
			t.Fatalf("a late beat stepped the clock by %s", step)
		}
		if now := c.now(); now.Before(last) {
			t.Fatalf("from %s back to %s", last, now)
		} else {
			last = now
		}
	}
	before := c.now()
	w.pass(2 * time.Second)
	c.follow(before.Add(2500*time.Millisecond), 1) // half a second behind: caught up at once
	c.is(t, before.Add(2500*time.Millisecond))
}

func TestALeadIsWornOff(t *testing.T) {
	w := &wall{at(9, 0, 0)}
	c := clockAt(w)
	c.follow(at(10, 0, 1), 1) // the hub was set back by a second after this
	hub := at(10, 0, 0)
	for range 60 {
		w.pass(2 * time.Second)
		hub = hub.Add(2 * time.Second)
		c.follow(hub, 1)
	}
	if lead := c.now().Sub(hub); lead > 10*time.Millisecond || lead < 0 {
		t.Errorf("still %s ahead", lead)
	}
}

func TestALocalClockThatIsSetIsCorrectedByTheNextBeat(t *testing.T) {
	w := &wall{at(9, 0, 0)}
	c := clockAt(w)
	c.follow(at(10, 0, 0), 1)
	w.pass(-6 * time.Hour) // somebody set it
	c.follow(at(10, 0, 2), 1)
	c.is(t, at(10, 0, 2))
	w.pass(time.Second)
	c.is(t, at(10, 0, 3))
}

func TestFactsBearTheSitesTimeAndDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		if u.Synced() || u.Hub() {
			t.Error("there was no hub yet")
		}
		h.line.rise()
		h.beatAt(time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC), 1) // 00:30 of the next day in Paris
		time.Sleep(50 * time.Millisecond)
		rested()
		if !u.Synced() || !u.Hub() {
			t.Error("the hub has beaten")
		}
		issue(t, u, creer)
		rested()
		for _, f := range h.facts {
			if f.Source.Terminal != "" && (f.Day != "2026-11-25" || f.At.Year() != 2026) {
				t.Errorf("%s: day %s, at %s", f.Kind, f.Day, f.At)
			}
		}
	})
}

func TestAClockThatWasNeverSetDatesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		o := h.kiosk(t.TempDir())
		o.Now = func() time.Time { return time.Unix(60, 0) }
		u, _ := begin(t, o)
		u.Began("fr")
		if _, err := u.Issue(t.Context(), creer); err != ErrNotReady {
			t.Errorf("err = %v", err)
		}
		h.meet()
		if got := h.kinds(); got != "joined" {
			t.Errorf("the hub has %q", got)
		}
		if got := issue(t, u, creer); got.Label != "C 001" {
			t.Errorf("with the hub's time: %+v", got)
		}
	})
}

// TestAKioskAloneWithAWrongClock: who starts with its clock behind dates nothing
// before the last fact, and whatever it was, the hub learns when people came.
func TestAKioskAloneWithAWrongClock(t *testing.T) {
	for name, wrong := range map[string]time.Duration{"never set": -56 * 365 * 24 * time.Hour, "two days behind": -48 * time.Hour, "three days ahead": 72 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHub(t)
				dir := t.TempDir()
				u, stop := begin(t, h.kiosk(dir))
				h.meet()
				issue(t, u, creer)
				rested()
				last := u.Now()
				stop()
				time.Sleep(5 * time.Hour)
				o := h.kiosk(dir)
				o.Now = func() time.Time { return time.Now().Add(wrong) }
				u, _ = begin(t, o)
				time.Sleep(time.Minute)
				if now := u.Now(); now.Before(last.Add(59*time.Second)) || u.Synced() {
					t.Errorf("it is %s, synced %v", now, u.Synced())
				}
				came := time.Now()
				alone := issue(t, u, creer)
				time.Sleep(time.Hour)
				h.meet()
				time.Sleep(time.Second)
				rested()
				second := issue(t, u, creer)
				rested()
				theirs := h.tickets()
				if got := theirs[1]; got.Printed != alone.Label || got.Now().State != queue.Waiting || got.Arrived.Sub(came).Abs() > 2*time.Second {
					t.Errorf("handed over as %s at %s, at the hub %s at %s", alone.Label, came, got.Printed, got.Arrived)
				}
				if got := theirs[2]; got.Printed != second.Label || time.Since(got.Arrived) > 2*time.Second {
					t.Errorf("handed over as %s just now, at the hub %s at %s", second.Label, got.Printed, got.Arrived)
				}
				h.odds()
			})
		})
	}
}

// TestNothingIsSentBeforeTheTimeIsKnown: a kiosk that was started anew with its
// clock ahead would else say of what it wrote before that it was days ago.
func TestNothingIsSentBeforeTheTimeIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		issue(t, u, creer)
		h.network(func(bool, int) []delay { return nil })
		came := time.Now()
		issue(t, u, creer)
		stop()
		h.network(nil)
		o := h.kiosk(dir)
		o.Now = func() time.Time { return time.Now().AddDate(0, 0, 3) }
		begin(t, o)
		h.line.rise() // the hub answers, and beats a moment later
		time.Sleep(time.Second)
		rested()
		if n := len(h.tickets()); n != 1 {
			t.Errorf("%d tickets at the hub before the time was known", n)
		}
		h.beat()
		time.Sleep(time.Second)
		rested()
		if theirs := h.tickets(); len(theirs) != 2 || theirs[1].Arrived.Sub(came).Abs() > 2*time.Second {
			t.Errorf("came at %s, at the hub %+v", came, theirs[len(theirs)-1])
		}
	})
}

// TestAClockAheadUsesNoLabelTwice: what a kiosk alone dates in the future the
// hub files today, beside what the kiosk had issued by itself before.
func TestAClockAheadUsesNoLabelTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		issue(t, u, creer)
		stop()
		seen := map[queue.Label]bool{}
		for _, days := range []int{0, 3, 0, 1, 7} {
			o := h.kiosk(dir)
			o.Now = func() time.Time { return time.Now().AddDate(0, 0, days) }
			u, stop := begin(t, o)
			for range 2 {
				ticket := issue(t, u, creer)
				if seen[ticket.Label] || !ticket.Own {
					t.Errorf("%d days ahead: %s, own %v", days, ticket.Label, ticket.Own)
				}
				seen[ticket.Label] = true
			}
			stop()
		}
		u, _ = begin(t, h.kiosk(dir))
		h.meet()
		h.network(func(bool, int) []delay { return nil }) // nothing arrives any more
		if ticket := issue(t, u, creer); seen[ticket.Label] || !ticket.Own {
			t.Errorf("with the hub's time: %+v", ticket)
		}
	})
}
