package centre_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"accueil/internal/line"
	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
	"accueil/scripts/centre"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract is docs/asyncapi.yaml, ready to judge messages.
type contract struct {
	channels []channel
}

type channel struct {
	name    string
	address *regexp.Regexp
	schema  *jsonschema.Schema
}

func readContract(t *testing.T) contract {
	t.Helper()
	return contractIn(t, "../../docs/asyncapi.yaml")
}

func contractIn(t *testing.T, path string) contract {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("asyncapi.json", doc); err != nil {
		t.Fatal(err)
	}
	var c contract
	for name, ch := range doc.(map[string]any)["channels"].(map[string]any) {
		ch := ch.(map[string]any)
		for message := range ch["messages"].(map[string]any) {
			at := fmt.Sprintf("asyncapi.json#/channels/%s/messages/%s/payload", name, message)
			schema, err := compiler.Compile(at)
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			c.channels = append(c.channels, channel{name, pattern(ch), schema})
		}
	}
	return c
}

var parameter = regexp.MustCompile(`\\\{(\w+)\\\}`)

// pattern is the address with every parameter's allowed values in its place.
func pattern(ch map[string]any) *regexp.Regexp {
	address := regexp.QuoteMeta(ch["address"].(string))
	parameters := ch["parameters"].(map[string]any)
	filled := parameter.ReplaceAllStringFunc(address, func(p string) string {
		name := strings.Trim(p, `\{}`)
		described := parameters[name].(map[string]any)
		if allowed, ok := described["enum"].([]any); ok {
			var names []string
			for _, a := range allowed {
				names = append(names, a.(string))
			}
			return "(" + strings.Join(names, "|") + ")"
		}
		return "[a-zA-Z0-9._-]+"
	})
	return regexp.MustCompile("^" + filled + "$")
}

// judge says whether a message is one that the contract describes.
func (c contract) judge(topic string, payload []byte) (channel, error) {
	for _, ch := range c.channels {
		if !ch.address.MatchString(topic) {
			continue
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(payload))
		if err != nil {
			return ch, err
		}
		return ch, ch.schema.Validate(value)
	}
	return channel{}, fmt.Errorf("no channel describes the topic %s", topic)
}

// busy lets everything happen at least once and gives every message seen.
func busy(t *testing.T, c *centre.Centre) []line.Message {
	t.Helper()
	ear, err := c.Line("ear")
	if err != nil {
		t.Fatal(err)
	}
	if err := ear.Subscribe("#"); err != nil {
		t.Fatal(err)
	}
	until(t, "the ear listens", ear.Up)
	var heard []line.Message
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m := range ear.Messages() {
			heard = append(heard, m)
		}
	}()

	entrance := kiosk(t, c, "entrance")
	desk := terminal(t, c, wire.RoleAdviser, "desk")
	chief := terminal(t, c, wire.RoleCoordinator, "office")
	terminal(t, c, wire.RoleBoard, "hall")
	until(t, "staff are connected", func() bool { return desk.Hub() && chief.Hub() })
	entrance.Began("en")
	entrance.Asked(firstQuestion(c), "en")
	sense(t, c, 100, 90)
	sense(t, c, 104, 91)
	for range 45 {
		issue(t, c, entrance, "creer")
	}
	atReception(t, c)
	key := c.Site.Desks[0].Key
	for _, a := range []queue.Ask{
		{Do: queue.DoOpenDesk, Services: []string{"creer", "travailler"}, Languages: []string{"fr", "es"}}, {Do: queue.DoCall}, {Do: queue.DoRecall}, {Do: queue.DoStart},
		{Do: queue.DoPark}, {Do: queue.DoReceive, Service: "travailler", Language: "fr"}, {Do: queue.DoFinish},
		{Do: queue.DoCall}, {Do: queue.DoStart}, {Do: queue.DoTransfer, Service: "evoluer"},
		{Do: queue.DoCall}, {Do: queue.DoUndo}, {Do: queue.DoContact, Mode: queue.ModePhone, Minutes: 10, Persons: 2},
		{Do: queue.DoBeginContact, Mode: queue.ModeVideo}, {Do: queue.DoEndContact}, {Do: queue.DoCall, Language: "fr"},
		{Do: queue.DoNoShow}, {Do: queue.DoPauseDesk, Reason: "lunch"}, {Do: queue.DoCall},
	} {
		a.Desk = key
		time.Sleep(time.Minute)
		desk.Ask(t.Context(), a) // the last is refused, which is a reply too
	}
	for _, a := range []queue.Ask{{Do: queue.DoCloseService, Service: "droit"}, {Do: queue.DoOpenService, Service: "droit"}} {
		ask(t, chief, a)
	}
	announce(t, chief, entrance)
	rolesAreNamed(t, c)
	if reply, err := chief.Overdue(t.Context(), queue.Ask{Do: wire.DoOverdue}, 0); err != nil || reply.Overdue == nil {
		t.Errorf("the list of those who wait too long: %+v, %v", reply.Overdue, err)
	}
	c.CloseHub()
	issue(t, c, entrance, "creer") // of its own series
	if err := c.OpenHub(); err != nil {
		t.Fatal(err)
	}
	until(t, "the hub has everything", func() bool { return entrance.Hub() && entrance.Unsent() == 0 })
	ask(t, chief, queue.Ask{Do: queue.DoCloseDay})
	time.Sleep(10 * time.Second)
	ear.Close()
	<-done
	return heard
}

// rolesAreNamed wants every act of the staff to say in the journal which role's it
// was, and whose desk; what visitors do at kiosks is nobody's act.
func rolesAreNamed(t *testing.T, c *centre.Centre) {
	t.Helper()
	roles := map[queue.Kind]map[string]bool{}
	err := c.Journal().Day("2026-11-24", func(f queue.Fact) error {
		if roles[f.Kind] == nil {
			roles[f.Kind] = map[string]bool{}
		}
		roles[f.Kind][f.Role] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[queue.Kind]string{
		queue.Welcomed: "reception", queue.Corrected: "reception", queue.Leveled: "reception", queue.Called: "adviser",
		queue.Contacted: "adviser", queue.DeskPaused: "adviser", queue.ServiceClosed: "coordinator", queue.Announced: "coordinator", queue.Began: "",
	} {
		if !roles[kind][want] || len(roles[kind]) != 1 {
			t.Errorf("%s is an act of %v, want %q", kind, roles[kind], want)
		}
	}
	if !roles[queue.Issued]["reception"] || !roles[queue.Issued][""] {
		t.Errorf("tickets were issued by %v", roles[queue.Issued])
	}
}

// announce has the coordinator announce something, until a kiosk shows it, and
// take it down again.
func announce(t *testing.T, chief, kiosk *uplink.Uplink) {
	t.Helper()
	n := wire.Notice{Text: map[string]string{"fr": "Café offert.", "en": "Free coffee."}, Until: chief.Now().Add(time.Hour)}
	if _, err := chief.Announce(t.Context(), queue.Ask{ID: "coffee", Do: wire.DoAnnounce}, n); err != nil {
		t.Fatal(err)
	}
	shown := func() int { v, _ := kiosk.Public(); return len(v.Notices) }
	until(t, "the kiosk shows the announcement", func() bool { return shown() == 1 })
	if _, err := chief.Announce(t.Context(), queue.Ask{Do: wire.DoSilence}, wire.Notice{ID: "coffee"}); err != nil {
		t.Fatal(err)
	}
	until(t, "the announcement is down", func() bool { return shown() == 0 })
}

// atReception lets the entrance desk do what only it does.
func atReception(t *testing.T, c *centre.Centre) {
	t.Helper()
	desk := terminal(t, c, wire.RoleReception, "front")
	until(t, "the reception is ready", func() bool {
		_, version := desk.Content()
		return version != "" && desk.Hub() && desk.Unsent() == 0
	})
	time.Sleep(5 * time.Second)
	desk.Welcomed(queue.ModePasserBy, 1)
	desk.Welcomed(queue.ModeClass, 24)
	o := order(c, "travailler")
	o.Level, o.Persons = 1, 3
	given, err := desk.Issue(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	found := ask(t, desk, queue.Ask{Do: queue.DoFind, Code: given.Code})
	if found.Ticket == nil || found.Ticket.Persons != 3 || found.Ticket.Level != 1 {
		t.Errorf("found %+v", found.Ticket)
	}
	ask(t, desk, queue.Ask{Do: queue.DoCorrect, Ticket: given.ID, Service: "creer"})
	ask(t, desk, queue.Ask{Do: queue.DoLevel, Ticket: given.ID, Level: 2})
	if back := ask(t, desk, queue.Ask{Do: queue.DoTakeBack, Ticket: given.ID}); back.Ticket.Level != 1 || back.Ticket.Undo != nil {
		t.Errorf("taken back: %+v", back.Ticket)
	}
	ask(t, desk, queue.Ask{Do: queue.DoVoid, Ticket: given.ID, Reason: "test"})
}

func firstQuestion(c *centre.Centre) string { return c.Site.Questions[0].Key }

func sense(t *testing.T, c *centre.Centre, in, out uint64) {
	t.Helper()
	door, err := c.Line("door")
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	until(t, "the counter is connected", door.Up)
	count := wire.Count{V: 1, Boot: "boot1", In: in, Out: out}
	if err := door.Publish(wire.TerminalTopic(c.Site.Key, wire.RoleSensor, "door", wire.LeafCount), wire.Encode(count), false); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
}

// TestContract listens to everything during a busy day: every message is on a
// topic that the contract describes and of the form it gives, every channel of
// the contract is used, no ticket code travels but from its kiosk
// and from whoever looks for a ticket by it, and any
// spoilt message is told apart.
func TestContract(t *testing.T) {
	rules := readContract(t)
	bubble(t, func(t *testing.T, c *centre.Centre) {
		seen := map[string]int{}
		for _, m := range busy(t, c) {
			ch, err := rules.judge(m.Topic, m.Payload)
			if err != nil {
				t.Errorf("%s: %v\n%.400s", m.Topic, err, m.Payload)
				continue
			}
			if len(m.Payload) > limit(ch.name) {
				t.Errorf("%s has %d bytes", m.Topic, len(m.Payload))
			}
			if ch.name != "facts" && ch.name != "requests" && bytes.Contains(m.Payload, []byte(`"code"`)) {
				t.Errorf("%s carries a ticket's code", m.Topic)
			}
			if seen[ch.name]++; seen[ch.name] <= 20 {
				spoil(t, rules, m)
			}
		}
		for _, ch := range rules.channels {
			if seen[ch.name] == 0 {
				t.Errorf("nothing was heard on %s (%s)", ch.name, ch.address)
			}
		}
		t.Log("messages by channel:", seen)
	})
}

// TestContractOfALongWait: hours of waiting are too long for a busy day, so that what
// is said of them is judged as it would be sent.
func TestContractOfALongWait(t *testing.T) {
	at := time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC)
	one := wire.Overdue{ID: "k-1", Label: "C BK 7", Alias: "C 007", Service: "creer", Language: "es", Level: 1, Arrived: at, Due: at, Passes: true}
	view := wire.Coordinator{V: 1, Stamp: wire.Stamp{Journal: "j", At: at, Day: "2026-11-24"}, Services: []wire.Row{}, Desks: []wire.Desk{},
		Terminals: []wire.Terminal{}, Sensors: []wire.Sensor{}, Overdue: slices.Repeat([]wire.Overdue{one}, wire.MaxOverdue)}
	reply := wire.Reply{V: 1, ID: "r", At: at, Overdue: &wire.OverdueList{All: 999, Tickets: slices.Repeat([]wire.Overdue{one}, wire.OverduePart)}}
	rules := readContract(t)
	for topic, payload := range map[string][]byte{
		wire.HubTopic("villette", wire.NameCoordinator):                                  wire.Encode(view),
		wire.TerminalTopic("villette", wire.RoleCoordinator, "office", wire.LeafReplies): wire.Encode(reply),
	} {
		if _, err := rules.judge(topic, payload); err != nil || len(payload) > wire.MaxPayload {
			t.Errorf("%s: %v, %d bytes", topic, err, len(payload))
		}
		spoil(t, rules, line.Message{Topic: topic, Payload: payload})
	}
}

func limit(channel string) int {
	switch channel {
	case "public":
		return wire.MaxPublic
	case "service":
		return wire.MaxService
	}
	return wire.MaxPayload
}

// spoil changes a message in every place, one at a time, and wants the
// contract to notice each.
func spoil(t *testing.T, rules contract, m line.Message) {
	t.Helper()
	var whole any
	if err := json.Unmarshal(m.Payload, &whole); err != nil {
		t.Fatal(err)
	}
	mutate(whole, "", func(place string) {
		spoilt, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rules.judge(m.Topic, spoilt); err == nil {
			t.Errorf("%s: spoilt at %s, and nobody notices: %.300s", m.Topic, place, spoilt)
		}
	})
}

// mutate calls try with the value changed in each place in turn: a field more,
// and every field of a wrong type.
func mutate(v any, place string, try func(place string)) {
	switch v := v.(type) {
	case map[string]any:
		v["surprise"] = 1
		try(place + " with a field more")
		delete(v, "surprise")
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			old := v[k]
			v[k] = wrong(old)
			try(place + "." + k)
			v[k] = old
			mutate(old, place+"."+k, try)
		}
	case []any:
		for i := range v[:min(len(v), 2)] {
			mutate(v[i], fmt.Sprintf("%s[%d]", place, i), try)
		}
	}
}

// wrong is a value of another type.
func wrong(v any) any {
	if _, isObject := v.(map[string]any); isObject {
		return "not this"
	}
	return map[string]any{"not": "this"}
}
