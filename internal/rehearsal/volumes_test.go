package rehearsal_test

import (
	"os"
	"strings"
	"testing"

	"accueil/internal/rehearsal"
)

func TestTheDefaultsAreOfTheCentre(t *testing.T) {
	v := rehearsal.Default()
	s := centre(t)
	if len(v.Services) != len(s.Services) || v.Visits != 44_000 {
		t.Errorf("volumes %+v", v)
	}
	for key := range v.Services {
		if _, ok := s.Service(key); !ok {
			t.Errorf("no service %s", key)
		}
	}
}

// TestMistakesInVolumes each have their line and a way to mend them.
func TestMistakesInVolumes(t *testing.T) {
	good, err := os.ReadFile("volumes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	line := func(key string) string { // the line of the example that begins so
		for l := range strings.Lines(string(good)) {
			if strings.HasPrefix(strings.TrimSpace(l), key) {
				return strings.TrimSuffix(l, "\n")
			}
		}
		t.Fatalf("no line %s", key)
		return ""
	}
	for _, test := range []struct{ name, old, put, want string }{
		{"unknown key", line("visits:"), "visitors: 3", "unknown field"},
		{"not a number", line("visits:"), "visits: many", "not the kind of value"},
		{"negative", line("visits:"), "visits: -1", "visits is -1; write a number from 0"},
		{"share", line("no_show:"), "no_show: 99", "no_show is 99; write a number from 0 to 90"},
		{"missing", line("walk_in:"), "", "walk_in is missing; add a line walk_in: …"},
		{"kiosks", line("kiosks:"), "kiosks: 0", "kiosks is 0; write a number from 1"},
		{"no languages", line("languages:"), "languages: {fr: 0}", "no language has any weight"},
		{"no service of ours", line("droit:"), "  cuisine: {interviews: 1, minutes: 20, spread: 0.5, desks: 1}", `no service "cuisine"; write one of: creer, droit`},
		{"spread", line("droit:"), "  droit: {interviews: 1, minutes: 20, spread: 5, desks: 1}", "spread is 5; write a number from 0.1 to 2"},
		{"minutes missing", line("droit:"), "  droit: {interviews: 1, spread: 0.5, desks: 1}", "minutes is missing"},
		{"twice", line("leave:"), "park: 1", "already"},
		{"broken", line("leave:"), "leave: {", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(string(good), test.old, test.put, 1)
			_, err := rehearsal.ReadVolumes("v.yaml", []byte(text), []string{"creer", "droit", "evoluer", "numerique", "orientation", "travailler"})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			for l := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(l, "v.yaml:") || strings.HasPrefix(l, "v.yaml:0") {
					t.Errorf("without its line: %s", l)
				}
			}
			t.Log(err)
		})
	}
	if _, err := rehearsal.ReadVolumes("v.yaml", nil, nil); err == nil {
		t.Error("an empty file was taken")
	}
}

func TestServicesWithoutVolumesAreUsual(t *testing.T) {
	s := centre(t)
	v := rehearsal.Default()
	v.Services = nil
	m, err := rehearsal.New(s, v, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Service("creer"); got.Interviews == 0 || got.Desks == 0 {
		t.Errorf("%+v", got)
	}
	if len(m.Plan("2026-11-24").Visits) == 0 {
		t.Error("nobody comes")
	}
}
