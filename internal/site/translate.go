package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

const (
	// languagesFolder has a folder for every language but the centre's own. Its
	// files are named as those they translate and have the same keys.
	languagesFolder = "languages"
	// repeatedFile translates texts that return often, by their own wording.
	repeatedFile = "repeated.yaml"
)

// translations reads the texts of all languages but the centre's own.
func (r *reader) translations(folder fs.FS, s *Site) {
	for i, lang := range s.Languages {
		if i > 0 && isLanguage(lang) && !slices.Contains(s.Languages[:i], lang) {
			t := translator{reader: r, folder: folder, lang: lang}
			t.all(s)
		}
	}
}

// translator reads the folder of one language.
type translator struct {
	*reader
	folder   fs.FS
	lang     string
	repeated map[string]*repeat
	absent   []string // what is missing of a part that is not in the file at all

	// A language has all texts of the staff or none: what is missing is a problem
	// once one is there.
	staff        bool
	staffMissing []Problem
}

// repeat is one text of repeatedFile, by its wording in the centre's own language.
type repeat struct {
	text string
	at   place
	used bool
}

func (t *translator) path(file string) string { return path.Join(languagesFolder, t.lang, file) }

func (t *translator) all(s *Site) {
	t.readRepeated()
	whole := !t.at.brokenFile(t.path(repeatedFile))
	for _, sheet := range sheets() {
		if t.said(sheet.file) {
			whole = false // mend that first: half of it may be missing
			continue
		}
		t.sheet(sheet, s)
		whole = whole && !t.at.brokenFile(t.path(sheet.file))
	}
	if t.staff {
		t.problems = append(t.problems, t.staffMissing...)
	}
	if whole {
		t.unused()
	}
}

// said tells whether something is already wrong with a file.
func (t *translator) said(file string) bool {
	return slices.ContainsFunc(t.problems, func(p Problem) bool { return p.File == file })
}

// open reads a file of the language; there is none is not a mistake yet.
func (t *translator) open(file string) (body ast.Node, there bool) {
	t.file = t.path(file)
	if _, err := fs.Stat(t.folder, t.file); errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	body = t.body(t.folder)
	if body == nil {
		t.at.broken[t.file] = true
	}
	return body, true
}

func (t *translator) readRepeated() {
	t.repeated = map[string]*repeat{}
	body, _ := t.open(repeatedFile)
	if body == nil {
		return
	}
	for _, e := range t.entries(body, "the file", `"texte": "translation"`) {
		if text, ok := t.single(e, "the translation"); ok {
			t.repeated[e.key] = &repeat{text: text, at: place{t.file, e.line}}
		}
	}
}

func (t *translator) unused() {
	for own, r := range t.repeated {
		if !r.used {
			t.problems = append(t.problems, Problem{r.at.file, r.at.line,
				fmt.Sprintf("no text of the centre that needs a translation reads %q", own),
				"write it as it stands there, sign by sign, or take the line out"})
		}
	}
}

// sheet reads the translation of one file. One that is not there is one problem,
// and none when the repeated texts say all of it.
func (t *translator) sheet(sheet sheet, s *Site) {
	body, there := t.open(sheet.file)
	if there && body == nil {
		return
	}
	before := len(t.problems)
	v := reflect.ValueOf(s).Elem()
	o := owner{name: "the centre", at: place{t.file, 0}, there: true}
	if field := fieldNamed(v, sheet.fields[0]); len(sheet.fields) == 1 {
		t.list(body, field, strings.TrimSuffix(sheet.file, ".yaml"), o)
	} else {
		t.object(body, v, o)
	}
	if !there && len(t.problems) > before {
		t.problems = append(t.problems[:before], Problem{t.file, 0, "the file is missing",
			"create it with the same keys as " + sheet.file + " and every text in " + t.lang})
	}
}

// owner is what texts belong to, and where it stands: in the file of the language
// if it is there, else in the file that is translated.
type owner struct {
	name  string
	at    place
	there bool
}

// list reads the translations of keyed parts.
func (t *translator) list(n ast.Node, all reflect.Value, name string, of owner) {
	parts := keyedParts(all)
	given := t.given(n, name, slices.Collect(maps.Keys(parts)))
	kind := singular(name)
	for _, key := range slices.Sorted(maps.Keys(parts)) {
		v := parts[key]
		o := owner{called(kind, key), t.at.of(v.FieldByName("Key").Addr().Interface()), false}
		e, there := given[key]
		if there {
			o.at, o.there = place{t.file, e.line}, true
		}
		outer := t.absent
		t.absent = nil
		t.part(e.value, v, o)
		absent := t.absent
		t.absent = outer
		if len(absent) > 0 {
			t.problems = append(t.problems, Problem{o.at.file, o.at.line,
				fmt.Sprintf("%s has no translation in %s", o.name, t.lang),
				fmt.Sprintf("add %s to %s, with %s", key, t.file, strings.Join(absent, ", "))})
		}
	}
}

// keyedParts are the parts of a list by key, with those below them.
func keyedParts(all reflect.Value) map[string]reflect.Value {
	parts := map[string]reflect.Value{}
	for i := range all.Len() {
		v := all.Index(i)
		if key := v.FieldByName("Key").String(); key != "" {
			parts[key] = v
		}
		if below := v.FieldByName("Children"); below.IsValid() {
			maps.Copy(parts, keyedParts(below))
		}
	}
	return parts
}

// part reads one keyed part; one with a single text may be that text.
func (t *translator) part(n ast.Node, v reflect.Value, o owner) {
	fields := translated(v.Type())
	if _, single := scalarText(n); len(fields) == 1 && (single || n == nil) {
		name := fields[0]
		t.text(keyed{name, o.at.line, n}, fieldNamed(v, name).Addr().Interface().(*Text), o, "", name)
		return
	}
	t.object(n, v, o)
}

// translated names the fields of a part that have translations.
func translated(of reflect.Type) (names []string) {
	for i := range of.NumField() {
		switch f := of.Field(i); f.Type {
		case reflect.TypeFor[Text](), reflect.TypeFor[map[string]Text](), reflect.TypeFor[[]Topic]():
			name, _ := fieldName(f)
			names = append(names, name)
		}
	}
	return names
}

// object reads the translations of a part's fields. Nil is a part without any.
func (t *translator) object(n ast.Node, v reflect.Value, o owner) {
	fields := translated(v.Type())
	given := t.given(n, o.name, fields)
	for _, name := range fields {
		e, there := given[name]
		within := owner{o.name, o.at, o.there}
		if there {
			within.at = place{t.file, e.line}
		}
		switch part := fieldNamed(v, name).Addr().Interface().(type) {
		case *Text:
			t.text(e, part, o, name, name)
		case *map[string]Text:
			t.table(e.value, *part, within, name)
		case *[]Topic:
			t.topics(e.value, fieldNamed(v, name), within)
		}
	}
}

// topics are the staff's.
func (t *translator) topics(n ast.Node, v reflect.Value, o owner) {
	before := len(t.problems)
	t.list(n, v, "topics", o)
	if n != nil {
		t.staff = true
		return
	}
	t.staffMissing = append(t.staffMissing, t.problems[before:]...)
	t.problems = t.problems[:before]
}

// table reads the translations of texts with keys.
func (t *translator) table(n ast.Node, texts map[string]Text, o owner, name string) {
	given := t.given(n, name, slices.Collect(maps.Keys(texts)))
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		text := texts[key]
		t.text(given[key], &text, o, key, "text "+key)
	}
}

// given are the pairs of a mapping that may be absent, without those unknown.
func (t *translator) given(n ast.Node, name string, known []string) map[string]keyed {
	given := map[string]keyed{}
	if _, none := n.(*ast.NullNode); n == nil || none {
		return given
	}
	for _, e := range t.entries(n, name, "key: …") {
		if slices.Contains(known, e.key) {
			given[e.key] = e
			continue
		}
		slices.Sort(known)
		t.unknown(e, known)
	}
	return given
}

// text reads one translation. key is what stands before it in the file, "" when it
// stands where its owner does; name is for people.
func (t *translator) text(e keyed, text *Text, o owner, key, name string) {
	own, exists := (*text)[t.own]
	_, none := e.value.(*ast.NullNode)
	switch {
	case e.value == nil || none:
		t.missing(own, *text, o, key, name)
	case !exists:
		t.report(e.line, o.name+" has no "+name+" to translate", "take the line out, or write the text in the file that is translated first")
	default:
		at := entryOf(*text, t.lang)
		t.at.set(at, place{t.file, e.line})
		if s, ok := t.single(e, name); ok {
			(*text)[t.lang] = s
		}
	}
}

// missing takes a translation that is not there from the repeated texts.
func (t *translator) missing(own string, text Text, o owner, key, name string) {
	if own == "" {
		return // the text itself is missing, or not needed
	}
	if again := t.repeated[own]; again != nil {
		again.used = true
		text[t.lang] = again.text
		t.at.set(entryOf(text, t.lang), again.at)
		return
	}
	if !o.there {
		t.absent = append(t.absent, name)
		return
	}
	mend := fmt.Sprintf("translate %q there", own)
	if key != "" {
		mend = fmt.Sprintf("add a line %s: … for %q", key, own)
	}
	t.problems = append(t.problems, Problem{o.at.file, o.at.line, fmt.Sprintf("%s: %s has no translation in %s", o.name, name, t.lang), mend})
}

// single is a value that is one text.
func (t *translator) single(e keyed, name string) (string, bool) {
	if t.foreign(e.value, name) {
		return "", false
	}
	s, ok := scalarText(e.value)
	if !ok {
		t.report(line(e.value), name+" is not a single text", "write it on one line, between quotes if it has signs in it")
	}
	return strings.TrimSpace(s), ok
}
