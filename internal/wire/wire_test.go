package wire_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

var ten = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func goodFacts() wire.Facts {
	source := queue.Source{Site: "villette", Terminal: "entrance", Journal: "k7f3a91c"}
	return wire.Facts{V: 1, Source: source, Sent: ten, Facts: []queue.Fact{
		{Kind: queue.Began, Seq: 4, Day: "2026-11-24", At: ten, Language: "fr"},
		{
			Kind: queue.Issued, Seq: 5, Day: "2026-11-24", At: ten, Ticket: queue.NewTicketID(source.Journal, 5),
			Code: "7K3F9QXD", Label: "C BK 1", Service: "creer", Language: "fr",
		},
	}}
}

var entrance = wire.Topic{Site: "villette", Role: wire.RoleKiosk, Name: "entrance", Leaf: wire.LeafFacts}

func TestTopicsReadBack(t *testing.T) {
	for _, topic := range []wire.Topic{
		entrance, {Site: "villette", Role: wire.RoleHub, Name: wire.NamePublic},
		{Site: "villette", Role: wire.RoleHub, Name: wire.NameService, Leaf: "creer"},
	} {
		if got, ok := wire.ParseTopic(topic.String()); !ok || got != topic {
			t.Errorf("%s reads back as %+v, %v", topic, got, ok)
		}
	}
	for _, bad := range []string{
		"", "accueil/v1", "accueil/v2/villette/kiosk/a/facts", "accueil/v1/villette/kiosk", "accueil/v1/villette/kiosk/a/b/c",
		"accueil/v1/villette/kiosk//facts", "accueil/v1/villette/kiosk/+/facts", "accueil/v1/villette/kiosk/a b/facts", "$SYS/broker",
	} {
		if got, ok := wire.ParseTopic(bad); ok {
			t.Errorf("%q was taken for %+v", bad, got)
		}
	}
}

func TestFactsFromATerminal(t *testing.T) {
	decoded, err := wire.Decode[wire.Facts](wire.Encode(goodFacts()))
	if err != nil {
		t.Fatal(err)
	}
	if err := decoded.Validate(entrance); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*wire.Facts){
		"another terminal's":      func(m *wire.Facts) { m.Source.Terminal = "pc7" },
		"another site's":          func(m *wire.Facts) { m.Source.Site = "lyon" },
		"no journal":              func(m *wire.Facts) { m.Source.Journal = "" },
		"a gap inside":            func(m *wire.Facts) { m.Facts[1].Seq = 9 },
		"sequence 0":              func(m *wire.Facts) { m.Facts = m.Facts[:1]; m.Facts[0].Seq = 0 },
		"what only the hub says":  func(m *wire.Facts) { m.Facts[0].Kind = queue.Called },
		"another's ticket":        func(m *wire.Facts) { m.Facts[1].Ticket = "other-5" },
		"a level of its own":      func(m *wire.Facts) { m.Facts[1].Level = 1 },
		"persons of its own":      func(m *wire.Facts) { m.Facts[1].Persons = 2 },
		"what the reception says": func(m *wire.Facts) { m.Facts[0].Kind, m.Facts[0].Mode = queue.Welcomed, queue.ModeClass },
		"an impossible time":      func(m *wire.Facts) { m.Facts[0].At = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) },
		"free text":               func(m *wire.Facts) { m.Facts[1].Question = "je m'appelle Jeanne" },
		"no time of sending":      func(m *wire.Facts) { m.Sent = time.Time{} },
		"more than one can carry": func(m *wire.Facts) { m.Facts = make([]queue.Fact, wire.MaxFacts+1) },
	} {
		m := goodFacts()
		spoil(&m)
		if err := m.Validate(entrance); !errors.Is(err, wire.ErrMessage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFactsFromTheReception(t *testing.T) {
	m := goodFacts()
	m.Facts[0] = queue.Fact{Kind: queue.Welcomed, Seq: 4, Day: "2026-11-24", At: ten, Mode: queue.ModeClass, Persons: 24}
	m.Facts[1].Level, m.Facts[1].Persons = 1, 3
	front := entrance
	front.Role = wire.RoleReception
	if err := m.Validate(front); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*queue.Fact){
		"without whom": func(f *queue.Fact) { f.Mode = "" }, "too many": func(f *queue.Fact) { f.Persons = 100 },
		"what only the hub says": func(f *queue.Fact) { f.Kind, f.Of, f.Desk = queue.Undone, 3, "5" },
	} {
		bad := m
		bad.Facts = append([]queue.Fact(nil), m.Facts...)
		spoil(&bad.Facts[0])
		if err := bad.Validate(front); !errors.Is(err, wire.ErrMessage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDecodeIsStrictAndReadIsNot(t *testing.T) {
	newer := []byte(`{"v":1,"online":true,"mood":"good"}`)
	if _, err := wire.Decode[wire.State](newer); !errors.Is(err, wire.ErrMessage) {
		t.Errorf("the hub took a field it does not know: %v", err)
	}
	if s, err := wire.Read[wire.State](newer); err != nil || !s.Online {
		t.Errorf("a terminal does not read a newer hub's message: %v", err)
	}
	for name, payload := range map[string]string{
		"empty": "", "no JSON": "hello", "a list": "[]", "two": `{"v":1,"online":true}{"v":1}`, "no version": `{"online":true}`,
		"version 0": `{"v":0,"online":true}`, "later version": `{"v":2,"online":true}`, "wrong type": `{"v":1,"online":"yes"}`,
		"too large": `{"v":1,"program":"` + strings.Repeat("x", wire.MaxPayload) + `"}`,
	} {
		if _, err := wire.Decode[wire.State]([]byte(payload)); !errors.Is(err, wire.ErrMessage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCounts(t *testing.T) {
	if err := (wire.Count{V: 1, Boot: "b", In: 5}).Validate(); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]wire.Count{"no boot": {V: 1}, "impossible": {V: 1, Boot: "b", In: 1 << 60}} {
		if err := c.Validate(); !errors.Is(err, wire.ErrMessage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIntervals(t *testing.T) {
	if wire.NewInterval(0, 0) != nil {
		t.Error("not known is not zero minutes")
	}
	if i := wire.NewInterval(10*time.Minute, 24*time.Minute+time.Second); i.Low != 10 || i.High != 25 {
		t.Errorf("%+v", i)
	}
}

// Whatever bytes come, decoding answers with a message that encodes again, or
// with an error.
func FuzzDecode(f *testing.F) {
	f.Add(wire.Encode(goodFacts()))
	f.Add([]byte(`{"v":1,"id":"r1","do":"call","desk":"5"}`))
	f.Add([]byte(`{"v":1,"boot":"b","in":5,"out":3}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		if m, err := wire.Decode[wire.Facts](payload); err == nil && m.Validate(entrance) == nil {
			if _, err := json.Marshal(m); err != nil {
				t.Errorf("valid facts do not encode: %v", err)
			}
		}
		if m, err := wire.Decode[wire.Request](payload); err == nil && m.Validate() == nil {
			if again, err := wire.Decode[wire.Request](wire.Encode(m)); err != nil || again.ID != m.ID {
				t.Errorf("a valid request does not read back: %v", err)
			}
		}
		if m, err := wire.Decode[wire.Count](payload); err == nil {
			m.Validate()
		}
		wire.Decode[wire.State](payload)
	})
}

// What a terminal reads of a hub's words it can say again.
func FuzzRead(f *testing.F) {
	for _, m := range []any{
		wire.Ack{V: 1, Journal: "j1", Last: 3, Series: "BK"}, wire.Reply{V: 1, ID: "r1", Refused: "refused.not-saved"},
		wire.Beat{V: 1, Journal: "j1", Speed: 1, Day: "2026-11-24", At: ten}, wire.State{V: 1, Online: true},
		wire.Public{V: 1, Services: []wire.Line{{Service: "creer"}}}, wire.Service{V: 1, Key: "creer"}, wire.Coordinator{V: 1},
	} {
		payload, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(payload)
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		for _, read := range []func() (any, error){
			func() (any, error) { return wire.Read[wire.Ack](payload) },
			func() (any, error) { return wire.Read[wire.Reply](payload) },
			func() (any, error) { return wire.Read[wire.Beat](payload) },
			func() (any, error) { return wire.Read[wire.State](payload) },
			func() (any, error) { return wire.Read[wire.Public](payload) },
			func() (any, error) { return wire.Read[wire.Service](payload) },
			func() (any, error) { return wire.Read[wire.Coordinator](payload) },
		} {
			m, err := read()
			if err != nil {
				continue
			}
			if _, err := json.Marshal(m); err != nil {
				t.Errorf("%T: %v", m, err)
			}
		}
	})
}

func FuzzParseTopic(f *testing.F) {
	f.Add("accueil/v1/villette/kiosk/entrance/facts")
	f.Fuzz(func(t *testing.T, s string) {
		if topic, ok := wire.ParseTopic(s); ok && topic.String() != s {
			t.Errorf("%q reads as %+v", s, topic)
		}
	})
}

// TestStateSaysKnownWords: what a terminal says of its paper and programs is
// shown to others, so it is one of few words.
func TestStateSaysKnownWords(t *testing.T) {
	for _, paper := range []string{"", wire.PaperOK, wire.PaperLow, wire.PaperOut, wire.PaperTrouble} {
		if err := (wire.State{V: wire.Version, Online: true, Paper: paper, Work: wire.WorkFree}).Validate(); err != nil {
			t.Errorf("%q: %v", paper, err)
		}
	}
	for _, s := range []wire.State{{Paper: "wet"}, {Work: "lazy"}} {
		if err := s.Validate(); !errors.Is(err, wire.ErrMessage) {
			t.Errorf("%+v: %v", s, err)
		}
	}
}
