package uplink

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

func stamp(journal string, fact uint64) wire.Stamp {
	return wire.Stamp{Journal: journal, Fact: fact, At: at(10, 0, 0), Day: "2026-11-24"}
}

func public(journal string, fact uint64) wire.Public {
	return wire.Public{V: 1, Stamp: stamp(journal, fact), Services: []wire.Line{{Service: "creer", Open: true, Waiting: int(fact)}},
		Calls: []wire.Call{{Label: "C 001", Service: "creer", Desk: "5", At: at(10, 0, 0), Times: 1}}}
}

// show sends a public view and returns the fact of the view then shown.
func (h *fakeHub) show(u *Uplink, journal string, fact uint64) uint64 {
	h.send(h.topic(wire.NamePublic), wire.Encode(public(journal, fact)), true)
	synctest.Wait()
	v, _ := u.Public()
	return v.Stamp.Fact
}

func TestTheNewestViewIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		o := h.kiosk("")
		o.Role = wire.RoleBoard
		u, _ := begin(t, o)
		var changes atomic.Int32
		u.OnChange(func() { changes.Add(1) })
		if _, known := u.Public(); known {
			t.Error("a view before the first")
		}
		h.line.rise()
		for _, step := range []struct {
			journal string
			fact    uint64
			want    uint64
		}{{"hub1", 5, 5}, {"hub1", 4, 5}, {"hub1", 5, 5}, {"hub1", 9, 9}, {"hub2", 3, 3}} {
			if got := h.show(u, step.journal, step.fact); got != step.want {
				t.Errorf("after %s/%d fact %d is shown, want %d", step.journal, step.fact, got, step.want)
			}
		}
		if n := changes.Load(); n < 1 || n > 6 {
			t.Errorf("%d changes were told", n)
		}
	})
}

func TestViewsOfAFormerHubGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		o := h.kiosk("")
		o.Role = wire.RoleCoordinator
		u, _ := begin(t, o)
		h.line.rise()
		h.show(u, "former", 900)
		h.send(wire.ServiceTopic(testSite, "creer"), wire.Encode(wire.Service{V: 1, Key: "creer", Stamp: stamp("former", 900)}), true)
		h.send(h.topic(wire.NameCoordinator), wire.Encode(wire.Coordinator{V: 1, Stamp: stamp("hub1", 1)}), true)
		h.beat()
		synctest.Wait()
		_, p := u.Public()
		_, s := u.Service("creer")
		_, c := u.Coordinator()
		if p || s || !c {
			t.Errorf("shown: public %v, service %v (of a former hub), coordinator %v (of this one)", p, s, c)
		}
		if got := h.show(u, "hub1", 2); got != 2 {
			t.Errorf("fact %d is shown", got)
		}
	})
}

func TestARestoredHubIsBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		o := h.kiosk("")
		o.Role = wire.RoleBoard
		u, _ := begin(t, o)
		h.line.rise()
		h.show(u, "hub1", 50)
		h.send(h.topic(wire.NameState), wire.Encode(wire.State{V: 1, Online: true, Boot: "b2"}), false)
		if got := h.show(u, "hub1", 40); got != 40 {
			t.Errorf("after its start fact %d is shown", got)
		}
		h.line.fall()
		h.line.rise()
		if got := h.show(u, "hub1", 30); got != 30 {
			t.Errorf("after a reconnection fact %d is shown", got)
		}
		h.beat() // fact 0: one beat may be overtaken by a view …
		synctest.Wait()
		if got := h.show(u, "hub1", 20); got != 30 {
			t.Errorf("after one older beat fact %d is shown", got)
		}
		h.beat() // … two are not
		h.beat()
		synctest.Wait()
		if got := h.show(u, "hub1", 20); got != 20 {
			t.Errorf("after older beats fact %d is shown", got)
		}
	})
}

func TestTheHubIsAwayAfterThreeBeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		var told atomic.Int32
		u.OnChange(func() { told.Add(1) })
		time.Sleep(time.Second)
		synctest.Wait()
		if u.Hub() || u.Age() != time.Second {
			t.Errorf("before the first beat: %v, %s", u.Hub(), u.Age())
		}
		h.meet()
		before := told.Load()
		time.Sleep(awayAfter - time.Second)
		synctest.Wait()
		if !u.Hub() || told.Load() != before {
			t.Error("away too early")
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if u.Hub() || told.Load() != before+1 {
			t.Errorf("reachable %v, told %d times", u.Hub(), told.Load()-before)
		}
		h.beat()
		synctest.Wait()
		if !u.Hub() || u.Age() > 0 {
			t.Errorf("after a beat: %v, %s", u.Hub(), u.Age())
		}
		h.send(h.topic(wire.NameState), wire.Encode(wire.State{V: 1}), true) // its will
		synctest.Wait()
		if u.Hub() {
			t.Error("its broker said that it is gone")
		}
		h.beat()
		h.line.fall()
		synctest.Wait()
		if u.Hub() {
			t.Error("without a line")
		}
	})
}

func TestEachRoleListensToWhatItNeeds(t *testing.T) {
	for _, c := range []struct {
		role, dir string
		services  []string
		want      string
	}{
		{wire.RoleKiosk, "d", nil, "hub/state hub/beat hub/public kiosk/K1/replies kiosk/K1/acks"},
		{wire.RoleBoard, "", nil, "hub/state hub/beat hub/public board/K1/replies"},
		{wire.RoleAdviser, "", nil, "hub/state hub/beat hub/public adviser/K1/replies hub/service/+"},
		{wire.RoleAdviser, "", []string{"creer"}, "hub/state hub/beat hub/public adviser/K1/replies hub/service/creer"},
		{wire.RoleCoordinator, "", nil, "hub/state hub/beat hub/public coordinator/K1/replies hub/coordinator hub/service/+"},
	} {
		o := Options{Site: testSite, Role: c.role, Name: "K1", Dir: c.dir, Services: c.services}
		got := strings.ReplaceAll(strings.Join(o.filters(), " "), "accueil/v1/"+testSite+"/", "")
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", c.role, got, c.want)
		}
	}
}

func TestWhatIsNotRightIsIgnoredAndCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		escape := public("hub1", 9)
		escape.Calls[0].Label = "C\x1b[2J"
		desk := public("hub1", 9)
		desk.Calls[0].Desk = "a\nb"
		beat := wire.Beat{V: 1, Journal: "hub1", At: at(10, 0, 0), Speed: 1, Day: "2026-11-24"}
		fast, slow, ancient, odd := beat, beat, beat, beat
		fast.Speed, slow.Speed, ancient.At, odd.Journal = 1e9, 0, time.Time{}, "\x00"
		reply := wire.Reply{V: 1, ID: "x", Refused: "refused.\x1b"}
		bad := []line.Message{
			{Topic: "nothing/of/ours"},
			{Topic: wire.HubTopic("elsewhere", wire.NameBeat), Payload: wire.Encode(beat)},
			{Topic: h.topic(wire.NamePublic), Payload: []byte("{")},
			{Topic: h.topic(wire.NamePublic), Payload: []byte(`{"v":0}`)},
			{Topic: h.topic(wire.NamePublic), Payload: make([]byte, wire.MaxPayload+1)},
			{Topic: h.topic(wire.NamePublic), Payload: wire.Encode(escape)},
			{Topic: h.topic(wire.NamePublic), Payload: wire.Encode(desk)},
			{Topic: wire.ServiceTopic(testSite, "creer"), Payload: wire.Encode(wire.Service{V: 1, Key: "droit", Stamp: stamp("hub1", 1)})},
			{Topic: h.topic(wire.NameCoordinator), Payload: wire.Encode(wire.Coordinator{V: 1})},
			{Topic: h.topic("news"), Payload: []byte("{}")},
			{Topic: h.topic(wire.NameState), Payload: []byte("offline")},
			{Topic: h.topic(wire.NameBeat), Payload: wire.Encode(fast)},
			{Topic: h.topic(wire.NameBeat), Payload: wire.Encode(slow)},
			{Topic: h.topic(wire.NameBeat), Payload: wire.Encode(ancient)},
			{Topic: h.topic(wire.NameBeat), Payload: wire.Encode(odd)},
			{Topic: h.topic(wire.NameBeat), Payload: wire.Encode(beat), Retained: true},
			{Topic: u.options.topic(wire.LeafAcks), Payload: []byte("[]")},
			{Topic: u.options.topic(wire.LeafReplies), Payload: []byte(`{"v":1}`)},
			{Topic: u.options.topic(wire.LeafReplies), Payload: wire.Encode(reply)},
			{Topic: u.options.topic(wire.LeafState), Payload: wire.Encode(wire.State{V: 1})},
			{Topic: wire.TerminalTopic(testSite, wire.RoleKiosk, "K2", wire.LeafAcks), Payload: wire.Encode(wire.Ack{V: 1})},
		}
		now := u.Now()
		for _, m := range bad {
			u.hear(m)
		}
		if u.Ignored() != len(bad) {
			t.Errorf("%d of %d were ignored", u.Ignored(), len(bad))
		}
		if _, known := u.Public(); known || !u.Now().Equal(now) {
			t.Error("something of it was believed")
		}
		newer := []byte(`{"v":2,"news":1,"stamp":{"journal":"hub1","fact":1,"at":"2026-11-24T10:00:00Z","day":"2026-11-24"}}`)
		u.hear(line.Message{Topic: h.topic(wire.NamePublic), Payload: newer})
		if _, known := u.Public(); !known {
			t.Error("a view of a hub one version newer was not understood")
		}
	})
}

func TestOnlyTerminalsCanBeOpened(t *testing.T) {
	for _, o := range []Options{
		{Role: wire.RoleBoard, Name: "b"}, {Site: "a b", Role: wire.RoleBoard, Name: "b"}, {Site: "s", Role: wire.RoleBoard},
		{Site: "s", Role: wire.RoleHub, Name: "b"}, {Site: "s", Role: "cook", Name: "b"},
	} {
		if _, err := Open(o); err == nil {
			t.Errorf("%+v was opened", o)
		}
	}
	long := Options{Site: strings.Repeat("s", 64), Role: wire.RoleBoard, Name: strings.Repeat("n", 64)}
	if id := long.clientID(); len(id) > maxClientID || !queue.ValidKey(id) {
		t.Errorf("client id %q", id)
	}
}

func TestSoundViews(t *testing.T) {
	ticket := wire.Ticket{ID: "j-2", Label: "C 001", Alias: "C BF 1", Service: "creer", State: "called", Desk: "5"}
	desk := wire.Desk{Key: "5", State: "open", Services: []string{"creer"}, Ticket: &ticket, Parked: []wire.Ticket{ticket}}
	service := wire.Service{V: 1, Stamp: stamp("j", 1), Key: "creer", Tickets: []wire.Ticket{ticket}, Desks: []wire.Desk{desk}}
	whole := wire.Coordinator{
		V: 1, Stamp: stamp("j", 1), Services: []wire.Row{{Line: wire.Line{Service: "creer"}}}, Desks: []wire.Desk{desk},
		Terminals: []wire.Terminal{{Role: "kiosk", Name: "K1"}}, Sensors: []wire.Sensor{{Name: "door"}},
	}
	if !soundService(service) || !soundCoordinator(whole) {
		t.Fatal("sound views are refused")
	}
	for name, spoil := range map[string]func(*wire.Ticket){
		"label":    func(t *wire.Ticket) { t.Label = "x" },
		"alias":    func(t *wire.Ticket) { t.Alias = "\x1b]0;" },
		"id":       func(t *wire.Ticket) { t.ID = "" },
		"question": func(t *wire.Ticket) { t.Question = "free text" },
		"language": func(t *wire.Ticket) { t.Language = "fr\n" },
	} {
		bad := ticket
		spoil(&bad)
		inList, atDesk, aside := service, service, whole
		inList.Tickets = []wire.Ticket{ticket, bad}
		atDesk.Desks = []wire.Desk{{Key: "5", Ticket: &bad}}
		aside.Desks = []wire.Desk{{Key: "5", Parked: []wire.Ticket{bad}}}
		if soundService(inList) || soundService(atDesk) || soundCoordinator(aside) {
			t.Errorf("a ticket with a bad %s is taken", name)
		}
	}
	long := service
	long.Tickets = slices.Repeat(service.Tickets, wire.MaxTickets+1)
	stranger, noisy := whole, whole
	stranger.Terminals = []wire.Terminal{{Role: "kiosk", Name: "a/b"}}
	noisy.Sensors = []wire.Sensor{{}}
	if soundService(long) || soundCoordinator(stranger) || soundCoordinator(noisy) {
		t.Error("a view out of bounds is taken")
	}
}
