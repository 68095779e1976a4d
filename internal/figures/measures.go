package figures

import (
	"time"

	"accueil/internal/queue"
	"accueil/internal/waits"
)

// books are both sides of a service's books and what they contain.
func books() []measure {
	in := func(s queue.State) func(*Tally) int { return func(t *Tally) int { return t.In(s) } }
	return []measure{
		count("issued", func(t *Tally) int { return t.Issued }),
		count("walk_ins", func(t *Tally) int { return t.WalkIns }),
		count("transferred_in", func(t *Tally) int { return t.TransferredIn }),
		count("served", in(queue.Served)),
		count("no_show", in(queue.NoShow)),
		count("left", in(queue.Gone)),
		count("left_at_close", func(t *Tally) int { return t.LeftAtClose }),
		count("void", in(queue.Void)),
		count("transferred_out", in(queue.MovedOn)),
		count("open", (*Tally).Open),
		count("interviews", func(t *Tally) int { return t.Interviews }),
	}
}

// contacts are interviews here and exchanges without a ticket.
func contacts() []measure {
	return []measure{
		count("interviews", func(t *Tally) int { return t.Interviews }),
		count("groups", func(t *Tally) int { return t.Groups }),
		count("phone", func(t *Tally) int { return t.Phone }),
		count("video", func(t *Tally) int { return t.Video }),
		count("emails", func(t *Tally) int { return t.Emails }),
		count("persons", func(t *Tally) int { return t.Persons }),
		sumOf("contact_total", func(t *Tally) []time.Duration { return t.Calls }),
	}
}

func waited(t *Tally) []time.Duration { return t.Waits }
func talked(t *Tally) []time.Duration { return t.Talks }

// sums are times and promises as they add up.
func sums() []measure {
	return append([]measure{
		count("waits", func(t *Tally) int { return len(t.Waits) }),
		sumOf("wait_total", waited),
		count("finished", func(t *Tally) int { return len(t.Talks) }),
		sumOf("interview_total", talked),
	}, promises()...)
}

// times are what cannot be added up.
func times() []measure {
	return []measure{
		count("waits", func(t *Tally) int { return len(t.Waits) }),
		meanOf("wait_mean", waited),
		quantileOf("wait_median", 0.5, waited),
		quantileOf("wait_p90", 0.9, waited),
		count("finished", func(t *Tally) int { return len(t.Talks) }),
		meanOf("interview_mean", talked),
		quantileOf("interview_median", 0.5, talked),
		quantileOf("interview_p90", 0.9, talked),
	}
}

// promises hold the interval frozen on the ticket against what happened.
func promises() []measure {
	audit := func(of func(waits.Audit) int) func(*Tally) int {
		return func(t *Tally) int { return of(waits.Score(t.Kept)) }
	}
	return []measure{
		count("promised", func(t *Tally) int { return t.Promised }),
		count("promise_known", audit(func(a waits.Audit) int { return a.N })),
		count("promise_kept", audit(func(a waits.Audit) int { return a.Covered })),
		count("promise_sooner", audit(func(a waits.Audit) int { return a.TooLong })),
		count("promise_later", audit(func(a waits.Audit) int { return a.TooShort })),
	}
}

// coverage is the share of promises kept, with its confidence interval.
func coverage() []measure {
	share := func(key string, of func(waits.Audit) float64) measure {
		return measure{Column{key, Share, false}, func(t *Tally) Cell {
			if n := len(t.Kept); n < Enough {
				return Cell{None: fewer(n)}
			}
			return Cell{Share: of(waits.Score(t.Kept))}
		}}
	}
	return []measure{
		share("kept_share", func(a waits.Audit) float64 { return a.Coverage }),
		share("kept_share_low", func(a waits.Audit) float64 { return a.AtLeast }),
		share("kept_share_high", func(a waits.Audit) float64 { return a.AtMost }),
	}
}
