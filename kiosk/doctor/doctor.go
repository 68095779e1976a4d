// Package doctor looks at everything a terminal stands on, and says in one line each what is well, or what is wrong and what to do.
package doctor

import (
	"context"
	"fmt"
	"io"

	"accueil/internal/phrases"
)

// Finding is what was found of one part.
type Finding struct {
	Part string // "printer", "sound", "screen", "fonts", "line", "clock"
	// Key is the phrase that says it, with what to do when it is bad; its
	// arguments are Pairs.
	Key   string
	Pairs []any
	Bad   bool
}

// Examine looks at one part. It returns within seconds.
type Examine func(context.Context) Finding

// Run looks at one part after the other, writes a line for each as soon as it is
// known, and returns how many are bad.
func Run(ctx context.Context, say phrases.Speaker, out io.Writer, parts ...Examine) (bad int, err error) {
	for _, examine := range parts {
		f := examine(ctx)
		mark := say.Say("doctor.well")
		if f.Bad {
			mark = say.Say("doctor.bad")
			bad++
		}
		if _, err := fmt.Fprintf(out, "%-6s  %s\n", mark, say.Say("doctor.line", "Part", say.Say("doctor.part."+f.Part), "Text", say.Say(f.Key, f.Pairs...))); err != nil {
			return bad, err
		}
	}
	return bad, nil
}

func well(part, key string, pairs ...any) Finding { return Finding{Part: part, Key: key, Pairs: pairs} }

func bad(part, key string, pairs ...any) Finding {
	return Finding{Part: part, Key: key, Pairs: pairs, Bad: true}
}
