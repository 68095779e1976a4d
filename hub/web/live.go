package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"accueil/hub/floor"
	"accueil/internal/queue"
	"accueil/internal/waits"
	"accueil/internal/wire"
)

const (
	// maxFollowers is how many pages are kept up to date by themselves; one more
	// asks again every few seconds, as a page without scripts does. It leaves room
	// among [maxCrowd] for those who only come to ask.
	maxFollowers = 3500
	// waitsEvery is how often waiting intervals are reckoned anew for them all.
	waitsEvery = 5 * time.Second
	// breatheEvery keeps an idle stream open through whatever lies between.
	breatheEvery = 20 * time.Second
	// writeWithin is how long a phone may take to take a piece of news.
	writeWithin = 10 * time.Second
)

// follower is one page that is kept up to date.
type follower struct {
	code queue.Code
	news chan stand // the newest, at most one
	last stand      // run only
}

// followers are all of them. One goroutine looks at the day for all at once, so
// that a thousand phones cost the writer one look.
type followers struct {
	mu      sync.Mutex
	all     map[*follower]struct{}
	notices []wire.Notice // the newest announcements
	came    chan struct{} // somebody has just come
}

func newFollowers() *followers {
	return &followers{all: map[*follower]struct{}{}, came: make(chan struct{}, 1)}
}

var errCrowded = errors.New("too many pages follow already")

func (f *followers) add(code queue.Code) (*follower, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.all) >= maxFollowers {
		return nil, errCrowded
	}
	one := &follower{code: code, news: make(chan stand, 1)}
	f.all[one] = struct{}{}
	select {
	case f.came <- struct{}{}:
	default:
	}
	return one, nil
}

func (f *followers) remove(one *follower) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.all, one)
}

func (f *followers) list() []*follower {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make([]*follower, 0, len(f.all))
	for one := range f.all {
		all = append(all, one)
	}
	return all
}

// Follow keeps the pages of visitors up to date until ctx ends.
func (s *Server) Follow(ctx context.Context) {
	intervals, reckoned := map[outlook]wire.Interval{}, time.Time{}
	tick := time.NewTicker(waitsEvery)
	defer tick.Stop()
	for {
		changed := s.floor.Changed()
		if due := time.Since(reckoned) >= waitsEvery; due {
			clear(intervals)
			reckoned = time.Now()
		}
		s.tellAll(ctx, intervals)
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-s.followers.came:
		case <-tick.C:
		}
	}
}

// outlook is a place in a queue, which has one interval for all who stand there.
type outlook struct {
	service string
	ahead   int
}

// tellAll looks once for all, reckons what is not known yet, and tells those
// for whom something is new.
func (s *Server) tellAll(ctx context.Context, intervals map[outlook]wire.Interval) {
	all := s.followers.list()
	stands := make([]stand, len(all))
	states := map[string]waits.State{}
	err := s.floor.Look(ctx, func(sight floor.Sight) {
		s.followers.mu.Lock()
		s.followers.notices = sight.Notices()
		s.followers.mu.Unlock()
		for i, one := range all {
			t := sight.Day.ByCode(one.code)
			if t == nil {
				continue
			}
			stands[i] = standOf(t, sight)
			if service := stands[i].service; states[service].Desks == nil {
				states[service] = sight.Outlook(service)
			}
		}
	})
	if err != nil {
		return
	}
	for i, one := range all {
		at := stands[i]
		if at.id == "" {
			continue
		}
		at.wait = reckon(intervals, states, at)
		if at.same(one.last) {
			continue
		}
		one.last = at
		select {
		case <-one.news: // it was not taken, and is old now
		default:
		}
		one.news <- at
	}
}

func reckon(intervals map[outlook]wire.Interval, states map[string]waits.State, at stand) wire.Interval {
	key := outlook{at.service, at.ahead}
	known, ok := intervals[key]
	if !ok && at.state == queue.Waiting {
		state := states[at.service]
		state.Ahead = at.ahead
		if p, known := waits.Estimate(state); known {
			if i := wire.NewInterval(p.Low, p.High); i != nil {
				intervals[key] = *i
				return *i
			}
		}
		intervals[key] = wire.Interval{}
	}
	return known
}

// live streams where a ticket stands, a piece of the page at every change, as
// server-sent events.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	at, ok := s.find(w, r)
	if !ok {
		return
	}
	code, _ := queue.ParseCode(r.PathValue("code"))
	one, err := s.followers.add(code)
	if err != nil {
		w.Header().Set("Retry-After", "10")
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	defer s.followers.remove(one)
	speak := s.speaker(r, at.language)
	path := r.URL.Path[:len(r.URL.Path)-len("/live")]
	w.Header().Set("Content-Type", "text/event-stream")
	stream := http.NewResponseController(w)
	if stream.SetReadDeadline(time.Time{}) != nil {
		s.log.Debug("a stream keeps the deadlines of a page")
	}
	breathe := time.NewTicker(breatheEvery)
	defer breathe.Stop()
	for {
		p := s.describe(at, speak)
		p.Path = path
		if s.send(w, stream, s.piece(p)) != nil || at.state.Ended() {
			return
		}
		for fresh := false; !fresh; {
			select {
			case at = <-one.news:
				fresh = true
			case <-breathe.C:
				if s.send(w, stream, []byte(":\n\n")) != nil {
					return
				}
			case <-r.Context().Done():
				return
			case <-s.closing:
				return
			}
		}
	}
}

// piece is the part of the page that changes, as one event.
func (s *Server) piece(p page) []byte {
	var html, event bytes.Buffer
	if err := s.html.ExecuteTemplate(&html, "now", s.mirrored(p)); err != nil {
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

func (s *Server) send(w http.ResponseWriter, stream *http.ResponseController, event []byte) error {
	// Not every writer has deadlines; one that has none is a test's.
	_ = stream.SetWriteDeadline(time.Now().Add(writeWithin))
	if _, err := w.Write(event); err != nil {
		return err
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	// Between two pieces nothing is due: over HTTP/2 a deadline that passes ends a stream.
	_ = stream.SetWriteDeadline(time.Time{})
	return nil
}
