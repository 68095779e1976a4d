package uplink

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
)

func TestTheHubsNumberIsHandedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		began := time.Now()
		first, second := issue(t, u, creer), issue(t, u, creer)
		if first.Label != "C 001" || first.Own || first.Wait == nil || first.Ahead != 0 {
			t.Errorf("first ticket: %+v", first)
		}
		if second.Label != "C 002" || second.Ahead != 1 || first.Code == second.Code {
			t.Errorf("second ticket: %+v", second)
		}
		if waited := time.Since(began); waited > 0 {
			t.Errorf("waited %s for a hub that answers at once", waited)
		}
		rested()
		if got, want := h.kinds(), "joined issued handed issued handed"; got != want {
			t.Errorf("the hub has %q, want %q", got, want)
		}
		for _, ticket := range h.tickets() {
			if ticket.Own != "C BF 1" || ticket.Printed != ticket.Number {
				t.Errorf("candidate %q, printed %q: an unused candidate is used again", ticket.Own, ticket.Printed)
			}
		}
		if u.Unsent() != 0 {
			t.Errorf("%d facts are unsent", u.Unsent())
		}
		h.odds()
	})
}

func TestALateHubMeansAnOwnLabel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		h.network(func(toHub bool, n int) []delay { return []delay{750 * time.Millisecond} })
		began := time.Now()
		late := issue(t, u, creer)
		if late.Label != "C BF 1" || !late.Own || late.Wait != nil {
			t.Errorf("ticket without an answer: %+v", late)
		}
		if waited := time.Since(began); waited != defaultPatience {
			t.Errorf("waited %s", waited)
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		got := h.tickets()[0]
		if got.Printed != "C BF 1" || got.Number != "C 001" || got.Label() != "C BF 1" {
			t.Errorf("at the hub: printed %q, number %q", got.Printed, got.Number)
		}
		h.network(nil)
		if next := issue(t, u, creer); next.Label != "C 002" {
			t.Errorf("the next ticket has %q", next.Label)
		}
		if last := h.tickets()[1]; last.Own != "C BF 2" {
			t.Errorf("the next candidate was %q, the first one is on a paper", last.Own)
		}
		synctest.Wait()
		h.odds()
	})
}

func TestWithoutLineTheOwnLabelComesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		h.line.fall()
		began := time.Now()
		if a, b := issue(t, u, creer), issue(t, u, creer); a.Label != "C BF 1" || b.Label != "C BF 2" {
			t.Errorf("labels %q and %q", a.Label, b.Label)
		}
		if other := issue(t, u, Order{Service: "droit", Letter: "D"}); other.Label != "D BF 1" {
			t.Errorf("label %q", other.Label)
		}
		if time.Since(began) > 0 {
			t.Error("it waited for a hub that cannot answer")
		}
		stop()
		u, _ = begin(t, h.kiosk(dir)) // and still without the hub
		if again := issue(t, u, creer); again.Label != "C BF 3" {
			t.Errorf("after a restart: label %q", again.Label)
		}
		h.meet()
		time.Sleep(time.Second)
		synctest.Wait()
		if got := len(h.tickets()); got != 4 {
			t.Errorf("the hub has %d tickets", got)
		}
		h.odds()
	})
}

func TestOwnNumbersBeginAnewEachDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		h.line.fall()
		issue(t, u, creer)
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if next := issue(t, u, creer); next.Label != "C BF 1" {
			t.Errorf("on the next day: %q", next.Label)
		}
	})
}

func TestAnAnswerLostAfterNumberingIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		lost := false
		h.network(func(toHub bool, n int) []delay {
			if !toHub && !lost {
				lost = true
				return nil
			}
			return []delay{0}
		})
		if got := issue(t, u, creer); got.Label != "C 001" {
			t.Errorf("ticket %+v", got)
		}
		synctest.Wait()
		if len(h.tickets()) != 1 {
			t.Errorf("%d tickets at the hub", len(h.tickets()))
		}
		h.odds()
	})
}

func TestAClosedDayRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		h.do(func() { h.record(queue.Fact{Kind: queue.DayClosed, Day: h.day.Date, At: time.Now()}) })
		if _, err := u.Issue(t.Context(), creer); !errors.Is(err, queue.DayIsClosed) {
			t.Errorf("err = %v", err)
		}
		stop()
		u, _ = begin(t, h.kiosk(dir))
		if open, err := u.store.unsettled(); err != nil || len(open) > 0 {
			t.Errorf("unsettled after a restart: %v, %v", open, err)
		}
	})
}

func TestNotReadyBeforeTheHubWasMet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		if _, err := u.Issue(t.Context(), creer); !errors.Is(err, ErrNotReady) {
			t.Errorf("err = %v", err)
		}
		h.meet()
		issue(t, u, creer)
		staff := h.kiosk("")
		staff.Role = "adviser"
		desk, _ := begin(t, staff)
		if _, err := desk.Issue(t.Context(), creer); !errors.Is(err, ErrNoJournal) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestAnImpossibleOrderIsNotWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		for _, o := range []Order{
			{Service: "", Letter: "C"}, {Service: "creer", Letter: "CC"}, {Service: "creer", Letter: ""},
			{Service: "creer", Letter: "C", Level: 9}, {Service: "creer", Letter: "C", Question: "a b"},
		} {
			if _, err := u.Issue(t.Context(), o); !errors.Is(err, queue.BadRequest) {
				t.Errorf("%+v: err = %v", o, err)
			}
		}
		if got := h.kinds(); got != "joined" {
			t.Errorf("the hub has %q", got)
		}
	})
}

func TestOnePressIsOneTicket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		o := creer
		o.Press = "p1"
		labels := map[queue.Label]int{}
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				ticket := issue(t, u, o)
				mu.Lock()
				defer mu.Unlock()
				labels[ticket.Label]++
			})
		}
		all.Wait()
		if len(labels) != 1 || labels["C 001"] != 5 {
			t.Errorf("five times the same press: %v", labels)
		}
		o.Press = "p2"
		if next := issue(t, u, o); next.Label != "C 002" {
			t.Errorf("another press: %v", next.Label)
		}
	})
}

func TestWhoeverIsGoneGetsNoTicket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		h.network(func(toHub bool, n int) []delay { return []delay{5 * time.Second} })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		if _, err := u.Issue(ctx, creer); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v", err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := h.tickets()[0].Now(); s.State != queue.Void {
			t.Errorf("the ticket is %s", s.State)
		}
		h.odds()
	})
}
