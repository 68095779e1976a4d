package uplink

import (
	"strings"

	"accueil/internal/queue"
	"accueil/internal/safety"
)

// anyDay is before every day.
const anyDay queue.Date = "0"

// numbers are the own labels that days have used up. A candidate is used unless
// its ticket was handed over under the hub's label: then nobody ever saw it,
// and the next ticket may have it.
type numbers struct {
	from queue.Date                     // the first of the days, "" for none
	high map[string]int                 // "C BK" → the highest number used
	open map[queue.TicketID]queue.Label // candidates of which it is not known yet
}

func newNumbers(from queue.Date) numbers {
	return numbers{from: from, high: map[string]int{}, open: map[queue.TicketID]queue.Label{}}
}

// counts says whether a day is one of them.
func (n *numbers) counts(d queue.Date) bool {
	if safety.Off(safety.Numbers) {
		return d == n.from
	}
	return n.from != "" && d >= n.from
}

// take applies new facts if they are of these days.
func (n *numbers) take(facts []queue.Fact) {
	for _, f := range facts {
		if n.counts(f.Day) {
			n.apply(f)
		}
	}
}

func (n *numbers) apply(f queue.Fact) {
	switch f.Kind {
	case queue.Issued:
		n.open[f.Ticket] = f.Label
	case queue.Handed, queue.Voided:
		own, known := n.open[f.Ticket]
		if known && (f.Kind == queue.Voided || f.Label == own) {
			n.use(own)
		}
		delete(n.open, f.Ticket)
	}
}

func (n *numbers) use(own queue.Label) {
	group := groupOf(own)
	n.high[group] = max(n.high[group], own.Number())
}

// next is the first label of a series that no ticket has or may have.
func (n *numbers) next(letter, series string) queue.Label {
	group := letter + " " + series
	high := n.high[group]
	for _, own := range n.open {
		if groupOf(own) == group {
			high = max(high, own.Number())
		}
	}
	return queue.OwnLabel(letter, series, high+1)
}

// groupOf is letter and series of an own label.
func groupOf(own queue.Label) string {
	s := string(own)
	return s[:max(0, strings.LastIndexByte(s, ' '))]
}
