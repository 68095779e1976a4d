package uplink

import (
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"sync"

	"accueil/internal/queue"
	"accueil/internal/smallfile"
)

const seriesName = "series"

// series is the kiosk's own label series, as the hub gave it to a journal. The
// file holds "JOURNAL SERIES"; a journal begun anew does not go by it.
type series struct {
	path string
	log  *slog.Logger

	mu      sync.Mutex
	journal string
	name    string
}

func openSeries(path string, log *slog.Logger) *series {
	s := &series{path: path, log: log}
	text, err := smallfile.Read(path, 256)
	if errors.Is(err, fs.ErrNotExist) {
		return s
	}
	words := strings.Fields(string(text))
	if err != nil || len(words) != 2 || !queue.ValidSeries(words[1]) {
		log.Warn("the kiosk's label series cannot be read; the hub will tell it again", "err", err)
		return s
	}
	s.journal, s.name = words[0], words[1]
	return s
}

// get is the series of a journal, "" when the hub has not given it one.
func (s *series) get(journal string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal != journal {
		return ""
	}
	return s.name
}

// take notes the series that the hub gives to a journal.
func (s *series) take(journal, name string) (changed bool) {
	if !queue.ValidSeries(name) || s.get(journal) == name {
		return false
	}
	s.mu.Lock()
	s.journal, s.name = journal, name
	s.mu.Unlock()
	if err := smallfile.Write(s.path, []byte(journal+" "+name+"\n")); err != nil {
		s.log.Error("the kiosk's label series could not be kept; it will be asked for at the next start", "err", err)
	}
	return true
}
