package uplink

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/safety"
)

// record is a journal as uplink needs it; see accueil/internal/journal.
type record interface {
	ID() string
	Last() uint64
	Heads() map[queue.Source]uint64
	Append(expected uint64, facts []queue.Fact) (uint64, error)
	Day(queue.Date, func(queue.Fact) error) error
	Days() ([]queue.Date, error)
	After(no uint64, limit int) ([]queue.Fact, error)
	Forget(before queue.Date, upTo uint64) (int, error)
	Close() error
}

// Names in the data folder.
const (
	journalName = "kiosk.journal"
	nextName    = "kiosk.journal.next" // a new journal that is not yet in its place
	oldName     = "kiosk.journal.old-" // and the moment it was put aside
)

// store is the terminal's own journal. All its facts are of one source, so a
// fact's sequence is its number.
type store struct {
	dir, site, name string
	log             *slog.Logger
	now             func() time.Time // the local clock, to name what is put aside
	open            func(path string) (record, error)

	turn    sync.Mutex // held while something is written
	numbers numbers    // guarded by turn
	closed  bool       // guarded by turn

	recent recent // the last facts written

	mu      sync.RWMutex // guards the journal itself, which can be replaced
	journal record
	moved   map[queue.TicketID]queue.TicketID // renamed when the journal was replaced
}

// openStore opens the journal of a data folder, or begins one. A damaged one is
// put aside, because a kiosk must go on without anybody's help.
func openStore(o Options) (*store, error) {
	s := &store{
		dir: o.Dir, site: o.Site, name: o.Name, log: o.Log, now: o.Now,
		moved: map[queue.TicketID]queue.TicketID{},
	}
	s.open = func(path string) (record, error) {
		return journal.Open(path, journal.Options{Site: o.Site})
	}
	if err := s.finishRenewal(); err != nil {
		return nil, fmt.Errorf("open data folder %s: %w", s.dir, err)
	}
	j, err := s.open(s.path(journalName))
	if errors.Is(err, journal.ErrDamaged) {
		s.log.Error("the kiosk's journal is damaged; it is put aside and a new one begins", "err", err)
		if err = s.putAside(); err == nil {
			j, err = s.open(s.path(journalName))
		}
	}
	if err != nil {
		return nil, err
	}
	s.journal = j
	if err := s.checkOwner(); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return s, nil
}

func (s *store) path(name string) string { return filepath.Join(s.dir, name) }

// checkOwner refuses the folder of another terminal: its facts can be sent only
// under its own name.
func (s *store) checkOwner() error {
	for source := range s.journal.Heads() {
		if source != s.source() {
			return fmt.Errorf("data folder %s belongs to terminal %q of site %q: start it with --name %s, or give this terminal a folder of its own",
				s.dir, source.Terminal, source.Site, source.Terminal)
		}
	}
	return nil
}

// putAside renames the journal to a name that says when.
func (s *store) putAside() error {
	aside := s.path(oldName) + s.now().UTC().Format("2006-01-02T150405.000")
	if err := os.Rename(s.path(journalName), aside); err != nil {
		return err
	}
	return syncDir(s.dir)
}

func (s *store) id() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.journal.ID()
}

func (s *store) last() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.journal.Last()
}

// source is where this journal's facts come from. The caller holds mu, or is
// the only one yet.
func (s *store) source() queue.Source {
	return queue.Source{Site: s.site, Terminal: s.name, Journal: s.journal.ID()}
}

// after gives the source and at most limit of its facts that follow no.
func (s *store) after(no uint64, limit int) (queue.Source, []queue.Fact, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if facts := s.recent.after(no, limit); len(facts) > 0 {
		return s.source(), facts, nil
	}
	facts, err := s.journal.After(no, limit)
	return s.source(), facts, err
}

// commit records facts, all or none, completed with source, sequence and, for
// a new ticket, its id; the very first fact of a journal is preceded by joined.
// before, if not nil, sees the completed facts before anybody else can.
func (s *store) commit(facts []queue.Fact, before func([]queue.Fact)) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.RLock()
	err := s.write(facts, before)
	s.mu.RUnlock()
	if !s.closed && (errors.Is(err, journal.ErrBroken) || errors.Is(err, journal.ErrClosed)) {
		s.reopen()
	}
	return err
}

func (s *store) write(facts []queue.Fact, before func([]queue.Fact)) error {
	last := s.journal.Last()
	if last == 0 && facts[0].Kind != queue.Joined {
		facts = append([]queue.Fact{{Kind: queue.Joined, At: facts[0].At, Day: facts[0].Day}}, facts...)
	}
	s.complete(facts, last)
	// What the hub would refuse must not get in: nothing behind it would ever
	// be delivered.
	for _, f := range facts {
		if err := f.Validate(); err != nil {
			return err
		}
	}
	if before != nil {
		before(facts)
	}
	_, err := s.journal.Append(last, facts)
	if err == nil {
		s.numbers.take(facts)
		s.recent.add(facts)
	}
	return err
}

func (s *store) complete(facts []queue.Fact, last uint64) {
	for i := range facts {
		f := &facts[i]
		f.Source, f.Seq = s.source(), last+1+uint64(i)
		if moved, renamed := s.moved[f.Ticket]; renamed {
			f.Ticket = moved
		}
		if f.Kind == queue.Issued && f.Ticket == "" {
			f.Ticket = queue.NewTicketID(f.Source.Journal, f.Seq)
		}
	}
}

// reopen opens the journal anew after a commit that may or may not be on the
// disk. If that fails too, every later commit says so and tries again.
func (s *store) reopen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	closed := s.journal.Close()
	j, err := s.open(s.path(journalName))
	if err != nil {
		s.log.Error("the kiosk's journal cannot be opened again", "err", errors.Join(err, closed))
		return
	}
	s.journal, s.numbers = j, numbers{}
	s.recent.clear()
}

// candidate is the label that this kiosk would give next by itself, on a day
// that is certain or not.
func (s *store) candidate(day queue.Date, certain bool, letter, series string) (queue.Label, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if err := s.fold(day, certain); err != nil {
		return "", err
	}
	return s.numbers.next(letter, series), nil
}

// fold counts what was used up on a day. Facts dated later are of this day too:
// a clock was ahead, and the hub files them today. While the date is not
// certain it may be any of those in the journal.
func (s *store) fold(day queue.Date, certain bool) error {
	from := day
	if safety.Off(safety.Numbers) {
		certain = true
	}
	if !certain {
		from = anyDay
	}
	if s.numbers.from == from {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	days, err := s.journal.Days()
	if err != nil {
		return err
	}
	n := newNumbers(from)
	for _, d := range days {
		if n.counts(d) {
			if err := s.journal.Day(d, func(f queue.Fact) error { n.apply(f); return nil }); err != nil {
				return err
			}
		}
	}
	s.numbers = n
	return nil
}

// latest is the time of the journal's last fact, zero when there is none.
func (s *store) latest() (time.Time, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	last := s.journal.Last()
	if last == 0 {
		return time.Time{}, nil
	}
	facts, err := s.journal.After(last-1, 1)
	if err != nil || len(facts) == 0 {
		return time.Time{}, err
	}
	return facts[0].At, nil
}

// unsettled are the issued facts of the last two days of which it is not known
// what became of them. A crash leaves at most one, among the last facts.
func (s *store) unsettled() ([]queue.Fact, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	days, err := s.journal.Days()
	if err != nil {
		return nil, err
	}
	var open []queue.Fact
	for _, day := range days[max(0, len(days)-2):] {
		err := s.journal.Day(day, func(f queue.Fact) error {
			switch f.Kind {
			case queue.Issued:
				open = append(open, f)
			case queue.Handed, queue.Voided:
				open = slices.DeleteFunc(open, func(o queue.Fact) bool { return o.Ticket == f.Ticket })
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return open, nil
}

// current is the name a ticket has in the journal of now.
func (s *store) current(id queue.TicketID) queue.TicketID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if moved, renamed := s.moved[id]; renamed {
		return moved
	}
	return id
}

func (s *store) forget(before queue.Date, upTo uint64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.journal.Forget(before, upTo)
}

func (s *store) close() error {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return s.journal.Close()
}
