package coordinator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"go.uber.org/goleak"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/staff"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errUnknown = errors.New("the hub did not answer in time")

// hub decides with the real domain what a coordinator asks; its floor is made of
// the answers.
type hub struct {
	mu    sync.Mutex
	day   *queue.Day
	floor wire.Coordinator
	asks  []queue.Ask
	late  wire.Reply
	up    []wire.Notice
	calls []wire.Call
	start time.Time

	overdue []wire.Overdue // all who wait too long

	away, silent bool
}

func newHub() *hub {
	s := smallSite()
	h := &hub{start: time.Now()}
	rules := queue.Rules{Letters: map[string]string{}}
	for i, service := range s.Services {
		rules.Letters[service.Key] = service.Letter
		h.floor.Services = append(h.floor.Services, wire.Row{Line: wire.Line{Service: service.Key, Open: i > 0, Waiting: i}})
	}
	h.day = queue.NewDay("2026-11-24", rules)
	return h
}

func (h *hub) Now() time.Time {
	return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC).Add(time.Since(h.start))
}

func (h *hub) Age() time.Duration { return 40 * time.Second }

func (h *hub) Hub() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.away
}

func (h *hub) Coordinator() (wire.Coordinator, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	v := h.floor
	v.Services, v.Closed = slices.Clone(v.Services), h.day.Closed
	return v, true
}

func (h *hub) Public() (wire.Public, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return wire.Public{Calls: h.calls, Notices: slices.Clone(h.up)}, true
}

// Announce keeps announcements as the floor does; what is no announcement is
// refused.
func (h *hub) Announce(ctx context.Context, a queue.Ask, n wire.Notice) (wire.Reply, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asks = append(h.asks, a)
	if a.Do == wire.DoSilence {
		h.up = slices.DeleteFunc(h.up, func(up wire.Notice) bool { return up.ID == n.ID })
		return wire.Reply{ID: a.ID}, nil
	}
	if n.Validate() != nil || len(h.up) == wire.MaxNotices {
		return wire.Reply{ID: a.ID}, queue.Refusal("refused.bad-notice")
	}
	n.ID = a.ID
	h.up = append(h.up, n)
	return wire.Reply{ID: a.ID}, nil
}

// Overdue gives the list in parts of two.
func (h *hub) Overdue(ctx context.Context, a queue.Ask, part int) (wire.Reply, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asks = append(h.asks, a)
	from := min(len(h.overdue), 2*part)
	return wire.Reply{ID: a.ID, At: h.Now(), Overdue: &wire.OverdueList{
		Part: part, All: len(h.overdue), Tickets: h.overdue[from:min(len(h.overdue), from+2)],
	}}, nil
}

func (h *hub) Ask(ctx context.Context, a queue.Ask) (wire.Reply, error) {
	select {
	case <-time.After(10 * time.Millisecond):
	case <-ctx.Done():
		return wire.Reply{}, ctx.Err()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asks = append(h.asks, a)
	reply := h.decide(a)
	if h.silent {
		h.late = reply
		return wire.Reply{}, errUnknown
	}
	return reply, nil
}

func (h *hub) decide(a queue.Ask) wire.Reply {
	reply := wire.Reply{V: wire.Version, ID: a.ID, At: h.Now()}
	if a.Do == queue.DoFind {
		a.Ticket = queue.TicketID(fmt.Sprint("k-", a.Label.Number()))
	}
	facts, err := h.day.Decide(a, h.Now())
	if a.Do == queue.DoFind {
		err = nil
	}
	errors.As(err, &reply.Refused)
	for _, f := range facts {
		f.At = h.Now()
		f.No = 1000 + uint64(len(h.asks))
		h.day.Apply(f)
	}
	if t := h.day.Ticket(a.Ticket); t != nil && err == nil {
		seen := wire.NewTicket(t)
		seen.Label = queue.HubLabel("C", 2)
		if last, ok := h.day.LastActOn(t.ID); ok {
			seen.Undo = &wire.Undo{Act: last.Kind, Label: seen.Label, Until: last.Until}
		}
		reply.Ticket = &seen
	}
	for i := range h.floor.Services {
		row := &h.floor.Services[i]
		row.Override = ""
		if o := h.day.Override(row.Service); o != queue.ByCalendar {
			row.Open = o == queue.ForcedOpen
			row.Override = map[bool]string{true: "open", false: "closed"}[row.Open]
		}
	}
	h.floor.Desks = nil
	for _, d := range h.day.Desks() {
		h.floor.Desks = append(h.floor.Desks, wire.Desk{Key: d.Key, State: d.State.String(), Services: d.Services})
	}
	return reply
}

func (h *hub) set(f func(h *hub)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(h)
}

// terminal is a coordinator at work.
type terminal struct {
	*screentest.Driver
	t    *testing.T
	hub  *hub
	role *Role
}

func atWork(t *testing.T, w, h int, test func(*terminal)) {
	synctest.Test(t, func(t *testing.T) {
		tm := &terminal{t: t, hub: newHub()}
		tm.role = New(Options{Site: smallSite(), Say: book(t).In("fr"), Line: tm.hub,
			Post: func(f func()) bool { return tm.Shell().Post(f) }})
		t.Cleanup(tm.role.Close)
		tm.Driver = screentest.Start(t, tm.role, w, h)
		test(tm)
	})
}

func (tm *terminal) press(keys string) {
	for _, k := range keys {
		tm.Advance(time.Second)
		tm.Type(string(k))
		tm.Advance(200 * time.Millisecond)
	}
}

// wants fails unless exactly these deeds were asked.
func (tm *terminal) wants(deeds ...queue.Deed) {
	tm.t.Helper()
	tm.hub.mu.Lock()
	defer tm.hub.mu.Unlock()
	var got []queue.Deed
	for _, a := range tm.hub.asks {
		got = append(got, a.Do)
	}
	if !slices.Equal(got, deeds) {
		tm.t.Fatalf("asked %v, want %v", got, deeds)
	}
}

func TestServiceIsClosedAndOpened(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.Key(tcell.KeyDown)
		tm.Key(tcell.KeyDown)
		tm.Key(tcell.KeyDown)
		tm.press("f")
		tm.See("Fermer maintenant : pôle Créer ?")
		tm.See("3 personnes attendent")
		tm.wants()
		tm.press("f")
		tm.See("pôle Créer : fermé.")
		tm.See("fermé *")
		tm.press("oo")
		tm.See("ouvert *")
		tm.wants(queue.DoCloseService, queue.DoOpenService)
	})
}

func TestEveryDialogHasAWayBack(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		for _, key := range []string{"o", "j", "?", "a"} {
			tm.press(key)
			if tm.role.dialog == noDialog {
				tm.t.Fatalf("%s opens nothing", key)
			}
			tm.Key(tcell.KeyEscape)
			if tm.role.dialog != noDialog {
				tm.t.Fatalf("no way back from %s", key)
			}
		}
		tm.wants()
	})
}

func TestDayNeedsASecondKey(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("jj")
		tm.See("Clore la journée ?")
		tm.See("Notés partis : 6 en attente.")
		tm.wants()
		tm.press("9")
		tm.See("La journée est close.")
		tm.wants(queue.DoCloseDay)
		tm.press("o")
		tm.See("▲ La journée est terminée.")
		tm.wants(queue.DoCloseDay)
		tm.press("j")
		tm.See("Rouvrir la journée ?")
		tm.press("j")
		tm.See("La journée est rouverte.")
		tm.wants(queue.DoCloseDay, queue.DoOpenDay)
	})
}

func TestWhatIsDoneAlreadyIsNotAsked(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("f")
		tm.See("▲ C'est déjà fait.")
		tm.Tap("service:evoluer")
		tm.press("o")
		tm.See("▲ C'est déjà fait.")
		tm.wants()
	})
}

func TestPagesTurn(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		for key, text := range map[string]string{"1": "annoncé", "2": "Tout le monde est dans les temps annoncés.", "3": "en ce moment", "4": "aucun poste entendu", "5": "Ce jour", "15": "Tickets par heure", "155": "visites (bornes)"} {
			tm.press(key)
			tm.See(text)
		}
		tm.Key(tcell.KeyEscape)
		tm.See("annoncé")
		tm.Tap("page:desks")
		tm.See("Bureau 5")
	})
}

func TestALargeScreenShowsAllPagesAtOnce(t *testing.T) {
	atWork(t, 132, 43, func(tm *terminal) {
		for _, text := range []string{"Ce jour", "en ce moment", "aucun poste entendu", "visites (bornes)"} {
			tm.See(text)
		}
		tm.press("o")
		tm.See("Ouvrir maintenant : pôle Travailler ?")
	})
}

func TestHubAwayAndBackAtTheCoordinator(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.away = true })
		tm.Advance(time.Second)
		tm.See("La file ne répond pas depuis 40 s.")
		tm.press("oj")
		tm.wants()
		tm.hub.set(func(h *hub) { h.away = false })
		tm.Advance(time.Second)
		tm.NotSee("La file ne répond pas")
		tm.press("oo")
		tm.wants(queue.DoOpenService)
	})
}

func TestHubGoesWhileADialogIsOpen(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("o")
		tm.hub.set(func(h *hub) { h.away = true })
		tm.Advance(time.Second)
		tm.press("o")
		tm.wants()
	})
}

func TestUnknownOutcomeAtTheCoordinator(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.silent = true })
		tm.press("oo")
		tm.See("Ouverture : pas de réponse, on ne sait pas si c'est fait.")
		tm.press("j")
		tm.NotSee("Clore la journée ?")
		tm.hub.set(func(h *hub) { h.silent = false })
		tm.Post(func() { tm.role.Late(tm.hub.asks[0], tm.hub.late) })
		tm.See("pôle Travailler : ouvert.")
		tm.wants(queue.DoOpenService)
	})
}

func TestUnknownOutcomeIsForgottenInTheEnd(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.silent = true })
		tm.press("oo")
		tm.See("pas de réponse")
		tm.Advance(staff.DoubtLasts + time.Second)
		tm.NotSee("pas de réponse")
	})
}

func TestRefusalAtTheCoordinator(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		tm.press("o")
		tm.hub.set(func(h *hub) { h.day.Apply(queue.Fact{Kind: queue.DayClosed, Day: h.day.Date, At: h.Now()}) })
		tm.Post(func() { tm.role.asks.Send(queue.Ask{Do: queue.DoOpenService, Service: "travailler"}) })
		tm.Advance(time.Second)
		tm.See("▲ La journée est terminée.")
	})
}

func TestOfflineTerminalsComeFirst(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) {
			for _, name := range []string{"a", "b", "c"} {
				h.floor.Terminals = append(h.floor.Terminals, wire.Terminal{Role: wire.RoleKiosk, Name: name, Online: name != "c", Unsent: len(name) * 2})
			}
			h.floor.Sensors = []wire.Sensor{{Name: "porte", At: h.Now().Add(-silentAfter - time.Minute)}}
			h.floor.Odds = 1
		})
		tm.press("4")
		tm.See("▲ muet 00")
		tm.See("▲ muet 31 min")
		tm.See("1 incohérence au journal")
		tm.See("appareils (3)")
		if first := tm.role.view().devices()[0]; first.name != "c" {
			tm.t.Errorf("first is %s", first.name)
		}
	})
}

// People received after the copy was made wait again: somebody must look.
func TestARestoredHubIsNews(t *testing.T) {
	atWork(t, 80, 22, func(tm *terminal) {
		tm.hub.set(func(h *hub) { h.floor.Restored = h.Now().Add(-time.Minute) })
		tm.press("1")
		tm.See("▲ reprise sur copie à")
		tm.hub.set(func(h *hub) { h.floor.Restored = h.Now().Add(-restoredFor) })
		tm.press("1")
		tm.NotSee("reprise sur copie")
	})
}

func TestContentChangesAtTheCoordinator(t *testing.T) {
	atWork(t, 100, 30, func(tm *terminal) {
		s := smallSite()
		s.Services = s.Services[2:]
		tm.Post(func() { tm.role.SetSite(s) })
		tm.NotSee("pôle Travailler")
		if tm.role.service != "orientation" {
			tm.t.Errorf("chosen is %s", tm.role.service)
		}
	})
}
