package uplink

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"accueil/internal/queue"
)

// renew begins a new journal, and so a new source, with copies of the facts
// that follow after: the hub knows other facts under their sequences, or can
// never be given the ones between. Tickets get new ids; their codes and labels,
// which people have in their hands, stay. The old journal stays on the disk.
//
// At every moment one whole journal is in its place or about to be put there.
func (s *store) renew(after uint64) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, err := s.rest(after)
	if err != nil {
		return err
	}
	moved, err := s.begin(kept)
	if err != nil {
		return fmt.Errorf("begin a new journal: %w", err)
	}
	if err := s.journal.Close(); err != nil {
		return err
	}
	swapped := s.swap()
	j, err := s.open(s.path(journalName))
	if err := errors.Join(swapped, err); err != nil {
		return err
	}
	s.journal, s.numbers = j, numbers{}
	s.recent.clear()
	for old, id := range s.moved {
		if again, renamed := moved[id]; renamed {
			s.moved[old] = again
		}
	}
	for old, id := range moved {
		s.moved[old] = id
	}
	return nil
}

// rest are all facts that follow after, but for the journal's own beginning.
func (s *store) rest(after uint64) ([]queue.Fact, error) {
	var rest []queue.Fact
	for {
		page, err := s.journal.After(after, 512)
		if err != nil || len(page) == 0 {
			return rest, err
		}
		after = page[len(page)-1].No
		for _, f := range page {
			if f.Kind != queue.Joined {
				rest = append(rest, f)
			}
		}
	}
}

// begin writes the new journal beside the old one.
func (s *store) begin(kept []queue.Fact) (moved map[queue.TicketID]queue.TicketID, err error) {
	if err := removeIfThere(s.path(nextName)); err != nil {
		return nil, err
	}
	j, err := s.open(s.path(nextName))
	if err != nil {
		return nil, err
	}
	next := store{site: s.site, name: s.name, journal: j, moved: map[queue.TicketID]queue.TicketID{}}
	err = next.adopt(kept)
	return next.moved, errors.Join(err, j.Close())
}

// adopt records copies of another journal's facts, with ids of this one.
func (s *store) adopt(facts []queue.Fact) error {
	if len(facts) == 0 {
		return nil
	}
	const joined = 1 // comes first
	for i, f := range facts {
		if f.Kind == queue.Issued {
			s.moved[f.Ticket] = queue.NewTicketID(s.journal.ID(), uint64(i+1+joined))
		}
		facts[i].No = 0
	}
	return s.write(facts, nil)
}

func (s *store) swap() error {
	if err := s.putAside(); err != nil {
		return err
	}
	if err := os.Rename(s.path(nextName), s.path(journalName)); err != nil {
		return err
	}
	return syncDir(s.dir)
}

// finishRenewal puts a new journal in its place that a crash kept from it.
func (s *store) finishRenewal() error {
	_, err := os.Stat(s.path(journalName))
	if err == nil { // the crash came before: the old one holds everything
		return removeIfThere(s.path(nextName))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err = os.Rename(s.path(nextName), s.path(journalName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(s.dir)
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
