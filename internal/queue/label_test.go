package queue_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"accueil/internal/queue"

	"pgregory.net/rapid"
)

func TestLabelsAsPeopleTypeThem(t *testing.T) {
	for in, want := range map[string]queue.Label{
		"c42": "C 042", "C 042": "C 042", " c  42 ": "C 042", "C1234": "C 1234",
		"cbk7": "C BK 7", "C BK 07": "C BK 7", "c bfg 12": "C BFG 12",
	} {
		if got, err := queue.ParseLabel(in); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "42", "C", "C 0", "CB 7", "C -3", "C 4 2 x", "É 12", "C +4", strings.Repeat("9", 40)} {
		if got, err := queue.ParseLabel(in); !errors.Is(err, queue.ErrLabel) {
			t.Errorf("%q was taken for %q", in, got)
		}
	}
}

func TestLabelsNeverCollide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) queue.Label {
			n := rapid.IntRange(1, 9999).Draw(t, name)
			if rapid.Bool().Draw(t, name+" own") {
				return queue.OwnLabel("C", queue.SeriesOf(rapid.IntRange(0, 1500).Draw(t, name+" source")), n)
			}
			return queue.HubLabel("C", n)
		}
		l := draw("label")
		if !l.Valid() {
			t.Fatalf("%q is not valid", l)
		}
		if same, err := queue.ParseLabel(strings.ToLower(string(l))); err != nil || same != l {
			t.Fatalf("%q reads back as %q, %v", l, same, err)
		}
	})
}

func TestSeriesAreDifferent(t *testing.T) {
	seen := map[string]bool{}
	for n := range 132 + 1728 {
		s := queue.SeriesOf(n)
		if seen[s] || !queue.ValidSeries(s) {
			t.Fatalf("series %d is %q", n, s)
		}
		seen[s] = true
	}
}

func TestCodes(t *testing.T) {
	seen := map[queue.Code]bool{}
	for range 10_000 {
		c := queue.NewCode()
		if !c.Valid() || seen[c] {
			t.Fatalf("code %q", c)
		}
		seen[c] = true
		if same, err := queue.ParseCode(strings.ToLower(string(c[:4]) + " - " + string(c[4:]))); err != nil || same != c {
			t.Fatalf("%q reads back as %q, %v", c, same, err)
		}
	}
	if got, err := queue.ParseCode("oil0 0000"); err != nil || got != "01100000" {
		t.Errorf("letters people misread: %q, %v", got, err)
	}
	for _, bad := range []string{"", "1234567", "123456789", "1234567U", "1234567é"} {
		if got, err := queue.ParseCode(bad); !errors.Is(err, queue.ErrCode) {
			t.Errorf("%q was taken for %q", bad, got)
		}
	}
}

func TestValidate(t *testing.T) {
	good := queue.Fact{
		Kind: queue.Issued, Day: "2026-11-24", At: opening, Ticket: "k-1", Code: "7K3F9QXD",
		Label: "C BK 1", Service: "creer", Question: "demarrer", Language: "fr",
	}
	if err := good.Validate(); err != nil {
		t.Fatalf("a good fact: %v", err)
	}
	for name, spoil := range map[string]func(*queue.Fact){
		"kind":     func(f *queue.Fact) { f.Kind = "danced" },
		"day":      func(f *queue.Fact) { f.Day = "2026-13-01" },
		"time":     func(f *queue.Fact) { f.At = time.Time{} },
		"far time": func(f *queue.Fact) { f.At = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"ticket":   func(f *queue.Fact) { f.Ticket = "" },
		"code":     func(f *queue.Fact) { f.Code = "7k3f9qxd" },
		"label":    func(f *queue.Fact) { f.Label = "C42" },
		"service":  func(f *queue.Fact) { f.Service = "" },
		"name":     func(f *queue.Fact) { f.Question = "Jean Dupont, 06 12 34 56 78" },
		"reason":   func(f *queue.Fact) { f.Reason = "she was crying" },
		"level":    func(f *queue.Fact) { f.Level = 4 },
		"promise":  func(f *queue.Fact) { f.Low, f.High = time.Hour, time.Minute },
		"services": func(f *queue.Fact) { f.Services = make([]string, 40) },
	} {
		f := good
		spoil(&f)
		if err := f.Validate(); !errors.Is(err, queue.ErrFact) {
			t.Errorf("spoilt %s: %v", name, err)
		}
	}
}

func TestWhenTrustsTheSkewAndNeverTheFuture(t *testing.T) {
	heard := opening
	for _, c := range []struct {
		name string
		fact queue.Fact
		want time.Time
	}{
		{"not heard yet", queue.Fact{At: opening}, opening},
		{"same clock", queue.Fact{At: heard.Add(-time.Minute), Heard: heard}, heard.Add(-time.Minute)},
		{"an hour slow", queue.Fact{At: heard.Add(-61 * time.Minute), Heard: heard, Skew: time.Hour}, heard.Add(-time.Minute)},
		{"in the future", queue.Fact{At: heard.Add(time.Hour), Heard: heard}, heard},
	} {
		if got := c.fact.When(); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
