package arabic

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/bidi"
)

// Unicode's marks around a stretch that keeps its own direction.
const (
	isolate = '\u2066'
	release = '\u2069'
)

// apart stands between things that have nothing to do with each other.
const apart = "·"

// stops are the marks of the Arabic sentence: what stands on either side of one are
// two stretches.
const stops = "،؛؟"

// Visual returns one line of text, given in the order it is read, in the order
// its characters stand on a screen from left to right. A line with any Arabic
// runs from the right; numbers, labels, Latin words, addresses and times in it
// stay as they are. A line without is returned as it is.
func Visual(line string) string {
	if !Has(line) {
		return line
	}
	var p bidi.Paragraph
	if _, err := p.SetString(isolated(strings.Map(inLine, line)), bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		return line
	}
	order, err := p.Order()
	if err != nil {
		return line
	}
	// The package keeps of the levels only whether they are odd. With the
	// paragraph to the right and everything to the left isolated there are only
	// levels 1 and 2, so that nothing is missed.
	var out strings.Builder
	for i := order.NumRuns() - 1; i >= 0; i-- {
		run := order.Run(i)
		text := strings.Map(unmarked, run.String())
		if run.Direction() == bidi.RightToLeft {
			text = reversed(text)
		}
		out.WriteString(text)
	}
	return out.String()
}

// inLine makes spaces of what would end the line.
func inLine(r rune) rune {
	if p, _ := bidi.LookupString(string(r)); p.Class() == bidi.B {
		return ' '
	}
	return r
}

func unmarked(r rune) rune {
	if r == isolate || r == release {
		return -1
	}
	return r
}

// reversed turns characters around, accents with their letters, and mirrors
// brackets and quotes.
func reversed(s string) string {
	var all []string
	for state := -1; s != ""; {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		all = append(all, Mirror(cluster))
	}
	slices.Reverse(all)
	return strings.Join(all, "")
}

// Mirror returns the character that looks the other way, or the same one.
func Mirror(char string) string {
	const pairs = "()[]{}<>«»‹›≤≥⟨⟩"
	runes := []rune(pairs)
	if i := slices.Index(runes, []rune(char)[0]); i >= 0 && len([]rune(char)) == 1 {
		return string(runes[i^1])
	}
	return char
}

// isolated puts marks around each stretch that runs from left to right: one or
// more words in a row without any Arabic, such as "C 042", "01 40 05 70 00" or
// "10:42 – 18:00". Without them "01 40" would be read as "40 01".
func isolated(line string) string {
	words := strings.SplitAfter(line, " ")
	var out strings.Builder
	for i := 0; i < len(words); {
		end := i
		for j := i; j < len(words) && !Has(words[j]) && strings.TrimSpace(words[j]) != apart; j++ {
			if _, core, _ := trimmed(words[j]); core != "" {
				end = j + 1
			}
			if strings.ContainsAny(words[j], stops) {
				break
			}
		}
		if end == i || leads(words[i]) {
			out.WriteString(words[i])
			i++
			continue
		}
		before, core, after := trimmed(strings.Join(words[i:end], ""))
		out.WriteString(before + string(isolate) + core + string(release) + after)
		i = end
	}
	return out.String()
}

// leads tells whether a word is punctuation only, which belongs to the line.
func leads(word string) bool {
	_, core, _ := trimmed(word)
	return core == ""
}

// trimmed cuts off the punctuation around words, which belongs to the line and
// not to them; a sign before a number and what is said of it stay.
func trimmed(words string) (before, core, after string) {
	inner := strings.IndexFunc(words, isInner)
	if inner < 0 {
		return words, "", ""
	}
	last := strings.LastIndexFunc(words, isInner)
	_, size := utf8.DecodeRuneInString(words[last:])
	end := last + size
	for _, unit := range []string{"%", "\u00a0%", "°", "+", "/"} {
		if strings.HasPrefix(words[end:], unit) {
			end += len(unit)
			break
		}
	}
	start := inner
	for _, sign := range []string{"-", "\u2212", "+", "#", "@"} {
		if strings.HasSuffix(words[:start], sign) {
			start -= len(sign)
			break
		}
	}
	return words[:start], words[start:end], words[end:]
}

// isInner tells whether a rune is a letter or digit that runs to the right.
func isInner(r rune) bool { return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !isRight(r) }
