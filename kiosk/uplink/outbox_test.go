package uplink

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

func TestTwoHundredFactsWrittenAloneArriveInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		h.line.fall()
		for range 70 {
			u.Began("fr")
			issue(t, u, creer)
		}
		synctest.Wait()
		if n := u.Unsent(); n != 210 {
			t.Errorf("%d facts are unsent, not 210", n)
		}
		before := len(h.seen)
		h.meet()
		if n := u.Unsent(); n != 0 {
			t.Errorf("%d facts are unsent after the hub was there", n)
		}
		if n := len(h.seen[before].Facts); n != 0 {
			t.Errorf("the first message after a reconnection carries %d facts instead of a question", n)
		}
		for _, m := range h.seen {
			if size := len(wire.Encode(m)); size > wire.MaxPayload {
				t.Errorf("a message of %d bytes", size)
			}
		}
		if n := len(h.tickets()); n != 70 {
			t.Errorf("%d tickets at the hub", n)
		}
		h.odds()
	})
}

func TestLongFactsTravelInSmallerMessages(t *testing.T) {
	long := make([]queue.Fact, wire.MaxFacts)
	key := fmt.Sprintf("%064d", 1)
	for i := range long {
		long[i] = queue.Fact{Kind: queue.Issued, Seq: uint64(i + 1), Service: key, Question: key, Topic: key,
			Desk: key, Reason: key, Request: key, Boot: key, Sensor: key, Ticket: queue.TicketID(key), Language: key}
	}
	m := fitting(wire.Facts{V: 1, Facts: long})
	if size := len(wire.Encode(m)); size > wire.MaxPayload || len(m.Facts) < 25 {
		t.Errorf("%d facts in %d bytes", len(m.Facts), size)
	}
}

// TestABadNetwork loses, repeats, delays and reorders messages of both
// directions and cuts the line; in the end the hub has everything once.
func TestABadNetwork(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { synctest.Test(t, func(t *testing.T) { badNetwork(t, seed) }) })
	}
}

func badNetwork(t *testing.T, seed uint64) {
	h := newHub(t)
	u, _ := begin(t, h.kiosk(t.TempDir()))
	h.meet()
	chance := rand.New(rand.NewPCG(seed, 1))
	h.network(func(bool, int) []delay { // called under the hub's lock
		copies := []delay{}
		for range []int{0, 1, 1, 1, 2}[chance.IntN(5)] {
			copies = append(copies, time.Duration(chance.IntN(900))*time.Millisecond)
		}
		return copies
	})
	var papers []Ticket
	for i := range 30 {
		u.Asked("start", "fr")
		papers = append(papers, issue(t, u, creer))
		switch i % 10 {
		case 3:
			h.line.fall()
		case 6:
			h.line.rise()
		}
	}
	for range 20 {
		h.beat()
		time.Sleep(wire.BeatEvery)
		synctest.Wait()
	}
	if n := u.Unsent(); n != 0 {
		t.Errorf("%d facts are unsent", n)
	}
	h.network(nil)
	h.odds()
	theirs := h.tickets()
	if len(theirs) != len(papers) {
		t.Fatalf("%d tickets at the hub, %d on paper", len(theirs), len(papers))
	}
	for i, paper := range papers {
		if theirs[i].Code != paper.Code || theirs[i].Printed != paper.Label {
			t.Errorf("ticket %d: %s %s on paper, %s %s at the hub", i, paper.Code, paper.Label, theirs[i].Code, theirs[i].Printed)
		}
	}
}

func TestOldAndForeignAcksChangeNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		issue(t, u, creer)
		rested()
		id := u.store.id()
		acks := u.options.topic(wire.LeafAcks)
		for _, a := range []wire.Ack{
			{V: 1, Journal: id, Last: 1, Series: "BF"}, {V: 1, Journal: id, Last: 3}, {V: 1, Journal: id, Last: 3},
			{V: 1, Journal: "another", Last: 99, Series: "ZX"}, {V: 1, Journal: id, Last: 2}, {V: 1, Journal: id, Series: "no series"},
		} {
			h.send(acks, wire.Encode(a), false)
		}
		time.Sleep(time.Second)
		rested()
		if got := u.store.id(); got != id || u.Unsent() != 0 {
			t.Errorf("journal %s, %d unsent", got, u.Unsent())
		}
		if next := issue(t, u, creer); next.Label != "C 002" {
			t.Errorf("next: %+v", next)
		}
		h.odds()
	})
}

func TestARestoredHubGetsItsFactsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		issue(t, u, creer)
		synctest.Wait()
		had := len(h.facts)
		issue(t, u, creer)
		issue(t, u, creer)
		synctest.Wait()
		h.restore(had)
		h.send(h.topic(wire.NameState), wire.Encode(wire.State{V: 1, Online: true, Boot: "second"}), true)
		time.Sleep(time.Second)
		synctest.Wait()
		if n := len(h.tickets()); n != 3 {
			t.Errorf("%d tickets at the hub", n)
		}
		h.odds()
	})
}

func TestFactsForgottenAreNotWaitedForForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		issue(t, u, creer)
		id := u.store.id()
		stop()
		time.Sleep((keepDays + 2) * 24 * time.Hour)
		synctest.Wait()
		u, _ = begin(t, h.kiosk(dir))
		h.meet()
		time.Sleep(2 * lookEvery) // the month-old facts go
		synctest.Wait()
		h.line.fall()
		recent := issue(t, u, creer)
		if _, facts, err := u.store.after(0, 10); err != nil || len(facts) != 2 {
			t.Fatalf("%d facts are kept, %v", len(facts), err)
		}
		h.restore(0)
		h.meet()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if u.store.id() == id {
			t.Error("the journal is still the one whose beginning is gone")
		}
		theirs := h.tickets()
		if len(theirs) != 1 || theirs[0].Code != recent.Code || theirs[0].Printed != recent.Label || u.Unsent() != 0 {
			t.Errorf("at the hub: %d tickets, unsent %d", len(theirs), u.Unsent())
		}
		h.odds()
	})
}

func TestUnbroken(t *testing.T) {
	facts := []queue.Fact{{No: 4}, {No: 5}, {No: 7}}
	if got := unbroken(facts, 3); len(got) != 2 {
		t.Errorf("%v", got)
	}
	if got := unbroken(facts, 2); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestPausesGrowAndKiosksDoNotComeTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		begin(t, h.kiosk(t.TempDir()))
		var asked []time.Time
		h.network(func(toHub bool, n int) []delay {
			if toHub && n > 0 { // the first is the state
				asked = append(asked, time.Now())
			}
			return nil
		})
		h.line.rise()
		time.Sleep(20 * time.Second)
		synctest.Wait()
		h.network(nil)
		var pauses []time.Duration
		for i := range asked[1:] {
			pauses = append(pauses, asked[i+1].Sub(asked[i]))
		}
		if longest := slices.Max(pauses); longest > lastPause*5/4 || len(asked) < 8 || len(asked) > 16 {
			t.Errorf("asked %d times, pauses %v", len(asked), pauses)
		}
	})
}

// TestFactsTravelTogether holds the messages of a rush: the handing over of one
// ticket goes with the next ticket, and only the last goes alone.
func TestFactsTravelTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		for range 3 {
			issue(t, u, creer)
		}
		rested()
		var got []string
		for _, m := range h.seen {
			kinds := ""
			for _, f := range m.Facts {
				kinds += string(f.Kind) + " "
			}
			if kinds != "" {
				got = append(got, kinds)
			}
		}
		want := []string{"joined ", "issued ", "handed issued ", "handed issued ", "handed "}
		if !slices.Equal(got, want) {
			t.Errorf("messages %q, want %q", got, want)
		}
	})
}

// TestATicketDoesNotRest is a ticket right after footfall that may wait.
func TestATicketDoesNotRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		u.Began("fr")
		u.Asked("start", "fr")
		synctest.Wait()
		if u.Unsent() != 2 {
			t.Errorf("%d facts wait, want 2", u.Unsent())
		}
		began := time.Now()
		if ticket := issue(t, u, creer); ticket.Own || time.Since(began) > 0 {
			t.Errorf("%+v after %s", ticket, time.Since(began))
		}
	})
}

// TestAFactOnItsWayIsNobodysWorry keeps the coordinator from hearing of every
// fact that the hub does not have yet, and has it hear of those that do not get through.
func TestAFactOnItsWayIsNobodysWorry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		before := h.heard()
		for range 40 {
			issue(t, u, creer)
			time.Sleep(3 * lull)
		}
		if state := h.line.state(t, u.options.topic(wire.LeafState)); state.Unsent != 0 {
			t.Errorf("said %d unsent", state.Unsent)
		}
		if n := h.heard() - before; n > 85 { // two a ticket and some words between
			t.Errorf("%d messages for 40 tickets", n)
		}
		h.network(func(toHub bool, n int) []delay {
			if toHub {
				return nil
			}
			return []delay{0}
		})
		u.Began("fr")
		time.Sleep(4 * lookEvery)
		if state := h.line.state(t, u.options.topic(wire.LeafState)); state.Unsent != 1 {
			t.Errorf("said %d unsent while nothing gets through", state.Unsent)
		}
	})
}
