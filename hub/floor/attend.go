package floor

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"accueil/internal/line"
	"accueil/internal/wire"

	"golang.org/x/time/rate"
)

// Line is the hub's end of MQTT; see accueil/internal/line.
type Line interface {
	Publish(topic string, payload []byte, retained bool) error
	Subscribe(filter string) error
	Messages() <-chan line.Message
}

// Attendant joins a floor to MQTT: it passes messages in, answers and views out.
type Attendant struct {
	floor   *Floor
	line    Line
	site    string
	log     *slog.Logger
	grumble rate.Sometimes // strangers must not fill the log

	answers chan line.Message
	up      chan struct{}
	met     chan struct{} // a terminal has just come
	keeper  Doorkeeper    // nil: nothing is locked
	unlocks chan unlock
	boot    string
	program string
	since   time.Time
}

// maxAnswers bounds the answers on their way out; one that finds no room is
// lost, and its terminal asks again.
const maxAnswers = 4096

// NewAttendant joins f to MQTT. boot is new at every start of the program.
func NewAttendant(f *Floor, program, boot string, log *slog.Logger) *Attendant {
	return &Attendant{
		floor: f, site: f.site.Key, log: log, grumble: rate.Sometimes{Interval: time.Second},
		answers: make(chan line.Message, maxAnswers), up: make(chan struct{}, 1),
		met: make(chan struct{}, 1), unlocks: make(chan unlock, maxUnlocks),
		program: program, boot: boot, since: f.time(),
	}
}

// Will is what the broker shall say when the hub is gone.
func Will(site string) *line.Message {
	return &line.Message{
		Topic: wire.HubTopic(site, wire.NameState), Payload: wire.Encode(wire.State{V: wire.Version}), Retained: true,
	}
}

// Up is to be called at every connection: all is published again.
func (a *Attendant) Up() {
	select {
	case a.up <- struct{}{}:
	default:
	}
}

// Filters are what the hub listens to.
func Filters(site string) []string {
	return []string{
		wire.Filter(site, wire.RoleKiosk, wire.LeafFacts),
		wire.Filter(site, wire.RoleReception, wire.LeafFacts),
		wire.Filter(site, "+", wire.LeafRequests),
		wire.Filter(site, "+", wire.LeafState),
		wire.Filter(site, wire.RoleSensor, wire.LeafCount),
	}
}

// Run works until ctx ends or the line is closed.
func (a *Attendant) Run(ctx context.Context, l Line) error {
	a.line = l
	for _, filter := range Filters(a.site) {
		if err := l.Subscribe(filter); err != nil {
			a.log.Info("the line is not there yet", "filter", filter, "err", err)
		}
	}
	var work sync.WaitGroup
	work.Go(func() { a.listen(ctx) })
	work.Go(func() { a.unlockAll(ctx) })
	work.Go(a.answer)
	work.Go(func() { a.beat(ctx) })
	work.Go(func() { a.show(ctx) })
	work.Wait()
	a.say(wire.HubTopic(a.site, wire.NameState), wire.Encode(wire.State{V: wire.Version}), true)
	return nil
}

func (a *Attendant) listen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m, open := <-a.line.Messages():
			if !open {
				return
			}
			a.hear(m)
		}
	}
}

// hear is the edge: what is not exactly right goes no further.
func (a *Attendant) hear(m line.Message) {
	t, ok := wire.ParseTopic(m.Topic)
	if !ok || t.Site != a.site || t.Role == wire.RoleHub || t.Role == wire.RolePhone {
		return
	}
	if err := a.take(t, m); err != nil {
		a.grumble.Do(func() { a.log.Warn("a message was not understood and is dropped", "topic", m.Topic, "err", err) })
	}
}

func (a *Attendant) take(t wire.Topic, m line.Message) error {
	switch t.Leaf {
	case wire.LeafFacts:
		return a.takeFacts(t, m)
	case wire.LeafRequests:
		r, err := wire.Decode[wire.Request](m.Payload)
		if err != nil {
			return err
		}
		a.takeRequest(t, r)
	case wire.LeafState:
		s, err := wire.Decode[wire.State](m.Payload)
		if err == nil {
			err = s.Validate()
		}
		if err != nil {
			return err
		}
		a.floor.Present(t.Role, t.Name, s)
		if s.Online && !m.Retained {
			a.greet()
		}
	case wire.LeafCount:
		if m.Retained {
			return nil // old news: the counter's next word says the same and more
		}
		c, err := wire.Decode[wire.Count](m.Payload)
		if err == nil {
			err = c.Validate()
		}
		if err != nil {
			return err
		}
		a.floor.Count(t.Name, c)
	}
	return nil
}

// greet has a beat sent soon, so that a terminal that has just come need not
// wait to know that the hub is there.
func (a *Attendant) greet() {
	select {
	case a.met <- struct{}{}:
	default:
	}
}

func (a *Attendant) takeFacts(t wire.Topic, m line.Message) error {
	facts, err := wire.Decode[wire.Facts](m.Payload)
	if err == nil {
		err = facts.Validate(t)
	}
	if err != nil {
		return err
	}
	for i := range facts.Facts { // whose act it is, the topic says, and not the terminal
		facts.Facts[i].Role = ""
		if t.Role == wire.RoleReception {
			facts.Facts[i].Role = t.Role
		}
	}
	a.floor.Hear(facts, func(ack wire.Ack) {
		a.post(wire.TerminalTopic(t.Site, t.Role, t.Name, wire.LeafAcks), wire.Encode(ack))
	})
	return nil
}

// post queues an answer; it is called by the floor's loop and never waits.
func (a *Attendant) post(topic string, payload []byte) {
	select {
	case a.answers <- line.Message{Topic: topic, Payload: payload}:
	default:
		a.grumble.Do(func() { a.log.Warn("answers pile up; one is dropped and will be asked for again", "topic", topic) })
	}
}

// answer sends the answers; after the floor has stopped, those of its last commit.
func (a *Attendant) answer() {
	for {
		select {
		case m := <-a.answers:
			a.say(m.Topic, m.Payload, false)
			continue
		default:
		}
		select {
		case m := <-a.answers:
			a.say(m.Topic, m.Payload, false)
		case <-a.floor.done:
			if len(a.answers) == 0 {
				return
			}
		}
	}
}

func (a *Attendant) say(topic string, payload []byte, retained bool) bool {
	err := a.line.Publish(topic, payload, retained)
	if err != nil {
		a.log.Debug("not published; it will be asked for or published again", "topic", topic, "err", err)
	}
	return err == nil
}

// refreshBeats is after how many beats every view is published again.
const refreshBeats = 15

// beat says every two seconds that the hub is there and what time it is.
func (a *Attendant) beat(ctx context.Context) {
	ticker := time.NewTicker(wire.BeatEvery)
	defer ticker.Stop()
	for n := 1; ; n++ {
		a.sayBeat(ctx)
		if n%refreshBeats == 0 { // for a screen that lost a view on its way
			a.floor.Republish()
		}
		select {
		case <-ctx.Done():
			return
		case <-a.up:
			a.say(wire.HubTopic(a.site, wire.NameState), wire.Encode(wire.State{
				V: wire.Version, Online: true, Program: a.program, Boot: a.boot, Since: a.since,
			}), true)
			a.floor.Republish()
		case <-a.met:
			// However many come at once, a beat or two greets them all.
			pause(ctx, greetEvery)
		case <-ticker.C:
		}
	}
}

// greetEvery bounds the beats that greet.
const greetEvery = 50 * time.Millisecond

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (a *Attendant) sayBeat(ctx context.Context) {
	var b wire.Beat
	err := a.floor.Look(ctx, func(s Sight) {
		b = wire.Beat{
			V: wire.Version, Journal: s.Stamp.Journal, Fact: s.Stamp.Fact, At: s.Stamp.At, Day: s.Stamp.Day,
			Speed: a.floor.speed, Content: a.floor.content.version,
		}
	})
	if err == nil {
		a.say(wire.HubTopic(a.site, wire.NameBeat), wire.Encode(b), false)
	}
}

// show publishes the newest views, each only when it says something new besides
// its stamp, and all of them when everything is to be said again.
func (a *Attendant) show(ctx context.Context) {
	said := map[string]string{} // topic → the last view without its stamp
	for {
		select {
		case <-ctx.Done():
			return
		case v, open := <-a.floor.Views():
			if !open {
				return
			}
			if v.All {
				clear(said)
			}
			a.showAll(v, said)
		}
	}
}

func (a *Attendant) showAll(v Views, said map[string]string) {
	fresh := func(topic string, bare []byte, whole func() []byte) {
		if said[topic] == string(bare) {
			return
		}
		if a.say(topic, whole(), true) {
			said[topic] = string(bare)
		} else {
			delete(said, topic)
		}
	}
	bare := v.Public
	bare.Stamp = wire.Stamp{}
	fresh(wire.HubTopic(a.site, wire.NamePublic), wire.Encode(bare), func() []byte { return wire.Encode(v.Public) })
	for _, s := range v.Services {
		bare := s
		bare.Stamp = wire.Stamp{}
		fresh(wire.ServiceTopic(a.site, s.Key), wire.Encode(bare), func() []byte { return wire.Encode(s) })
	}
	all := v.Coordinator
	all.Stamp = wire.Stamp{}
	fresh(wire.HubTopic(a.site, wire.NameCoordinator), wire.Encode(all), func() []byte { return wire.Encode(v.Coordinator) })
	alerts := v.Alerts
	alerts.Stamp = wire.Stamp{}
	fresh(wire.HubTopic(a.site, wire.NameAlerts), wire.Encode(alerts), func() []byte { return wire.Encode(v.Alerts) })
}
