package speech

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"accueil/internal/phrases"
)

// What is written one way and said another.
var (
	labels    = regexp.MustCompile(`\b([A-Z])[ \x{a0}](?:([A-Z]{2,3})[ \x{a0}])?0*([0-9]{1,5})\b`)
	clocks    = regexp.MustCompile(`\b([0-9]{1,2}):([0-9]{2})\b`)
	spans     = regexp.MustCompile(`\b([0-9]+)[-–]([0-9]+)\b`)
	minus     = regexp.MustCompile(`−([0-9])`)
	addresses = regexp.MustCompile(`(?:https?://)?[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+(?:/[\p{L}0-9._~/-]*)?`)
	breaks    = regexp.MustCompile(`[ \x{a0}]*[,.] *(?:[,.] *)+`)
)

// Aloud turns what stands on a screen into what a person would say: the label
// "C 042" letter by letter and as a number, "10:42" as a time, signs left out.
func Aloud(say phrases.Speaker, text string) string {
	text = addresses.ReplaceAllStringFunc(text, func(a string) string { return address(say, a) })
	text = labels.ReplaceAllStringFunc(text, phrases.Spelled)
	text = clocks.ReplaceAllStringFunc(text, func(c string) string { return clock(say, c) })
	text = spans.ReplaceAllStringFunc(text, func(s string) string {
		part := spans.FindStringSubmatch(s)
		return say.Say("time.between", "Low", part[1], "High", part[2])
	})
	text = minus.ReplaceAllString(text, say.Say("speech.minus")+" $1")
	text = minutes(say, text)
	text = strings.Join(strings.FieldsFunc(words(text), unicode.IsSpace), " ")
	text = strings.ReplaceAll(breaks.ReplaceAllString(text, ". "), " ,", ",")
	text = strings.NewReplacer("?. ", "? ", "!. ", "! ").Replace(text)
	return strings.Trim(text, " ,")
}

func clock(say phrases.Speaker, text string) string {
	part := clocks.FindStringSubmatch(text)
	hour, _ := strconv.Atoi(part[1])
	minute, _ := strconv.Atoi(part[2])
	if minute == 0 {
		return say.Say("speech.hour", "Hour", hour)
	}
	return say.Say("speech.clock", "Hour", hour, "Minute", minute)
}

// minutes says the short word of the screen in full.
func minutes(say phrases.Speaker, text string) string {
	short := strings.TrimSpace(strings.Trim(say.Say("time.minutes", "Count", 5), "5\u00a0 "))
	if short == "" {
		return text
	}
	unit := regexp.MustCompile(`([0-9]+)[ \x{a0}]?` + regexp.QuoteMeta(short) + `(?:$|([^\p{L}]))`)
	return unit.ReplaceAllStringFunc(text, func(s string) string {
		part := unit.FindStringSubmatch(s)
		count, err := strconv.Atoi(part[1])
		if err != nil {
			return s
		}
		return say.Say("speech.minutes", "Count", count) + part[2]
	})
}

// address says the dots of an address; that of a ticket's page is left out: its
// code is of no use to the ear.
func address(say phrases.Speaker, a string) string {
	if strings.Contains(strings.ToUpper(a), "/T/") {
		return ""
	}
	_, host, ok := strings.Cut(a, "://")
	if !ok {
		host = a
	}
	if !strings.ContainsFunc(host, unicode.IsLetter) {
		return a // a number or a date with dots
	}
	host = strings.ToLower(strings.TrimRight(host, "/."))
	return strings.NewReplacer(".", " "+say.Say("speech.dot")+" ", "/", ", ").Replace(host)
}

// words leaves out the signs that are drawn for the eye.
func words(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '·' || r == '|':
			return ','
		case strings.ContainsRune("«»‹›\"", r):
			return ' '
		case unicode.In(r, unicode.So, unicode.Sk, unicode.Co) || r >= 0x2190 && r <= 0x2bff:
			return ' '
		}
		return r
	}, text)
}

// Called is what is said when a ticket is called to a desk.
func Called(say phrases.Speaker, label, desk string) Piece {
	return Piece{say.Lang(), say.Called(label, desk)}
}
