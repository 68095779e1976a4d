package screen

import "time"

// frameTime is the least time between two frames that updates cause; frames
// that answer a touch or a key never wait.
const frameTime = 50 * time.Millisecond

// Post has f run on the event loop, between two frames, and the screen drawn
// afterwards. It never blocks and may be called from anywhere, from the role's
// own methods too. It returns false when f will not be run: the shell stops, or
// is so far behind that it drops updates.
func (s *Shell) Post(f func()) bool {
	select {
	case <-s.stopping:
		return false
	default:
	}
	select {
	case s.posts <- f:
		s.behind.Store(false)
		return true
	default:
		if !s.behind.Swap(true) {
			s.opt.Log.Warn("the screen is behind and drops updates", "waiting", postRoom)
		}
		return false
	}
}

// pump is the only goroutine that hands updates to tview, whose queue blocks
// its caller until the loop has run them and for ever after the loop has
// ended. So the pump is also the one that ends the loop, as its last update.
func (s *Shell) pump() {
	s.app.QueueUpdate(func() { s.Guard(s.opt.Beat) })
	second := time.NewTicker(time.Second)
	defer second.Stop()
	var owed <-chan time.Time
	for {
		select {
		case <-s.stopping:
			s.app.QueueUpdate(func() { s.app.Stop() })
			return
		case f := <-s.posts:
			owed = s.update(func() { s.runPosts(f) })
		case <-second.C:
			owed = s.update(s.tick)
		case <-owed:
			owed = s.update(func() {})
		}
	}
}

// update runs f on the event loop and draws, or returns when a frame is owed
// because the last one is too recent.
func (s *Shell) update(f func()) (owed <-chan time.Time) {
	s.app.QueueUpdate(func() {
		s.Guard(f)
		if wait := frameTime - time.Since(s.drawnAt); wait > 0 {
			owed = time.After(wait)
			return
		}
		s.drawnAt = time.Now()
		s.app.ForceDraw()
	})
	return owed
}

// runPosts runs f and whatever else waits: one frame shows it all.
func (s *Shell) runPosts(f func()) {
	f()
	for range len(s.posts) {
		(<-s.posts)()
	}
}
