package screen

import (
	"time"

	"github.com/gdamore/tcell/v2"
)

// Doorkeeper is a Role with a door for the staff that no visitor finds by chance.
type Doorkeeper interface {
	// Knock is called when somebody touched the four corners in order, from the
	// upper left clockwise, or pressed F12 five times, within knockTime.
	Knock()
}

const (
	knockTime   = 5 * time.Second
	knockKeys   = 5
	cornerWidth = 8
	cornerRows  = 3
)

// knock is how far somebody has come.
type knock struct {
	corners, keys int
	since         time.Time
}

// touched notes a touch; touches that count for nothing else count here.
func (s *Shell) touched(x, y int) {
	n := s.corner(x, y)
	switch {
	case n == 0:
		s.knock = knock{corners: 1, since: s.opt.Now()}
	case n == s.knock.corners && n > 0:
		s.knock.corners++
	default:
		s.knock = knock{}
	}
	s.knocked(s.knock.corners == 4)
}

// pressed notes a key.
func (s *Shell) pressed(ev *tcell.EventKey) {
	if ev.Key() != tcell.KeyF12 {
		s.knock.keys = 0
		return
	}
	if s.knock.keys == 0 {
		s.knock = knock{since: s.opt.Now()}
	}
	s.knock.keys++
	s.knocked(s.knock.keys == knockKeys)
}

// knocked opens the door when the knock is complete and in time.
func (s *Shell) knocked(complete bool) {
	if late := s.opt.Now().Sub(s.knock.since) > knockTime; !complete && !late {
		return
	} else if !late {
		if role, ok := s.role.(Doorkeeper); ok {
			role.Knock()
		}
	}
	s.knock = knock{}
}

// corner numbers the corners of the glass clockwise from the upper left; -1 for
// none.
func (s *Shell) corner(x, y int) int {
	left, right := x < cornerWidth, x >= s.frame.w-cornerWidth
	top, bottom := y < cornerRows, y >= s.frame.h-cornerRows
	switch {
	case left && top:
		return 0
	case right && top:
		return 1
	case right && bottom:
		return 2
	case left && bottom:
		return 3
	}
	return -1
}
