package site

import (
	"cmp"
	"fmt"
	"slices"
)

// Problem is one mistake in the content, for the person who can mend it.
type Problem struct {
	File string // "questions.yaml"; empty when the content came as a pack
	Line int    // from 1; 0 when it is about the whole file
	What string // what is wrong
	Mend string // how to mend it
}

// String is "file:line: what is wrong; how to mend it".
func (p Problem) String() string {
	said := p.What + "; " + p.Mend
	switch {
	case p.File == "":
		return said
	case p.Line == 0:
		return p.File + ": " + said
	default:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, said)
	}
}

// Error is the problem as String has it.
func (p Problem) Error() string { return p.String() }

// sortProblems puts the problems in the order of files and lines.
func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
