package phrases

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/text/feature/plural"
)

// folder is where a translator finds the texts, from the root of the project.
const folder = "internal/phrases/"

// pluralForms names CLDR's plural forms in the order of their constants.
func pluralForms() [6]string {
	return [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one",
		plural.Two: "two", plural.Few: "few", plural.Many: "many"}
}

func isPluralForm(name string) bool {
	forms := pluralForms()
	return slices.Contains(forms[:], name)
}

// formsNeeded are the plural forms the language uses for counts we can meet, each
// with the first number that is said by it. CLDR gives French, Spanish and
// Portuguese a form "many" for a million, which nobody here waits for.
func (t *tongue) formsNeeded() map[string]int {
	met := map[string]int{}
	forms := pluralForms()
	for n := range 1000 {
		form := forms[plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0)]
		if _, before := met[form]; !before {
			met[form] = n
		}
	}
	return met
}

// Gap is a phrase, or one plural form of it, that a language lacks.
type Gap struct {
	Lang, Key, Form string // Form is "" where the whole phrase is missing
	File            string // where to mend it
	Line            int    // of the phrase that lacks a form, else 0
	mend            string
}

// String is "file:line: what is wrong; how to mend it".
func (g Gap) String() string {
	if g.Form != "" {
		return fmt.Sprintf("%s%s:%d: %s lacks the plural form %s; %s", folder, g.File, g.Line, g.Key, g.Form, g.mend)
	}
	return fmt.Sprintf("%s%s: %s is missing; %s", folder, g.File, g.Key, g.mend)
}

// Missing lists what lang lacks against French, by key. Areas for the staff may be
// absent as a whole: the staff's screens then speak French. A language without
// texts lacks every other key.
func (b *Book) Missing(lang string) []Gap {
	t := &tongue{lang: baseLanguage(lang), phrases: map[string]phrase{}}
	if load := b.tongues[t.lang]; load != nil {
		if read, err := load(); err == nil {
			t = read
		}
	}
	var missing []Gap
	for _, key := range b.Keys() {
		if original := b.source.phrases[key]; t.areas[original.area] || !isStaffArea(original.area) {
			missing = append(missing, t.missing(key, original)...)
		}
	}
	return missing
}

func (t *tongue) missing(key string, original phrase) []Gap {
	p, ok := t.phrases[key]
	if !ok {
		return []Gap{{Lang: t.lang, Key: key, File: fileName(original.area, t.lang),
			mend: fmt.Sprintf("translate %q (%s:%d)", original.forms["other"], original.file, original.line)}}
	}
	if !p.plural {
		return nil
	}
	var missing []Gap
	needed := t.formsNeeded()
	for _, form := range slices.Sorted(maps.Keys(needed)) {
		if p.forms[form] == "" {
			missing = append(missing, Gap{Lang: t.lang, Key: key, Form: form, File: p.file, Line: p.line,
				mend: fmt.Sprintf("add a line %s: …, which is said of %d", form, needed[form])})
		}
	}
	return missing
}

// Check reads every language and returns all that is wrong, joined: files that
// cannot be read, keys French does not have, arguments that differ from French.
// What is merely not translated yet is in [Book.Missing].
func (b *Book) Check() error {
	var all []error
	for _, lang := range b.Languages() {
		t, err := b.tongues[lang]()
		if err != nil {
			all = append(all, err)
			continue
		}
		all = append(all, t.differences(b.source)...)
	}
	return errors.Join(all...)
}

func (t *tongue) differences(source *tongue) []error {
	var all []error
	for _, key := range t.inOrder() {
		p := t.phrases[key]
		original, ok := source.phrases[key]
		if !ok {
			all = append(all, fmt.Errorf("%s%s: %s is not in the French texts; correct the key, or take the line out", folder, p.where(), key))
			continue
		}
		if here, there := argumentList(p), argumentList(original); !slices.Equal(here, there) {
			all = append(all, fmt.Errorf("%s%s: %s has the arguments %v where French has %v (%s); write the same", folder, p.where(), key, here, there, original.where()))
		}
	}
	return all
}

// inOrder is the keys in the order of files and lines.
func (t *tongue) inOrder() []string {
	return slices.SortedFunc(maps.Keys(t.phrases), func(a, b string) int {
		p, q := t.phrases[a], t.phrases[b]
		return cmp.Or(cmp.Compare(p.file, q.file), cmp.Compare(p.line, q.line))
	})
}

func argumentList(p phrase) []string { return slices.Sorted(maps.Keys(p.names())) }
