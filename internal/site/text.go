package site

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// text checks that a text is there in every language of the site and fits; whole
// is the part that the text is, for its place.
func (c *checker) text(t Text, room fit, name string, whole any) {
	for _, lang := range c.site.Languages {
		if at := entryOf(t, lang); !c.at.unread(at) {
			c.translation(t, lang, room, name, at, whole)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		c.language(lang, name, entryOf(t, lang), whole)
	}
}

func (c *checker) translation(t Text, lang string, room fit, name string, parts ...any) {
	s, ok := t[lang]
	if !ok {
		c.say(fmt.Sprintf("%s has no translation in %s", name, lang), "add a line "+lang+": …", parts...)
		return
	}
	if strings.TrimSpace(s) == "" {
		c.say(fmt.Sprintf("%s is empty in %s", name, lang), "write the text", parts...)
		return
	}
	if what, mend := unfit(s, room); what != "" {
		c.say(fmt.Sprintf("%s in %s %s", name, lang, what), mend, parts...)
	}
}

// language reports a language that the site does not have.
func (c *checker) language(lang, name string, parts ...any) {
	if known := c.site.Languages; len(known) > 0 && !slices.Contains(known, lang) {
		c.say(fmt.Sprintf("%s is given in %q, which is not a language of the centre", name, lang),
			didYouMean(lang, known)+", or add it to languages in centre.yaml", parts...)
	}
}

// texts checks the centre's own texts.
func (c *checker) texts(all map[string]Text, room fit, whole any) {
	for _, key := range slices.Sorted(maps.Keys(all)) {
		at := entryOf(all, key)
		if c.at.unread(at) {
			continue
		}
		if !slices.Contains(TextKeys(), key) {
			c.say(fmt.Sprintf("unknown text %q", key), didYouMean(key, TextKeys()), at, whole)
		}
		c.text(all[key], room, "text "+key, at)
	}
	for _, key := range TextKeys() {
		if _, ok := all[key]; !ok {
			c.say(fmt.Sprintf("the text %s is missing", key), "add it with its translations, as its neighbours", whole)
		}
	}
}

// words checks the everyday words of a question.
func (c *checker) words(all map[string][]string, name string, whole any) {
	for _, lang := range c.site.Languages {
		if len(all[lang]) == 0 && !c.at.unread(entryOf(all, lang)) {
			c.say(fmt.Sprintf("%s has none in %s", name, lang), "add a line "+lang+": [word, another word]",
				entryOf(all, lang), whole)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(all)) {
		c.language(lang, name, entryOf(all, lang), whole)
		words := all[lang]
		for i := range words {
			c.item(reflect.ValueOf(&words[i]).Elem(), "60", name, lang)
		}
		c.unique("word", each(words, func(v *string) *string { return v }))
	}
}

// fit is the room of a text: "34" cells in one line, or "2x40", lines and cells.
type fit string

func (f fit) lines() (lines, cells int) {
	before, after, many := strings.Cut(string(f), "x")
	if !many {
		before, after = "1", before
	}
	lines, _ = strconv.Atoi(before)
	cells, _ = strconv.Atoi(after)
	return lines, cells
}

// unfit says why a text cannot be shown: its signs, or its length where there is
// a limit. An empty what means that it can.
func unfit(s string, room fit) (what, mend string) {
	if what, mend := badSign(s); what != "" {
		return what, mend
	}
	lines, cells := room.lines()
	switch needed := wrapped(s, cells); {
	case room == "" || needed <= lines:
		return "", ""
	case lines == 1:
		return fmt.Sprintf("is %d columns wide, the screen has %d", uniseg.StringWidth(s), cells), "shorten it"
	default:
		return fmt.Sprintf("takes %d lines of %d columns, the screen has %d", needed, cells, lines), "shorten it"
	}
}

// badSign finds signs that a terminal would not show, or show differently.
func badSign(s string) (what, mend string) {
	for _, r := range s {
		switch {
		case r == '\n', r == '\r':
			return "has more than one line", "write it on one line, or begin it with >- to fold it"
		case r == '[', r == ']':
			return "has square brackets, which the screens read as colours", "write round ones"
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return fmt.Sprintf("has the invisible sign U+%04X", r), "write that place again by hand"
		case isPictogram(r):
			return fmt.Sprintf("has the pictogram %c, which terminals draw in different widths", r), "take it out"
		}
	}
	return "", ""
}

func isPictogram(r rune) bool {
	return r >= 0x1F000 || 0x2600 <= r && r <= 0x27BF || 0xFE00 <= r && r <= 0xFE0F || 0x2B00 <= r && r <= 0x2BFF
}

// wrapped is how many lines of so many cells a text takes when broken where its
// language allows.
func wrapped(s string, cells int) int {
	lines, used, state := 1, 0, -1
	for s != "" && cells > 0 {
		var segment string
		segment, s, _, state = uniseg.FirstLineSegmentInString(s, state)
		solid := uniseg.StringWidth(strings.TrimRight(segment, " "))
		if used > 0 && used+solid > cells {
			lines, used = lines+1, 0
		}
		more := max(0, solid-1) / cells // a word longer than a line
		lines += more
		used += uniseg.StringWidth(segment) - more*cells
	}
	return lines
}
