package screen

// dragRows is how far a finger moves over a list before it drags it; less is a
// tap that trembled.
const dragRows = 2

// hand is what finger and keyboard are doing.
type hand struct {
	held   string // target pressed and captured
	inside bool   // the finger is over it
	focus  string

	dragging bool
	over     scrollArea // list under the finger, zero for none
	from     int        // row the finger came down on
	top      int        // first item shown then
}

// input is what the next frame shows of it.
func (h hand) input() Input {
	in := Input{Focused: h.focus}
	if h.inside {
		in.Pressed = h.held
	}
	return in
}

// keep lets go of targets the new frame no longer has.
func (h *hand) keep(c *Canvas) {
	if _, ok := c.target(h.held); !ok {
		h.held, h.inside = "", false
	}
	if _, ok := c.target(h.focus); !ok {
		h.focus = ""
	}
}

// release forgets the finger and keeps the focus.
func (h *hand) release() { *h = hand{focus: h.focus} }

// down is a finger, or the mouse button, that came down. It is captured by the
// target under it until it goes up.
func (s *Shell) down(x, y int) {
	s.present()
	s.hand.release()
	s.touched(x, y)
	if s.dead() {
		return
	}
	if t, ok := s.frame.wake(); ok && !s.overOther(x, y) {
		s.act(t.ID)
		return
	}
	s.hand.focus = ""
	if t, ok := s.frame.targetAt(x, y); ok {
		s.hand.held, s.hand.inside = t.ID, true
	}
	if a, ok := s.frame.scrollAt(x, y); ok {
		s.hand.over, s.hand.from, s.hand.top = a, y, a.state.Top
	}
}

// overOther tells whether something else than the waking target was touched,
// such as a language on the attract screen.
func (s *Shell) overOther(x, y int) bool {
	t, ok := s.frame.targetAt(x, y)
	return ok && t.Kind != Wake
}

// move follows a captured finger and tells whether anything changed.
func (s *Shell) move(x, y int) bool {
	s.present()
	h := &s.hand
	if a := h.over; a.state != nil && (h.dragging || abs(y-h.from) >= dragRows) {
		h.dragging, h.held, h.inside = true, "", false
		a.to(h.top - (y-h.from)/a.rowsPer)
		return true
	}
	if h.held == "" {
		return false
	}
	t, ok := s.frame.target(h.held)
	was := h.inside
	h.inside = ok && t.Rect.Contains(x, y)
	return was != h.inside
}

// up acts on the captured target if the finger is still over it.
func (s *Shell) up(x, y int) {
	s.present()
	held := s.hand.held
	s.hand.release()
	if t, ok := s.frame.target(held); ok && t.Rect.Contains(x, y) {
		s.act(held)
	}
	s.stays()
}

// wheel scrolls the list under the pointer.
func (s *Shell) wheel(x, y, by int) {
	s.present()
	if a, ok := s.frame.scrollAt(x, y); ok {
		a.to(a.state.Top + by)
	}
	s.stays()
}

// act tells the role, unless the target is the shell's own.
func (s *Shell) act(id string) {
	switch id {
	case idScrollUp:
		s.page(-1)
	case idScrollDown:
		s.page(1)
	default:
		s.role.Act(id)
	}
}

// page scrolls the first list of the screen by what it shows.
func (s *Shell) page(by int) bool {
	if len(s.frame.scrolls) == 0 {
		return false
	}
	a := s.frame.scrolls[0]
	a.to(clamp(a.state.Top, 0, max(0, a.items-a.shown)) + by*a.shown)
	return true
}

// wake returns the target that covers an attract screen.
func (c *Canvas) wake() (Target, bool) {
	for _, t := range c.targets {
		if t.Kind == Wake {
			return t, true
		}
	}
	return Target{}, false
}

// scrollAt returns the list under a cell.
func (c *Canvas) scrollAt(x, y int) (scrollArea, bool) {
	for _, a := range c.scrolls {
		if a.rect.Contains(x, y) {
			return a, true
		}
	}
	return scrollArea{}, false
}

func abs(n int) int { return max(n, -n) }
