package site

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// unreadable finds what makes a file unfit for the YAML reader: the wrong encoding,
// tabs as indentation, brackets in brackets without end. It answers with an empty
// what when all is well.
func unreadable(text string) (what, mend string, line int) {
	switch {
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return "the file is in UTF-16", "save it again with the encoding UTF-8", 1
	case strings.HasPrefix(text, "\ufeff"):
		return "the file begins with an invisible mark (BOM)", "save it again as UTF-8 without BOM", 1
	}
	depth := 0
	for i, row := range strings.Split(text, "\n") {
		depth += nesting(row)
		switch indent := row[:len(row)-len(strings.TrimLeft(row, " \t"))]; {
		case !utf8.ValidString(row):
			return fmt.Sprintf("the %s character is not UTF-8", ordinal(badRune(row)+1)),
				"save the file again with the encoding UTF-8", i + 1
		case strings.ContainsRune(row, 0):
			return "the line holds a zero byte", "save the file again as plain text", i + 1
		case strings.Contains(indent, "\t") && strings.TrimSpace(row) != "":
			return "the line is indented with a tab", "use spaces: two for each step", i + 1
		case depth > maxNesting:
			return fmt.Sprintf("more than %d brackets are open", maxNesting), "close them", i + 1
		}
	}
	return "", "", 0
}

func nesting(row string) int {
	return strings.Count(row, "[") + strings.Count(row, "{") - strings.Count(row, "]") - strings.Count(row, "}")
}

// badRune is how many characters stand before the first that is not UTF-8.
func badRune(row string) int {
	n := 0
	for len(row) > 0 {
		r, size := utf8.DecodeRuneInString(row)
		if r == utf8.RuneError && size == 1 {
			return n
		}
		row = row[size:]
		n++
	}
	return n
}

func ordinal(n int) string {
	suffix := "th"
	if n%100/10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}
