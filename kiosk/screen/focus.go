package screen

import "github.com/gdamore/tcell/v2"

// onKey handles a key: targets first, then the focus, then the role, then what
// keys mean everywhere.
func (s *Shell) onKey(ev *tcell.EventKey) {
	s.present()
	s.pressed(ev)
	if s.opt.Quit && ev.Key() == tcell.KeyCtrlQ {
		s.fail(nil)
		return
	}
	k, ok := keyOf(ev)
	if !ok || s.small || s.repeats(k) {
		return
	}
	if !s.claimed(k) && !s.role.Key(k) {
		s.common(k)
	}
	s.stays()
}

// repeats tells whether the key is the one that changed the screen, held down:
// it must not run on through the next screen. Other keys count at once, since
// staff type ahead.
func (s *Shell) repeats(k Key) bool {
	now := s.opt.Now()
	held := k == s.lastKey && now.Before(s.keyTill)
	if held {
		s.keyTill = now.Add(deadTime)
	}
	s.lastKey = k
	return held
}

// claimed acts on the target the key belongs to.
func (s *Shell) claimed(k Key) bool {
	if t, ok := s.frame.targetFor(k.char()); ok {
		s.act(t.ID)
		return true
	}
	if s.hand.focus != "" && (k.Code == KeyEnter || k.char() == ' ') {
		s.act(s.hand.focus)
		return true
	}
	if t, ok := s.frame.wake(); ok && (!k.moves() || len(s.frame.focusable()) == 0) {
		s.act(t.ID)
		return true
	}
	return false
}

// char is the character of the key, 0 for none.
func (k Key) char() rune {
	switch k.Code {
	case KeyRune:
		return k.Rune
	case KeyBackspace:
		return '\b'
	}
	return 0
}

// moves tells whether the key moves the focus.
func (k Key) moves() bool {
	switch k.Code {
	case KeyTab, KeyBackTab, KeyUp, KeyDown, KeyLeft, KeyRight:
		return true
	}
	return false
}

// common is what a key means when nobody else wants it.
func (s *Shell) common(k Key) {
	switch k.Code {
	case KeyEscape:
		if _, ok := s.frame.target(IDBack); ok {
			s.act(IDBack)
		}
	case KeyTab:
		s.step(1)
	case KeyBackTab:
		s.step(-1)
	case KeyEnter:
		s.step(0)
	case KeyPageUp:
		s.page(-1)
	case KeyPageDown:
		s.page(1)
	default:
		s.arrow(k.Code)
	}
}

// focusable returns the targets the focus can be on, in drawing order.
func (c *Canvas) focusable() []Target {
	var targets []Target
	for _, t := range c.targets {
		if !t.Disabled && t.Kind != Wake {
			targets = append(targets, t)
		}
	}
	return targets
}

// step moves the focus along the drawing order, round and round; without a
// focus it begins at the first target, or at the last when going back.
func (s *Shell) step(by int) {
	targets := s.frame.focusable()
	if len(targets) == 0 {
		return
	}
	at := 0
	if by < 0 {
		at = len(targets) - 1
	}
	for i, t := range targets {
		if t.ID == s.hand.focus {
			at = (i + by + len(targets)) % len(targets)
		}
	}
	s.hand.focus = targets[at].ID
}

// arrow moves the focus to the nearest target in a direction; at the end of a
// list it scrolls on.
func (s *Shell) arrow(code Code) {
	dx, dy := direction(code)
	if dx == 0 && dy == 0 {
		return
	}
	from, ok := s.frame.target(s.hand.focus)
	if !ok {
		s.step(0)
		return
	}
	if s.scrollOn(from, dy) {
		from, _ = s.frame.target(s.hand.focus)
	}
	if next, ok := nearest(from, s.frame.focusable(), dx, dy); ok {
		s.hand.focus = next.ID
	}
}

func direction(code Code) (dx, dy int) {
	switch code {
	case KeyUp:
		return 0, -1
	case KeyDown:
		return 0, 1
	case KeyLeft:
		return -1, 0
	case KeyRight:
		return 1, 0
	}
	return 0, 0
}

// scrollOn scrolls a list by one item when the focus would leave it while there
// is more to see, and tells whether it did.
func (s *Shell) scrollOn(from Target, dy int) bool {
	a, ok := s.frame.scrollAt(from.Rect.X, from.Rect.Y)
	if !ok || dy == 0 || from.ID == idScrollUp || from.ID == idScrollDown {
		return false
	}
	next, ok := nearest(from, s.frame.focusable(), 0, dy)
	if ok && a.rect.Contains(next.Rect.X, next.Rect.Y) {
		return false
	}
	before := a.state.Top
	a.to(before + dy)
	if a.state.Top == before {
		return false
	}
	s.draw()
	return true
}

// nearest returns the target closest in the direction, judged by the gap along
// it and, three times as heavy, by how far it lies beside.
func nearest(from Target, targets []Target, dx, dy int) (best Target, ok bool) {
	least := 0
	for _, t := range targets {
		ahead, beside := distance(from.Rect, t.Rect, dx, dy)
		if t.ID == from.ID || ahead < 0 {
			continue
		}
		if cost := ahead + 3*beside; !ok || cost < least {
			best, least, ok = t, cost, true
		}
	}
	return best, ok
}

// distance measures from the edge of one area to the edge of the other, rows
// counting double since cells are twice as high as wide; ahead is negative for
// what does not lie in the direction.
func distance(a, b Rect, dx, dy int) (ahead, beside int) {
	switch {
	case dx > 0:
		ahead = b.X - a.Right()
	case dx < 0:
		ahead = a.X - b.Right()
	case dy > 0:
		ahead = 2 * (b.Y - a.Bottom())
	default:
		ahead = 2 * (a.Y - b.Bottom())
	}
	if dx != 0 {
		return ahead, 2 * gap(a.Y, a.Bottom(), b.Y, b.Bottom())
	}
	return ahead, gap(a.X, a.Right(), b.X, b.Right())
}

// gap is how far two stretches are apart, 0 when they share anything.
func gap(a0, a1, b0, b1 int) int { return max(0, b0-a1+1, a0-b1+1) }
