package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"accueil/internal/line"
	"accueil/internal/phrases"
	"accueil/internal/wire"
	"accueil/kiosk/doctor"
	"accueil/kiosk/printer"
	"accueil/kiosk/screen"
)

// doctorCommand is `kiosk doctor`.
type doctorCommand struct {
	onPaper
	Print   bool   `help:"Print a test page too."`
	NewRoll bool   `help:"A new roll is in a printer that cannot tell: count from here."`
	Hub     string `help:"Address of the hub's broker; that of the terminal's account, else tcp://127.0.0.1:1883." placeholder:"URL"`
	Site    string `help:"Key of the centre; that of the terminal's account, else villette." placeholder:"KEY"`
	Data    string `help:"Folder of the terminal, with its account." type:"path" default:"${data}" placeholder:"DIR"`
	Voice   string `help:"Program that reads aloud, called as espeak-ng is." default:"espeak-ng" placeholder:"PROGRAM"`
	Lang    string `help:"Language of what is said: fr or en." enum:"fr,en" default:"fr"`
}

// Run looks at everything and fails when something needs somebody.
func (d *doctorCommand) Run(ctx context.Context, out io.Writer) error {
	book, err := phrases.Load()
	if err != nil {
		return err
	}
	say := book.ForStaff(d.Lang)
	if d.NewRoll {
		return errors.Join(printer.NewRoll(d.Data), printer.NewRoll(filepath.Join(d.Data, "reception")))
	}
	hub, err := d.line()
	if err != nil {
		return err
	}
	var page *printer.Slip
	if d.Print {
		now := time.Now()
		page = doctor.Page(say, say.LongDay(now)+" "+say.Clock(now))
	}
	bad, err := doctor.Run(ctx, say, out, doctor.Screen(terminalHere()), doctor.Fonts(book),
		doctor.Printer(d.Printer, d.Paper, page), doctor.Sound(d.Voice, say), hub.Look, hub.Clock(say))
	if err != nil || bad == 0 {
		return err
	}
	return errors.New(say.Say("doctor.trouble", "Count", bad))
}

// line is the way to the hub, by the account of this machine's terminal if it
// has one. The account's terminal steps aside for a moment.
func (d *doctorCommand) line() (*doctor.Hub, error) {
	t := terminal{Hub: d.Hub, Site: d.Site, Data: d.Data}
	var who account
	for _, role := range []string{wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleCoordinator, wire.RoleBoard} {
		settled, a, err := t.settle(role)
		if err != nil {
			return nil, err
		}
		if who = a; a.User != "" || role == wire.RoleBoard {
			t = settled
			break
		}
	}
	id := who.User
	if id == "" {
		id = "doctor." + strings.ToLower(rand.Text()[:8])
	}
	return &doctor.Hub{Site: t.Site, Now: time.Now, Line: line.Options{
		URL: t.Hub, User: who.User, Password: who.Key, Fingerprint: who.Fingerprint, ClientID: id, Name: "doctor",
		Log: slog.New(slog.DiscardHandler),
	}}, nil
}

// terminalHere is the screen that standard output is on.
func terminalHere() doctor.Terminal {
	t := doctor.Terminal{Env: map[string]string{}, Least: fmt.Sprintf("%d × %d", screen.MinWidth, screen.MinHeight),
		Fits: func(w, h int) bool { return screen.Fits(w, h, true) }}
	for _, name := range []string{"TERM", "COLORTERM", "LC_ALL", "LC_CTYPE", "LANG"} {
		t.Env[name] = os.Getenv(name)
	}
	if w, h, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		t.Columns, t.Rows = w, h
	}
	return t
}
