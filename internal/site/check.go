package site

import (
	"fmt"
	"slices"
	"strings"
)

// checker collects the mistakes of a whole site.
type checker struct {
	site     *Site
	at       *places // nil for a pack
	problems []Problem
	keys     map[string][]string // by kind: the keys that can be referred to
}

// check is what is wrong with the content of a site: what is missing, does not
// fit its screen, or does not go together. at is nil for a site without files.
// The problems found before are part of the answer.
func check(s *Site, at *places, before ...Problem) []Problem {
	c := &checker{site: s, at: at, problems: before, keys: map[string][]string{}}
	c.form()
	c.uniqueKeys()
	c.centre()
	c.services()
	c.desks()
	c.questions()
	c.words()
	c.resources()
	c.workshops()
	c.programs()
	c.distance()
	return c.problems
}

// say reports a mistake at the first of the parts whose place is known.
func (c *checker) say(what, mend string, parts ...any) {
	at := c.at.of(parts...)
	c.problems = append(c.problems, Problem{at.file, at.line, what, mend})
}

// uniqueKeys finds keys that are there twice and notes all for references.
func (c *checker) uniqueKeys() {
	s := c.site
	c.noteKeys("service", each(s.Services, func(v *Service) *string { return &v.Key }))
	c.noteKeys("desk", each(s.Desks, func(v *Desk) *string { return &v.Key }))
	c.noteKeys("resource", each(s.Resources, func(v *Resource) *string { return &v.Key }))
	c.noteKeys("program", each(s.Programs, func(v *Program) *string { return &v.Key }))
	c.noteKeys("distance", each(s.Distance, func(v *Distance) *string { return &v.Key }))
	c.noteKeys("workshop", each(s.Workshops, func(v *Workshop) *string { return &v.Key }))
	c.noteKeys("question", questionKeys(s.Questions))
	for i := range s.Services {
		c.unique("topic", each(s.Services[i].Topics, func(v *Topic) *string { return &v.Key }))
	}
}

func questionKeys(level []Question) (keys []*string) {
	for i := range level {
		keys = append(keys, &level[i].Key)
		keys = append(keys, questionKeys(level[i].Children)...)
	}
	return keys
}

func (c *checker) noteKeys(kind string, keys []*string) {
	c.unique(kind+" key", keys)
	for _, key := range keys {
		c.keys[kind] = append(c.keys[kind], *key)
	}
}

// unique reports values that are there twice, naming both places.
func (c *checker) unique(what string, values []*string) {
	first := make(map[string]*string)
	for _, v := range values {
		switch other := first[*v]; {
		case *v == "":
		case other == nil:
			first[*v] = v
		default:
			c.say(fmt.Sprintf("the %s %s is already used%s", what, *v, c.where(other)),
				"give each its own", v)
		}
	}
}

// where is " at file:line" of a part, or nothing for a pack.
func (c *checker) where(part any) string {
	if at := c.at.of(part); at.file != "" {
		return fmt.Sprintf(" at %s:%d", at.file, at.line)
	}
	return ""
}

// refers checks that a key names something of the kind. Nothing is said when the
// file of that kind could not be read.
func (c *checker) refers(kind string, key *string, owner string) {
	known := c.keys[kind]
	if *key == "" || c.at.brokenFile(kind+"s.yaml") || slices.Contains(known, *key) {
		return
	}
	c.say(fmt.Sprintf("%s refers to the unknown %s %q", owner, kind, *key), didYouMean(*key, known), key)
}

func (c *checker) refersAll(kind string, keys []string, owner string) {
	for i := range keys {
		c.refers(kind, &keys[i], owner)
	}
	c.once(kind, keys, owner)
}

// once reports words of a list that are there twice.
func (c *checker) once(kind string, words []string, owner string) {
	for i := range words {
		if words[i] != "" && slices.Contains(words[:i], words[i]) {
			c.say(fmt.Sprintf("%s names the %s %s twice", owner, kind, words[i]), "take one out", &words[i])
		}
	}
}

// oneOf checks that a value is one of those known.
func (c *checker) oneOf(what string, value *string, known []string) {
	if *value != "" && !slices.Contains(known, *value) {
		c.say(fmt.Sprintf("unknown %s %q", what, *value), didYouMean(*value, known), value)
	}
}

// each picks a part of every element, by address.
func each[T any](all []T, part func(*T) *string) []*string {
	picked := make([]*string, len(all))
	for i := range all {
		picked[i] = part(&all[i])
	}
	return picked
}

func called(kind, key string) string { return strings.TrimSpace(kind + " " + key) }
