package main

import (
	"os"
	"path/filepath"
	"sync"

	"accueil/kiosk/visitor"
	"accueil/kiosk/workplace"
)

// workCommand is `kiosk work`, the process that stands between a kiosk and a
// program of its visitor.
type workCommand struct {
	Home    string   `arg:"" help:"Folder to wipe at the end."`
	Command []string `arg:"" passthrough:"" help:"Program and arguments."`
}

// Run runs a program and leaves nothing of it.
func (w *workCommand) Run() error {
	command := w.Command
	if len(command) > 0 && command[0] == "--" {
		command = command[1:]
	}
	return workplace.Run(w.Home, command)
}

// workplace is where visitors may use programs; nil on a terminal that allows
// none, or has no display for their windows. What watches the display ends with
// the bench's context; away waits for that.
func (b *bench) workplace(dir string, allowed []string) (place *visitor.Workplace, away func(), err error) {
	if len(allowed) == 0 {
		return nil, func() {}, nil
	}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		b.log.Warn("no display: visitors can open no program here", "allowed", allowed)
		return nil, func() {}, nil
	}
	homes := filepath.Join(dir, "homes")
	if err := os.MkdirAll(homes, 0o700); err != nil {
		return nil, nil, err
	}
	w, err := workplace.New(workplace.Options{Allowed: allowed, Dir: homes, Log: b.log})
	if err != nil {
		return nil, nil, err
	}
	b.line.SetWorkplace(false)
	var watching sync.WaitGroup
	watching.Go(func() { b.shell.Guard(func() { w.Watch(b.ctx) }) })
	return &visitor.Workplace{
		Allows: w.Allows, Untouched: w.Untouched, Occupied: b.line.SetWorkplace,
		Start: func(command []string) (visitor.Session, error) {
			session, err := w.Start(command)
			if err != nil {
				b.log.Error("a program did not open", "err", err)
				return nil, err
			}
			return session, nil
		},
	}, watching.Wait, nil
}
