package reception

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"go.uber.org/goleak"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/uplink"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is the other end of the line: the real domain, and a kiosk's issue path
// without journal and network.
type house struct {
	mu       sync.Mutex
	day      *queue.Day
	start    time.Time
	seq      uint64
	orders   []uplink.Order
	asks     []queue.Ask
	failed   error
	slips    []Slip
	troubled error // of the printer
	away     bool
}

func newHouse() *house {
	s := smallSite()
	rules := queue.Rules{Zone: zoneOf(s), Letters: map[string]string{}, HeadStart: s.Heads("")}
	for _, service := range s.Services {
		rules.Letters[service.Key] = service.Letter
	}
	return &house{day: queue.NewDay("2026-11-24", rules), start: time.Now()}
}

func (h *house) Now() time.Time {
	return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC).Add(time.Since(h.start))
}

func (h *house) apply(f queue.Fact) {
	h.seq++
	f.No, f.Seq, f.Day, f.At, f.Heard = h.seq, h.seq, h.day.Date, h.Now(), h.Now()
	h.day.Apply(f)
}

func (h *house) Issue(_ context.Context, o uplink.Order) (uplink.Ticket, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.orders = append(h.orders, o)
	if h.failed != nil {
		return uplink.Ticket{}, h.failed
	}
	t := uplink.Ticket{ID: queue.NewTicketID("r", h.seq+1), Code: queue.NewCode(), Label: h.day.NextLabel(o.Service)}
	h.apply(queue.Fact{Kind: queue.Issued, Ticket: t.ID, Code: t.Code, Service: o.Service, Language: o.Language, Level: o.Level, Persons: o.Persons})
	h.apply(queue.Fact{Kind: queue.Numbered, Ticket: t.ID, Label: t.Label})
	h.apply(queue.Fact{Kind: queue.Handed, Ticket: t.ID, Label: t.Label})
	t.Ahead = h.day.Ahead(h.day.Ticket(t.ID))
	return t, nil
}

func (h *house) Ask(_ context.Context, a queue.Ask) (wire.Reply, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asks = append(h.asks, a)
	reply := wire.Reply{V: wire.Version, ID: a.ID, At: h.Now()}
	t := h.day.Find(a.Code, a.Label)
	if a.Do != queue.DoFind {
		facts, err := h.day.Decide(a, h.Now())
		if err != nil {
			errors.As(err, &reply.Refused)
			return reply, err
		}
		for _, f := range facts {
			h.apply(f)
		}
		t = h.day.Ticket(a.Ticket)
	}
	if t == nil {
		return reply, queue.UnknownTicket
	}
	seen := wire.NewTicket(t)
	if last, ok := h.day.LastActOn(t.ID); ok && !h.Now().After(last.Until) {
		seen.Undo = &wire.Undo{Act: last.Kind, Label: t.Label(), Until: last.Until}
	}
	reply.Ticket = &seen
	return reply, nil
}

func (h *house) Welcomed(mode string, persons int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.apply(queue.Fact{Kind: queue.Welcomed, Mode: mode, Persons: persons})
}

func (h *house) Public() (wire.Public, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var v wire.Public
	for _, s := range smallSite().Services {
		v.Services = append(v.Services, wire.Line{Service: s.Key, Open: s.Key != "orientation", Waiting: len(h.day.Waiting(s.Key)), Full: s.Key == "evoluer"})
	}
	return v, true
}

func (h *house) Print(_ context.Context, s Slip) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.slips = append(h.slips, s)
	if h.troubled != nil {
		return h.troubled
	}
	return h.failed
}

func (h *house) Hub() bool { h.mu.Lock(); defer h.mu.Unlock(); return !h.away }

func (h *house) Age() time.Duration { return 0 }

// desk is the role at work on a simulated terminal.
type desk struct {
	*screentest.Driver
	t     *testing.T
	house *house
	role  *Role
}

func atDesk(t *testing.T, printer bool, test func(*desk)) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{t: t, house: newHouse()}
		o := Options{Site: smallSite(), Say: book(t).In("fr"), Line: d.house, Post: func(f func()) bool { return d.Shell().Post(f) }}
		if printer {
			o.Printer = d.house
		}
		d.role = New(o)
		t.Cleanup(d.role.Close)
		d.Driver = screentest.Start(t, d.role, 100, 30)
		test(d)
	})
}

// press types keys and waits until everything they caused is on the screen.
func (d *desk) press(keys string) {
	for _, k := range keys {
		d.Advance(time.Second)
		d.Type(string(k))
		d.Advance(200 * time.Millisecond)
	}
}

func (d *desk) enter() {
	d.Advance(time.Second)
	d.Key(tcell.KeyEnter)
	d.Advance(200 * time.Millisecond)
}

func TestOneKeyATicket(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.See("Un chiffre donne un ticket")
		d.press("4")
		d.See("0 personne avant")
		d.press("4")
		d.See("1 personne avant")
		if got := d.house.orders; len(got) != 2 || got[0].Service != "creer" || got[0].Language != "fr" || got[0].Press == got[1].Press {
			d.t.Errorf("ordered %+v", got)
		}
		if got := d.role.last.Label; got != "C 002" {
			d.t.Errorf("label %s", got)
		}
	})
}

// TestAFullServiceIsSaidAndStillGiven: kiosks give no more tickets; at the reception
// somebody decides.
func TestAFullServiceIsSaidAndStillGiven(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.See("complet · 0 attend")
		d.press("2")
		d.See("complet · 1 attend")
		if got := d.house.orders; len(got) != 1 || got[0].Service != "evoluer" {
			d.t.Errorf("ordered %+v", got)
		}
	})
}

func TestAHeldKeyGivesOneTicket(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.Advance(time.Second)
		for range 20 {
			d.Type("4")
			d.Advance(30 * time.Millisecond)
		}
		if got := len(d.house.orders); got != 1 {
			d.t.Errorf("%d tickets", got)
		}
	})
}

func TestPriorityPersonsAndLanguageAreForOneTicket(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("pn3")
		d.enter()
		d.press("l1")
		d.See("Prochain ticket : priorité 1 · 3 personnes · arabe")
		d.press("1")
		d.See("Prochain ticket : ordinaire")
		d.press("1")
		first, second := d.house.orders[0], d.house.orders[1]
		if first.Level != 1 || first.Persons != 3 || first.Language != "ar" || second.Level != 0 || second.Persons != 0 || second.Language != "fr" {
			d.t.Errorf("%+v and %+v", first, second)
		}
		if got := d.house.day.Ticket(d.house.day.Waiting("travailler")[0].ID); got.Persons != 3 {
			d.t.Errorf("%+v", got)
		}
	})
}

func TestNoTicketForAClosedService(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("3")
		d.See("fermé")
		if len(d.house.orders) != 0 {
			d.t.Errorf("ordered %+v", d.house.orders)
		}
	})
}

func TestWhatKeepsATicketFromBeingGiven(t *testing.T) {
	for err, want := range map[error]string{
		uplink.ErrNotReady: "n'a pas encore rencontré la file", queue.DayIsClosed: "La journée est terminée",
		fmt.Errorf("%w: disk", uplink.NotSaved): "Rien n'a pu être enregistré",
	} {
		atDesk(t, false, func(d *desk) {
			d.house.failed = err
			d.press("4")
			d.See(want)
			if d.role.last != nil {
				d.t.Error("a ticket is shown all the same")
			}
		})
	}
}

func TestWithoutHubTicketsGoOn(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.house.mu.Lock()
		d.house.away = true
		d.house.mu.Unlock()
		d.press("4")
		if d.role.last == nil {
			d.t.Error("no ticket")
		}
		d.enter()
		d.See("La file ne répond pas")
	})
}

func TestCountingWithoutTickets(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("+++-")
		d.See("Retiré : il reste 2 passages.")
		d.press("g2")
		d.press("24")
		d.enter()
		d.See("Compté : une classe de 24 personnes.")
		if f := d.house.day.Footfall()[10]; f.Welcomed != 26 || f.Groups != 1 {
			d.t.Errorf("%+v", f)
		}
		d.press("-")
		d.See("Retiré : une classe de 24 personnes.")
		if f := d.house.day.Footfall()[10]; f.Welcomed != 2 || f.Groups != 0 {
			d.t.Errorf("taken back: %+v", f)
		}
		d.Advance(time.Hour)
		d.press("-")
		d.See("Il n'y a rien à retirer")
	})
}

func TestFindAndPutRight(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("4")
		code := string(d.role.last.Code)
		d.press("c")
		d.press("c1")
		d.enter()
		d.See("pôle Créer · attend")
		d.press("11")
		d.See("attend maintenant au pôle Travailler")
		d.Key(tcell.KeyEscape)
		d.press("c" + code)
		d.enter()
		d.See("pôle Travailler · attend")
		d.press("31")
		d.See("C 001 : annulé.")
		d.See("Touche Z : revenir en arrière")
		d.NotSee("Il n'y a rien à faire sur ce ticket ici.")
		d.press("z")
		d.See("C 001 : c'est comme avant.")
		d.press("z")
		d.See("▲ Pas de retour en arrière : rien n'a été fait à ce ticket")
		d.press("42")
		d.See("C 001 : priorité 1.")
		if w := d.house.day.Waiting("travailler"); len(w) != 1 || w[0].Level != 1 {
			d.t.Errorf("waiting: %+v", w)
		}
		d.Advance(queue.UndoWithin)
		d.press("z")
		d.See("▲ Pas de retour en arrière : rien n'a été fait à ce ticket")
		d.Key(tcell.KeyEscape)
		d.press("cx9x")
		d.enter()
		d.See("ni un numéro comme C 042")
	})
}

func TestTheLastTicketIsOneKeyAway(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("4")
		d.enter()
		d.See("pôle Créer · attend")
		d.press("2")
		d.See("C 001 : noté parti.")
	})
}

func TestSomebodyAbsentIsBack(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("4")
		h := d.house
		h.mu.Lock()
		for _, a := range []queue.Ask{{Do: queue.DoOpenDesk, Services: []string{"creer"}}, {Do: queue.DoCall}, {Do: queue.DoNoShow}} {
			a.Desk = "bureau-5"
			facts, err := h.day.Decide(a, h.Now())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range facts {
				h.apply(f)
			}
		}
		h.mu.Unlock()
		d.enter()
		d.See("noté absent")
		d.press("1")
		d.See("C 001 : attend de nouveau, à sa place.")
	})
}

func TestPaper(t *testing.T) {
	atDesk(t, true, func(d *desk) {
		d.press("4r")
		d.See("C 001 : envoyé à l'imprimante.")
		if got := d.house.slips; len(got) != 2 || got[0].Code == "" || got[0].Label != "C 001" || got[1] != got[0] {
			d.t.Errorf("printed %+v", got)
		}
	})
	atDesk(t, false, func(d *desk) {
		d.press("4r")
		d.See("Ce poste n'a pas d'imprimante.")
	})
}

// TestWhatWasSaidEndsWithItsPage: a sentence about a ticket stays off the pages that
// have nothing to do with it; what is said on the way to a page stays.
func TestWhatWasSaidEndsWithItsPage(t *testing.T) {
	atDesk(t, false, func(d *desk) {
		d.press("4")
		d.enter()
		d.press("z")
		d.See("▲ Pas de retour en arrière")
		d.Key(tcell.KeyEscape)
		d.NotSee("Pas de retour en arrière")
		d.press("g2")
		d.press("8")
		d.enter()
		d.See("Compté : une classe de 8 personnes.")
		d.press("g")
		d.NotSee("Compté :")
		d.Key(tcell.KeyEscape)
		d.press("-")
		d.See("Retiré : une classe de 8 personnes.")
	})
}
