package uplink

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testSite    = "centre"
	testVersion = "v1"
)

// fakeHub is the floor as a terminal knows it: it takes facts in sequence,
// numbers tickets, answers requests, and beats. It folds what it hears into a
// real day.
type fakeHub struct {
	t    testing.TB
	mu   sync.Mutex
	line *fakeLine // of the terminal now connected

	journal string
	heads   map[queue.Source]uint64
	sources []queue.Source // in the order first met
	facts   []queue.Fact
	day     *queue.Day
	pack    []byte
	version string
	done    map[string]wire.Reply // by request
	seen    []wire.Facts          // every message, as it came

	refuse    queue.Refusal                   // of every request
	failure   error                           // why lines are down
	pin       string                          // of every role; "" when there is none
	acts      int                             // requests carried out
	onFacts   func(wire.Facts)                // sees a message before it is answered
	deliverOK func(toHub bool, n int) []delay // the network: when each copy of a message arrives; none: lost
	messages  [2]int                          // how many went each way
}

// delay is how long one copy of a message travels.
type delay = time.Duration

func newHub(t testing.TB) *fakeHub {
	return &fakeHub{
		t: t, journal: "hub1", heads: map[queue.Source]uint64{}, pack: []byte("content one"), version: testVersion,
		done: map[string]wire.Reply{}, day: newDay(queue.DateOf(time.Now(), paris(t))),
	}
}

func newDay(date queue.Date) *queue.Day {
	return queue.NewDay(date, queue.Rules{Letters: map[string]string{"creer": "C", "droit": "D"}})
}

func paris(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// hear is the hub's edge: what the terminal sends must be exactly right.
func (h *fakeHub) hear(m line.Message) {
	topic, ok := wire.ParseTopic(m.Topic)
	if !ok || topic.Site != testSite {
		h.t.Errorf("a message on %q", m.Topic)
		return
	}
	switch topic.Leaf {
	case wire.LeafFacts:
		f, err := wire.Decode[wire.Facts](m.Payload)
		if err == nil {
			err = f.Validate(topic)
		}
		if err != nil {
			h.t.Errorf("the hub would not take this: %v", err)
			return
		}
		ack := h.takeFacts(f)
		h.send(wire.TerminalTopic(topic.Site, topic.Role, topic.Name, wire.LeafAcks), wire.Encode(ack), false)
	case wire.LeafRequests:
		r, err := wire.Decode[wire.Request](m.Payload)
		if err != nil {
			h.t.Errorf("the hub would not take this: %v", err)
			return
		}
		reply := h.takeRequest(r)
		h.send(wire.TerminalTopic(topic.Site, topic.Role, topic.Name, wire.LeafReplies), wire.Encode(reply), false)
	}
}

func (h *fakeHub) takeFacts(m wire.Facts) wire.Ack {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen = append(h.seen, m)
	if h.onFacts != nil {
		h.onFacts(m)
	}
	for _, f := range m.Facts {
		if f.Seq != h.heads[m.Source]+1 {
			continue
		}
		if _, met := h.heads[m.Source]; !met {
			h.sources = append(h.sources, m.Source)
		}
		h.heads[m.Source] = f.Seq
		f.Source, f.Heard = m.Source, time.Now()
		if skew := time.Since(m.Sent); skew.Abs() >= 2*time.Second {
			f.Skew = skew
		}
		h.record(f)
		if f.Kind == queue.Issued {
			h.record(h.day.Arrive(f, 10*time.Minute, 20*time.Minute))
		}
	}
	return h.ack(m)
}

func (h *fakeHub) record(f queue.Fact) {
	h.facts = append(h.facts, f)
	h.day.Apply(f)
}

func (h *fakeHub) ack(m wire.Facts) wire.Ack {
	a := wire.Ack{V: wire.Version, Journal: m.Source.Journal, Last: h.heads[m.Source], At: time.Now()}
	if n := slices.Index(h.sources, m.Source); n >= 0 {
		a.Series = queue.SeriesOf(n)
	}
	for _, f := range m.Facts {
		if f.Kind == queue.Issued && f.Seq <= a.Last {
			a.Tickets = append(a.Tickets, h.given(f.Ticket))
		}
	}
	return a
}

func (h *fakeHub) given(id queue.TicketID) wire.Given {
	t := h.day.Ticket(id)
	if t == nil || t.Now().State == queue.Void {
		return wire.Given{Ticket: id, Void: true}
	}
	return wire.Given{Ticket: id, Label: t.Number, Wait: wire.NewInterval(t.Low, t.High), Ahead: h.day.Ahead(t)}
}

func (h *fakeHub) takeRequest(r wire.Request) wire.Reply {
	h.mu.Lock()
	defer h.mu.Unlock()
	if said, done := h.done[r.ID]; done {
		return said
	}
	reply := wire.Reply{V: wire.Version, ID: r.ID, Refused: h.refuse, At: time.Now()}
	switch known := h.pin == "" || r.Pass == "pass for "+h.pin; {
	case r.Do == wire.DoUnlock && h.pin == "":
	case r.Do == wire.DoUnlock && r.PIN == h.pin:
		reply.Pass = "pass for " + h.pin
	case r.Do == wire.DoUnlock && r.PIN != "":
		reply.Refused, reply.Wait = wire.WaitPIN, 30
	case r.Do == wire.DoUnlock, r.Do != wire.DoContent && !known:
		reply.Refused = wire.Locked
	}
	if r.Do == wire.DoContent && r.Version == h.version {
		from := r.Part * wire.PartSize
		reply.Content = &wire.Content{
			Version: r.Version, Part: r.Part, Parts: (len(h.pack) + wire.PartSize - 1) / wire.PartSize,
			Data: h.pack[from:min(from+wire.PartSize, len(h.pack))],
		}
	} else if reply.Refused == "" && r.Do != wire.DoUnlock {
		h.acts++
	}
	h.done[r.ID] = reply
	return reply
}

// beat says what time it is at the site, here that of the bubble.
func (h *fakeHub) beat() { h.beatAt(time.Now(), 1) }

func (h *fakeHub) beatAt(at time.Time, speed float64) {
	h.mu.Lock()
	b := wire.Beat{
		V: wire.Version, Journal: h.journal, Fact: uint64(len(h.facts)), At: at, Speed: speed,
		Day: queue.DateOf(at, paris(h.t)), Content: h.version,
	}
	h.mu.Unlock()
	h.send(wire.HubTopic(testSite, wire.NameBeat), wire.Encode(b), false)
}

// send passes a message to the terminal through the network.
func (h *fakeHub) send(topic string, payload []byte, retained bool) {
	h.mu.Lock()
	l := h.line
	h.mu.Unlock()
	if l != nil {
		l.carry(false, line.Message{Topic: topic, Payload: payload, Retained: retained})
	}
}

// odds fails the test for every fact that did not fit.
func (h *fakeHub) odds() {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, odd := range h.day.Odds() {
		h.t.Errorf("the hub could not fit fact %d, %s: %s", odd.No, odd.Kind, odd.Why)
	}
	for _, err := range h.day.Check() {
		h.t.Error(err)
	}
}

// kinds are the kinds of the facts it has of terminals, in order.
func (h *fakeHub) kinds() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var kinds []string
	for _, f := range h.facts {
		if f.Source.Terminal != "" {
			kinds = append(kinds, string(f.Kind))
		}
	}
	return strings.Join(kinds, " ")
}

func (h *fakeHub) tickets() []*queue.Ticket {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.day.Tickets())
}

// restore makes the hub what it was after n facts of terminals.
func (h *fakeHub) restore(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := h.facts[:n]
	h.facts, h.heads, h.day = nil, map[queue.Source]uint64{}, newDay(h.day.Date)
	for _, f := range kept {
		if f.Source.Terminal != "" {
			h.heads[f.Source] = f.Seq
		}
		h.record(f)
	}
}

// kiosk are the options of a terminal that issues tickets.
func (h *fakeHub) kiosk(dir string) Options {
	return Options{
		Site: testSite, Role: wire.RoleKiosk, Name: "K1", Dir: dir, connect: h.connect, Log: quiet(h.t),
		Check: func(version string, pack []byte) (*time.Location, error) { return paris(h.t), nil },
	}
}

// begin opens a terminal and lets it work until stop, or until the test ends.
func begin(t testing.TB, o Options) (u *Uplink, stop func()) {
	t.Helper()
	u, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- u.Run(context.Background()) }()
	synctest.Wait()
	stop = sync.OnceFunc(func() {
		if err := u.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return u, stop
}

// meet brings the line up and has the hub beat once.
func (h *fakeHub) meet() {
	h.line.rise()
	h.beat()
	synctest.Wait()
	time.Sleep(50 * time.Millisecond)
	synctest.Wait()
}

// rested waits until all that may wait for company has been sent.
func rested() {
	time.Sleep(lull)
	synctest.Wait()
}

var creer = Order{Service: "creer", Letter: "C", Question: "start", Language: "fr"}

func issue(t testing.TB, u *Uplink, o Order) Ticket {
	t.Helper()
	ticket, err := u.Issue(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// do changes the hub under its lock.
func (h *fakeHub) do(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
}

// network makes messages arrive by a rule, nil for all at once.
func (h *fakeHub) network(rule func(toHub bool, n int) []delay) {
	h.do(func() { h.deliverOK = rule })
}

func (h *fakeHub) topic(name string) string { return wire.HubTopic(testSite, name) }

// heard is how many messages the terminal has sent.
func (h *fakeHub) heard() (n int) {
	h.do(func() { n = h.messages[1] })
	return n
}
