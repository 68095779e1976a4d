package phrases

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/rivo/uniseg"
)

// part is a piece of a text: words as they are, or the name of an argument.
type part struct{ words, name string }

// split cuts a checked text into its parts.
func split(text string) []part {
	var parts []part
	for {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			parts = append(parts, part{words: before})
		}
		if !found {
			return parts
		}
		var name string
		name, text, _ = strings.Cut(rest, "}")
		parts = append(parts, part{name: name})
	}
}

// braces lets go-i18n fill {Name} from our arguments: easier on a translator's
// eye than text/template, and cheap enough for every frame.
type braces struct{}

var _ template.Parser = braces{}

func (braces) Cacheable() bool { return true }

func (braces) Parse(text, _, _ string) (template.ParsedTemplate, error) {
	return parsed(split(text)), nil
}

type parsed []part

// Execute fills the parts from data, an [arguments].
func (p parsed) Execute(data any) (string, error) {
	args, ok := data.(arguments)
	if !ok {
		return "", errors.New("phrases: no arguments")
	}
	out := make([]byte, 0, 96)
	for _, part := range p {
		if part.name == "" {
			out = append(out, part.words...)
			continue
		}
		out = args.append(out, part.name)
	}
	return string(out), nil
}

// arguments are the name, value pairs given to Say.
type arguments struct {
	pairs  []any
	format *format
}

// value finds an argument by its name.
func (a arguments) value(name string) (any, bool) {
	for i := 0; i+1 < len(a.pairs); i += 2 {
		if a.pairs[i] == name {
			return a.pairs[i+1], true
		}
	}
	return nil, false
}

// append writes an argument as the language writes it. One that was not given
// stays visible as {Name}, so that a test or a reader notices.
func (a arguments) append(out []byte, name string) []byte {
	value, given := a.value(name)
	if !given {
		return append(append(append(out, '{'), name...), '}')
	}
	switch v := value.(type) {
	case string:
		return append(out, v...)
	case int:
		return a.format.appendNumber(out, int64(v))
	case int64:
		return a.format.appendNumber(out, v)
	case uint64:
		return a.format.appendNumber(out, int64(v))
	}
	return fmt.Append(out, value)
}

// checkText says what is wrong with a text as it is written in a file.
func checkText(text string) error {
	if text == "" || strings.Trim(text, " ") != text {
		return errors.New("the text is empty, or has a blank at an end")
	}
	if err := checkBraces(text); err != nil {
		return err
	}
	for _, r := range text {
		if why := unsafeRune(r); why != "" {
			return fmt.Errorf("%U is %s: terminals disagree about it, remove it", r, why)
		}
	}
	return nil
}

func checkBraces(text string) error {
	for {
		open := strings.IndexAny(text, "{}")
		if open < 0 {
			return nil
		}
		end := strings.IndexByte(text[open+1:], '}')
		if text[open] == '}' || end < 0 || !isName(text[open+1:open+1+end]) {
			return fmt.Errorf("write an argument as {Name}, a capital and letters, not %.20q", text[open:])
		}
		text = text[open+end+2:]
	}
}

func isName(s string) bool {
	for i, r := range s {
		if !(r >= 'A' && r <= 'Z' || i > 0 && r >= 'a' && r <= 'z') {
			return false
		}
	}
	return s != ""
}

// unsafeRune names what makes a character unfit for a terminal, or "".
func unsafeRune(r rune) string {
	const joiner, emojiStyle = '\u200D', '\uFE0F'
	switch {
	case unicode.IsControl(r):
		return "a control character"
	case r == joiner, r == emojiStyle:
		return "part of an emoji"
	case unicode.Is(unicode.Cf, r): // marks of direction too: the screens turn and isolate by themselves
		return "an invisible sign"
	case unicode.Is(unicode.So, r) && uniseg.StringWidth(string(r)) != 1:
		return "an emoji"
	}
	return ""
}
