package adviser

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen/screentest"
)

var errUnknown = errors.New("the hub did not answer in time")

// hub decides with the real domain, without journal and network: what an
// adviser's terminal meets at the other end of the line.
type hub struct {
	mu     sync.Mutex
	site   *site.Site
	day    *queue.Day
	start  time.Time
	seq    uint64
	asks   []queue.Ask
	late   []wire.Reply
	shown  map[string]wire.Service // the last views, while frozen
	frozen bool

	latency time.Duration
	away    bool // requests are refused, views stay as they are
	silent  bool // requests are carried out and their answers lost
}

func newHub(s *site.Site) *hub {
	rules := queue.Rules{Zone: zoneOf(s), Letters: map[string]string{}}
	for _, service := range s.Services {
		rules.Letters[service.Key] = service.Letter
	}
	rules.HeadStart = s.Heads("")
	return &hub{site: s, day: queue.NewDay("2026-11-24", rules), start: time.Now(), latency: 5 * time.Millisecond}
}

func (h *hub) Now() time.Time {
	return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC).Add(time.Since(h.start))
}

func (h *hub) apply(f queue.Fact) queue.Fact {
	h.seq++
	f.Seq, f.No, f.Day, f.At, f.Heard = h.seq, h.seq, h.day.Date, h.Now(), h.Now()
	h.day.Apply(f)
	return f
}

// arrive lets somebody take a ticket at a kiosk.
func (h *hub) arrive(service, question, language string, level int) queue.TicketID {
	h.mu.Lock()
	defer h.mu.Unlock()
	id := queue.TicketID(fmt.Sprintf("kiosk-%d", h.seq+1))
	f := h.apply(queue.Fact{Kind: queue.Issued, Ticket: id, Code: queue.Code(fmt.Sprintf("%08d", h.seq)), Service: service,
		Question: question, Language: language, Level: level})
	h.apply(h.day.Arrive(f, 0, 0))
	h.apply(queue.Fact{Kind: queue.Handed, Ticket: id, Label: h.day.Ticket(id).Number})
	return id
}

func (h *hub) Ask(ctx context.Context, a queue.Ask) (wire.Reply, error) {
	h.mu.Lock()
	h.asks = append(h.asks, a)
	away, latency := h.away, h.latency
	h.mu.Unlock()
	if away {
		return wire.Reply{}, refusedAway
	}
	select {
	case <-time.After(latency):
	case <-ctx.Done():
		return wire.Reply{}, ctx.Err()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	reply := h.decide(a)
	if h.silent {
		h.late = append(h.late, reply)
		return wire.Reply{}, errUnknown
	}
	return reply, nil
}

func (h *hub) decide(a queue.Ask) wire.Reply {
	reply := wire.Reply{V: wire.Version, ID: a.ID, At: h.Now()}
	facts, err := h.day.Decide(a, h.Now())
	if err != nil {
		errors.As(err, &reply.Refused)
		return reply
	}
	var id queue.TicketID
	for _, f := range facts {
		if f.Kind == queue.Issued {
			id = queue.TicketID(fmt.Sprintf("hub-%d", h.seq+1))
			f.Code = queue.Code(fmt.Sprintf("%08d", h.seq))
		}
		if f.Ticket == "" {
			f.Ticket = id
		}
		id = h.apply(f).Ticket
	}
	if t := h.day.Ticket(id); t != nil {
		seen := wire.NewTicket(t)
		reply.Ticket = &seen
	}
	seen := h.desk(h.day.Desk(a.Desk))
	reply.Desk = &seen
	return reply
}

func (h *hub) Public() (wire.Public, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	v := wire.Public{Closed: h.day.Closed}
	for _, s := range h.site.Services {
		v.Services = append(v.Services, wire.Line{Service: s.Key, Open: true, Waiting: len(h.day.Waiting(s.Key))})
	}
	return v, true
}

func (h *hub) Service(key string) (wire.Service, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.frozen {
		h.shown = map[string]wire.Service{}
		for _, s := range h.site.Services {
			h.shown[s.Key] = h.service(s.Key)
		}
	}
	return h.shown[key], true
}

func (h *hub) service(key string) wire.Service {
	waiting := h.day.Waiting(key)
	v := wire.Service{Stamp: wire.Stamp{At: h.Now()}, Key: key, Waiting: len(waiting)}
	for _, t := range waiting[:min(len(waiting), wire.MaxTickets)] {
		v.Tickets = append(v.Tickets, wire.NewTicket(t))
	}
	for _, t := range h.day.Missed(key, h.Now()) {
		v.Missed = append(v.Missed, wire.NewTicket(t))
	}
	for _, d := range h.day.Desks() {
		if d.State != queue.DeskIsClosed && slices.Contains(d.Services, key) {
			v.Desks = append(v.Desks, h.desk(d))
		}
	}
	return v
}

func (h *hub) desk(d queue.Desk) wire.Desk {
	v := wire.Desk{Key: d.Key, State: d.State.String(), Services: d.Services, Since: d.Since, Served: d.Served, Languages: d.Languages}
	if c := d.Contact; c != nil {
		v.Contact = &wire.Contact{Service: c.Service, Mode: c.Mode, Persons: c.Persons, Since: c.Began}
	}
	if last, ok := h.day.LastAct(d.Key); ok {
		v.Undo = &wire.Undo{Act: last.Kind, Until: last.Until}
	}
	for _, t := range h.day.Tickets() {
		seen := wire.NewTicket(t)
		switch s := t.Now(); {
		case t.ID == d.Ticket:
			v.Ticket = &seen
		case s.State == queue.OnPark && s.Desk == d.Key:
			v.Parked = append(v.Parked, seen)
		}
	}
	return v
}

func (h *hub) Hub() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.away
}

func (h *hub) Age() time.Duration {
	if h.Hub() {
		return 0
	}
	return 40 * time.Second
}

// set changes what the hub does from now on.
func (h *hub) set(f func(h *hub)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(h)
}

// asked are the deeds asked so far.
func (h *hub) asked() (deeds []queue.Deed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, a := range h.asks {
		deeds = append(deeds, a.Do)
	}
	return deeds
}

// last is the last ask and, when its answer was lost, that answer.
func (h *hub) last() (queue.Ask, wire.Reply) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var reply wire.Reply
	if len(h.late) > 0 {
		reply = h.late[len(h.late)-1]
	}
	return h.asks[len(h.asks)-1], reply
}

// terminal is a role at work on a simulated terminal.
type terminal struct {
	*screentest.Driver
	t    *testing.T
	hub  *hub
	role *Role
}

// atDesk runs a test at the terminal of a desk, "" for none chosen.
func atDesk(t *testing.T, desk string, test func(*terminal)) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(smallSite())
		test(start(t, h, desk))
	})
}

func start(t *testing.T, h *hub, desk string) *terminal {
	tm := &terminal{t: t, hub: h}
	tm.role = New(Options{Site: h.site, Say: book(t).In("fr"), Line: h, Desk: desk,
		Post: func(f func()) bool { return tm.Shell().Post(f) }})
	t.Cleanup(tm.role.Close)
	tm.Driver = screentest.Start(t, tm.role, 100, 30)
	return tm
}

// press types keys and waits until everything they caused is on the screen.
func (tm *terminal) press(keys string) {
	for _, k := range keys {
		tm.Advance(time.Second) // people are slower than keyboards
		tm.Type(string(k))
		tm.Advance(200 * time.Millisecond)
	}
}

// open opens the desk the terminal stands on.
func (tm *terminal) open() {
	tm.t.Helper()
	tm.press(" ")
	tm.is("free")
}

// is fails unless the screen has that name.
func (tm *terminal) is(name string) {
	tm.t.Helper()
	if got := tm.role.Screen(); got != name {
		tm.t.Fatalf("screen %q, want %q\n%s", got, name, tm.Text())
	}
}

// wants fails unless exactly these deeds were asked since the desk was opened.
func (tm *terminal) wants(deeds ...queue.Deed) {
	tm.t.Helper()
	if got := tm.hub.asked(); !slices.Equal(got, deeds) {
		tm.t.Fatalf("asked %v, want %v", got, deeds)
	}
}
