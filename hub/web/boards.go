package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"time"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/wire"
)

const (
	// maxBoards is how many boards are kept up to date by themselves; one more asks
	// again every few seconds.
	maxBoards = 64
	// beatEvery tells a board that what it shows is still true.
	beatEvery = 2 * time.Second
	// lookWithin is how long the floor may take to be looked at before a board is
	// left to say that it is old.
	lookWithin = 5 * time.Second
)

// watcher is one board that is kept up to date.
type watcher struct {
	speak phrases.Speaker
	news  chan []byte // the newest piece and the pulse, at most one
	last  []byte      // showBoards only
}

// boards are all of them. One look at the day serves them all.
type boards struct {
	mu   sync.Mutex
	all  map[*watcher]struct{}
	came chan struct{} // a board has just come
}

func newBoards() *boards {
	return &boards{all: map[*watcher]struct{}{}, came: make(chan struct{}, 1)}
}

func (b *boards) add(speak phrases.Speaker) (*watcher, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.all) >= maxBoards {
		return nil, errCrowded
	}
	w := &watcher{speak: speak, news: make(chan []byte, 1)}
	b.all[w] = struct{}{}
	select {
	case b.came <- struct{}{}:
	default:
	}
	return w, nil
}

func (b *boards) remove(w *watcher) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, w)
}

func (b *boards) list() []*watcher {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := make([]*watcher, 0, len(b.all))
	for w := range b.all {
		all = append(all, w)
	}
	return all
}

// showBoards keeps the boards up to date until ctx ends.
func (s *Server) showBoards(ctx context.Context) {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for pulse := true; ; {
		changed := s.floor.Changed()
		s.tellBoards(ctx, pulse)
		pulse = false
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-s.boards.came:
		case <-beat.C:
			pulse = true
		}
	}
}

// tellBoards looks once for all boards and draws once for each language. A board
// for which nothing is new gets the pulse alone.
func (s *Server) tellBoards(ctx context.Context, pulse bool) {
	all := s.boards.list()
	if len(all) == 0 {
		return
	}
	within, stop := context.WithTimeout(ctx, lookWithin)
	defer stop()
	var public wire.Public
	if err := s.floor.Look(within, func(sight floor.Sight) { public = sight.Public() }); err != nil {
		return
	}
	pieces := map[string][]byte{}
	for _, w := range all {
		lang := w.speak.Lang()
		if pieces[lang] == nil {
			pieces[lang] = s.event("boardnow", s.boardOf(public, w.speak))
		}
		w.tell(pieces[lang], public.Stamp.At, pulse)
	}
}

// tell hands over a piece that is new, or the pulse; a piece that was not taken is
// replaced, since the newer one is whole.
func (w *watcher) tell(piece []byte, at time.Time, pulse bool) {
	fresh := !bytes.Equal(piece, w.last)
	if !fresh && !pulse {
		return
	}
	event := fmt.Appendf(nil, "event: beat\ndata: %d\n\n", at.Unix())
	select {
	case older := <-w.news: // it was not taken, and may hold a piece
		fresh = fresh || bytes.HasPrefix(older, w.last)
	default:
	}
	if fresh {
		event = append(bytes.Clone(piece), event...)
	}
	w.last = piece
	w.news <- event
}

// liveBoard streams the board, the whole of it at every change and a pulse between,
// as server-sent events.
func (s *Server) liveBoard(w http.ResponseWriter, r *http.Request) {
	one, err := s.boards.add(s.speaker(r, s.site.Languages[0]))
	if err != nil {
		w.Header().Set("Retry-After", "5")
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	defer s.boards.remove(one)
	w.Header().Set("Content-Type", "text/event-stream")
	stream := http.NewResponseController(w)
	if stream.SetReadDeadline(time.Time{}) != nil {
		s.log.Debug("a stream keeps the deadlines of a page")
	}
	event := []byte("retry: 2000\n\n")
	for {
		if s.send(w, stream, event) != nil {
			return
		}
		select {
		case event = <-one.news:
		case <-r.Context().Done():
			return
		case <-s.closing:
			return
		}
	}
}

// event is a template as one server-sent event.
func (s *Server) event(template string, data any) []byte {
	var html, event bytes.Buffer
	if err := s.html.ExecuteTemplate(&html, template, data); err != nil {
		s.log.Error("a page could not be drawn", "err", err)
		return []byte(":\n\n")
	}
	for line := range bytes.Lines(html.Bytes()) {
		event.WriteString("data: ")
		event.Write(bytes.TrimRight(line, "\n"))
		event.WriteByte('\n')
	}
	event.WriteByte('\n')
	return event.Bytes()
}

// versionOf is a checksum of the files of the pages.
func versionOf(pages fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(pages, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(pages, path)
		fmt.Fprintln(sum, path, len(text))
		sum.Write(text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:8], err
}
