package site_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"accueil/internal/site"
)

const someProgram = `programs:
  - key: internet
    name: "Aller sur internet"
    what: "chercher, postuler"
    command: ["firefox-esr", "--private-window"]
    minutes: 45
    at: ["pc-*", "entree"]
`

const itsTranslation = `internet:
  name: "Use the internet"
  what: "search, apply"
`

// withPrograms is the small centre with programs.
func withPrograms(t *testing.T, text string) (*site.Site, []site.Problem) {
	t.Helper()
	folder := centre(t)
	folder["programs.yaml"] = &fstest.MapFile{Data: []byte(text)}
	folder["languages/en/programs.yaml"] = &fstest.MapFile{Data: []byte(itsTranslation)}
	return site.Load(folder)
}

func TestProgramsOfATerminal(t *testing.T) {
	s, problems := withPrograms(t, someProgram)
	if len(problems) > 0 {
		t.Fatal(said(problems))
	}
	for terminal, want := range map[string]int{"pc-07": 1, "entree": 1, "entree-2": 0, "board": 0} {
		if got := s.ProgramsAt(terminal); len(got) != want {
			t.Errorf("%s has %d programs, want %d", terminal, len(got), want)
		}
	}
	s.Programs[0].At = nil
	if got := s.ProgramsAt("board"); len(got) != 1 || got[0].Name.In("en") != "Use the internet" {
		t.Errorf("programs of all terminals: %+v", got)
	}
}

func TestProgramsThatAreWrong(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"minutes: 45", "minutes: 500", "programs.yaml:6: program internet lasts 500 minutes; write from 5 to 240"},
		{`["firefox-esr", "--private-window"]`, `["firefox-esr --private-window"]`, "has a space in it; write the program and each argument"},
		{`["firefox-esr", "--private-window"]`, `[]`, "command"},
		{`"entree"`, `"pc/7"`, `"pc/7" is no name of a terminal`},
		{`"entree"`, `"pc-*"`, "names the terminal pc-* twice"},
		{"    what:", "    waht:", "waht"},
	} {
		_, problems := withPrograms(t, strings.Replace(someProgram, tt.from, tt.to, 1))
		if got := said(problems); !strings.Contains(got, tt.want) {
			t.Errorf("%s: the problems are\n%s\nwithout %q", tt.to, got, tt.want)
		}
	}
}
