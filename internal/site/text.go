package site

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// text checks that a text is there in the centre's own language, and that it fits
// in every one; whole is the part that the text is, for its place. What the other
// languages lack was found when their files were read, and is no harm in a pack.
func (c *checker) text(t Text, room fit, name label, whole any) {
	for i, lang := range c.site.Languages {
		s, ok := t[lang]
		if at := entryOf(t, lang); isLanguage(lang) && !c.at.unread(at) && (ok || i == 0) {
			c.translation(s, lang, room, name, at, whole)
		}
	}
}

// label names a text for people, put together only when there is something to say.
type label struct{ owner, name string }

func (l label) String() string {
	if l.owner == "" {
		return l.name
	}
	return l.owner + ": " + l.name
}

func (c *checker) translation(s, lang string, room fit, name label, parts ...any) {
	if strings.TrimSpace(s) == "" {
		c.say(fmt.Sprintf("%s is empty in %s", name, lang), "write the text", parts...)
		return
	}
	if what, mend := unfit(s, room); what != "" {
		c.say(fmt.Sprintf("%s in %s %s", name, lang, what), mend, parts...)
	}
}

// texts checks the centre's own texts.
func (c *checker) texts(all map[string]Text, room fit, whole any) {
	misspelt := make(map[string]bool)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		at := entryOf(all, key)
		if c.at.unread(at) {
			continue
		}
		if !slices.Contains(TextKeys(), key) && key != TextPaper {
			c.say(fmt.Sprintf("unknown text %q", key), didYouMean(key, TextKeys()), at, whole)
			misspelt[nearestWord(key, TextKeys())] = true
		}
		c.text(all[key], room, label{"", "text " + key}, at)
	}
	for _, key := range TextKeys() {
		if _, ok := all[key]; !ok && !misspelt[key] {
			c.say(fmt.Sprintf("the text %s is missing", key), "add it, as its neighbours", whole)
		}
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
	if room == "" || plainLines(s, cells) <= lines {
		return "", ""
	}
	switch needed := wrapped(s, cells); {
	case needed <= lines:
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
		case r == ' ', 'a' <= r && r <= 'z', 'À' <= r && r <= 'ÿ':
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

// plainLines is at least as many lines as wrapped, and quick to know: it breaks at
// spaces only and takes every letter beyond the Latin ones as very wide.
func plainLines(s string, cells int) int {
	lines, used := 1, 0
	for word := range strings.SplitSeq(s, " ") {
		width := plainWidth(word)
		if used > 0 && used+1+width > cells {
			lines, used = lines+1, 0
		} else if used > 0 {
			used++
		}
		used += width
		if used > cells {
			return math.MaxInt
		}
	}
	return lines
}

func plainWidth(word string) (cells int) {
	for _, r := range word {
		if cells++; r >= 0x300 && (r < 0x2010 || r > 0x2026) {
			cells += 3
		}
	}
	return cells
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
