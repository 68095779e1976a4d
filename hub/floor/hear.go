package floor

import (
	"time"

	"accueil/internal/queue"
	"accueil/internal/safety"
	"accueil/internal/wire"
)

// keepDays is how old a late fact may be and still be filed in its own day:
// as long as kiosks keep what they have sent, and a little more.
const keepDays = 40

// minSkew is the clock difference that is put down to the network, not to a
// wrong clock.
const minSkew = 2 * time.Second

// Hear takes facts of a terminal, validated, and answers what the hub has
// durably. It takes the next of its source, ignores what it has, and stops at a
// gap; the answer says where to go on. No answer means nothing was saved.
func (f *Floor) Hear(m wire.Facts, answer func(wire.Ack)) bool {
	return f.enqueue(op{
		decide: func() { f.hear(m) },
		then: func(err error) {
			if err == nil {
				answer(f.ack(m))
			}
		},
	})
}

func (f *Floor) hear(m wire.Facts) {
	f.doubt(m)
	now := f.time()
	skew := now.Sub(m.Sent).Truncate(time.Millisecond)
	if skew.Abs() < minSkew {
		skew = 0
	}
	for _, fact := range m.Facts {
		head := f.heads[m.Source]
		if !safety.Off(safety.Sequence) {
			if fact.Seq <= head {
				continue
			}
			if fact.Seq != head+1 {
				return
			}
		}
		fact.Source, fact.Heard, fact.Skew = m.Source, now, skew
		fact.At = fact.At.UTC().Truncate(time.Millisecond)
		f.file(fact, onPaper(m.Facts, fact.Ticket))
	}
}

// onPaper is the hub's label under which a ticket was handed over, as far as the
// same message says so: a hub before this one has given it.
func onPaper(facts []queue.Fact, id queue.TicketID) queue.Label {
	for _, f := range facts {
		if f.Kind == queue.Handed && f.Ticket == id && !f.Label.Own() {
			return f.Label
		}
	}
	return ""
}

// file puts a terminal's fact into its day, and decides what becomes of a new
// ticket.
func (f *Floor) file(fact queue.Fact, paper queue.Label) {
	if day := f.dayOf(fact); day != fact.Day {
		f.log.Warn("a fact was filed in another day than its own", "source", fact.Source, "seq", fact.Seq,
			"own", fact.Day, "filed", day)
		fact.Dated, fact.Day = fact.Day, day
	}
	fact = f.take(fact)
	if fact.Kind != queue.Issued {
		return
	}
	if fact.Day != f.day.Date {
		f.record(queue.Fact{Kind: queue.Voided, Ticket: fact.Ticket, Reason: queue.ReasonLate, Day: fact.Day})
		return
	}
	if t := f.day.Ticket(fact.Ticket); t == nil || t.Number != "" {
		return // it did not fit, and is among the odds
	}
	low, high := f.promise(fact.Service, f.day.Ahead(f.day.Ticket(fact.Ticket)))
	arrived := f.day.Arrive(fact, low, high)
	if arrived.Kind == queue.Numbered && paper != "" && f.day.ByLabel(paper) == nil {
		arrived.Label = paper
	}
	f.record(arrived)
}

// farOff is how wrong a clock is that cannot know its date.
const farOff = time.Hour

// dayOf is the day a fact is filed in: its own, or that of the moment when it
// happened if its clock is far off; today for one dated in the future all the
// same, since its person stands here now, or so old that its day is no longer
// open to anybody.
func (f *Floor) dayOf(fact queue.Fact) queue.Date {
	own, today := fact.Day, f.day.Date
	if fact.Skew.Abs() >= farOff {
		own = queue.DateOf(fact.When(), f.rules.Zone)
	}
	if f.day.Ticket(fact.Ticket) != nil || own > today {
		return today
	}
	oldest := queue.DateOf(f.time().AddDate(0, 0, -keepDays), f.rules.Zone)
	if own < oldest {
		return today
	}
	return own
}

// ack is what the hub has of a source, and what became of the tickets that the
// message issued, however often it was sent.
func (f *Floor) ack(m wire.Facts) wire.Ack {
	a := wire.Ack{V: wire.Version, Journal: m.Source.Journal, Last: f.heads[m.Source], At: f.time(), Hub: f.source.Journal}
	if n, known := f.journal.Ordinal(m.Source); known {
		a.Series = queue.SeriesOf(n + f.left(n))
	}
	for _, fact := range m.Facts {
		if fact.Kind == queue.Issued && fact.Seq <= a.Last {
			a.Tickets = append(a.Tickets, f.given(fact.Ticket))
		}
	}
	return a
}

func (f *Floor) given(id queue.TicketID) wire.Given {
	g := wire.Given{Ticket: id}
	t := f.day.Ticket(id)
	if t == nil || t.Now().State == queue.Void {
		g.Void = true
		return g
	}
	g.Label, g.Wait = t.Number, wire.NewInterval(t.Low, t.High)
	if t.Now().State == queue.Waiting {
		g.Ahead = f.day.Ahead(t)
	}
	return g
}

// Count takes a people counter's totals.
func (f *Floor) Count(sensor string, c wire.Count) bool {
	return f.enqueue(op{decide: func() {
		f.sensed[sensor] = f.time()
		last, known := f.day.Sensors()[sensor]
		if known && last.Boot == c.Boot && last.In == c.In && last.Out == c.Out {
			return // nobody passed: nothing happened
		}
		f.record(queue.Fact{Kind: queue.Counted, Sensor: sensor, Boot: c.Boot, In: c.In, Out: c.Out})
	}})
}
