package figures

import (
	"math"
	"slices"
	"time"

	"accueil/internal/queue"
	"accueil/internal/waits"
)

// Tally counts stages and what came of them. Two tallies add up to the tally of
// both: nothing in it is a rounded or divided number.
type Tally struct {
	Issued        int
	WalkIns       int // of the issued: received at a desk without a ticket
	TransferredIn int
	Stages        [queue.MovedOn + 1]int // by state now; MovedOn are the transferred out
	LeftAtClose   int                    // of those who left: still there when the day closed
	Interviews    int                    // stages that were started
	Promised      int                    // tickets with a promise on them
	Persons       int                    // who were received: several can come on one ticket

	// Contacts without a ticket.
	Phone, Video, Groups, Emails int

	Waits []time.Duration // of the called, in whole seconds
	Talks []time.Duration // of the finished interviews, in whole seconds
	Calls []time.Duration // contacts whose length is known, in whole seconds
	Kept  []waits.Kept    // promises whose outcome is known; no-shows have none
}

// Enough is how many values a quantile needs: fewer say too much of each.
const Enough = 20

// In is the number of stages now in state s.
func (t *Tally) In(s queue.State) int { return t.Stages[s] }

// Open is the number of stages that are not over.
func (t *Tally) Open() int {
	n := 0
	for s := queue.Waiting; !s.Ended(); s++ {
		n += t.Stages[s]
	}
	return n
}

// Balanced says whether every stage that came in is somewhere, once.
func (t *Tally) Balanced() bool {
	sum := 0
	for _, n := range t.Stages {
		sum += n
	}
	return t.Issued+t.TransferredIn == sum
}

// Add adds another tally to t.
func (t *Tally) Add(o *Tally) {
	t.Issued += o.Issued
	t.WalkIns += o.WalkIns
	t.TransferredIn += o.TransferredIn
	for s, n := range o.Stages {
		t.Stages[s] += n
	}
	t.LeftAtClose += o.LeftAtClose
	t.Interviews += o.Interviews
	t.Promised += o.Promised
	t.Persons += o.Persons
	t.Phone += o.Phone
	t.Video += o.Video
	t.Groups += o.Groups
	t.Emails += o.Emails
	t.Waits = append(t.Waits, o.Waits...)
	t.Talks = append(t.Talks, o.Talks...)
	t.Calls = append(t.Calls, o.Calls...)
	t.Kept = append(t.Kept, o.Kept...)
}

// contact counts an exchange without a ticket. Who wrote or got an e-mail was
// not received.
func (t *Tally) contact(c *queue.Contact) {
	switch c.Mode {
	case queue.ModePhone:
		t.Phone++
	case queue.ModeVideo:
		t.Video++
	case queue.ModeGroup:
		t.Groups++
	case queue.ModeEmail:
		t.Emails++
		return
	}
	t.Persons += c.Persons
	if c.Length > 0 {
		t.Calls = append(t.Calls, c.Length.Truncate(time.Second))
	}
}

// stage counts the i-th stage of a ticket.
func (t *Tally) stage(ticket *queue.Ticket, i int) {
	s := &ticket.Stages[i]
	t.Stages[s.State]++
	if i == 0 {
		t.issue(ticket)
	} else {
		t.TransferredIn++
	}
	if s.State == queue.Gone && s.Reason == queue.ReasonDayClosed {
		t.LeftAtClose++
	}
	if !s.Started.IsZero() {
		t.Interviews++
		t.Persons += ticket.Persons
	}
	if wait, called := s.Wait(); called && s.State != queue.Void {
		t.Waits = append(t.Waits, wait.Truncate(time.Second))
	}
	if took, finished := s.Interview(); finished {
		t.Talks = append(t.Talks, took.Truncate(time.Second))
	}
}

// issue counts what belongs to the ticket as a whole. The promise on it is
// about its first stage: nothing was promised for a queue it was sent to, nor
// to somebody who did not come when called.
func (t *Tally) issue(ticket *queue.Ticket) {
	t.Issued++
	first := &ticket.Stages[0]
	if first.WalkIn {
		t.WalkIns++
	}
	if ticket.High <= 0 {
		return
	}
	t.Promised++
	wait, called := first.Wait()
	if !called || first.State == queue.NoShow || first.State == queue.Void || first.Missed > 0 {
		return
	}
	t.Kept = append(t.Kept, waits.Kept{Promise: waits.Promise{Low: ticket.Low, High: ticket.High}, Waited: wait})
}

func total(values []time.Duration) (sum time.Duration) {
	for _, v := range values {
		sum += v
	}
	return sum
}

// mean is false when there is nothing to take it of.
func mean(values []time.Duration) (time.Duration, bool) {
	if len(values) == 0 {
		return 0, false
	}
	return total(values) / time.Duration(len(values)), true
}

// quantile is the smallest value that at least the share q of the values does
// not exceed, with 0 < q ≤ 1; false when there is none.
func quantile(values []time.Duration, q float64) (time.Duration, bool) {
	if len(values) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(math.Ceil(q*float64(len(sorted))))-1], true
}
