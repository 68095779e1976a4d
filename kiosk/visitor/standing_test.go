package visitor

import (
	"strings"
	"testing"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

func speaker(t testing.TB, lang string) phrases.Speaker {
	t.Helper()
	b, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b.In(lang)
}

func clock(day, hour, minute int) time.Time {
	return time.Date(2026, time.November, day, hour, minute, 0, 0, time.UTC)
}

func TestTheHubsWordWins(t *testing.T) {
	until, next := clock(24, 18, 0), clock(25, 10, 0)
	tests := []struct {
		name    string
		line    wire.Line
		dayOver bool
		want    standing
	}{
		{"as the calendar", wire.Line{Open: true, Waiting: 2}, false, standing{open: true, until: until, next: next, known: true, waiting: 2}},
		{"full", wire.Line{Open: true, Full: true, Waiting: 9}, false, standing{open: true, full: true, until: until, next: next, known: true, waiting: 9}},
		{"full as without the hub, but it knows better", wire.Line{Open: true}, false, standing{open: true, until: until, next: next, known: true}},
		{"closed by the coordinator", wire.Line{Waiting: 2}, false, standing{waiting: 2}},
		{"the day is over", wire.Line{Open: true}, true, standing{next: next}},
	}
	for _, test := range tests {
		st := standing{open: true, full: true, until: until, next: next}
		st.hear(test.line, test.dayOver)
		if st != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, st, test.want)
		}
	}
}

func TestNotesGetShorter(t *testing.T) {
	now := clock(24, 10, 42)
	standings := []standing{
		{}, {open: true, full: true, until: now}, {next: clock(24, 14, 0)}, {next: clock(26, 14, 0), permanence: true}, {open: true}, {open: true, until: now},
		{open: true, known: true}, {open: true, known: true, waiting: 1},
		{open: true, known: true, waiting: 12, wait: &wire.Interval{Low: 45, High: 80}},
		{open: true, known: true, wait: &wire.Interval{Low: 0, High: 5}},
	}
	for _, lang := range []string{"fr", "en"} {
		for _, st := range standings {
			notes := st.notes(speaker(t, lang), now)
			if len(notes) != ways {
				t.Fatalf("%d ways of saying %+v", len(notes), st)
			}
			for i := 1; i < ways; i++ {
				if screen.Width(notes[i]) > screen.Width(notes[i-1]) {
					t.Errorf("%q is longer than %q", notes[i], notes[i-1])
				}
			}
			if w := screen.Width(notes[ways-2]); w > 26 {
				t.Errorf("%q takes %d columns, a tile at 80×22 has 26", notes[ways-2], w)
			}
		}
	}
}

func TestNotesSayWhatCounts(t *testing.T) {
	fr, now := speaker(t, "fr"), clock(24, 10, 42)
	tests := []struct {
		st   standing
		want string
	}{
		{standing{open: true, known: true, waiting: 3, wait: &wire.Interval{Low: 15, High: 30}}, "ouvert · 3 personnes attendent · 15 à 30 min"},
		{standing{open: true, known: true, waiting: 1}, "ouvert · 1 personne attend · on ne sait pas encore"},
		{standing{open: true, known: true}, "ouvert · personne n'attend"},
		{standing{open: true}, "ouvert"},
		{standing{open: true, until: clock(24, 18, 0)}, "ouvert jusqu'à 18:00"},
		{standing{next: clock(25, 10, 0)}, "fermé · ouvre demain 10:00"},
		{standing{next: clock(26, 14, 0), permanence: true}, "prochaine permanence jeu. 14:00"},
		{standing{}, "fermé en ce moment"},
	}
	for _, test := range tests {
		if got := test.st.notes(fr, now)[0]; got != test.want {
			t.Errorf("%+v is said %q, want %q", test.st, got, test.want)
		}
	}
}

func TestMarksCanBeReadInEveryTheme(t *testing.T) {
	for _, theme := range screen.Themes() {
		for _, look := range site.Colors() {
			mark := markOf(theme, site.Service{Key: "unknown", Letter: "J", Shape: "▼", Color: look.Key})
			if r := screen.Ratio(mark.Color, theme.Paper); r < 7 || mark.String() != "J ▼" {
				t.Errorf("%s, %s: %s with a contrast of %.1f", theme.Name, look.Key, mark, r)
			}
		}
	}
	if m := markOf(screen.Calm(), site.Service{}); m != (screen.Mark{}) {
		t.Errorf("no service is marked %v", m)
	}
}

func TestPromisesAreSentences(t *testing.T) {
	fr := speaker(t, "fr")
	for want, i := range map[string]*wire.Interval{
		"Nous ne savons pas encore combien de temps il faudra attendre.": nil,
		"plutôt moins de 5 minutes (4 fois sur 5)":                       {Low: 0, High: 5},
		"plutôt entre 10 et 25 minutes (4 fois sur 5)":                   {Low: 10, High: 25},
		"plutôt 45 min à 1 h 20 (4 fois sur 5)":                          {Low: 45, High: 80},
	} {
		if got := promise(fr, i); got != want {
			t.Errorf("%+v is said %q, want %q", i, got, want)
		}
	}
}

func TestFlowGivesUpFreeRowsFirst(t *testing.T) {
	for h := 3; h < 12; h++ {
		c := screen.NewCanvas(40, h, screen.Calm())
		s := c.Theme().Text()
		rest := flow(c, c.Area(), para{text: "un", style: s}, para{}, para{text: "deux", style: s, above: 2}, para{label: "a", text: "trois", style: s, above: 1})
		if len(c.Cuts()) > 0 {
			t.Errorf("%d rows: %v does not fit", h, c.Cuts())
		}
		if used := h - rest.H; used != min(h, 6) {
			t.Errorf("%d rows: %d used", h, used)
		}
	}
}

func TestAddressesForPeopleAndCodes(t *testing.T) {
	for url, want := range map[string][2]string{
		"https://www.onisep.fr":         {"HTTPS://WWW.ONISEP.FR", "www.onisep.fr"},
		"https://www.onisep.fr/":        {"HTTPS://WWW.ONISEP.FR", "www.onisep.fr"},
		"https://a.Exemple.fr/Pfad?x=1": {"HTTPS://A.EXEMPLE.FR/Pfad?x=1", "a.exemple.fr/Pfad?x=1"},
		"":                              {"", ""},
	} {
		code := qrAddress(url)
		if people := plainAddress(code); code != want[0] || people != want[1] {
			t.Errorf("%q becomes %q and %q, want %q", url, code, people, want)
		}
	}
}

func TestGridsFitWhatTheyAreGiven(t *testing.T) {
	for n := 1; n <= 9; n++ {
		var choices []choice
		for range n {
			choices = append(choices, choice{id: "x", label: []string{strings.Repeat("mot ", 14)}, note: []string{"note"}})
		}
		for h := 15; h < 60; h++ {
			c := screen.NewCanvas(96, h, screen.Calm())
			grid(c, c.Area(), false, &screen.Scroll{}, choices)
			for _, target := range c.Targets() {
				if target.Rect.Intersect(c.Area()) != target.Rect || target.Rect.H < smallHeight {
					t.Fatalf("%d choices in %d rows: %+v", n, h, target.Rect)
				}
			}
		}
	}
}
