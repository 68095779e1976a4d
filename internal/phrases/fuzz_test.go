package phrases

import (
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// Whatever stands in a file of texts, it is refused with its line or can be said.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{
		"board.next: \"Au suivant\"\n", "a.b: \"{Count} personnes\"\n", "a.b: {one: \"une\", other: \"{Count}\"}\n", "a.b: {one: \"\"}\n",
		"a: [1, 2]\n", "a.b: \"{\"\n", "a.b: \"}{A}\"\n", "", "&a *a", "a.b: |\n  \x1b[31m\n", "a.b: \"\u202e\"\n",
	} {
		f.Add(s, "Count")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		tongue := &tongue{phrases: map[string]phrase{}, areas: map[string]bool{}}
		if err := tongue.read(fstest.MapFS{"board.fr.yaml": {Data: []byte(text)}}, "board.fr.yaml"); err != nil {
			return
		}
		for key, p := range tongue.phrases {
			for form, said := range p.forms {
				filled, err := parsed(split(said)).Execute(arguments{})
				if err != nil || !utf8.ValidString(filled) {
					t.Errorf("%s (%s): %q, %v", key, form, filled, err)
				}
			}
			p.names()
		}
	})
}
