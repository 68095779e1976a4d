package uplink

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

var call = queue.Ask{Do: queue.DoCall, Desk: "5"}

func adviser(t *testing.T, h *fakeHub) *Uplink {
	o := h.kiosk("")
	o.Role = wire.RoleAdviser
	u, _ := begin(t, o)
	return u
}

func TestARequestIsAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u := adviser(t, h)
		h.line.rise()
		n := 0
		h.network(func(toHub bool, _ int) []delay { // the first reply is lost, all others come twice
			if n++; n == 3 && !toHub {
				return nil
			}
			return []delay{0, time.Millisecond}
		})
		began := time.Now()
		r, err := u.Ask(t.Context(), call)
		if err != nil || len(r.ID) != 32 {
			t.Errorf("%+v, %v", r, err)
		}
		if took := time.Since(began); took > askAgain {
			t.Errorf("it took %s", took)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if h.acts != 1 || len(u.requests.waiting) != 0 {
			t.Errorf("carried out %d times, %d still waited for", h.acts, len(u.requests.waiting))
		}
	})
}

func TestARefusalIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u := adviser(t, h)
		h.line.rise()
		h.do(func() { h.refuse = queue.NobodyWaits })
		if r, err := u.Ask(t.Context(), call); !errors.Is(err, queue.NobodyWaits) || r.Refused != queue.NobodyWaits {
			t.Errorf("%+v, %v", r, err)
		}
		if _, err := u.Ask(t.Context(), queue.Ask{Do: queue.DoCall, Desk: "no key"}); !errors.Is(err, queue.BadRequest) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestWithoutLineNothingIsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u := adviser(t, h)
		began := time.Now()
		_, err := u.Ask(t.Context(), call)
		if !errors.Is(err, NotConnected) || time.Since(began) > 0 {
			t.Errorf("err = %v after %s", err, time.Since(began))
		}
		h.line.rise()
		time.Sleep(time.Minute)
		synctest.Wait()
		if h.acts != 0 {
			t.Error("it was asked later after all")
		}
	})
}

type outcome struct {
	ask   queue.Ask
	reply wire.Reply
}

func TestAnUnknownOutcomeIsFoundOut(t *testing.T) {
	for name, reached := range map[string]bool{"the hub carried it out": true, "the hub never got it": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHub(t)
				u := adviser(t, h)
				late := make(chan outcome, 9)
				u.OnLate(func(a queue.Ask, r wire.Reply) { late <- outcome{a, r} })
				h.line.rise()
				h.network(func(toHub bool, n int) []delay {
					if toHub && reached {
						return []delay{0}
					}
					return nil
				})
				began := time.Now()
				_, err := u.Ask(t.Context(), call)
				if !errors.Is(err, ErrUnknownOutcome) || time.Since(began) != askWithin {
					t.Errorf("err = %v after %s", err, time.Since(began))
				}
				h.line.fall()
				time.Sleep(time.Minute)
				synctest.Wait()
				h.network(nil)
				h.line.rise()
				got := <-late
				if got.ask.Do != call.Do || got.ask.ID != got.reply.ID || got.reply.Refused != "" {
					t.Errorf("late: %+v", got)
				}
				time.Sleep(time.Minute)
				synctest.Wait()
				if h.acts != 1 || len(late) != 0 {
					t.Errorf("carried out %d times, told %d times more", h.acts, len(late))
				}
			})
		})
	}
}

func TestAnOutcomeThatCannotBeFoundOutIsSaidToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u := adviser(t, h)
		late := make(chan outcome, 9)
		u.OnLate(func(a queue.Ask, r wire.Reply) { late <- outcome{a, r} })
		h.line.rise()
		h.network(func(bool, int) []delay { return nil })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := u.Ask(ctx, call); !errors.Is(err, ErrUnknownOutcome) {
			t.Errorf("err = %v", err)
		}
		began := time.Now()
		got := <-late
		if got.reply.Refused != NotConnected || time.Since(began) < chaseFor || len(u.requests.waiting) != 0 {
			t.Errorf("late: %+v after %s", got, time.Since(began))
		}
	})
}

func TestManyAskAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u := adviser(t, h)
		h.line.rise()
		errs := make(chan error, 20)
		for range cap(errs) {
			go func() {
				_, err := u.Ask(t.Context(), call)
				errs <- err
			}()
		}
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if h.acts != cap(errs) {
			t.Errorf("%d of %d were carried out", h.acts, cap(errs))
		}
	})
}
