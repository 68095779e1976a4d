package web

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/waits"
	"accueil/internal/wire"
)

const (
	// maxFollowers is how many pages are kept up to date by themselves; one more
	// asks again every few seconds, as a page without scripts does. It leaves room
	// among [maxCrowd] for those who only come to ask.
	maxFollowers = 3500
	// maxOfOne is how many pages of one ticket are kept up to date; one more takes the
	// place of the oldest, whose phone has perhaps gone. So a stranger with one ticket
	// takes nobody's place.
	maxOfOne = 6
	// waitsEvery is how often waiting intervals are reckoned anew.
	waitsEvery = 5 * time.Second
	// breatheEvery keeps an idle stream open through whatever lies between.
	breatheEvery = 20 * time.Second
	// writeWithin is how long a phone may take to take a piece of news.
	writeWithin = 10 * time.Second
)

// follower is one page that is kept up to date.
type follower struct {
	code queue.Code
	news chan stand    // the newest, at most one
	last stand         // what it was told last; before it is added, then in Follow only
	out  chan struct{} // closed when other pages take its place

	ended atomic.Bool // its ticket has, as far as it was told
}

// tell gives a page news of its ticket, unless it knows.
func (one *follower) tell(at stand) {
	if at.same(one.last) {
		return
	}
	one.last = at
	one.ended.Store(at.state.Ended())
	select {
	case <-one.news: // it was not taken, and is old now
	default:
	}
	one.news <- at
}

// followers are all of them. One goroutine looks at the day for all at once, so
// that a thousand phones cost the writer one look.
type followers struct {
	mu      sync.Mutex
	all     map[*follower]struct{}
	pages   map[queue.Code][]*follower // of one ticket, the oldest first
	fresh   []*follower                // came since Follow looked last
	notices []wire.Notice              // the newest announcements
	came    chan struct{}              // somebody has just come
	drawing chan struct{}              // held by a stream that draws a piece for somebody who waits
}

func newFollowers() *followers {
	return &followers{
		all: map[*follower]struct{}{}, pages: map[queue.Code][]*follower{}, came: make(chan struct{}, 1),
		drawing: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
	}
}

var errCrowded = errors.New("too many pages follow already")

// add takes in a page that knows where its ticket stands.
func (f *followers) add(code queue.Code, known stand) (*follower, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if of := f.pages[code]; len(of) >= maxOfOne {
		close(of[0].out)
		f.forget(of[0])
	}
	if len(f.all) >= maxFollowers && (known.state.Ended() || !f.makeRoom()) {
		return nil, errCrowded
	}
	one := &follower{code: code, news: make(chan stand, 1), last: known, out: make(chan struct{})}
	one.ended.Store(known.state.Ended())
	f.all[one] = struct{}{}
	f.pages[code] = append(f.pages[code], one)
	f.fresh = append(f.fresh, one)
	select {
	case f.came <- struct{}{}:
	default:
	}
	return one, nil
}

// makeRoom lets the page of a ticket that has ended go, for somebody who waits; false
// when there is none.
func (f *followers) makeRoom() bool {
	for one := range f.all {
		if one.ended.Load() {
			close(one.out)
			f.forget(one)
			return true
		}
	}
	return false
}

func (f *followers) remove(one *follower) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(one)
}

func (f *followers) forget(one *follower) {
	delete(f.all, one)
	if of := slices.DeleteFunc(f.pages[one.code], func(other *follower) bool { return other == one }); len(of) > 0 {
		f.pages[one.code] = of
	} else {
		delete(f.pages, one.code)
	}
}

// list is everybody.
func (f *followers) list() []*follower {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fresh = nil
	return slices.Collect(maps.Keys(f.all))
}

// newcomers are those who came since.
func (f *followers) newcomers() []*follower {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.fresh
	f.fresh = nil
	return all
}

// Follow keeps the pages of visitors up to date until ctx ends.
func (s *Server) Follow(ctx context.Context) {
	tick := time.NewTicker(waitsEvery)
	defer tick.Stop()
	changed := s.floor.Changed() // since everybody was told
	for all := s.followers.list(); ; {
		s.tellAll(ctx, all)
		select {
		case <-ctx.Done():
			return
		case <-s.followers.came:
			all = s.followers.newcomers()
			continue
		case <-changed:
		case <-tick.C:
		}
		changed, all = s.floor.Changed(), s.followers.list()
	}
}

// tellAll looks once for all and tells those for whom something is new: first
// whoever is called, then those who wait, the nearest first.
func (s *Server) tellAll(ctx context.Context, all []*follower) {
	stands, states, err := s.see(ctx, all)
	if err != nil {
		return
	}
	var wait []int
	for i, one := range all {
		switch {
		case stands[i].id == "": // its day is over
			one.tell(stand{})
		case stands[i].state == queue.Waiting:
			wait = append(wait, i)
		default:
			one.tell(stands[i])
		}
	}
	slices.SortFunc(wait, func(a, b int) int { return cmp.Compare(stands[a].ahead, stands[b].ahead) })
	for _, i := range wait {
		stands[i].wait = s.prospects.of(states[stands[i].service], stands[i])
		all[i].tell(stands[i])
	}
}

// see is one look at the day for so many pages.
func (s *Server) see(ctx context.Context, all []*follower) (stands []stand, states map[string]waits.State, err error) {
	stands, states = make([]stand, len(all)), map[string]waits.State{}
	err = s.floor.Look(ctx, func(sight floor.Sight) {
		notices := sight.Notices()
		s.followers.mu.Lock()
		s.followers.notices = notices
		s.followers.mu.Unlock()
		ids := noticeIDs(notices)
		for i, one := range all {
			t := sight.Day.ByCode(one.code)
			if t == nil {
				continue
			}
			stands[i] = standOf(t, sight, ids)
			if _, known := states[stands[i].service]; !known {
				states[stands[i].service] = sight.Outlook(stands[i].service)
			}
		}
	})
	return stands, states, err
}

// live streams where a ticket stands, a piece of the page at every change, as
// server-sent events. Somebody who has left or did not come may be brought back by the
// staff, and must be called then as everybody is: the stream goes on.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	at, ok := s.find(w, r)
	if !ok {
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	code, _ := queue.ParseCode(r.PathValue("code"))
	one, err := s.followers.add(code, at)
	if err != nil {
		w.Header().Set("Retry-After", "10")
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	defer s.followers.remove(one)
	stream := http.NewResponseController(w)
	if stream.SetReadDeadline(time.Time{}) != nil {
		s.log.Debug("a stream keeps the deadlines of a page")
	}
	speak, path := s.speaker(r, at.language), strings.TrimSuffix(r.URL.Path, "/live")
	for {
		if at.id == "" {
			s.send(w, stream, over)
			return
		}
		piece, ok := s.draw(r.Context(), at, speak, path)
		if !ok || s.send(w, stream, piece) != nil || at.over {
			return
		}
		if at, ok = s.await(r.Context(), one, w, stream); !ok {
			return
		}
	}
}

// here tells a page that nothing is new, so that it can tell silence from a line that
// is dead: whoever walks out of the Wi-Fi is not told by anybody else.
var here = []byte("event: here\ndata:\n\n")

// over tells a page that its code opens nothing any more.
var over = []byte("event: over\ndata:\n\n")

// await keeps a stream open until there is news of its ticket; false when it ends.
func (s *Server) await(ctx context.Context, one *follower, w http.ResponseWriter, stream *http.ResponseController) (at stand, ok bool) {
	breathe := time.NewTicker(breatheEvery)
	defer breathe.Stop()
	for {
		select {
		case at = <-one.news:
			return at, true
		case <-breathe.C:
			if s.send(w, stream, here) != nil {
				return at, false
			}
		case <-ctx.Done():
			return at, false
		case <-one.out:
			return at, false
		case <-s.closing:
			return at, false
		}
	}
}

// draw makes a piece of news. Those who wait take turns in it, so that whoever is
// called, whoever opens a page and the writer are not behind two thousand of them.
func (s *Server) draw(ctx context.Context, at stand, speak phrases.Speaker, path string) (piece []byte, ok bool) {
	if at.state == queue.Waiting {
		select {
		case s.followers.drawing <- struct{}{}:
			defer func() { <-s.followers.drawing }()
		case <-ctx.Done():
			return nil, false
		case <-s.closing:
			return nil, false
		}
	}
	p := s.describe(at, speak)
	p.Path = path
	return s.piece(p), true
}

// piece is the part of the page that changes, as one event.
func (s *Server) piece(p page) []byte { return s.event("now", s.mirrored(p)) }

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
