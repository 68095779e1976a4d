package queue

import (
	"slices"
	"time"
)

// MaxDelays is how often one ticket can let others pass: enough for a phone
// call and a coffee, too few to hold a place for somebody else.
const MaxDelays = 4

// MaxDelay is the longest one delay can be.
const MaxDelay = time.Hour

// decideDelay reads Ticket, and Persons to let so many pass, or Minutes to be
// called no earlier than then. The fact says how much later than it came the
// ticket stands from now on, so that folding it again needs nothing else.
func (d *Day) decideDelay(a Ask, t *Ticket, now time.Time) ([]Fact, error) {
	switch {
	case t.Now().State != Waiting:
		return nil, NotWaiting
	case t.Delays >= MaxDelays:
		return nil, DelayedOften
	case (a.Persons > 0) == (a.Minutes > 0) || time.Duration(a.Minutes)*time.Minute > MaxDelay:
		return nil, BadRequest
	}
	since, reason := now.Add(time.Duration(a.Minutes)*time.Minute), ReasonTime
	if a.Persons > 0 {
		queue := d.waiting[t.Now().Service]
		i := slices.Index(queue, t)
		if i == len(queue)-1 {
			return nil, NobodyBehind
		}
		// Facts keep milliseconds: the next whole one is surely behind.
		behind := d.standing(queue[min(i+a.Persons, len(queue)-1)]).Since()
		since = behind.Truncate(time.Millisecond).Add(2*time.Millisecond + d.standing(t).Head)
		reason = ReasonPass
	}
	later := since.Sub(t.Arrived)
	if later <= 0 || later > MaxLength {
		return nil, BadRequest
	}
	return []Fact{{Kind: Delayed, Ticket: t.ID, Length: later, Reason: reason}}, nil
}

// applyDelayed gives a waiting ticket a later place.
func (d *Day) applyDelayed(t *Ticket, f Fact) string {
	if t.Now().State != Waiting {
		return "delayed while " + t.Now().State.String()
	}
	d.unqueue(t)
	t.later = f.Length
	t.Delays++
	t.Back = time.Time{}
	if f.Reason == ReasonTime {
		t.Back = t.Arrived.Add(f.Length)
	}
	d.queueUp(t)
	return ""
}

// Stands is when the ticket counts as having come, before any head start.
func (t *Ticket) Stands() time.Time { return t.Arrived.Add(t.later) }

// here says whether the ticket's person can be called: not before they said
// they would be back.
func (t *Ticket) here(now time.Time) bool { return !t.Back.After(now) }
