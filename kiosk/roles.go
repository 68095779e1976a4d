package main

import (
	"context"
	"path/filepath"
	"sync"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/adviser"
	"accueil/kiosk/board"
	"accueil/kiosk/coordinator"
	"accueil/kiosk/reception"
	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
	"accueil/kiosk/visitor"
)

// visitorRole is `kiosk visitor`.
type visitorRole struct {
	terminal
	Voice string   `help:"Program that reads aloud, called as espeak-ng is." default:"espeak-ng" placeholder:"PROGRAM"`
	Allow []string `help:"Programs that visitors may use here, of those in programs.yaml." placeholder:"PROGRAM"`
	onPaper
}

// Run shows the visitor's kiosk.
func (r *visitorRole) Run(ctx context.Context, l life) error {
	if err := r.check(); err != nil {
		return err
	}
	return r.play(ctx, l, wire.RoleKiosk, screen.Calm(), func(b *bench) (part, error) {
		place, away, err := b.workplace(r.Data, r.Allow)
		if err != nil {
			return part{}, err
		}
		outlet, printed, err := r.outlet(b, r.Data)
		if err != nil {
			return part{}, err
		}
		voice, silent := b.speaks(r.Voice)
		role, err := visitor.New(b.ctx, visitor.Options{
			Site: b.site, Book: b.book, Line: b.line, Post: b.shell.Post, SetTheme: b.shell.SetTheme,
			Voice: voice, Beep: b.shell.Beep, Keep: b.child.Keep, Kept: b.child.Memory(),
			Workplace: place, Name: b.name, Printer: visitorPrinter(outlet),
		})
		if err != nil {
			return part{}, err
		}
		return part{Role: role, renew: role.Renew, changed: role.Changed, close: func() { role.Close(); printed(); silent(); away() }}, nil
	})
}

// speaks gives the bench a voice that ends with its context; silent waits for that.
func (b *bench) speaks(program string) (voice *speech.Voice, silent func()) {
	voice = speech.New(speech.Options{Program: program, Log: b.log, Changed: func() { b.shell.Post(func() {}) }})
	var ended sync.WaitGroup
	ended.Go(func() { b.shell.Guard(func() { voice.Run(b.ctx) }) })
	b.voice = voice
	return voice, ended.Wait
}

// adviserRole is `kiosk adviser`.
type adviserRole struct {
	terminal
	Desk string `help:"Key of the desk this terminal stands on; chosen on screen when absent." placeholder:"KEY"`
}

// Run shows an adviser's desk.
func (r *adviserRole) Run(ctx context.Context, l life) error {
	return r.play(ctx, l, wire.RoleAdviser, screen.Calm(), func(b *bench) (part, error) {
		role := adviser.New(adviser.Options{
			Site: b.site, Say: b.book.ForStaff(b.lang), Line: b.line, Desk: r.Desk, Post: b.shell.Post, Guard: b.shell.Guard,
		})
		return part{Role: role, renew: always(role.SetSite), late: role.Late, changed: role.Changed, close: role.Close}, nil
	})
}

// receptionRole is `kiosk reception`.
type receptionRole struct {
	terminal
	onPaper
}

// Run shows the entrance desk.
func (r *receptionRole) Run(ctx context.Context, l life) error {
	if err := r.check(); err != nil {
		return err
	}
	return r.play(ctx, l, wire.RoleReception, screen.Calm(), func(b *bench) (part, error) {
		outlet, printed, err := r.outlet(b, filepath.Join(r.Data, "reception"))
		if err != nil {
			return part{}, err
		}
		options := reception.Options{Site: b.site, Say: b.book.ForStaff(b.lang), Line: b.line, Post: b.shell.Post, Guard: b.shell.Guard}
		renew := func(*site.Site) {}
		if outlet != nil {
			slips := &deskPrinter{outlet: outlet, book: b.book}
			slips.site.Store(b.site)
			options.Printer, options.Paper, renew = slips, outlet.State, slips.site.Store
		}
		role := reception.New(options)
		set := func(s *site.Site) { renew(s); role.SetSite(s) }
		return part{Role: role, renew: always(set), late: role.Late, close: func() { role.Close(); printed() }}, nil
	})
}

// boardRole is `kiosk board`.
type boardRole struct {
	terminal
	Silent bool   `help:"No chime and no voice at a call."`
	Voice  string `help:"Program that says calls aloud, called as espeak-ng is." default:"espeak-ng" placeholder:"PROGRAM"`
}

// Run shows the waiting room's screen, its languages taking turns.
func (r *boardRole) Run(ctx context.Context, l life) error {
	return r.play(ctx, l, wire.RoleBoard, screen.Night(), func(b *bench) (part, error) {
		var says []phrases.Speaker
		for _, lang := range b.site.Languages {
			says = append(says, b.book.In(lang))
		}
		options, silent := board.Options{Site: b.site, Say: says, Line: b.line}, func() {}
		if !r.Silent {
			options.Chime = b.shell.Beep
			options.Voice, silent = b.speaks(r.Voice)
		}
		role := board.New(options)
		return part{Role: role, renew: always(role.SetSite), changed: role.Changed, close: silent}, nil
	})
}

// coordinatorRole is `kiosk coordinator`.
type coordinatorRole struct{ terminal }

// Run shows the coordinator's floor.
func (r *coordinatorRole) Run(ctx context.Context, l life) error {
	return r.play(ctx, l, wire.RoleCoordinator, screen.Calm(), func(b *bench) (part, error) {
		role := coordinator.New(coordinator.Options{
			Site: b.site, Say: b.book.ForStaff(b.lang), Line: b.line, Post: b.shell.Post, Guard: b.shell.Guard,
			Beep: b.shell.Beep,
		})
		return part{Role: role, renew: always(role.SetSite), late: role.Late, changed: role.Changed, close: role.Close}, nil
	})
}
