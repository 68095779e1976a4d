package floor_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// copied is the journal as a backup has it now.
func (h *house) copied() []byte {
	h.t.Helper()
	var b bytes.Buffer
	if _, err := h.disk.Backup(&b); err != nil {
		h.t.Fatal(err)
	}
	return b.Bytes()
}

// replace starts the hub anew on a restored copy.
func (h *house) replace(copied []byte) {
	h.t.Helper()
	h.end()
	h.path = filepath.Join(h.t.TempDir(), "hub.journal")
	if err := journal.Restore(bytes.NewReader(copied), h.path, journal.Options{Site: "villette"}); err != nil {
		h.t.Fatal(err)
	}
	h.start()
}

// setBack starts the hub anew on an older copy of its own file, of which nobody
// told it.
func (h *house) setBack(copied []byte) {
	h.t.Helper()
	h.end()
	if err := os.WriteFile(h.path, copied, 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.start()
}

// kiosk is a kiosk as its journal is: it sends what a hub asks for.
type kiosk struct {
	house *house
	name  string
	facts []queue.Fact // all there are
	hub   string       // whose word acked is
	acked uint64
	given []queue.Label // handed over
}

func (k *kiosk) add(f queue.Fact) queue.Fact {
	f.Seq, f.Day, f.At = uint64(len(k.facts)+1), "2026-11-24", k.house.now()
	if f.Kind == queue.Issued {
		f.Ticket, f.Code, f.Language = queue.NewTicketID(k.name, f.Seq), queue.NewCode(), "fr"
	}
	k.facts = append(k.facts, f)
	return f
}

// meet asks where the hub stands and sends what it lacks.
func (k *kiosk) meet() *wire.Ack {
	ask := k.house.message(k.name)
	ask.Hub, ask.Acked = k.hub, k.acked
	k.heard(k.house.say(ask))
	if k.acked < uint64(len(k.facts)) {
		return k.heard(k.house.hear(k.name, k.facts[k.acked:]...))
	}
	return nil
}

func (k *kiosk) heard(a *wire.Ack) *wire.Ack {
	if a != nil {
		k.hub, k.acked = a.Hub, a.Last
	}
	return a
}

// issue is one ticket from the tap to the label in a hand.
func (k *kiosk) issue(service string) queue.Label {
	k.house.t.Helper()
	f := k.add(queue.Fact{Kind: queue.Issued, Service: service})
	a := k.heard(k.house.hear(k.name, k.facts[k.acked:]...))
	if a == nil || len(a.Tickets) == 0 {
		k.house.t.Fatalf("no answer to a ticket: %+v", a)
	}
	label := a.Tickets[len(a.Tickets)-1].Label
	k.add(queue.Fact{Kind: queue.Handed, Ticket: f.Ticket, Label: label})
	k.given = append(k.given, label)
	return label
}

func (h *house) kiosk(name string) *kiosk {
	k := &kiosk{house: h, name: name}
	k.add(queue.Fact{Kind: queue.Joined})
	k.meet()
	return k
}

func TestARestoredHubGoesOnBeyondAllNumbersGiven(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		k, other := h.kiosk("k1"), h.kiosk("k2")
		if label := k.issue("creer"); label != "C 001" {
			t.Errorf("first label %q", label)
		}
		k.meet()
		h.adviser(queue.DoOpenDesk, "1")
		answered := h.ask(wire.RoleAdviser, queue.Ask{ID: "call-1", Do: queue.DoCall, Desk: "1"})
		copied := h.copied()
		lost := []queue.Label{k.issue("creer"), other.issue("creer"), k.issue("travailler")}
		old := h.disk.ID()
		h.replace(copied)

		again := h.ask(wire.RoleAdviser, queue.Ask{ID: "call-1", Do: queue.DoCall, Desk: "1"})
		if again.Ticket == nil || answered.Ticket == nil || again.Ticket.ID != answered.Ticket.ID {
			t.Errorf("a request answered before the backup: %+v, then %+v", answered, again)
		}
		if h.disk.ID() == old {
			t.Error("the restored journal bears the old name")
		}
		third := h.kiosk("k3") // before the others have said anything
		if label := third.issue("creer"); label != "C 4601" {
			t.Errorf("the first label of the restored hub is %q, want C 4601", label)
		}
		if label := third.issue("travailler"); label != "T 4601" {
			t.Errorf("in another service %q, want T 4601", label)
		}
		k.meet()
		other.meet()
		third.meet()
		h.day(func(d *queue.Day) {
			if d.Restored.IsZero() {
				t.Error("nobody is told that the hub goes on from a copy")
			}
			for _, label := range lost {
				if found := d.ByLabel(label); found == nil || found.Printed != label {
					t.Errorf("%s is on paper, and the hub has %+v", label, found)
				}
			}
			if len(d.Tickets()) != 6 || len(d.Odds()) != 0 || len(d.Check()) != 0 {
				t.Errorf("%d tickets, odd %v, wrong %v", len(d.Tickets()), d.Odds(), d.Check())
			}
		})
	})
}

// A kiosk met since the backup was given a series that the restored hub must
// not give to another.
func TestSeriesOfARestoredHubAreOthers(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		series := map[string]string{}
		meet := func(name string) {
			t.Helper()
			k := h.kiosk(name)
			ack := k.house.say(k.house.message(name))
			for other, s := range series {
				if s == ack.Series && other != name {
					t.Errorf("%s and %s have the series %s", name, other, s)
				}
			}
			if had := series[name]; had != "" && had != ack.Series && name[0] == 'a' {
				t.Errorf("%s had the series %s before the backup and now has %s", name, had, ack.Series)
			}
			series[name] = ack.Series
		}
		for i := range 3 {
			meet(fmt.Sprint("a", i))
		}
		for range 3 {
			copied := h.copied()
			for i := range 4 { // only the old hub meets these
				meet(fmt.Sprint("lost-", len(series), "-", i))
			}
			h.replace(copied)
			for i := range 3 {
				meet(fmt.Sprint("new-", len(series), "-", i))
			}
		}
		for i := range 3 {
			a := h.say(h.message(fmt.Sprint("a", i)))
			if a.Series != series[fmt.Sprint("a", i)] {
				t.Errorf("a%d had the series %s and now has %s", i, series[fmt.Sprint("a", i)], a.Series)
			}
		}
	})
}

// TestAHubSetBackIsTold puts an older copy in the place of the journal; the first
// terminal that knows better has the hub go on as from any copy, once.
func TestAHubSetBackIsTold(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		k, other := h.kiosk("k1"), h.kiosk("k2")
		k.issue("creer")
		copied := h.copied()
		paper := []queue.Label{k.issue("creer"), k.issue("creer"), other.issue("creer")}
		k.meet()
		other.meet()
		name := h.disk.ID()
		h.setBack(copied)
		if h.disk.ID() != name {
			t.Fatal("nobody has told it yet")
		}
		k.meet()
		if h.disk.ID() == name {
			t.Error("the hub was told and has kept its name")
		}
		name = h.disk.ID()
		other.meet()
		if h.disk.ID() != name {
			t.Error("it has taken another name once more")
		}
		if label := k.issue("creer"); label != "C 4601" { // the papers keep their numbers
			t.Errorf("next label %q", label)
		}
		k.meet()
		h.restart()
		h.day(func(d *queue.Day) {
			for _, label := range paper {
				if found := d.ByLabel(label); found == nil || found.Printed != label {
					t.Errorf("%s is on paper, and the hub has %+v", label, found)
				}
			}
			if len(d.Odds()) != 0 || len(d.Check()) != 0 {
				t.Errorf("odd %v, wrong %v", d.Odds(), d.Check())
			}
		})
	})
}

// A disk that is full at the very first commit must not let anything come
// before the leap.
func TestNothingIsDecidedBeforeTheLeap(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		k := h.kiosk("k1")
		k.issue("creer")
		k.meet()
		copied := h.copied()
		h.replace(copied)
		h.end()
		if err := journal.Restore(bytes.NewReader(copied), h.path+"2", journal.Options{Site: "villette"}); err != nil {
			t.Fatal(err)
		}
		h.path += "2"
		h.startFull()
		k.add(queue.Fact{Kind: queue.Issued, Service: "creer"})
		if a := h.hear("k1", k.facts[k.acked:]...); a != nil {
			t.Errorf("answered without room: %+v", a)
		}
		h.disk.fill(false)
		a := h.hear("k1", k.facts[k.acked:]...)
		if a == nil || a.Tickets[0].Label != "C 4601" {
			t.Errorf("answer %+v, want C 4601", a)
		}
	})
}

// A hub restored on another day than the backup's leaps in the day it
// works in.
func TestRestoredOnTheNextDay(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		k := h.kiosk("k1")
		k.issue("creer")
		k.meet()
		copied := h.copied()
		h.ahead(24 * time.Hour)
		h.replace(copied)
		k.add(queue.Fact{Kind: queue.Issued, Service: "creer"})
		k.facts[len(k.facts)-1].Day = "2026-11-25"
		if a := h.hear("k1", k.facts[k.acked:]...); a == nil || a.Tickets[0].Label != "C 4601" {
			t.Errorf("answer %+v, want C 4601", a)
		}
		h.ahead(24 * time.Hour)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		k.add(queue.Fact{Kind: queue.Issued, Service: "creer"})
		k.facts[len(k.facts)-1].Day = "2026-11-26"
		if a := h.hear("k1", k.facts[len(k.facts)-1:]...); a == nil || a.Tickets[0].Label != "C 001" {
			t.Errorf("a day later %+v, want C 001", a)
		}
	})
}

// TestNoNumberIsGivenTwice plays any order of tickets, backups, restores, and
// terminals that are cut off, and looks for a label in two hands.
func TestNoNumberIsGivenTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		inHouse(t, func(t *testing.T, h *house) {
			h.t = t
			var kiosks []*kiosk
			hands := map[queue.Label]string{}
			copied, given := h.copied(), 0
			steps := rapid.IntRange(5, 30).Draw(r, "steps")
			for range steps {
				switch rapid.SampledFrom([]string{"issue", "issue", "issue", "issue", "meet", "join", "backup", "restore", "set back"}).Draw(r, "step") {
				case "join":
					kiosks = append(kiosks, h.kiosk(fmt.Sprint("k", len(kiosks))))
				case "backup":
					copied = h.copied()
				case "restore": // of the same copy again, too
					h.ahead(time.Duration(given/6+1) * time.Minute)
					given = 0
					h.replace(copied)
				case "set back":
					h.ahead(time.Duration(given/6+1) * time.Minute)
					given = 0
					h.setBack(copied)
					for _, k := range kiosks { // one that knows more speaks first: see design.md
						k.meet()
					}
				case "meet":
					for _, k := range kiosks {
						k.meet()
					}
				case "issue":
					if len(kiosks) == 0 {
						continue
					}
					k := kiosks[rapid.IntRange(0, len(kiosks)-1).Draw(r, "kiosk")]
					k.meet()
					label := k.issue(rapid.SampledFrom([]string{"creer", "travailler"}).Draw(r, "service"))
					if other, twice := hands[label]; twice {
						r.Fatalf("%s is in the hands of %s and of %s", label, other, k.name)
					}
					hands[label] = k.name
					given++
				}
			}
			for _, k := range kiosks {
				k.meet()
			}
			h.day(func(d *queue.Day) {
				for label := range hands {
					if found := d.ByLabel(label); found == nil || found.Printed != label {
						r.Errorf("%s is on paper, and the hub has %+v", label, found)
					}
				}
				if wrong := d.Check(); len(wrong) > 0 {
					r.Errorf("wrong: %v", wrong)
				}
			})
		})
	})
}
