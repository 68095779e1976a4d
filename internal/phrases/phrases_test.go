package phrases

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func load(t testing.TB) *Book {
	t.Helper()
	book, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// write opens a book of the given files, named without their folder.
func write(files map[string]string) (*Book, error) {
	texts := fstest.MapFS{}
	for name, text := range files {
		texts["texts/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return open(texts)
}

func TestEveryLanguageIsComplete(t *testing.T) {
	book := load(t)
	if err := book.Check(); err != nil {
		t.Error(err)
	}
	for _, lang := range book.Languages() {
		for _, missing := range book.Missing(lang) {
			t.Errorf("%s lacks %s", lang, missing)
		}
	}
	if got := book.Languages(); !slices.Contains(got, "en") || got[0] != Source {
		t.Errorf("languages %v: French first, English among them", got)
	}
}

func TestEveryRefusalHasItsPhrase(t *testing.T) {
	book := load(t)
	for _, reason := range strings.Fields(`nobody-waits desk-closed desk-paused desk-busy not-here not-waiting
		unknown-ticket unknown-desk unknown-service day-closed service-closed not-saved bad-request
		not-connected too-soon desk-taken not-called nothing-to-do`) {
		if !book.Has("refused." + reason) {
			t.Errorf("no phrase refused.%s", reason)
		}
	}
}

func TestKeysAreSortedAndKnown(t *testing.T) {
	book := load(t)
	keys := book.Keys()
	if !slices.IsSorted(keys) || len(keys) == 0 {
		t.Fatal("keys are not sorted")
	}
	if !book.Has(keys[0]) || book.Has("no.such-key") {
		t.Error("Has disagrees with Keys")
	}
}

func TestMistakesInFilesAreNamed(t *testing.T) {
	const good = `a.b: "texte"`
	tests := []struct {
		name  string
		files map[string]string
		want  []string // all in the error
	}{
		{"no French", map[string]string{"x.en.yaml": good}, []string{"no texts/*.fr.yaml"}},
		{"file name", map[string]string{"x.yaml": good}, []string{"x.yaml", "AREA.LANGUAGE.yaml"}},
		{"file name in capitals", map[string]string{"x.FR.yaml": good}, []string{"AREA.LANGUAGE.yaml"}},
		{"no YAML", map[string]string{"x.fr.yaml": "a: [1"}, []string{"x.fr.yaml"}},
		{"key twice in a file", map[string]string{"x.fr.yaml": good + "\n" + good}, []string{"x.fr.yaml", "a.b"}},
		{"key twice in two files", map[string]string{"x.fr.yaml": good, "y.fr.yaml": good}, []string{"y.fr.yaml", "a.b", "x.fr.yaml"}},
		{"a number", map[string]string{"x.fr.yaml": "a.b: 12"}, []string{"a.b", "quotes"}},
		{"a list", map[string]string{"x.fr.yaml": "a.b: [x]"}, []string{"a.b", "quotes"}},
		{"a number in a form", map[string]string{"x.fr.yaml": "a.b: {other: 12}"}, []string{"a.b", "other", "quotes"}},
		{"no text", map[string]string{"x.fr.yaml": `a.b: ""`}, []string{"a.b", "empty"}},
		{"a blank at the end", map[string]string{"x.fr.yaml": `a.b: "x "`}, []string{"a.b", "blank"}},
		{"unknown form", map[string]string{"x.fr.yaml": "a.b: {othr: x}"}, []string{"a.b", "othr", "few"}},
		{"no form other", map[string]string{"x.fr.yaml": "a.b: {one: x}"}, []string{"a.b", "other"}},
		{"open brace", map[string]string{"x.fr.yaml": `a.b: "{Name"`}, []string{"a.b", "{Name"}},
		{"closing brace", map[string]string{"x.fr.yaml": `a.b: "Name}"`}, []string{"a.b", "Name}"}},
		{"text/template", map[string]string{"x.fr.yaml": `a.b: "{{.Name}}"`}, []string{"a.b", "{Name}"}},
		{"small argument", map[string]string{"x.fr.yaml": `a.b: "{name}"`}, []string{"a.b", "{Name}"}},
		{"control character", map[string]string{"x.fr.yaml": `a.b: "\x1b[31m"`}, []string{"a.b", "control"}},
		{"line break", map[string]string{"x.fr.yaml": `a.b: "x\ny"`}, []string{"a.b", "control"}},
		{"emoji", map[string]string{"x.fr.yaml": "a.b: \"\U0001F600\""}, []string{"a.b", "emoji"}},
		{"a mark of direction", map[string]string{"x.fr.yaml": `a.b: "x\u200f"`}, []string{"a.b", "invisible"}},
		{"joined emoji", map[string]string{"x.fr.yaml": `a.b: "x\u200Dy"`}, []string{"a.b", "emoji"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := write(test.files)
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v does not say %q", err, want)
				}
			}
		})
	}
}

func TestSymbolsOfTheThemeAreAllowed(t *testing.T) {
	if err := checkText("■ ▲ ● ◆ ▬ ▮ ‹ › ◐ ⌨ 文 « oui » − · №"); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsWhatDiffersFromFrench(t *testing.T) {
	book, err := write(map[string]string{
		"x.fr.yaml": "a.args: \"{Count} et {Label}\"\na.same: \"{Low}\"",
		"x.en.yaml": "a.args: \"{Count} and {Lable}\"\na.same: \"{Low}\"\na.typo: \"x\"",
		"x.es.yaml": "a.same: 12",
	})
	if err != nil {
		t.Fatal("a mistake in another language must not stop a French kiosk:", err)
	}
	err = book.Check()
	for _, want := range []string{"Lable", "a.typo", "x.es.yaml"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("check says %v, not %q", err, want)
		}
	}
	if strings.Contains(err.Error(), "en.yaml: a.same") {
		t.Errorf("check complains about a good phrase: %v", err)
	}
}

func TestMissing(t *testing.T) {
	book, err := write(map[string]string{
		"x.fr.yaml": "a.people: {one: \"{Count} personne\", other: \"{Count} personnes\"}\na.b: \"x\"",
		"x.en.yaml": "a.people: {other: \"{Count} people\"}",
		"x.uk.yaml": "a.people: {one: \"{Count} людина\", other: \"{Count} людей\"}\na.b: \"x\"",
		"x.zh.yaml": "a.people: {other: \"{Count} 人\"}\na.b: \"x\"",
		"x.es.yaml": "a.people: 12",
	})
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"a.b", "a.people"}
	for lang, want := range map[string][]string{
		"fr": nil,
		"en": {"a.b", "a.people (one)"},
		"uk": {"a.people (few)", "a.people (many)"},
		"zh": nil, // Chinese has one form
		"es": all, // cannot be read
		"pt": all,
	} {
		if got := gaps(book.Missing(lang)); !slices.Equal(got, want) {
			t.Errorf("%s lacks %v, want %v", lang, got, want)
		}
	}
}

// gaps are the keys, with the form that is missing: "a.people (few)".
func gaps(missing []Gap) (all []string) {
	for _, g := range missing {
		key := g.Key
		if g.Form != "" {
			key += " (" + g.Form + ")"
		}
		all = append(all, key)
	}
	return all
}

func TestGapsSayWhereToMendThem(t *testing.T) {
	book, err := write(map[string]string{
		"x.fr.yaml": "# Bonjour\na.people: {one: \"{Count} personne\", other: \"{Count} personnes\"}\na.b: \"Au suivant\"",
		"x.uk.yaml": "a.people:\n  one: \"{Count} людина\"\n  few: \"{Count} людини\"\n  other: \"{Count} людини\"",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`internal/phrases/texts/x.uk.yaml: a.b is missing; translate "Au suivant" (texts/x.fr.yaml:3)`,
		`internal/phrases/texts/x.uk.yaml:1: a.people lacks the plural form many; add a line many: …, which is said of 0`,
	}
	for i, g := range book.Missing("uk") {
		if g.String() != want[i] {
			t.Errorf("gap %d: %s\nwant: %s", i, g, want[i])
		}
	}
}

func TestTheStaffsTextsMayBeLeftOutAsAWhole(t *testing.T) {
	book, err := write(map[string]string{
		"x.fr.yaml": `a.b: "x"`, "staff.fr.yaml": "s.a: \"x\"\ns.b: \"y\"",
		"x.es.yaml": `a.b: "x"`,
		"x.pt.yaml": `a.b: "x"`, "staff.pt.yaml": `s.a: "x"`,
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{"es": nil, "pt": {"s.b"}, "uk": {"a.b"}} {
		if got := gaps(book.Missing(lang)); !slices.Equal(got, want) {
			t.Errorf("%s lacks %v, want %v", lang, got, want)
		}
	}
	for lang, want := range map[string]string{"es": "fr", "pt": "pt", "uk": "fr"} {
		if got := book.ForStaff(lang).Lang(); got != want {
			t.Errorf("the staff's screens in %s speak %s, want %s", lang, got, want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
