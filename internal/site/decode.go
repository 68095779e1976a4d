package site

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// site reads the fields of a file into the site.
func (r *reader) site(body ast.Node, sheet sheet, s *Site) {
	v := reflect.ValueOf(s).Elem()
	for _, e := range languagesFirst(r.entries(body, "the file", fieldLines(sheet.fields))) {
		if !slices.Contains(sheet.fields, e.key) {
			r.unknown(e, sheet.fields)
			continue
		}
		r.value(e.value, fieldNamed(v, e.key), e.key)
		if len(s.Languages) > 0 && isLanguage(s.Languages[0]) {
			r.own = s.Languages[0]
		}
	}
	for _, name := range sheet.fields {
		if field := fieldNamed(v, name); field.IsValid() {
			r.at.setDefault(field.Addr().Interface(), place{file: r.file})
		}
	}
}

// languagesFirst puts the languages before the texts, which are in the first of them.
func languagesFirst(entries []keyed) []keyed {
	slices.SortStableFunc(entries, func(a, b keyed) int {
		switch {
		case a.key == "languages" && b.key != "languages":
			return -1
		case b.key == "languages" && a.key != "languages":
			return 1
		}
		return 0
	})
	return entries
}

func fieldLines(fields []string) string { return fields[0] + ": …" }

// value reads a node into a value that can be addressed; name is for people.
func (r *reader) value(n ast.Node, v reflect.Value, name string) {
	ptr := v.Addr().Interface()
	r.at.set(ptr, place{r.file, line(n)})
	if r.foreign(n, name) {
		r.at.failed[ptr] = true
		return
	}
	if _, none := n.(*ast.NullNode); none {
		return // reported as missing, if it is needed
	}
	var ok bool
	switch text, isText := ptr.(encoding.TextUnmarshaler); {
	case isText:
		ok = r.marshaled(n, text, name)
	case v.Type() == reflect.TypeFor[Text]():
		ok = r.ownText(n, ptr.(*Text), name)
	case v.Kind() == reflect.String, v.Kind() == reflect.Int:
		ok = r.scalar(n, v, name)
	case v.Kind() == reflect.Slice:
		ok = r.list(n, v, name)
	case v.Kind() == reflect.Map:
		ok = r.table(n, v, name)
	default:
		ok = r.object(n, v, name)
	}
	if !ok {
		r.at.failed[ptr] = true
	}
}

// foreign refuses the parts of YAML that an editor would meet by accident only.
func (r *reader) foreign(n ast.Node, name string) bool {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		r.report(line(n), name+" begins with & or *, which YAML reserves", "put the text between quotes")
	case *ast.TagNode:
		r.report(line(n), name+" begins with !, which YAML reserves", "put the text between quotes")
	default:
		return false
	}
	return true
}

func (r *reader) marshaled(n ast.Node, v encoding.TextUnmarshaler, name string) bool {
	text, ok := scalarText(n)
	if !ok {
		r.report(line(n), name+" is not a single value", "write it on one line")
		return false
	}
	if err := v.UnmarshalText([]byte(text)); err != nil {
		what, mend := splitError(err)
		r.report(line(n), name+": "+what, mend)
		return false
	}
	return true
}

// scalar reads a text or a whole number. A text may look like a number or a
// date: it is taken as it is written.
func (r *reader) scalar(n ast.Node, v reflect.Value, name string) bool {
	text, ok := scalarText(n)
	if !ok {
		r.report(line(n), name+" is not a single text", "write it on one line, between quotes if it has signs in it")
		return false
	}
	if v.Kind() == reflect.String {
		v.SetString(strings.TrimSpace(text))
		return true
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		r.report(line(n), fmt.Sprintf("%s is %q, not a whole number", name, text), "write digits only")
		return false
	}
	v.SetInt(int64(number))
	return true
}

// ownText reads a text in the centre's own language.
func (r *reader) ownText(n ast.Node, t *Text, name string) bool {
	if isMapping(n) {
		r.report(line(n), name+" has several lines where one text belongs",
			"write the text in "+r.own+"; the other languages have files of their own in "+languagesFolder)
		return false
	}
	var s string
	if !r.scalar(n, reflect.ValueOf(&s).Elem(), name) {
		return false
	}
	*t = Text{r.own: s}
	r.at.set(entryOf(*t, r.own), place{r.file, line(n)})
	return true
}

func (r *reader) list(n ast.Node, v reflect.Value, name string) bool {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		r.report(line(n), name+" is not a list", "begin each of its lines with a dash and a space")
		return false
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	for i, item := range seq.Values {
		r.value(item, v.Index(i), name)
	}
	return true
}

// table reads a map whose keys are the editor's: text keys.
func (r *reader) table(n ast.Node, v reflect.Value, name string) bool {
	if !isMapping(n) {
		r.report(line(n), name+" is a single value where several lines belong", "write one indented line for each")
		return false
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, e := range r.entries(n, name, "key: …") {
		item := reflect.New(v.Type().Elem())
		r.value(e.value, item.Elem(), name+" "+e.key)
		v.SetMapIndex(reflect.ValueOf(e.key), item.Elem())
		at := entryOf(v.Interface(), e.key)
		r.at.set(at, place{r.file, e.line})
		r.at.failed[at] = r.at.failed[item.Interface()]
	}
	return true
}

func (r *reader) object(n ast.Node, v reflect.Value, name string) bool {
	if !isMapping(n) {
		r.report(line(n), name+" is a single value where several lines belong",
			"write indented lines such as "+strings.Join(fieldNames(v.Type())[:1], ", ")+": …")
		return false
	}
	for _, e := range r.entries(n, name, "key: …") {
		field := fieldNamed(v, e.key)
		if !field.IsValid() {
			r.misspelt(e, v)
			continue
		}
		r.value(e.value, field, e.key)
		if _, tag := e.value.(*ast.TagNode); tag {
			r.at.failed[v.Addr().Interface()] = true // it hides the lines after it
		}
	}
	return true
}

// misspelt reports a key that an object does not have; the field that was meant
// is then not reported as missing too.
func (r *reader) misspelt(e keyed, v reflect.Value) {
	known := fieldNames(v.Type())
	r.unknown(e, known)
	if meant := fieldNamed(v, nearestWord(e.key, known)); meant.IsValid() {
		r.at.failed[meant.Addr().Interface()] = true
	}
}

func (r *reader) unknown(e keyed, known []string) {
	r.report(e.line, fmt.Sprintf("unknown key %q", e.key), didYouMean(e.key, known))
}
