// Package floor is the hub's single writer: it decides one request at a time,
// records what was decided in batches that share one commit, and only then
// answers and announces.
package floor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/safety"
	"accueil/internal/site"
)

// Journal is where the floor records. One Append is one durable commit of all
// its facts or of none; see accueil/internal/journal.
type Journal interface {
	ID() string
	Last() uint64
	Heads() map[queue.Source]uint64
	Ordinal(queue.Source) (int, bool)
	Append(expected uint64, facts []queue.Fact) (uint64, error)
	Day(queue.Date, func(queue.Fact) error) error
	Days() ([]queue.Date, error)
	Renew() (id string, err error)
}

// Options are what a floor stands on.
type Options struct {
	Site    *site.Site
	Journal Journal
	Now     func() time.Time // the site's clock
	Speed   float64          // how fast that clock runs, 1 when zero
	Notices Notices          // keeps the announcements; nil forgets them with the program
	Log     *slog.Logger
}

// maxBatch bounds how many operations share a commit, so that an answer never
// waits for an endless stream of others.
const maxBatch = 512

// Floor is the single writer. Everything it knows is folded from its journal;
// only the loop of [Floor.Run] touches it.
type Floor struct {
	site     *site.Site
	calendar calendar.Calendar
	rules    queue.Rules
	journal  Journal
	now      func() time.Time
	speed    float64
	log      *slog.Logger
	source   queue.Source

	notices  board
	ops      chan op
	done     chan struct{}
	day      *queue.Day
	last     uint64
	heads    map[queue.Source]uint64
	batch    []queue.Fact
	latest   time.Time                      // when the last fact was heard before this start
	started  time.Time                      // the site's time at this start
	unsaved  int                            // commits that failed since the last that did not
	broken   error                          // the journal can take nothing more until it is opened anew
	present  map[string]map[string]Terminal // role → name → state
	sensed   map[string]time.Time           // people counter → last heard, also when nobody passed
	hubs     []int                          // ordinals of the hubs that have written in the journal; nil: to be looked up
	refusals refusals
	waits    promises
	alarms   alarms
	limits   map[string]site.Warn // by service
	usual    []float64            // tickets of each hour on days like this one, nil when not known
	habits   map[string]habit     // service → what is usual of it on days like this one
	content  content
	views    outlet
}

// op is one thing to decide. decide may record facts; then is called after
// they are durable, or with the error that kept them from it.
type op struct {
	decide func()
	then   func(error)
}

// New folds the open day from the journal.
func New(o Options) (*Floor, error) {
	cal, err := o.Site.Calendar()
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Speed == 0 {
		o.Speed = 1
	}
	pack, err := newContent(o.Site)
	if err != nil {
		return nil, err
	}
	rules := rulesOf(o.Site, cal.Zone())
	rules.Speed = o.Speed
	f := &Floor{
		site: o.Site, calendar: cal, rules: rules, journal: o.Journal, now: o.Now,
		speed: o.Speed, log: o.Log, content: pack,
		source:  queue.Source{Site: o.Site.Key, Terminal: "hub", Journal: o.Journal.ID()},
		ops:     make(chan op, 4*maxBatch),
		done:    make(chan struct{}),
		present: map[string]map[string]Terminal{},
		sensed:  map[string]time.Time{},
		views:   newOutlet(),
		alarms:  alarms{},
		limits:  limitsOf(o.Site),
		notices: board{disk: o.Notices, due: map[string]bool{}},
	}
	if err := f.loadNotices(); err != nil {
		return nil, err
	}
	if err := f.refold(); err != nil {
		return nil, err
	}
	f.now = steady(f.now, f.latest, o.Log)
	f.recall()
	f.started = f.time()
	return f, nil
}

func rulesOf(s *site.Site, zone *time.Location) queue.Rules {
	rules := queue.Rules{Zone: zone, Letters: map[string]string{}, HeadStarts: map[string][]time.Duration{}}
	for _, service := range s.Services {
		rules.Letters[service.Key] = service.Letter
		rules.HeadStarts[service.Key] = s.Heads(service.Key)
	}
	rules.Reinstate = time.Duration(s.Reinstate) * time.Minute
	return rules
}

// refold makes the state anew from the journal: at the start, and after a
// commit that failed.
func (f *Floor) refold() error {
	f.last, f.heads, f.batch, f.hubs = f.journal.Last(), f.journal.Heads(), nil, nil
	days, err := f.journal.Days()
	if err != nil {
		return fmt.Errorf("list the days of the journal: %w", err)
	}
	date := queue.DateOf(f.now(), f.rules.Zone)
	if len(days) > 0 {
		date = days[len(days)-1]
	}
	f.day, f.alarms = queue.NewDay(date, f.rules), alarms{}
	err = f.journal.Day(date, func(fact queue.Fact) error {
		f.weigh(fact)
		if fact.Heard.After(f.latest) {
			f.latest = fact.Heard
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("fold %s: %w", date, err)
	}
	f.waits.forget()
	return nil
}

// ErrStopped is returned to whoever asks a floor that has stopped.
var ErrStopped = errors.New("the hub has stopped")

// tick is how often the floor looks at the clock.
const tick = time.Second

// Run decides until ctx ends. It returns after the last batch is durable and
// answered; before that only when the journal is broken beyond trying again,
// for whoever started the program to start it anew.
func (f *Floor) Run(ctx context.Context) error {
	defer close(f.done)
	defer f.views.close()
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	f.commit([]op{{decide: f.turn}})
	f.show()
	for f.broken == nil {
		var due <-chan time.Time
		if f.views.dirty {
			due = time.After(f.views.wait())
		}
		select {
		case <-ctx.Done():
			f.commit(f.gather(nil))
			return nil
		case o := <-f.ops:
			f.commit(f.gather([]op{o}))
		case <-ticker.C:
			f.commit([]op{{decide: f.turn}})
			f.views.dirty = f.views.dirty || f.waits.stale()
		case <-due:
		}
		f.show()
	}
	return f.broken
}

// gather takes what else is there without waiting.
func (f *Floor) gather(ops []op) []op {
	for len(ops) < maxBatch {
		select {
		case o := <-f.ops:
			ops = append(ops, o)
		default:
			return ops
		}
	}
	return ops
}

// commit decides the operations in turn, records all their facts in one
// commit, and then answers each.
func (f *Floor) commit(ops []op) {
	if f.goesOn() {
		f.turn()
	}
	for _, o := range ops {
		if o.decide != nil {
			o.decide()
		}
	}
	if safety.Off(safety.Commit) {
		answer(ops, nil)
		_ = f.flush()
		return
	}
	answer(ops, f.flush())
}

func answer(ops []op, err error) {
	for _, o := range ops {
		if o.then != nil {
			o.then(err)
		}
	}
}

func (f *Floor) flush() error {
	if len(f.batch) == 0 {
		return nil
	}
	if safety.Off(safety.OneWriter) {
		for _, fact := range f.batch {
			f.apply(fact)
		}
	}
	last, err := f.journal.Append(f.journal.Last(), f.batch)
	if err == nil {
		for _, fact := range f.batch {
			f.views.note(fact)
		}
		f.last, f.batch = last, f.batch[:0]
		f.saved()
		return nil
	}
	if f.unsaved++; f.unsaved == 1 { // a full disk must not fill the log as well
		f.log.Error("facts could not be saved; nothing was answered and the terminals will ask again", "err", err)
	}
	if errors.Is(err, journal.ErrBroken) {
		f.broken = err
	}
	if again := f.refold(); again != nil {
		f.log.Error("journal cannot be read", "err", again)
	}
	return err
}

// saved says once that a trouble with the disk is over.
func (f *Floor) saved() {
	if f.unsaved > 0 {
		f.log.Info("facts can be saved again", "failed commits", f.unsaved)
		f.unsaved = 0
	}
}

// record adds a fact of the hub to the batch and to the day.
func (f *Floor) record(fact queue.Fact) queue.Fact {
	now := f.time()
	fact.Source, fact.Seq = f.source, f.heads[f.source]+1
	if fact.At.IsZero() {
		fact.At = now
	}
	fact.Heard = now
	if fact.Day == "" {
		fact.Day = f.day.Date
	}
	return f.take(fact)
}

// take adds any fact, complete but for its number.
func (f *Floor) take(fact queue.Fact) queue.Fact {
	f.last++
	fact.No = f.last
	f.heads[fact.Source] = fact.Seq
	f.batch = append(f.batch, fact)
	if !safety.Off(safety.OneWriter) {
		f.apply(fact)
	}
	return fact
}

// apply folds a fact into the day if it is of this one.
func (f *Floor) apply(fact queue.Fact) {
	if fact.Day != f.day.Date {
		return
	}
	odds := len(f.day.Odds())
	f.weigh(fact)
	if now := f.day.Odds(); len(now) > odds {
		f.log.Warn("a fact did not fit", "no", fact.No, "kind", fact.Kind, "why", now[odds].Why)
	}
	f.waits.note(fact)
}

// enqueue hands an operation to the loop; false when the floor has stopped.
func (f *Floor) enqueue(o op) bool {
	select {
	case <-f.done:
		return false
	default:
	}
	select {
	case f.ops <- o:
		return true
	case <-f.done:
		return false
	}
}

// Look lets a reader see the day as it is durable. The reader runs in the
// writer's loop: it copies what it needs and returns.
func (f *Floor) Look(ctx context.Context, read func(Sight)) error {
	seen := make(chan error, 1)
	look := op{then: func(error) { // whatever became of the batch, the day is as it is durable
		read(Sight{Day: f.day, Stamp: f.stamp(), floor: f})
		seen <- nil
	}}
	select {
	case f.ops <- look:
	case <-f.done:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-seen:
		return err
	case <-f.done:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
