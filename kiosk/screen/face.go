package screen

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// face is the one primitive tview shows: it passes frames and touches on.
type face struct {
	*tview.Box
	shell *Shell
}

// Draw paints a frame; it is the only place that writes to the terminal.
func (f *face) Draw(tcell.Screen) { f.shell.draw() }

// MouseHandler takes raw press, move and release. tview's clicks are not used:
// they need both in the same cell, and turn two quick taps into a double click.
func (f *face) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return func(action tview.MouseAction, ev *tcell.EventMouse, _ func(tview.Primitive)) (bool, tview.Primitive) {
		used := false
		x, y := ev.Position()
		f.shell.Guard(func() { used = f.shell.onMouse(action, x, y) })
		return used, nil
	}
}

func (s *Shell) onMouse(action tview.MouseAction, x, y int) bool {
	switch action {
	case tview.MouseLeftDown:
		s.down(x, y)
	case tview.MouseMove:
		return s.move(x, y)
	case tview.MouseLeftUp:
		s.up(x, y)
	case tview.MouseScrollUp:
		s.wheel(x, y, -1)
	case tview.MouseScrollDown:
		s.wheel(x, y, 1)
	default:
		return false
	}
	return true
}

// draw lays out the next frame and shows what changed.
func (s *Shell) draw() {
	w, h := s.term.Size()
	if w <= 0 || h <= 0 {
		return
	}
	s.last, s.frame = s.frame, s.last
	s.layout(w, h)
	s.term.show(s.frame, s.last)
}

// layout draws the role on the frame, and lets go of a target that has gone.
func (s *Shell) layout(w, h int) {
	s.Guard(s.notice)
	s.frame.reset(w, h, s.theme, s.hand.input())
	if s.tooSmall(w, h) {
		drawSmall(s.frame)
		return
	}
	s.Guard(func() { s.role.Draw(s.frame) })
	s.hand.keep(s.frame)
	if w, ok := s.role.(Watcher); ok {
		s.Guard(func() { w.Drawn(s.frame) })
	}
}

// tooSmall notes whether the terminal has room for a layout.
func (s *Shell) tooSmall(w, h int) bool {
	small := !Fits(w, h, s.opt.Upright)
	if small && !s.small {
		s.opt.Log.Warn("the terminal is too small", "columns", w, "rows", h, "least", "80x22")
	}
	s.small = small
	return small
}

// notice starts the dead time when the role shows another screen.
func (s *Shell) notice() {
	name := s.role.Screen()
	if name == s.name {
		return
	}
	if now := s.opt.Now(); s.name != "" {
		s.deadTill, s.keyTill = now.Add(deadTime), now.Add(holdTime)
	}
	s.name, s.hand = name, hand{}
}

// dead tells whether touches count for nothing yet.
func (s *Shell) dead() bool { return s.small || s.opt.Now().Before(s.deadTill) }

// drawSmall says, in as little room as there is, that there is too little.
func drawSmall(c *Canvas) {
	lines := []string{"Fenêtre trop petite", "Window too small", "80 × 22"}
	y := max(0, (c.h-len(lines))/2)
	for i, line := range lines {
		style := c.theme.Text()
		style.Bold = i == 0
		if y+i < c.h {
			c.TextCenter(c.Area(), y+i, style, line)
		}
	}
}
