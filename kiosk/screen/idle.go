package screen

import "time"

// idle is how long nobody has been there.
type idle struct {
	since  time.Time // the last touch or key, or when counting began
	armed  bool      // the role had an idle time at the last tick
	warned bool
}

// tick runs once a second.
func (s *Shell) tick() {
	s.opt.Beat()
	role, ok := s.role.(Idler)
	if !ok {
		return
	}
	warn, reset := role.Idle()
	now := s.opt.Now()
	if reset <= 0 {
		s.idle = idle{since: now}
		return
	}
	if !s.idle.armed {
		s.idle = idle{since: now, armed: true}
		return
	}
	switch quiet := now.Sub(s.idle.since); {
	case quiet >= reset:
		s.idle = idle{since: now}
		role.IdleReset()
	case warn > 0 && quiet >= warn:
		s.warnIdle(role, reset-quiet)
	}
}

// warnIdle warns; the first time, a finger already on its way must not act on
// what the warning puts under it.
func (s *Shell) warnIdle(role Idler, left time.Duration) {
	if !s.idle.warned {
		s.idle.warned = true
		s.hand = hand{}
		s.deadTill = s.opt.Now().Add(deadTime)
	}
	role.IdleWarn(left.Round(time.Second))
}

// present notes that someone is there.
func (s *Shell) present() { s.idle.since = s.opt.Now() }

// stays takes the warning back, after the touch or key has been handled, so
// that a target of the warning can be acted on.
func (s *Shell) stays() {
	if role, ok := s.role.(Idler); ok && s.idle.warned {
		s.idle.warned = false
		role.IdleWarn(0)
	}
}
