package phrases

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/text/feature/plural"
)

// pluralForms names CLDR's plural forms in the order of their constants.
func pluralForms() [6]string {
	return [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one",
		plural.Two: "two", plural.Few: "few", plural.Many: "many"}
}

func isPluralForm(name string) bool {
	forms := pluralForms()
	return slices.Contains(forms[:], name)
}

// formsNeeded lists the plural forms the language uses for counts we can meet.
// CLDR gives French a form "many" for a million, which nobody here waits for.
func (t *tongue) formsNeeded() []string {
	met := map[string]bool{}
	forms := pluralForms()
	for n := range 1000 {
		met[forms[plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(met))
}

// Missing lists what lang lacks against French, sorted: keys, and plural forms
// as "key (form)". A language without texts lacks every key.
func (b *Book) Missing(lang string) []string {
	load := b.tongues[baseLanguage(lang)]
	if load == nil {
		return b.Keys()
	}
	t, err := load()
	if err != nil {
		return b.Keys()
	}
	var missing []string
	needed := t.formsNeeded()
	for _, key := range b.Keys() {
		missing = append(missing, t.missing(key, needed)...)
	}
	return missing
}

func (t *tongue) missing(key string, needed []string) []string {
	p, ok := t.phrases[key]
	if !ok {
		return []string{key}
	}
	if !p.plural {
		return nil
	}
	var missing []string
	for _, form := range needed {
		if p.forms[form] == "" {
			missing = append(missing, key+" ("+form+")")
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
	for _, key := range slices.Sorted(maps.Keys(t.phrases)) {
		p := t.phrases[key]
		original, ok := source.phrases[key]
		if !ok {
			all = append(all, fmt.Errorf("%s: %s is not in the French texts: a wrong key?", p.file, key))
			continue
		}
		if here, there := argumentList(p), argumentList(original); !slices.Equal(here, there) {
			all = append(all, fmt.Errorf("%s: %s has arguments %v where French has %v", p.file, key, here, there))
		}
	}
	return all
}

func argumentList(p phrase) []string { return slices.Sorted(maps.Keys(p.names())) }
