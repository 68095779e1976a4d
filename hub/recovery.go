package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"accueil/internal/queue"
)

// recovery is what became of the time between a copy and the moment when a hub
// went on from it.
type recovery struct {
	Day      queue.Date    `json:"day"`
	No       uint64        `json:"no"`      // of the fact that says so
	Journal  string        `json:"journal"` // the new name
	At       time.Time     `json:"at"`
	Copied   time.Time     `json:"copied"`  // the last thing the copy knows
	Facts    int           `json:"facts"`   // sent again by terminals
	Tickets  int           `json:"tickets"` // issued in between
	Papers   int           `json:"papers"`  // of those, handed over under a number of the lost hub
	Missing  []queue.Label `json:"missing"` // numbers of the lost hub that no terminal has sent
	Silent   []string      `json:"silent"`  // terminals that were active before and have sent nothing since
	Resumed  []queue.Label `json:"resumed"` // recovered and waiting, perhaps served already
	lastSeen time.Time     // of the terminals that count as active before
}

// recoveries looks for the moments when a hub went on from a copy. Mostly there
// is none, and then nothing is read.
func recoveries(j facts, zone *time.Location) ([]recovery, error) {
	hubs := 0
	for s := range j.Heads() {
		if s.Terminal == "hub" {
			hubs++
		}
	}
	found := []recovery{}
	if hubs < 2 {
		return found, nil
	}
	err := each(j, func(f queue.Fact) {
		if f.Kind == queue.Restored {
			found = append(found, recovery{Day: f.Day, No: f.No, Journal: f.Source.Journal, At: f.At, Missing: []queue.Label{}, Silent: []string{}, Resumed: []queue.Label{}})
		}
	})
	for i := range found {
		if err == nil {
			err = found[i].read(j, zone)
		}
	}
	return found, err
}

func each(j facts, do func(queue.Fact)) error {
	days, err := j.Days()
	if err != nil {
		return err
	}
	for _, d := range days {
		if err := j.Day(d, func(f queue.Fact) error { do(f); return nil }); err != nil {
			return fmt.Errorf("read %s: %w", d, err)
		}
	}
	return nil
}

// read fills in what the facts before and after tell. The end of the copy must
// be known first: what is older was in it.
func (r *recovery) read(j facts, zone *time.Location) error {
	err := each(j, func(f queue.Fact) {
		if f.No < r.No && f.Source.Journal != r.Journal {
			if heard := f.Heard; heard.After(r.Copied) {
				r.Copied = heard
			}
		}
	})
	if err != nil {
		return err
	}
	r.lastSeen = r.Copied.Add(-24 * time.Hour)
	n := newNumbersSeen()
	tickets, before, after := map[queue.TicketID]bool{}, map[string]bool{}, map[string]bool{}
	err = each(j, func(f queue.Fact) {
		fromTerminal := f.Source.Terminal != "hub"
		switch {
		case f.No < r.No:
			before[f.Source.Terminal] = before[f.Source.Terminal] || fromTerminal && f.When().After(r.lastSeen)
		case fromTerminal:
			after[f.Source.Terminal] = true
		}
		recovered := fromTerminal && f.No > r.No && f.When().Before(r.At) && f.When().After(r.Copied)
		if recovered {
			r.Facts++
		}
		switch {
		case recovered && f.Kind == queue.Issued:
			r.Tickets++
			tickets[f.Ticket] = true
		case recovered && f.Kind == queue.Handed && !f.Label.Own():
			r.Papers++
			n.paper(f)
		case f.Day == r.Day && f.No < r.No && f.Label != "" && !f.Label.Own():
			n.known(f)
		}
	})
	if err != nil {
		return err
	}
	r.Missing = n.missing()
	for terminal, active := range before {
		if active && !after[terminal] {
			r.Silent = append(r.Silent, terminal)
		}
	}
	slices.Sort(r.Silent)
	return r.waiting(j, zone, tickets)
}

// waiting finds the recovered tickets that wait: what the lost hub did with them
// is not known.
func (r *recovery) waiting(j facts, zone *time.Location, tickets map[queue.TicketID]bool) error {
	day := queue.NewDay(r.Day, queue.Rules{Zone: zone})
	if err := j.Day(r.Day, func(f queue.Fact) error { day.Apply(f); return nil }); err != nil {
		return err
	}
	for _, t := range day.Tickets() {
		if tickets[t.ID] && t.Now().State == queue.Waiting {
			r.Resumed = append(r.Resumed, t.Label())
		}
	}
	return nil
}

// numbersSeen are the hub's numbers by letter: the highest known to the copy,
// and those that papers tell of.
type numbersSeen struct {
	high   map[string]int
	papers map[string][]int
}

func newNumbersSeen() numbersSeen { return numbersSeen{map[string]int{}, map[string][]int{}} }

func letterOf(l queue.Label) string { return string(l[:1]) }

func (n numbersSeen) known(f queue.Fact) {
	n.high[letterOf(f.Label)] = max(n.high[letterOf(f.Label)], f.Label.Number())
}

func (n numbersSeen) paper(f queue.Fact) {
	n.papers[letterOf(f.Label)] = append(n.papers[letterOf(f.Label)], f.Label.Number())
}

// mostMissing bounds what is listed.
const mostMissing = 100

// missing are the numbers between that no paper has: people were received without
// a ticket under them, or their kiosk has not come back.
func (n numbersSeen) missing() []queue.Label {
	labels := []queue.Label{}
	for _, letter := range slices.Sorted(maps.Keys(n.papers)) {
		papers := n.papers[letter]
		slices.Sort(papers)
		for no := n.high[letter] + 1; no < papers[len(papers)-1] && len(labels) < mostMissing; no++ {
			if _, told := slices.BinarySearch(papers, no); !told {
				labels = append(labels, queue.HubLabel(letter, no))
			}
		}
	}
	return labels
}

func (r recovery) print(w io.Writer) {
	const clock = "2006-01-02 15:04:05"
	fmt.Fprintf(w, "restored: %s as journal %s (fact %d), from a copy that ends %s\n", r.At.Format(clock), r.Journal, r.No, r.Copied.Format(clock))
	fmt.Fprintf(w, "  sent again: %d facts, %d tickets, %d of them under numbers of the lost hub\n", r.Facts, r.Tickets, r.Papers)
	fmt.Fprintln(w, "  lost: what desks, coordinator and people counters did in between")
	for _, list := range []struct {
		what string
		all  []string
	}{
		{"wait again, perhaps served already", texts(r.Resumed)},
		{"numbers of the lost hub that nobody has sent", texts(r.Missing)},
		{"nothing heard since from", r.Silent},
	} {
		if len(list.all) > 0 {
			fmt.Fprintf(w, "  %s: %s\n", list.what, strings.Join(list.all, ", "))
		}
	}
}

func texts(labels []queue.Label) []string {
	all := make([]string, len(labels))
	for i, l := range labels {
		all[i] = string(l)
	}
	return all
}
