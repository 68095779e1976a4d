package floor_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/floor"
	"accueil/internal/calendar"
	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

func centre() *site.Site {
	text := func(s string) site.Text { return site.Text{"fr": s, "en": s} }
	hours := calendar.Rules{Weekly: []calendar.Weekly{{
		Days: []calendar.Weekday{2, 3, 4, 5}, Open: []calendar.Span{{From: 600, To: 1080}},
	}}}
	s := &site.Site{
		Key: "villette", Zone: "Europe/Paris", Languages: []string{"fr", "en"}, Name: text("Cité des métiers"),
		PublicURL: "http://127.0.0.1:8080", Closes: 20 * 60, HeadStart: []int{10}, LastTicket: 10, Hours: hours,
	}
	for i, key := range []string{"creer", "travailler"} {
		s.Services = append(s.Services, site.Service{
			Key: key, Letter: []string{"C", "T"}[i], Name: text(key), Hours: hours,
			Topics: []site.Topic{{Key: "statut", Text: text("statut")}},
		})
	}
	for i := range 10 {
		s.Desks = append(s.Desks, site.Desk{Key: fmt.Sprint(i + 1), Label: fmt.Sprint(i + 1), Services: []string{"creer", "travailler"}})
	}
	s.Questions = []site.Question{{Key: "demarrer", Text: text("Je ne sais pas par où commencer"), Service: "creer"}}
	return s
}

// tuesday is 10:00 in Paris on a day on which the centre is open.
var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// paris has no summer time in these tests, which are in winter.
var paris = time.FixedZone("CET", 3600)

// house is a running floor on a real journal, inside a synctest bubble.
type house struct {
	t     *testing.T
	floor *floor.Floor
	disk  *disk
	path  string
	stop  func()
	ended chan struct{}
	shift atomic.Int64 // what the site's clock is ahead of the bubble's
	seqs  map[string]uint64

	options func(*floor.Options) // changes them before the next start
}

// disk is the journal with a switch that makes it full.
type disk struct {
	*journal.Bolt
	mu   sync.Mutex
	full bool
	err  error // errFull when nil
}

var errFull = errors.New("no space left on device")

func (d *disk) Append(expected uint64, facts []queue.Fact) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full {
		return 0, cmp.Or(d.err, errFull)
	}
	return d.Bolt.Append(expected, facts)
}

func (d *disk) fill(full bool) { d.mu.Lock(); d.full = full; d.mu.Unlock() }

// inHouse runs a test in a bubble in which it is Tuesday 10:00.
func inHouse(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hub.journal")
	synctest.Test(t, func(t *testing.T) {
		h := &house{t: t, path: path, seqs: map[string]uint64{}}
		h.ahead(time.Until(tuesday))
		h.start()
		defer h.end()
		test(t, h)
	})
}

func (h *house) now() time.Time { return time.Now().Add(time.Duration(h.shift.Load())) }

// ahead sets the site's clock forward.
func (h *house) ahead(by time.Duration) { h.shift.Add(int64(by)) }

func (h *house) start() { h.startOn(false) }

// startFull starts on a disk without room.
func (h *house) startFull() { h.startOn(true) }

func (h *house) startOn(full bool) {
	h.t.Helper()
	j, err := journal.Open(h.path, journal.Options{Site: "villette"})
	if err != nil {
		h.t.Fatal(err)
	}
	h.disk = &disk{Bolt: j, full: full}
	options := floor.Options{Site: centre(), Journal: h.disk, Now: h.now, Log: slog.New(slog.DiscardHandler)}
	if h.options != nil {
		h.options(&options)
	}
	h.floor, err = floor.New(options)
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.t.Context())
	h.ended = make(chan struct{})
	go func() { h.floor.Run(ctx); close(h.ended) }()
	h.stop = cancel
	synctest.Wait()
}

func (h *house) end() {
	h.stop()
	<-h.ended
	if err := h.disk.Check(); err != nil {
		h.t.Error(err)
	}
	h.disk.Close()
}

func (h *house) restart() { h.end(); h.start() }

// issue is one ticket of a kiosk as it goes over the wire.
func (h *house) issue(kiosk, service string) queue.Fact {
	h.seqs[kiosk]++
	seq := h.seqs[kiosk]
	return queue.Fact{
		Kind: queue.Issued, Seq: seq, Day: queue.DateOf(h.now(), paris), At: h.now(), Ticket: queue.NewTicketID(kiosk, seq),
		Code: queue.NewCode(), Label: queue.OwnLabel("C", "BK", int(seq)), Service: service, Question: "demarrer", Language: "fr",
	}
}

func (h *house) message(kiosk string, facts ...queue.Fact) wire.Facts {
	return wire.Facts{
		V: 1, Source: queue.Source{Site: "villette", Terminal: kiosk, Journal: kiosk}, Sent: h.now(), Facts: facts,
	}
}

// hear sends facts and gives the answer; nil when there was none.
func (h *house) hear(kiosk string, facts ...queue.Fact) *wire.Ack {
	return h.say(h.message(kiosk, facts...))
}

func (h *house) say(m wire.Facts) *wire.Ack {
	var ack *wire.Ack
	h.floor.Hear(m, func(a wire.Ack) { ack = &a })
	synctest.Wait()
	return ack
}

func (h *house) take(service string) wire.Given {
	h.t.Helper()
	ack := h.hear("k1", h.issue("k1", service))
	if ack == nil || len(ack.Tickets) != 1 {
		h.t.Fatalf("answer %+v", ack)
	}
	return ack.Tickets[0]
}

func (h *house) ask(role string, a queue.Ask) wire.Reply {
	if a.ID == "" {
		a.ID = fmt.Sprint(a.Do, "-", h.disk.Last(), "-", a.Desk)
	}
	return h.request(role, wire.Request{V: 1, Ask: a})
}

func (h *house) request(role string, r wire.Request) (reply wire.Reply) {
	h.floor.Ask(role, r, func(answer wire.Reply) { reply = answer })
	synctest.Wait()
	return reply
}

func (h *house) adviser(do queue.Deed, desk string) wire.Reply {
	return h.ask(wire.RoleAdviser, queue.Ask{Do: do, Desk: desk, Services: []string{"creer"}})
}

func (h *house) day(read func(*queue.Day)) {
	h.t.Helper()
	if err := h.floor.Look(h.t.Context(), func(s floor.Sight) { read(s.Day) }); err != nil {
		h.t.Fatal(err)
	}
}

func TestAVisit(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		given := h.take("creer")
		if given.Label != "C 001" || given.Ahead != 0 || given.Wait != nil {
			t.Fatalf("given %+v", given)
		}
		h.adviser(queue.DoOpenDesk, "5")
		for _, do := range []queue.Deed{queue.DoCall, queue.DoStart, queue.DoFinish} {
			r := h.adviser(do, "5")
			if r.Refused != "" || r.Ticket == nil || r.Ticket.Label != "C 001" {
				t.Fatalf("%s: %+v", do, r)
			}
		}
		h.day(func(d *queue.Day) {
			if d.Book("creer").In(queue.Served) != 1 || len(d.Odds()) != 0 || len(d.Check()) != 0 {
				t.Errorf("book %+v odds %v", d.Book("creer"), d.Odds())
			}
		})
	})
}

func TestTwoDesksNeverCallOneTicket(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		for range 10 {
			h.take("creer")
		}
		called := make(chan wire.Reply, 10)
		for i := range 10 {
			h.adviser(queue.DoOpenDesk, fmt.Sprint(i+1))
		}
		for i := range 10 { // all at once, before any is decided
			a := queue.Ask{ID: fmt.Sprint("call", i), Do: queue.DoCall, Desk: fmt.Sprint(i + 1)}
			go h.floor.Ask(wire.RoleAdviser, wire.Request{V: 1, Ask: a}, func(r wire.Reply) { called <- r })
		}
		seen := map[queue.Label]string{}
		for range 10 {
			r := <-called
			if r.Ticket == nil || seen[r.Ticket.Label] != "" {
				t.Fatalf("reply %+v; already called: %v", r, seen)
			}
			seen[r.Ticket.Label] = r.Ticket.Desk
		}
	})
}

func TestTheSameRequestIsCarriedOutOnce(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.take("creer")
		h.adviser(queue.DoOpenDesk, "5")
		call := queue.Ask{ID: "once", Do: queue.DoCall, Desk: "5"}
		first := h.ask(wire.RoleAdviser, call)
		h.restart() // even if the hub died before its answer arrived
		again := h.ask(wire.RoleAdviser, call)
		if first.Ticket.Label != "C 001" || again.Refused != "" || again.Ticket.Label != first.Ticket.Label {
			t.Fatalf("first %+v, again %+v", first.Ticket, again)
		}
		h.day(func(d *queue.Day) {
			if n := len(d.Calls()); n != 1 {
				t.Errorf("%d calls, want 1", n)
			}
		})
	})
}

func TestARefusalStaysARefusal(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.adviser(queue.DoOpenDesk, "5")
		call := queue.Ask{ID: "early", Do: queue.DoCall, Desk: "5"}
		if r := h.ask(wire.RoleAdviser, call); r.Refused != queue.NobodyWaits {
			t.Fatalf("reply %+v", r)
		}
		h.take("creer")
		if r := h.ask(wire.RoleAdviser, call); r.Refused != queue.NobodyWaits {
			t.Fatalf("sent again, the refused request was carried out: %+v", r)
		}
	})
}

// TestACallIsNotRungOutLater has a request reach the hub after its adviser has
// given it up: it is not carried out, and says so. One carried out in time
// still gets its answer.
func TestACallIsNotRungOutLater(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.adviser(queue.DoOpenDesk, "5")
		ask := func(id string, until time.Time) (reply wire.Reply) {
			r := wire.Request{V: 1, Ask: queue.Ask{ID: id, Do: queue.DoCall, Desk: "5"}, Until: until}
			h.floor.Ask(wire.RoleAdviser, r, func(r wire.Reply) { reply = r })
			synctest.Wait()
			return reply
		}
		if r := ask("old", h.now().Add(-time.Second)); r.Refused != "refused.too-late" {
			t.Fatalf("reply %+v", r)
		}
		until := h.now().Add(time.Second)
		if r := ask("new", until); r.Ticket == nil {
			t.Fatalf("reply %+v", r)
		}
		time.Sleep(time.Minute)
		if r := ask("new", until); r.Ticket == nil || r.Ticket.Label != "C 001" {
			t.Fatalf("asked again later: %+v", r)
		}
	})
}

// TestAPressOfBeforeTheStartIsNotCarriedOut: nobody knows what the hub of before
// said to it, unless it was carried out.
func TestAPressOfBeforeTheStartIsNotCarriedOut(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.adviser(queue.DoOpenDesk, "5")
		ask := func(id string, do queue.Deed, until time.Time) (reply wire.Reply) {
			r := wire.Request{V: 1, Ask: queue.Ask{ID: id, Do: do, Desk: "5"}, Until: until}
			h.floor.Ask(wire.RoleAdviser, r, func(r wire.Reply) { reply = r })
			synctest.Wait()
			return reply
		}
		until := h.now().Add(wire.AskGood)
		if r := ask("refused", queue.DoFinish, until); r.Refused == "" {
			t.Fatalf("reply %+v", r)
		}
		if r := ask("called", queue.DoCall, until); r.Ticket == nil {
			t.Fatalf("reply %+v", r)
		}
		h.adviser(queue.DoStart, "5")
		time.Sleep(time.Second)
		h.restart()
		if r := ask("refused", queue.DoFinish, until); r.Refused != "refused.too-late" {
			t.Errorf("what was refused before the start: %+v", r)
		}
		if r := ask("called", queue.DoCall, until); r.Ticket == nil || r.Ticket.Label != "C 001" {
			t.Errorf("what was carried out before the start: %+v", r)
		}
		if r := ask("new", queue.DoFinish, h.now().Add(wire.AskGood)); r.Refused != "" {
			t.Errorf("what is pressed after it: %+v", r)
		}
	})
}

func TestFactsRepeatedReorderedAndMissing(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		var facts []queue.Fact
		for range 6 {
			facts = append(facts, h.issue("k1", "creer"))
		}
		for _, step := range []struct {
			name string
			send []queue.Fact
			last uint64
		}{
			{"ahead of the others", facts[3:5], 0},
			{"the first", facts[:2], 2},
			{"repeated", facts[:2], 2},
			{"a gap", facts[4:], 2},
			{"overlapping", facts[1:], 6},
			{"nothing: where are you?", nil, 6},
		} {
			ack := h.hear("k1", step.send...)
			if ack == nil || ack.Last != step.last {
				t.Fatalf("%s: %+v, want last %d", step.name, ack, step.last)
			}
		}
		again := h.hear("k1", facts[0]) // the answer was lost: the same number again
		if again.Tickets[0].Label != "C 001" {
			t.Errorf("the same ticket got %+v", again.Tickets[0])
		}
		h.day(func(d *queue.Day) {
			if b := d.Book("creer"); b.Issued != 6 || len(d.Odds()) != 0 {
				t.Errorf("book %+v odds %v", b, d.Odds())
			}
		})
	})
}

func TestAFullDiskLosesNothingAndSaysSo(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.adviser(queue.DoOpenDesk, "5")
		h.disk.fill(true)
		lost := h.issue("k1", "creer")
		if ack := h.hear("k1", lost); ack != nil {
			t.Fatalf("an answer for what was not saved: %+v", ack)
		}
		if r := h.adviser(queue.DoCall, "5"); r.Refused != "refused.not-saved" {
			t.Fatalf("reply %+v", r)
		}
		h.disk.fill(false)
		if ack := h.hear("k1", lost); ack == nil || ack.Tickets[0].Label != "C 002" {
			t.Fatalf("after the disk is free again: %+v", ack)
		}
		if r := h.adviser(queue.DoCall, "5"); r.Ticket == nil || r.Ticket.Label != "C 001" {
			t.Fatalf("reply %+v", r)
		}
	})
}

// TestWhatWasNotSavedIsNotDoneLater: the network brings a request again after
// its adviser was told that it was not carried out; and what was carried out
// before is not denied because others find no room.
func TestWhatWasNotSavedIsNotDoneLater(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		open := queue.Ask{ID: "before", Do: queue.DoOpenDesk, Desk: "5", Services: []string{"creer"}}
		h.ask(wire.RoleAdviser, open)
		h.disk.fill(true)
		call := queue.Ask{ID: "press", Do: queue.DoCall, Desk: "5"}
		var replies []wire.Reply
		for _, a := range []queue.Ask{call, open, call} { // may share a commit
			h.floor.Ask(wire.RoleAdviser, wire.Request{V: 1, Ask: a}, func(r wire.Reply) { replies = append(replies, r) })
		}
		synctest.Wait()
		h.disk.fill(false)
		replies = append(replies, h.ask(wire.RoleAdviser, call))
		for i, want := range []queue.Refusal{"refused.not-saved", "", "refused.not-saved", "refused.not-saved"} {
			if replies[i].Refused != want {
				t.Errorf("reply %d: %q, want %q", i, replies[i].Refused, want)
			}
		}
		if r := h.adviser(queue.DoCall, "5"); r.Ticket == nil || r.Ticket.Label != "C 001" {
			t.Errorf("a new press: %+v", r)
		}
	})
}

// TestABrokenJournalEndsTheFloor gives way to a new start instead of refusing
// everybody for ever.
func TestABrokenJournalEndsTheFloor(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.disk.fill(true)
		h.disk.err = journal.ErrBroken
		h.floor.Ask(wire.RoleAdviser, wire.Request{V: 1, Ask: queue.Ask{ID: "press", Do: queue.DoOpenDesk, Desk: "5", Services: []string{"creer"}}},
			func(r wire.Reply) { t.Errorf("a reply about what may or may not be saved: %+v", r) })
		if ack := h.hear("k1", h.issue("k1", "creer")); ack != nil {
			t.Fatalf("an answer for what was not saved: %+v", ack)
		}
		<-h.ended
		if err := h.floor.Look(t.Context(), func(floor.Sight) {}); !errors.Is(err, floor.ErrStopped) {
			t.Errorf("a stopped floor answers %v", err)
		}
	})
}

func TestLateTicketIsVoidInItsOwnDay(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		late, other := h.issue("k1", "creer"), h.issue("k2", "creer")
		h.ahead(24 * time.Hour)
		time.Sleep(2 * time.Second) // the clock is looked at
		ack := h.hear("k1", late)
		if ack.Last != 1 || !ack.Tickets[0].Void {
			t.Fatalf("answer %+v", ack)
		}
		if again := h.hear("k1", late); !again.Tickets[0].Void {
			t.Fatalf("asked again: %+v", again.Tickets[0])
		}
		other.Day = "2031-01-01" // a clock gone wrong; the person stands here now
		if ack := h.hear("k2", other); ack.Tickets[0].Label != "C 001" {
			t.Fatalf("dated in the future: %+v", ack)
		}
		yesterday := queue.NewDay("2026-11-24", queue.Rules{})
		h.disk.Day("2026-11-24", func(f queue.Fact) error { yesterday.Apply(f); return nil })
		if b := yesterday.Book("creer"); b.In(queue.Void) != 1 || !yesterday.Closed {
			t.Errorf("yesterday: closed %v, book %+v", yesterday.Closed, b)
		}
	})
}

func TestTheDayClosesAtItsHourAndCountersGoOn(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.floor.Count("door", wire.Count{V: 1, Boot: "b", In: 100})
		h.ahead(10 * time.Hour) // 20:00
		time.Sleep(2 * time.Second)
		h.day(func(d *queue.Day) {
			if !d.Closed || d.Book("creer").In(queue.Gone) != 1 {
				t.Errorf("closed %v, book %+v", d.Closed, d.Book("creer"))
			}
		})
		h.ahead(14 * time.Hour) // 10:00 the next day
		time.Sleep(2 * time.Second)
		h.restart()
		h.floor.Count("door", wire.Count{V: 1, Boot: "b", In: 107})
		h.day(func(d *queue.Day) {
			if d.Date != "2026-11-25" || d.Footfall()[10].In != 7 {
				t.Errorf("day %s, in %d, want 7 since the total was brought forward", d.Date, d.Footfall()[10].In)
			}
		})
	})
}

func TestUnknownKeysStayOutOfTheJournal(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		before := h.disk.Last()
		for _, a := range []queue.Ask{
			{Do: queue.DoOpenDesk, Desk: "77", Services: []string{"creer"}},
			{Do: queue.DoOpenDesk, Desk: "5", Services: []string{"cuisine"}},
			{Do: queue.DoReceive, Desk: "5", Question: "Jean Dupont"},
			{Do: queue.DoReceive, Desk: "5", Question: "unheard-of"},
			{Do: queue.DoFinish, Desk: "5", Topic: "unheard-of"},
			{ID: "with blanks", Do: queue.DoCall, Desk: "5"},
		} {
			if r := h.ask(wire.RoleAdviser, a); r.Refused == "" {
				t.Errorf("%+v was carried out", a)
			}
		}
		if h.disk.Last() != before {
			t.Error("a refused request left a fact")
		}
	})
}

func TestAWrongClockDoesNotJumpTheQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		honest := h.take("creer").Ticket
		time.Sleep(time.Minute)
		wrong := h.issue("k2", "creer")
		m := h.message("k2", wrong)
		m.Sent, m.Facts[0].At = m.Sent.Add(-3*time.Hour), wrong.At.Add(-3*time.Hour)
		h.say(m)
		h.day(func(d *queue.Day) {
			if first := d.Waiting("creer")[0].ID; first != honest {
				t.Error("a kiosk whose clock is three hours slow overtook somebody who came before")
			}
		})
	})
}

func TestViewsAreSmall(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		for range 20 {
			var facts []queue.Fact
			for range wire.MaxFacts {
				facts = append(facts, h.issue("k1", "creer"))
			}
			h.hear("k1", facts...)
		}
		for i := range 10 {
			desk := fmt.Sprint(i + 1)
			h.adviser(queue.DoOpenDesk, desk)
			for range 6 {
				h.adviser(queue.DoCall, desk)
				h.adviser(queue.DoStart, desk)
				h.adviser(queue.DoPark, desk)
			}
			h.adviser(queue.DoCall, desk)
			h.adviser(queue.DoNoShow, desk)
			h.adviser(queue.DoCall, desk)
		}
		time.Sleep(time.Second)
		v := <-h.floor.Views()
		if n := len(wire.Encode(v.Public)); n > wire.MaxPublic {
			t.Errorf("public view has %d bytes", n)
		}
		if n := len(wire.Encode(v.Services[0])); n > wire.MaxService {
			t.Errorf("service view has %d bytes", n)
		}
		if v.Public.Services[0].Waiting != 1920 || len(v.Services[0].Tickets) != 5 || len(v.Public.Calls) != wire.MaxCalls {
			t.Errorf("waiting %d, shown %d, calls %d", v.Public.Services[0].Waiting, len(v.Services[0].Tickets), len(v.Public.Calls))
		}
	})
}

func TestContentComesInParts(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		s := centre()
		pack, err := site.Pack(s)
		if err != nil {
			t.Fatal(err)
		}
		ask := wire.Request{V: 1, Ask: queue.Ask{ID: "c", Do: wire.DoContent}, Version: site.Version(pack)}
		var reply wire.Reply
		h.floor.Ask(wire.RoleKiosk, ask, func(r wire.Reply) { reply = r })
		synctest.Wait()
		if reply.Content == nil || reply.Content.Parts != 1 || string(reply.Content.Data) != string(pack) {
			t.Errorf("reply %+v", reply)
		}
		ask.Part = 1
		h.floor.Ask(wire.RoleKiosk, ask, func(r wire.Reply) { reply = r })
		synctest.Wait()
		if reply.Refused == "" {
			t.Error("a part beyond the end was given")
		}
	})
}

func TestSeriesIsGivenWithTheFirstFact(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		if ack := h.hear("k1"); ack == nil || ack.Series != "" {
			t.Fatalf("before any fact: %+v", ack)
		}
		seen := map[string]bool{}
		for i := range 50 {
			name := fmt.Sprint("k", i)
			ack := h.hear(name, queue.Fact{Kind: queue.Joined, Seq: 1, Day: queue.DateOf(h.now(), paris), At: h.now()})
			if !queue.ValidSeries(ack.Series) || seen[ack.Series] {
				t.Fatalf("%s got series %q", name, ack.Series)
			}
			seen[ack.Series] = true
		}
		h.restart()
		if ack := h.hear("k3"); !seen[ack.Series] {
			t.Errorf("after a restart: %+v", ack)
		}
	})
}

// TestTheClockWentBackWhileTheHubWasDown: the journal's time goes on, tickets
// are of the same day, and the clock counts again when it is right.
func TestTheClockWentBackWhileTheHubWasDown(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.take("creer")
		h.ahead(-50 * time.Hour)
		h.restart()
		time.Sleep(5 * time.Minute)
		at := func() (at time.Time) {
			if err := h.floor.Look(t.Context(), func(s floor.Sight) { at = s.Stamp.At }); err != nil {
				t.Fatal(err)
			}
			return at
		}
		if now := at(); now.Before(tuesday.Add(5*time.Minute)) || now.After(tuesday.Add(6*time.Minute)) {
			t.Errorf("the site's time is %s", now)
		}
		if given := h.take("creer"); given.Label != "C 002" || given.Void {
			t.Errorf("given %+v", given)
		}
		h.ahead(50 * time.Hour)
		time.Sleep(time.Hour)
		if now := at(); !now.Equal(h.now().UTC().Truncate(time.Millisecond)) {
			t.Errorf("the site's time is %s, the clock's %s", now, h.now())
		}
	})
}

// TestNoTicketThatCannotBeHonoured: in the last minutes whoever came could not
// be received before closing, and the public view says so; the coordinator's
// word puts an end to that.
func TestNoTicketThatCannotBeHonoured(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		full := func() (full bool) {
			h.floor.Republish()
			synctest.Wait()
			time.Sleep(100 * time.Millisecond)
			for _, l := range (<-h.floor.Views()).Public.Services {
				full = full || l.Service == "creer" && l.Full
			}
			return full
		}
		if full() {
			t.Error("full in the morning")
		}
		h.ahead(7*time.Hour + 55*time.Minute) // 17:55, and it closes at 18:00
		if !full() {
			t.Error("five minutes before closing tickets are still given")
		}
		h.must(wire.RoleCoordinator, queue.Ask{Do: queue.DoOpenService, Service: "creer"})
		if full() {
			t.Error("full although the coordinator keeps it open")
		}
	})
}

// TestADayOfAClockFarBehindIsNotBelieved: a kiosk that was alone with a wrong
// clock says so by when it sends, and its people are of today.
func TestADayOfAClockFarBehindIsNotBelieved(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		m := h.message("k1", h.issue("k1", "creer"))
		m.Facts[0].Day, m.Facts[0].At = "2026-11-22", m.Facts[0].At.Add(-49*time.Hour)
		m.Sent = m.Sent.Add(-48 * time.Hour)
		ack := h.say(m)
		if ack == nil || len(ack.Tickets) != 1 || ack.Tickets[0].Void {
			t.Fatalf("answer %+v", ack)
		}
		h.day(func(d *queue.Day) {
			if waiting := d.Waiting("creer"); len(waiting) != 1 || !waiting[0].Arrived.Equal(tuesday.Add(-time.Hour)) {
				t.Errorf("waiting: %+v", waiting)
			}
		})
	})
}
