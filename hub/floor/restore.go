package floor

import (
	"slices"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// hubTerminal is the terminal of the hub's own facts.
const hubTerminal = "hub"

// goesOn says whether this is the hub's first look at a journal that another
// hub has begun: a copy, restored after the other was lost.
func (f *Floor) goesOn() bool { return f.heads[f.source] == 0 && f.last > 0 }

// goOn is the first thing recorded in such a journal. Nothing can be decided
// before it is durable.
func (f *Floor) goOn() {
	f.record(queue.Fact{Kind: queue.Restored})
	f.hubs = nil
	f.log.Warn("this journal is a restored copy: numbers go on in a new block, and the terminals will send what it lacks",
		"day", f.day.Date, "facts", f.last-1)
}

// doubt believes a terminal that this journal once had more facts than it has:
// somebody has put an older copy of the file in its place. The hub then goes on
// as from any copy, under another name.
func (f *Floor) doubt(m wire.Facts) {
	if m.Hub != f.source.Journal || m.Acked <= f.heads[m.Source] {
		return
	}
	id, err := f.journal.Renew()
	if err != nil {
		f.log.Error("the journal was set back and cannot take another name", "err", err)
		return
	}
	f.log.Error("the journal was set back: a terminal knows of more facts than it has", "source", m.Source,
		"facts", f.heads[m.Source], "known", m.Acked)
	f.source.Journal = id
	f.turn()
}

// left is how many series are left out before the n-th source: a block for
// every time that a hub went on from a copy before that source was met.
func (f *Floor) left(n int) int {
	if f.hubs == nil {
		f.hubs = f.metHubs()
	}
	before, _ := slices.BinarySearch(f.hubs, n)
	return max(0, before-1) * queue.SeriesBlock
}

// metHubs are the ordinals of the hubs that have written in this journal.
func (f *Floor) metHubs() []int {
	hubs := []int{}
	for s := range f.heads {
		if s.Site == f.source.Site && s.Terminal == hubTerminal {
			if at, known := f.journal.Ordinal(s); known {
				hubs = append(hubs, at)
			}
		}
	}
	slices.Sort(hubs)
	return hubs
}
