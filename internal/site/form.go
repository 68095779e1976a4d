package site

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
)

// form walks the whole site and checks what can be said of every field alone:
// required ones are there, keys are keys, texts fit in every language.
func (c *checker) form() {
	v := reflect.ValueOf(c.site).Elem()
	for _, sheet := range sheets() {
		if c.at.brokenFile(sheet.file) {
			continue
		}
		for _, name := range sheet.fields {
			c.field(v, fieldIndex(v.Type(), name), "the centre")
		}
	}
}

// object checks the fields of a struct; owner says whose they are.
func (c *checker) object(v reflect.Value, kind string) {
	owner := kind
	if key := v.FieldByName("Key"); key.IsValid() {
		owner = called(kind, key.String())
	}
	for i := range v.NumField() {
		c.field(v, i, owner)
	}
}

func (c *checker) field(v reflect.Value, i int, owner string) {
	field, tag := v.Field(i), v.Type().Field(i)
	name, optional := fieldName(tag)
	part := field.Addr().Interface()
	if !field.IsZero() {
		c.value(field, fit(tag.Tag.Get("fit")), owner, name)
		return
	}
	if !optional && !c.at.unread(part) && !c.at.unread(v.Addr().Interface()) {
		c.say(fmt.Sprintf("%s: %s is missing", owner, name), "add a line "+name+": …", part, v.Addr().Interface())
	}
}

// value checks one value that is there.
func (c *checker) value(v reflect.Value, room fit, owner, name string) {
	switch part := v.Addr().Interface().(type) {
	case *Text:
		c.text(*part, room, label{owner, name}, part)
	case *map[string]Text:
		c.texts(*part, room, part)
	case *string:
		c.plain(part, room, owner, name)
	default:
		c.inside(v, room, owner, name)
	}
}

func (c *checker) inside(v reflect.Value, room fit, owner, name string) {
	switch v.Kind() {
	case reflect.Struct:
		if _, whole := v.Interface().(encoding.TextMarshaler); !whole {
			c.object(v, owner)
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.item(v.Index(i), room, owner, name)
		}
	}
}

// item checks one element of a list: the name of the list in the singular is the
// kind of its elements.
func (c *checker) item(v reflect.Value, room fit, owner, name string) {
	switch {
	case v.Kind() == reflect.Struct && v.FieldByName("Key").IsValid():
		c.object(v, singular(name))
	case v.Kind() == reflect.String && v.IsZero() && !c.at.unread(v.Addr().Interface()):
		c.say(fmt.Sprintf("%s: an entry of %s is empty", owner, name), "fill it in, or take the line out", v.Addr().Interface())
	default:
		c.value(v, room, owner, name)
	}
}

func singular(name string) string {
	if name == "children" {
		return "question"
	}
	return strings.TrimSuffix(name, "s")
}

// plain checks a text that is the same in all languages.
func (c *checker) plain(v *string, room fit, owner, name string) {
	if name == "key" {
		c.key(v)
		return
	}
	if name == "shape" {
		return // its signs would not do in a text
	}
	if what, mend := unfit(*v, room); what != "" {
		c.say(fmt.Sprintf("%s: %s %s", owner, name, what), mend, v)
	}
}

func (c *checker) key(v *string) {
	if !isKey(*v) {
		c.say(fmt.Sprintf("%q cannot be a key", *v),
			"write at most 32 small letters a to z, digits and hyphens, beginning with a letter", v)
	}
}

// isKey says whether a key can stand in topics, addresses and file names.
func isKey(s string) bool {
	strange := func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }
	return s != "" && len(s) <= 32 && s[0] >= 'a' && s[0] <= 'z' &&
		!strings.HasSuffix(s, "-") && strings.IndexFunc(s, strange) < 0
}
