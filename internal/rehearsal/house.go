package rehearsal

import (
	"container/heap"
	"fmt"
	"slices"
	"time"

	"accueil/internal/queue"
)

// House is the centre with its hub, kiosks and counters, from one day to the
// next. It does at once what the real parts do in a day: it decides with the
// domain's own code and writes the facts that they would write.
type House struct {
	model   *Model
	rules   queue.Rules
	hub     queue.Source
	heads   map[queue.Source]uint64
	sources []queue.Source // in the order in which the hub met them
	sensors map[string]queue.Sensor
	boots   int // of the counters
}

// NewHouse is a centre whose hub keeps a journal of that id, still empty.
func NewHouse(m *Model, journal string) *House {
	rules := queue.Rules{Zone: m.Zone(), Letters: map[string]string{}, HeadStarts: map[string][]time.Duration{}}
	for _, s := range m.site.Services {
		rules.Letters[s.Key], rules.HeadStarts[s.Key] = s.Letter, m.site.Heads(s.Key)
	}
	return &House{
		model: m, rules: rules, hub: queue.Source{Site: m.site.Key, Terminal: "hub", Journal: journal},
		heads: map[queue.Source]uint64{}, sensors: map[string]queue.Sensor{},
	}
}

// Day plays one day and returns its facts in the order of the journal, complete
// but for their numbers. Days must be played in order.
func (h *House) Day(d queue.Date) []queue.Fact {
	plan := h.model.Plan(d)
	if len(plan.Visits)+len(plan.Shifts)+len(plan.Passes) == 0 {
		return nil
	}
	p := newPlay(h, d)
	p.begin()
	p.visits(plan.Visits)
	p.shifts(plan.Shifts)
	p.passes(plan.Passes)
	p.at(on(h.model.noon(d), h.model.site.Closes), func() { p.ask(queue.Ask{Do: queue.DoCloseDay}) })
	for p.step() {
	}
	h.sensors = p.day.Sensors()
	return p.facts
}

// kiosk is the source of a kiosk. Its journal is the same for every hub.
func (h *House) kiosk(n int) queue.Source {
	return queue.Source{Site: h.hub.Site, Terminal: KioskName(n), Journal: fmt.Sprintf("r%x-%d", h.model.seed, n+1)}
}

// series is the label series of a source that the hub has met.
func (h *House) series(s queue.Source) string { return queue.SeriesOf(slices.Index(h.sources, s)) }

// play is one day being played.
type play struct {
	*House
	day     *queue.Day
	chance  chance
	now     time.Time
	facts   []queue.Fact
	events  events
	planned int
	asks    int
	own     map[string]int // own labels given, by kiosk and letter
	people  map[queue.TicketID]string
	desks   map[string]*desk
}

func newPlay(h *House, d queue.Date) *play {
	return &play{
		House: h, day: queue.NewDay(d, h.rules), chance: h.model.chance("play", string(d)),
		own: map[string]int{}, people: map[queue.TicketID]string{}, desks: map[string]*desk{},
	}
}

// begin opens the day as the hub does when its first moment comes.
func (p *play) begin() {
	p.now = on(p.model.noon(p.day.Date), 0)
	p.tell(queue.Fact{Kind: queue.DayOpened})
	for _, name := range Doors() {
		if s, known := p.sensors[name]; known {
			p.tell(queue.Fact{Kind: queue.Counted, Sensor: name, Boot: s.Boot, In: s.In, Out: s.Out, At: s.At, Reason: queue.ReasonForward})
		}
	}
}

// event is something that happens at a moment.
type event struct {
	at    time.Time
	order int // of planning, for what happens at the same moment
	do    func()
}

type events []event

func (e events) Len() int      { return len(e) }
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e events) Less(i, j int) bool {
	if c := e[i].at.Compare(e[j].at); c != 0 {
		return c < 0
	}
	return e[i].order < e[j].order
}
func (e *events) Push(x any) { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

// at plans something; what is planned for the past happens now.
func (p *play) at(t time.Time, do func()) {
	if t.Before(p.now) {
		t = p.now
	}
	p.planned++
	heap.Push(&p.events, event{at: t, order: p.planned, do: do})
}

func (p *play) after(d time.Duration, do func()) { p.at(p.now.Add(d), do) }

// step lets the next thing happen; false when the day is over. What is planned
// for later than its end does not happen.
func (p *play) step() bool {
	if len(p.events) == 0 || p.day.Closed {
		return false
	}
	e := heap.Pop(&p.events).(event)
	p.now = e.at
	e.do()
	return true
}

// tell records a fact of the hub.
func (p *play) tell(f queue.Fact) queue.Fact {
	if f.At.IsZero() {
		f.At = p.now
	}
	f.Source = p.hub
	return p.take(f)
}

// take records a fact of any source as heard now.
func (p *play) take(f queue.Fact) queue.Fact {
	if p.heads[f.Source] == 0 {
		p.sources = append(p.sources, f.Source)
	}
	p.heads[f.Source]++
	f.Seq, f.Day, f.Heard = p.heads[f.Source], p.day.Date, p.now.UTC()
	f.At = f.At.UTC()
	p.facts = append(p.facts, f)
	p.day.Apply(f)
	return f
}

// ask lets the floor decide and records what it decided; the ticket it was
// about, or nil when it refused.
func (p *play) ask(a queue.Ask) *queue.Ticket {
	p.asks++
	a.ID = fmt.Sprintf("r%s-%d", p.day.Date, p.asks)
	facts, err := p.day.Decide(a, p.now)
	if err != nil {
		return nil
	}
	var id queue.TicketID
	for _, f := range facts {
		if f.Kind == queue.Issued {
			id = queue.NewTicketID(p.hub.Journal, p.heads[p.hub]+1)
			f.Code = p.code()
		}
		if f.Ticket == "" {
			f.Ticket = id
		}
		id = p.tell(f).Ticket
	}
	return p.day.Ticket(id)
}

// code draws a code; unlike a real one it can be guessed by who knows the seed.
func (p *play) code() queue.Code {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	var b [queue.CodeLength]byte
	for i := range b {
		b[i] = letters[p.chance.IntN(len(letters))]
	}
	return queue.Code(b[:])
}
