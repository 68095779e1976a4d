package screentest

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
)

// simulation is tcell's simulated terminal with a size from the start; tcell
// itself takes a size only after Init.
type simulation struct {
	tcell.SimulationScreen
	w, h   int
	closed atomic.Bool
}

func (s *simulation) Init() error {
	err := s.SimulationScreen.Init()
	s.SetSize(s.w, s.h)
	return err
}

func (s *simulation) Fini() {
	s.closed.Store(true)
	s.SimulationScreen.Fini()
}

func (s *simulation) text() string {
	cells, w, h := s.GetContents()
	var b strings.Builder
	for y := range h {
		var line strings.Builder
		for x := 0; x < w; x++ {
			runes := cells[y*w+x].Runes
			line.WriteString(string(runes))
			if screen.Width(string(runes)) == 2 {
				x++
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// watched is a role that remembers the targets of its last frame.
type watched struct {
	screen.Role
	targets []screen.Target
	focus   string
	said    []screen.Said
}

func (w *watched) Draw(c *screen.Canvas) {
	w.Role.Draw(c)
	w.focus = ""
	for _, t := range c.Targets() {
		if c.Focused(t.ID) {
			w.focus = t.ID
		}
	}
	w.targets = append(w.targets[:0], c.Targets()...)
	w.said = c.Said()
}

// Drawn passes the frame on to a role that watches.
func (w *watched) Drawn(c *screen.Canvas) {
	if role, ok := w.Role.(screen.Watcher); ok {
		role.Drawn(c)
	}
}

// Knock passes a knock on to a role that has a door.
func (w *watched) Knock() {
	if role, ok := w.Role.(screen.Doorkeeper); ok {
		role.Knock()
	}
}

// asIdler keeps the role's idle time, if it has any.
func (w *watched) asIdler() screen.Role {
	if idler, ok := w.Role.(screen.Idler); ok {
		return struct {
			*watched
			screen.Idler
		}{w, idler}
	}
	return w
}

func (w *watched) target(id string) (screen.Target, bool) {
	for _, t := range w.targets {
		if t.ID == id {
			return t, true
		}
	}
	return screen.Target{}, false
}

func (w *watched) ids() string {
	var ids []string
	for _, t := range w.targets {
		ids = append(ids, fmt.Sprintf("%q", t.ID))
	}
	return strings.Join(ids, ", ")
}
